import { join } from 'node:path';
import { type Answered, loadInDomain, sectionKey } from '../../knowledge/in-domain.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../knowledge/near-domain.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { dot, factorise, forward, solve } from '../../knowledge/linear-algebra.ts';
import { stemsOf } from '../terms.ts';
import { closeness, type LearnedDomain, type Likeness, place, step } from './domain.ts';
import type { Encoder } from './encoder.ts';
import { principalAxes } from './principal-axes.ts';

/** Less learns single questions by heart, more forgets what tells them apart. */
const PENALTY = 0.05;
/** Of the 512 numbers of a vector; more tell no more. */
const AXES = 128;
/** A stem of one example says nothing of others. */
const LEAST_EXAMPLES = 2;
/** Kinds of near-domain.yaml. */
const DESK_KIND = 'desk';
const MIXED_KIND = 'stories';

/** A question that the articles do not answer. */
export interface Other {
  readonly text: string;
  /** Whether it is the clinic's desk's; null where it may be. */
  readonly isDesk: boolean | null;
}

export type Encoded<Example> = Example & {
  /** Of length 1, as the encoder gives it. */
  readonly vector: Float32Array;
};

/** What a `Domain` is learned from: what the bundled articles are asked, and what they are not. */
export function domainExamples(): { answered: Answered[]; others: Other[] } {
  const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
  const asked = articles.flatMap(({ slug, sections }) =>
    sections.flatMap(({ path, asked: lines }) => {
      const key = sectionKey(slug, path.at(-1));
      return [...path.slice(-1), ...lines].map((text) => ({ text, sections: [key] }));
    }),
  );
  const others = Object.entries(loadNearDomain().kinds).flatMap(([kind, texts]) =>
    texts.map((text) => ({ text, isDesk: kind === MIXED_KIND ? null : kind === DESK_KIND })),
  );
  return { answered: [...asked, ...loadInDomain()], others };
}

/** Rejects with what the encoder rejects with. */
export async function encodeExamples<Example extends { readonly text: string }>(
  examples: readonly Example[],
  encoder: Pick<Encoder, 'encodeTexts'>,
): Promise<Encoded<Example>[]> {
  const vectors = await encoder.encodeTexts(examples.map(({ text }) => text));
  return examples.map((example, i) => ({ ...example, vector: vectors[i] ?? new Float32Array() }));
}

export interface Learning {
  readonly learned: LearnedDomain;
  /** What a domain learned without it says of an example, by its place among the answered, then the others. */
  readonly leaveOut: (example: number) => Pick<Likeness, 'answered' | 'desk'>;
}

/**
 * Towards 1 for the answered and -1 for the others, each side counting half however many it has.
 * Deterministic. Blocks: a quarter of an hour and 1.5 GB for fifteen thousand questions, whose every pair it
 * compares.
 */
export function learnDomain(
  answered: readonly Encoded<Answered>[],
  others: readonly Encoded<Other>[],
): Learning {
  const questions = [...answered, ...others];
  const count = questions.length;
  const axes = principalAxes(
    questions.map(({ vector }) => vector),
    AXES,
  );
  const stems = stemsIn(questions);
  const numbers = new Map([...stems.keys()].map((stem, number) => [stem, number]));
  const rarities = Float64Array.from(stems.values(), (found) => Math.log(count / found));
  const placed = questions.map(({ text, vector }) =>
    place(vector, stemsOf(text), axes, numbers, rarities),
  );

  const near = new Float64Array(count * count);
  for (const [i, one] of placed.entries()) {
    for (let j = 0; j <= i; j += 1)
      near[i * count + j] = closeness(squaredDistance(one, placed[j]!));
    const side = i < answered.length ? answered.length : others.length;
    near[i * count + i]! += (PENALTY * 2 * side) / count;
  }
  const factor = factorise(near, count);
  const targets = Float64Array.from(questions, (_, i) => (i < answered.length ? 1 : -1));
  const says = solve(factor, targets, count);
  const ofDesk = [...answered.map(() => false), ...others.map(({ isDesk }) => isDesk)];
  const deskTargets = Float64Array.from(ofDesk, (is) => (is === null ? 0 : is ? 1 : -1));
  const saysDesk = solve(factor, deskTargets, count);
  const sections = [...new Set(answered.flatMap((one) => one.sections))];
  const sectionNumbers = new Map(sections.map((key, number) => [key, number]));
  return {
    learned: {
      axes,
      stems: [...stems.keys()],
      rarities,
      places: Int16Array.from(placed.flatMap(({ place: at }) => Array.from(at, step))),
      stemsOf: placed.map(({ stems: of }) => [...of.keys()]),
      says,
      saysDesk,
      sections,
      sectionsOf: questions.map((_, i) =>
        (answered[i]?.sections ?? []).map((key) => sectionNumbers.get(key)!),
      ),
    },
    leaveOut: (example) => {
      const own = inverseDiagonal(factor, example, count);
      return {
        answered: targets[example]! - says[example]! / own,
        desk: deskTargets[example]! - saysDesk[example]! / own,
      };
    },
  };
}

/** Stems of more than one question, with the number of questions that have them. */
function stemsIn(questions: readonly { readonly text: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of questions) {
    for (const stem of new Set(stemsOf(text))) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, found]) => found >= LEAST_EXAMPLES));
}

function squaredDistance(one: ReturnType<typeof place>, other: ReturnType<typeof place>): number {
  let shared = dot(one.place, other.place);
  for (const [number, weight] of one.stems) shared += weight * (other.stems.get(number) ?? 0);
  return squareOf(one) + squareOf(other) - 2 * shared;
}

function squareOf({ place: at, stems }: ReturnType<typeof place>): number {
  return dot(at, at) + (stems.size === 0 ? 0 : 1);
}

/** Of the inverse of what was factorised: what an example would be told without itself follows from it. */
function inverseDiagonal(factor: Float64Array, at: number, count: number): number {
  const unit = new Float64Array(count);
  unit[at] = 1;
  const half = forward(factor, unit, count, at);
  return dot(half, half);
}
