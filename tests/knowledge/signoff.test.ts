import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGIONS_FILE } from '../../knowledge/region.ts';
import { loadRules, readRuleFiles, RULES_FOLDER } from '../../knowledge/rule.ts';
import { describeSignoff, loadSignoff, readWording, sign } from '../../knowledge/signoff.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const SIGNATURE = { by: 'Dr Ana Lima, GP', on: '2026-05-04' };

/** Signs a copy of the rules, changes it, and says what the signature is worth then. */
function signedThen(change: (folder: string, regions: string) => void) {
  return inTempFolder(async (folder) => {
    const regions = join(folder, 'regions.txt');
    cpSync(RULES_FOLDER, folder, { recursive: true });
    cpSync(REGIONS_FILE, regions);
    sign(readWording(readRuleFiles(folder), regions), SIGNATURE, folder);
    change(folder, regions);
    return loadSignoff(readWording(readRuleFiles(folder), regions), folder);
  });
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);
}

describe('readWording', () => {
  const { parts, hash } = readWording();
  const rules = loadRules();

  it('has every card, line, rule and concept, and every region', () => {
    const named = (kind: string) =>
      parts.flatMap((part) => (part.kind === kind ? [part.name] : [])).sort();
    expect(named('card')).toEqual(Object.keys(rules.cards).sort());
    expect(named('line')).toEqual(Object.keys(rules.lines).sort());
    expect(named('check')).toEqual(Object.keys(rules.check).sort());
    expect(named('rule')).toEqual([...rules.byId.keys()].sort());
    expect(named('concept')).toEqual([...rules.concepts.keys()].sort());
    expect(named('region')).toEqual(Object.keys(rules.regions.regions).sort());
  });

  it('has one hash however often it is read', () => {
    expect(readWording().hash).toBe(hash);
    expect(hash).toMatch(/^[\da-f]{64}$/);
  });
});

describe('a signature', () => {
  it('is none until somebody signs', () =>
    inTempFolder(async (folder) => {
      cpSync(RULES_FOLDER, folder, { recursive: true });
      expect(loadSignoff(readWording(), join(folder, 'concepts'))).toEqual({ kind: 'unsigned' });
    }));

  it('holds for what was signed, and the rules load beside it', async () => {
    const signoff = await signedThen((folder) => {
      expect(loadRules(readRuleFiles(folder)).rules.length).toBe(loadRules().rules.length);
    });
    expect(signoff).toEqual({ kind: 'signed', ...SIGNATURE });
  });

  it('holds when only a comment, the review of a rule or the date of a look-up changes', async () => {
    const signoff = await signedThen((folder, regions) => {
      edit(join(folder, 'chest.yaml'), /^/, '# A comment.\n');
      edit(
        join(folder, 'chest.yaml'),
        'reviewed: { by: , on: }',
        'reviewed: { by: Dr A, on: 2026-01-01 }',
      );
      edit(regions, 'checked:', 'checked: 2026-01-01');
    });
    expect(signoff.kind).toBe('signed');
  });

  it.each([
    ['a reply', 'cards.yaml', 'Do not drive.', 'Drive slowly.', 'card chest'],
    ['a Spanish reply', 'cards.yaml', 'No conduzca.', 'Conduzca.', 'card chest'],
    ['a level', 'chest.yaml', 'level: emergency', 'level: urgent', 'rule em.pneumothorax'],
    ['an example', 'chest.yaml', 'i cant inhale', 'i cannot inhale', 'rule em.breathing'],
    ['a phrase', 'concepts/red-flags.yaml', 'warning|', '', 'concept listed-sign'],
    ['the check', 'check.yaml', 'No, none', 'No, nothing', 'check no'],
  ])('is void when %s changes, and says where', async (_, file, from, to, changed) => {
    const signoff = await signedThen((folder) => edit(join(folder, file), from, to));
    expect(signoff).toEqual({ kind: 'changed', ...SIGNATURE, changed: [changed] });
    expect(describeSignoff(signoff)).toMatch(/unsigned.*Dr Ana Lima.*one place/);
  });

  it('is void when a number changes', async () => {
    const signoff = await signedThen((_, regions) => edit(regions, 'tel: "999"', 'tel: "998"'));
    expect(signoff).toMatchObject({ kind: 'changed', changed: ['region UK'] });
  });

  it('cannot be read when somebody broke its file', async () => {
    const broken = signedThen((folder) =>
      edit(join(folder, 'signoff.yaml'), /hash: .*/, 'hash: x'),
    );
    await expect(broken).rejects.toThrow(/RULES_INVALID: signoff\.yaml[^]*hash/);
  });
});
