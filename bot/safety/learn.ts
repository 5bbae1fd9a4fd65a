import type { Level, RuleSet } from '../../knowledge/rule.ts';
import { randomFrom, shuffled } from '../../knowledge/random.ts';
import type { Filters, Product } from '../../knowledge/reading.ts';
import { knownOf, placesOf, stemsKnown, stemValue } from './features.ts';
import {
  chancesFor,
  type ClassWeights,
  fitNetwork,
  type Sample,
  type Shape,
} from './filter-network.ts';
import { rank } from './judge.ts';
import { screen } from './screen.ts';
import { type Traits, traitsOf } from './traits.ts';

/** What the second look has learned from the examples. Scores are log odds. */
export interface Learned {
  /** Of the encoder's tokens; their peaks are the first of a text's features. */
  readonly filters: Filters;
  /** Score from which a text is raised. */
  readonly raiseFrom: number;
  /** Score from which what is raised is an emergency. */
  readonly emergencyFrom: number;
  /** The same where the fixed rules have called it urgent already. */
  readonly upgradeFrom: number;
  /** Score from which a text that is not raised calls for caution. */
  readonly cautionFrom: number;
  /** Score from which words count that as often mean something else. */
  readonly weakFrom: number;
  /** Stems that count. */
  readonly stems: readonly string[];
  /** Ids of the rules that a text may point to. */
  readonly rules: readonly string[];
  /** Of nothing to raise, then of each rule. */
  readonly classes: ClassWeights;
  readonly measured: Measured;
}

/** Of the examples, each told by what was learned without it; shares in [0, 1]. */
export interface Measured {
  readonly examples: number;
  readonly emergenciesRaised: number;
  readonly emergenciesAsEmergency: number;
  readonly urgentRaised: number;
  readonly urgentAsEmergency: number;
  readonly cautionsHeard: number;
  readonly harmlessRaised: number;
  readonly plainRaised: number;
  readonly plainCautioned: number;
}

/** Share of the harmless examples that may be raised: near misses most of them. */
const HARMLESS_RAISED = 0.05;
/** Share of the plain questions that may be raised: whoever asks one wants an answer. */
const PLAIN_RAISED = 0.006;
/** Share of the plain questions that may be led by a caution which no fixed rule hears. */
const PLAIN_CAUTIONED = 0.003;
/** Share of the urgent examples that may be called an emergency: that costs less than a miss. */
const URGENT_AS_EMERGENCY = 0.2;
const URGENT_UPGRADED = 0.03;
/** Share of the emergency and urgent examples told in weak words alone that may stay unheard. */
const WEAK_UNHEARD = 0.004;
/** A stem of fewer examples says more of them than of what they are about. */
const LEAST_EXAMPLES = 6;
/** Chances below say no more. */
const LEAST_CHANCE = 1e-9;
/** Parts of the examples, each told by what is learned from the others. */
const FOLDS = 3;

/** A text as the encoder reads it: its vector, of length 1, and the states of its tokens, `halved`. */
export interface Read {
  readonly vector: Float32Array;
  readonly states: Uint16Array;
}

/**
 * Learns from the rules' examples and from plain questions, which are nothing to raise, as the encoder
 * reads them in that order. Deterministic. Blocks for half an hour or so for 31,000 on one core.
 */
