import type { Level, Rule, RuleSet } from '../../knowledge/rule.ts';
import { isAtHand } from './at-hand.ts';
import { rank } from './judge.ts';
import { featuresOf, placesOf } from './features.ts';
import type { Learned } from './learn.ts';
import { spellByEar } from './listen.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import type { Reading } from '../../knowledge/reading.ts';
import { piecesOf } from './pieces.ts';
import { type Screened, type Trigger, withWeak } from './screen.ts';
import { traitsOf } from './traits.ts';
import { undenied } from './undenied.ts';

/** Reads a text with the filters of what was learned. May reject. */
export type Read = (text: string) => Promise<Reading>;

/**
 * Looks again at what the fixed rules did not call an emergency. It may raise the level and never
 * lowers it; the rule it points to supplies the words. What weak words say counts from a lower score.
 * Where it fails, the fixed rules stand, and weak words count.
 */
export type SecondLook = (utterance: string, screened: Screened) => Promise<Screened>;

export function createSecondLook(learned: Learned, read: Read, rules: RuleSet): SecondLook {
  const places = placesOf(learned.stems);

  async function tell(text: string, before: Level): Promise<Told> {
    const features = featuresOf(await read(text), traitsOf(text, rules), places);
    if (features.length !== learned.raise.length)
      throw new RangeError('learned for other features');
    const score = dot(learned.raise, features);
    if (score <= learned.raiseFrom) return { score };
    // What is heard must be there without the words that deny it.
    const rest = undenied(text, rules);
    if (rest !== text) {
      return piecesOf(rest).length === 0
        ? { score }
        : { score, raised: (await tell(rest, before)).raised };
    }
    const from = before === 'urgent' ? learned.upgradeFrom : learned.emergencyFrom;
    const level = dot(learned.emergency, features) > from ? 'emergency' : 'urgent';
    const rule = nearestRule(features, level, learned, rules);
    return { score, raised: rule && { rule, level, score } };
  }

  /** A misspelt text both as it stands and as it sounds: the encoder knows well-spelt words only. */
  function tellBoth(text: string, before: Level): Promise<Told[]> {
    const spelt = spellByEar(text, rules);
    const texts = spelt === text ? [text] : [text, spelt];
    return Promise.all(texts.map((each) => tell(each, before)));
  }

  return async (utterance, heard) => {
    // Weak words count where nothing is gained by doubting them, or nobody can.
    if (heard.level === 'emergency') return withWeak(heard);
    let screened = heard;
    let best: { readonly told: Raised; readonly start: number; readonly end: number } | undefined;
    try {
      const pieces = piecesOf(utterance);
      // At once: texts that the encoder is asked for together cost it less.
      const told = await Promise.all(
        pieces.map(({ start, end }) => tellBoth(utterance.slice(start, end), heard.level)),
      );
      const isReport = told.flat().some(({ score }) => score > learned.weakFrom);
      if (isReport || isAtHand(utterance)) screened = withWeak(heard);
      for (const [at, { start, end }] of pieces.entries()) {
        for (const { raised: found } of told[at] ?? []) {
          if (found && (!best || isMore(found, best.told))) best = { told: found, start, end };
        }
      }
    } catch {
      // Whatever broke, the answer to someone in danger does not wait for it.
      return withWeak(heard);
    }
    if (!best || rank(best.told.level) <= rank(screened.level)) return screened;
    const { told, start, end } = best;
    const { id, version } = told.rule;
    return raised(screened, {
      rule: id,
      level: told.level,
      version,
      start,
      end,
      by: 'second-look',
    });
  };
}

interface Told {
  readonly score: number;
  /** What it raises, if it does. */
  readonly raised?: Raised | undefined;
}

interface Raised {
  readonly rule: Rule;
  readonly level: Level;
  readonly score: number;
}

function nearestRule(
  features: Float32Array,
  level: Level,
  learned: Learned,
  rules: RuleSet,
): Rule | undefined {
  let nearest: Rule | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const [at, weights] of learned.ofRules.entries()) {
    const rule = rules.byId.get(learned.rules[at] ?? '');
    if (rule?.level !== level) continue;
    const likeness = dot(weights, features);
    if (likeness > most) [nearest, most] = [rule, likeness];
  }
  return nearest;
}

function isMore(one: Raised, other: Raised): boolean {
  return one.level === other.level ? one.score > other.score : rank(one.level) > rank(other.level);
}

function raised(screened: Screened, trigger: Trigger): Screened {
  return {
    ...screened,
    level: trigger.level,
    triggers: [trigger, ...screened.triggers],
    rules: [trigger.rule, ...screened.rules.filter((id) => id !== trigger.rule)],
  };
}
