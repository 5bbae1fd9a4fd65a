import { rank } from '../../../bot/safety/judge.ts';
import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const levelOf = (utterance: string) => withWeak(screen(utterance, [], rules)).level;
/** Every utterance that some rule catches, with the rule's own level and the level it gets. */
const caught = rules.rules.flatMap(({ id, level, catches }) =>
  catches.map((utterance) => ({ id, level, utterance, got: levelOf(utterance) })),
);

/** In [0, 1), the same for the same seed (Numerical Recipes' generator). */
function chance(seed: number): number {
  return ((seed * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** One slip inside a word of six letters or more, where the seed says; undefined without such a word. */
function withSlip(
  utterance: string,
  seed: number,
  slip: (before: string, letter: string, next: string, after: string) => string,
): string | undefined {
  const words = [...utterance.matchAll(/[a-z]{6,}/g)];
  const word = words[Math.floor(chance(seed) * words.length)];
  if (!word) return undefined;
  const at = word.index + 1 + Math.floor(chance(seed + 7919) * (word[0].length - 2));
  const [letter = '', next = ''] = utterance.slice(at, at + 2);
  const slipped = slip(utterance.slice(0, at), letter, next, utterance.slice(at + 2));
  return slipped === utterance ? undefined : slipped;
}

describe('every utterance that a rule catches', () => {
  it.each<[string, (utterance: string) => string]>([
    ['in capitals', (said) => said.toUpperCase()],
    ['without capitals', (said) => said.toLowerCase()],
    ['after "hi"', (said) => `hi ${said}`],
    ['after "Hello,"', (said) => `Hello, ${said}`],
    ['in quotes', (said) => `"${said}"`],
    ['in curly quotes', (said) => `\u201c${said}\u201d`],
    ['before another question', (said) => `${said}. Where do I park?`],
    ['after a remark', (said) => `I have a quick question. ${said}`],
    ['after an apology', (said) => `sorry to bother you but ${said}`],
  ])('keeps its level %s', (_, change) => {
    const changed = caught.filter(({ utterance, got }) => levelOf(change(utterance)) !== got);
    expect(changed.map(({ utterance }) => change(utterance))).toEqual([]);
  });

  it('counts as much where it is about somebody else', () => {
    const own =
      /(^|[,.;] |\b(?:and|but|now|that|because) )my (?!husband|wife|son|mother|mom|mum|dad|friend|boyfriend|neighbou?r|partner)/i;
    const asked = caught.filter(({ utterance }) => own.test(utterance));
    const lower = asked.filter(
      ({ utterance, level }) =>
        rank(levelOf(utterance.replace(own, "$1my husband's "))) < rank(level),
    );
    expect(asked.length).toBeGreaterThan(40);
    expect(lower.map(({ utterance }) => utterance)).toEqual([]);
  });

  // The shares are what was measured when this was written: 97, 92 and 99 of 100.
  it.each<[string, number, Parameters<typeof withSlip>[2]]>([
    ['two letters swapped', 0.96, (before, letter, next, after) => before + next + letter + after],
    ['a letter left out', 0.91, (before, _, next, after) => before + next + after],
    [
      'a letter typed twice',
      0.97,
      (before, letter, next, after) => before + letter + letter + next + after,
    ],
  ])('bears %s in a longer word, most of the time', (_, least, slip) => {
    const tried = caught.flatMap(({ utterance, level }, seed) => {
      const slipped = withSlip(utterance, seed, slip);
      return slipped === undefined ? [] : [rank(levelOf(slipped)) >= rank(level)];
    });
    expect(tried.length).toBeGreaterThan(300);
    expect(tried.filter(Boolean).length / tried.length).toBeGreaterThanOrEqual(least);
  });
});

describe('a denial of the only symptom', () => {
  it.each([
    'chest pain',
    'trouble breathing',
    'shortness of breath',
    'suicidal thoughts',
    'swelling of the tongue',
    'slurred speech',
    'palpitations',
    'pus at the site',
    'numbness in my groin',
  ])('leaves nothing of "%s"', (symptom) => {
    expect(rank(levelOf(`I have ${symptom}`))).toBeGreaterThanOrEqual(rank('urgent'));
    expect(levelOf(`I have no ${symptom}`)).toBe('none');
    expect(levelOf(`no ${symptom}`)).toBe('none');
  });
});