export function learn(
  rules: RuleSet,
  plain: readonly string[],
  readings: readonly Read[],
  product: Product,
): Learned {
  const written = rules.examples();
  const examples = [...written, ...plain.map((text) => ({ text, rule: null }))].map(
    ({ text, rule }) => ({ text, rule: rule ?? cautionIn(text, rules) }),
  );
  const pointed = rules.rules.map(({ id }) => id);
  const levelOf = (id: string | null) => (id && rules.byId.get(id)?.level) || 'none';
  const levels = examples.map(({ rule }) => levelOf(rule));
  const traits = examples.map(({ text }) => traitsOf(text, rules));
  const stems = stemsOf(traits);
  const places = placesOf(stems);
  const samples = examples.map(({ rule }, at): Sample => {
    const of = traits[at]!;
    const known = stemsKnown(of, places);
    return {
      states: readings[at]!.states,
      known: knownOf(readings[at]!.vector, of),
      stems: known,
      stemValue: stemValue(known),
      class: pointed.indexOf(rule ?? '') + 1,
    };
  });
  const shape = { stems: stems.length, classes: pointed.length + 1 };
  const classLevels = levelsOf(pointed, rules);

  const told = toldWithout(samples, shape, product).map((chances) =>
    scoresOf(chances, classLevels),
  );
  const examined = told.slice(0, written.length);
  const scores = (level: Level, target: keyof Scores) =>
    examined.flatMap((scored, at) => (levels[at] === level ? scored[target] : []));
  const harmlessScores = [...scores('none', 'raise'), ...scores('caution', 'raise')];
  const plainScores = told.slice(written.length).map(({ raise }) => raise);
  const plainCautions = told
    .slice(written.length)
    .flatMap(({ caution }, at) => (levels[written.length + at] === 'none' ? caution : []));
  const raiseFrom = Math.max(
    exceededBy(harmlessScores, HARMLESS_RAISED),
    exceededBy(plainScores, PLAIN_RAISED),
  );
  const cautionFrom = exceededBy(plainCautions, PLAIN_CAUTIONED);
  const weakScores = examined.flatMap(({ raise }, at) =>
    rank(levels[at]!) >= rank('urgent') && screen(written[at]!.text, [], rules).weak.length > 0
      ? raise
      : [],
  );
  const emergencyFrom = exceededBy(scores('urgent', 'emergency'), URGENT_AS_EMERGENCY);
  const above = (all: readonly number[], from: number) =>
    all.filter((score) => score > from).length / Math.max(1, all.length);
  const share = (level: Level, target: keyof Scores, from: number) =>
    above(scores(level, target), from);
  return {
    ...fitNetwork(samples, shape, product),
    raiseFrom,
    emergencyFrom,
    cautionFrom,
    upgradeFrom: exceededBy(scores('urgent', 'emergency'), URGENT_UPGRADED),
    weakFrom: weakScores.length > 0 ? exceededBy(weakScores, 1 - WEAK_UNHEARD) : -Number.MAX_VALUE,
    stems,
    rules: pointed,
    measured: {
      examples: written.length,
      emergenciesRaised: share('emergency', 'raise', raiseFrom),
      emergenciesAsEmergency: share('emergency', 'emergency', emergencyFrom),
      urgentRaised: share('urgent', 'raise', raiseFrom),
      urgentAsEmergency: share('urgent', 'emergency', emergencyFrom),
      cautionsHeard: share('caution', 'caution', cautionFrom),
      harmlessRaised: above(harmlessScores, raiseFrom),
      plainRaised: above(plainScores, raiseFrom),
      plainCautioned: above(plainCautions, cautionFrom),
    },
  };
}

/** Log odds of a text. */
export interface Scores {
  /** That it is something to raise: urgent or an emergency. */
  readonly raise: number;
  /** That it is an emergency. */
  readonly emergency: number;
  /** That it calls for caution and no more. */
  readonly caution: number;
}

/** By the chances of the classes and their levels. */
export function scoresOf(chances: Float64Array, levels: readonly Level[]): Scores {
  const sums = { none: 0, caution: 0, urgent: 0, emergency: 0 };
  for (const [at, chance] of chances.entries()) sums[levels[at] ?? 'none'] += chance;
  return {
    raise: logOdds(sums.urgent + sums.emergency),
    emergency: logOdds(sums.emergency),
    caution: logOdds(sums.caution),
  };
}

/** Of the classes: of nothing, then of the rules. */
export function levelsOf(ids: readonly string[], rules: RuleSet): Level[] {
  return ['none', ...ids.map((id) => rules.byId.get(id)?.level ?? 'none')];
}

/** The caution that the fixed rules hear in what is no rule's example, if that is all they hear. */
function cautionIn(text: string, rules: RuleSet): string | null {
  const { level, rules: heard } = screen(text, [], rules);
  return level === 'caution' ? (heard[0] ?? null) : null;
}

function logOdds(chance: number): number {
  return Math.log(Math.max(chance, LEAST_CHANCE)) - Math.log(Math.max(1 - chance, LEAST_CHANCE));
}

/** For each sample the chances of its classes by what was learned from the other folds (cross-validation). */
function toldWithout(
  samples: readonly Sample[],
  shape: Shape,
  product: Product,
): readonly Float64Array[] {
  const order = shuffled(samples.length, randomFrom(FOLDS));
  const told: Float64Array[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isLeftOut = (_: unknown, at: number) => at % FOLDS === fold;
    const others = order.filter((_, at) => !isLeftOut(_, at)).map((place) => samples[place]!);
    const network = fitNetwork(others, shape, product);
    for (const place of order.filter(isLeftOut)) {
      told[place] = chancesFor(network, samples[place]!, product);
    }
  }
  return told;
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
