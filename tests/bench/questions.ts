import { randomFrom } from '../../knowledge/random.ts';
import { loadEvaluationSet } from '../evaluation/set.ts';

/** Words of which one may be left out and the rest still asks something. */
const SHORTEST = 5;

export interface Questions {
  readonly asked: readonly string[];
  /** The same questions with one word left out: asked by somebody else, in about as many words. */
  readonly variants: readonly string[];
  /** Of no use to either, so they may warm up what is to be measured. */
  readonly others: readonly string[];
}

export function benchQuestions(): Questions {
  const { questions, unanswerable } = loadEvaluationSet();
  const asked = questions.map(({ question }) => question);
  const variants = new Set<string>();
  for (let place = 0; place < SHORTEST; place++) {
    for (const question of asked) {
      const words = question.split(' ');
      if (words.length < SHORTEST) continue;
      variants.add(words.toSpliced(place, 1).join(' '));
    }
  }
  for (const question of asked) variants.delete(question);
  return {
    asked,
    variants: [...variants],
    others: unanswerable.map(({ question }) => question),
  };
}

/** A clinic's day: this share of what is asked has been asked before. */
const REPEATED = 0.7;

/** The next question of a stream in which 70 % were asked before, the same stream for the same seed. */
export function questionStream({ asked, variants }: Questions, seed: number): () => string {
  const random = randomFrom(seed);
  const fresh = [...asked, ...variants].map((text) => ({ text, at: random() }));
  fresh.sort((a, b) => a.at - b.at);
  const before: string[] = [];
  let next = 0;
  return () => {
    const isRepeated = before.length > 0 && (random() < REPEATED || next >= fresh.length);
    const text = isRepeated ? before[Math.floor(random() * before.length)] : fresh[next++]?.text;
    if (text === undefined) throw new RangeError('expected questions, found none');
    if (!isRepeated) before.push(text);
    return text;
  };
}
