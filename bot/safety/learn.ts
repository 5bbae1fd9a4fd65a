import type { Level, RuleSet } from '../../knowledge/rule.ts';
import { fitRidge } from '../../knowledge/ridge.ts';
import { type Traits, traitsOf } from './traits.ts';

/** What the second look has learned from the examples. Scores are about [-1, 1]. */
export interface Learned {
  /** Score from which a text is raised. */
  readonly raiseFrom: number;
  /** Score from which what is raised is an emergency. */
  readonly emergencyFrom: number;
  /** The same where the fixed rules have called it urgent already. */
  readonly upgradeFrom: number;
  /** Stems that count, one feature each. */
  readonly stems: readonly string[];
  /** Ids of the rules that a text may point to. */
  readonly rules: readonly string[];
  /** Coefficients of "raise" over vector, traits, stems and the constant 1. */
  readonly raise: ArrayLike<number>;
  readonly emergency: ArrayLike<number>;
  /** For each rule, coefficients over vector, traits and the constant 1. */
  readonly ofRules: readonly ArrayLike<number>[];
  readonly measured: Measured;
}

/** Of the examples, each told by weights learned without it; shares in [0, 1]. */
export interface Measured {
  readonly examples: number;
  readonly emergenciesRaised: number;
  readonly emergenciesAsEmergency: number;
  readonly urgentRaised: number;
  readonly urgentAsEmergency: number;
  readonly harmlessRaised: number;
  readonly plainRaised: number;
}

/** Share of the harmless examples that may be raised: near misses most of them. */
const HARMLESS_RAISED = 0.025;
/** Share of the plain questions that may be raised: whoever asks one wants an answer. */
const PLAIN_RAISED = 0.005;
/** Share of the urgent examples that may be called an emergency: that costs less than a miss. */
const URGENT_AS_EMERGENCY = 0.25;
const URGENT_UPGRADED = 0.03;
/** Chosen by the same leave-one-out: less learns single examples, more forgets their wording. */
const PENALTY = 2;
/** A stem of fewer examples says more of them than of what they are about. */
const LEAST_EXAMPLES = 6;

/**
 * Learns from the rules' examples and from plain questions, which are nothing to raise; their vectors
 * (length 1) are given in that order. Deterministic. Blocks: five minutes or so for 31,000.
 */
export function learn(
  rules: RuleSet,
  plain: readonly string[],
  vectors: readonly ArrayLike<number>[],
): Learned {
  const written = rules.examples();
  const examples = [...written, ...plain.map((text) => ({ text, rule: null }))];
  const pointed = rules.rules.filter(({ level }) => level !== 'caution').map(({ id }) => id);
  const levels = examples.map(({ rule }) => (rule && rules.byId.get(rule)?.level) || 'none');
  const traits = examples.map(({ text }) => traitsOf(text, rules));
  const stems = stemsOf(traits);
  const places = placesOf(stems);
  const features = traits.map((of, at) => featuresOf(vectors[at] ?? [], of, places));
  const targets = levels.map((level) =>
    Float64Array.of(level === 'none' ? -1 : 1, level === 'emergency' ? 1 : -1),
  );
  const harmless = levels.filter((level) => level === 'none').length;
  const balance = (examples.length - harmless) / Math.max(1, harmless);
  const importance = Float64Array.from(levels, (level) => (level === 'none' ? balance : 1));
  const { weights, leftOut } = fitRidge(features, targets, importance, PENALTY);

  const examined = leftOut.slice(0, written.length);
  const scores = (level: Level, target: 0 | 1) =>
    examined.flatMap((told, at) => (levels[at] === level ? (told[target] ?? 0) : []));
  const plainScores = leftOut.slice(written.length).map((told) => told[0] ?? 0);
  const raiseFrom = Math.max(
    exceededBy(scores('none', 0), HARMLESS_RAISED),
    exceededBy(plainScores, PLAIN_RAISED),
  );
  const emergencyFrom = exceededBy(scores('urgent', 1), URGENT_AS_EMERGENCY);
  const above = (all: readonly number[], from: number) =>
    all.filter((score) => score > from).length / Math.max(1, all.length);
  const share = (level: Level, target: 0 | 1, from: number) => above(scores(level, target), from);
  return {
    raiseFrom,
    emergencyFrom,
    upgradeFrom: exceededBy(scores('urgent', 1), URGENT_UPGRADED),
    stems,
    rules: pointed,
    raise: weights[0] ?? [],
    emergency: weights[1] ?? [],
    ofRules: learnRules(rules, vectors, traits, pointed),
    measured: {
      examples: written.length,
      emergenciesRaised: share('emergency', 0, raiseFrom),
      emergenciesAsEmergency: share('emergency', 1, emergencyFrom),
      urgentRaised: share('urgent', 0, raiseFrom),
      urgentAsEmergency: share('urgent', 1, emergencyFrom),
      harmlessRaised: share('none', 0, raiseFrom),
      plainRaised: above(plainScores, raiseFrom),
    },
  };
}

/** Which rule: learned from what is to be raised only, and without single words. */
function learnRules(
  rules: RuleSet,
  vectors: readonly ArrayLike<number>[],
  traits: readonly Traits[],
  pointed: readonly string[],
): readonly Float64Array[] {
  const features: Float64Array[] = [];
  const targets: Float64Array[] = [];
  for (const [at, { rule }] of rules.examples().entries()) {
    const of = traits[at];
    if (rule === null || !of) continue;
    features.push(featuresOf(vectors[at] ?? [], of, NO_STEMS));
    targets.push(Float64Array.from(pointed, (id) => (id === rule ? 1 : 0)));
  }
  const importance = new Float64Array(features.length).fill(1);
  return [...fitRidge(features, targets, importance, PENALTY).weights];
}

/** Where each stem that counts stands. */
export type Places = ReadonlyMap<string, number>;
export const NO_STEMS: Places = new Map();

export function placesOf(stems: readonly string[]): Places {
  return new Map(stems.map((stem, place) => [stem, place]));
}

/** Vector, traits, stems (of length 1 together) and the constant 1. */
export function featuresOf(
  vector: ArrayLike<number>,
  traits: Traits,
  places: Places,
): Float64Array {
  const { heard } = traits;
  const features = new Float64Array(vector.length + heard.length + places.size + 1);
  features.set(vector);
  features.set(heard, vector.length);
  const known = traits.stems.flatMap((stem) => places.get(stem) ?? []);
  for (const place of known) features[vector.length + heard.length + place] = known.length ** -0.5;
  features[features.length - 1] = 1;
  return features;
}

function stemsOf(traits: readonly Traits[]): string[] {
  const counts = new Map<string, number>();
  for (const { stems } of traits) {
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return [...counts].flatMap(([stem, count]) => (count >= LEAST_EXAMPLES ? stem : [])).sort();
}

/** The score that `share` of the scores are above. */
function exceededBy(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((one, other) => other - one);
  return sorted[Math.floor(share * sorted.length)] ?? Number.POSITIVE_INFINITY;
}
