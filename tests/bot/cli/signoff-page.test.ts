import { isPageOf, signoffPage } from '../../../bot/cli/signoff-page.ts';
import { REGIONS } from '../../../knowledge/region.ts';
import { loadRules } from '../../../knowledge/rule.ts';
import { readWording } from '../../../knowledge/signoff.ts';

const rules = loadRules();
const wording = readWording();
const page = signoffPage(rules, wording, { kind: 'unsigned' });
const plain = page
  .replace(/<[^>]+>/g, '')
  .replaceAll('&lt;', '<')
  .replaceAll('&gt;', '>')
  .replaceAll('&quot;', '"')
  .replaceAll('&amp;', '&');

describe('signoffPage', () => {
  it('shows every reply in both languages, whole', () => {
    for (const { text, sms } of Object.values(rules.cards)) {
      for (const words of [text.en, text.es, sms.en, sms.es]) {
        const pieces = words.split(/\{[A-Z_]+\}/);
        for (const piece of pieces) expect(plain).toContain(piece);
      }
    }
  });

  it('shows every rule with all its examples, and every number', () => {
    for (const { id, catches, ignores } of rules.rules) {
      expect(plain).toContain(id);
      for (const utterance of [...catches, ...ignores]) expect(plain).toContain(utterance);
    }
    for (const region of REGIONS)
      expect(plain).toContain(rules.regions.regions[region].emergency.label);
  });

  it('says what fires a rule in words, not in names of concepts', () => {
    const says = rules.concepts.get('breathless')?.says ?? '?';
    expect(plain).toContain(says);
    expect(plain).toContain('to be verified');
  });

  it('runs nothing and loads nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|\son\w+=|@import|url\(/i);
  });

  it('is the page of the wording it shows, and of no other', () => {
    expect(isPageOf(page, wording)).toBe(true);
    expect(isPageOf(page, { ...wording, hash: wording.hash.replace(/./, 'x') })).toBe(false);
  });
});
