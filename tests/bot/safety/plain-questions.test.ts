import { join } from 'node:path';
import { piecesOf } from '../../../bot/safety/pieces.ts';
import { plainQuestions } from '../../../bot/safety/plain-questions.ts';
import { screen } from '../../../bot/safety/screen.ts';
import { loadInDomain } from '../../../knowledge/in-domain.ts';
import { loadArticles } from '../../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../../knowledge/near-domain.ts';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';
import { loadRules, readRuleFiles } from '../../../knowledge/rule.ts';

const EIGHT = '[one, two, three, four, five, six, seven, eight]';
const REST = `sources: [{ guideline: none, address: null, verified: false }]
    reviewed: { by: null, on: null }
    catches: ${EIGHT}
    ignores: ${EIGHT}`;
/** Of everyday words, so that they fire often: "my" is urgent, but not beside "the". */
const RULES = `rules:
  - id: ur.my
    level: urgent
    hears: [{ any: [my], unless: [the] }]
    card: today
    ${REST}
  - id: ca.does
    level: caution
    hears: [{ any: [does] }]
    card: caution
    names: { en: it does, es: lo hace }
    line: { en: It does., es: Lo hace. }
    ${REST}`;
const CONCEPTS = `concepts:
  my: { says: mine, scope: always, en: [my] }
  the: { says: the one, scope: always, en: [the] }
  does: { says: it does, scope: always, en: [does] }`;

const rules = loadRules([
  ...readRuleFiles().filter(({ name }) => name === 'cards.yaml' || name === 'check.yaml'),
  { name: 'everyday.yaml', text: RULES },
  { name: 'concepts/everyday.yaml', text: CONCEPTS },
]);

const isRaised = (text: string) => screen(text, [], rules).level === 'urgent';

function textsOf(utterance: string): string[] {
  return piecesOf(utterance).map(({ start, end }) => utterance.slice(start, end).trim());
}

describe('plainQuestions', () => {
  const list = plainQuestions(rules);
  const plain = new Set(list);
  const missing = (texts: readonly string[]) => texts.filter((text) => !plain.has(text));
  const held = (texts: readonly string[]) => texts.filter((text) => plain.has(text));

  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const sections = articles.flatMap((article) => article.sections);
  const asked = sections.flatMap((section) => section.asked);
  const { desk = [], stories = [], ...others } = loadNearDomain().kinds;
  const told = [...loadInDomain().map(({ text }) => text), ...desk, ...stories];
  const raised = told.filter(isRaised);
  const quiet = told.filter((text) => !raised.includes(text));
  const quietPieces = quiet.flatMap(textsOf);

  function askedOf(heading: string): readonly string[] {
    const found = sections.filter(({ path }) => path.at(-1) === heading);
    expect(found).toHaveLength(1);
    return found.flatMap((section) => section.asked);
  }

  it('are two words or more each, with nothing around them, and each is there once', () => {
    expect(list).toHaveLength(plain.size);
    expect(
      list.filter((text) => text !== text.trim() || !/\p{L}[^\p{L}]+\p{L}/u.test(text)),
    ).toEqual([]);
  });

  it('are what people and the desk are known to be asked, sentence by sentence', () => {
    expect(quiet.filter((text) => textsOf(text).length > 2).length).toBeGreaterThan(100);
    expect(missing(quietPieces.filter((text) => !isRaised(text)))).toEqual([]);
  });

  it('hold nothing that the rules raise, be it a sentence of what they do not raise', () => {
    expect(raised.length).toBeGreaterThan(100);
    expect(held(raised)).toEqual([]);
    const sentences = quietPieces.filter(isRaised);
    expect(sentences.length).toBeGreaterThan(10);
    expect(held(sentences)).toEqual([]);
  });

  it('hold no sentence of what the rules raise', () => {
    const elsewhere = new Set([...quietPieces, ...asked.flatMap(textsOf)]);
    const sentences = raised.flatMap(textsOf).filter((text) => !elsewhere.has(text));
    expect(sentences.filter((text) => !isRaised(text)).length).toBeGreaterThan(100);
    expect(held(sentences)).toEqual([]);
  });

  it('hold what is a caution', () => {
    const cautions = quiet.filter((text) => screen(text, [], rules).level === 'caution');
    expect(cautions.length).toBeGreaterThan(100);
    expect(missing(cautions.filter((text) => textsOf(text).length === 1))).toEqual([]);
  });

  it('hold no other kind of what the articles do not answer', () => {
    const elsewhere = new Set([...quietPieces, ...asked.flatMap(textsOf)]);
    const texts = Object.values(others)
      .flat()
      .filter((text) => !elsewhere.has(text));
    expect(texts.length).toBeGreaterThan(1000);
    expect(held(texts)).toEqual([]);
  });

  it('hold what a section is asked', () => {
    const lines = askedOf('Why do trigger points hurt?').filter((text) => !told.includes(text));
    const plainLines = lines.filter((text) => !isRaised(text));
    expect(plainLines.length).toBeGreaterThan(5);
    expect(missing(plainLines)).toEqual([]);
  });

  it.each([
    'When should I call emergency services after dry needling?',
    'When should I seek medical care right away after dry needling?',
  ])('hold nothing that is asked of what sends its readers to care: %s', (heading) => {
    const lines = askedOf(heading).filter((text) => !told.includes(text));
    const plainLines = lines.filter((text) => !isRaised(text));
    expect(plainLines.length).toBeGreaterThan(5);
    expect(held(plainLines)).toEqual([]);
  });
});
