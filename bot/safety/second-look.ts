import type { Level, Rule, RuleSet } from '../../knowledge/rule.ts';
import { rank } from './judge.ts';
import { featuresOf, placesOf } from './features.ts';
import type { Learned } from './learn.ts';
import { spellByEar } from './listen.ts';
import { dot } from '../../knowledge/linear-algebra.ts';
import type { Reading } from '../../knowledge/reading.ts';
import { piecesOf } from './pieces.ts';
import type { Screened, Trigger } from './screen.ts';
import { traitsOf } from './traits.ts';
import { undenied } from './undenied.ts';

/** Reads a text with the filters of what was learned. May reject. */
export type Read = (text: string) => Promise<Reading>;

/**
 * Looks again at what the fixed rules did not call an emergency. It may raise the level and never
 * lowers it; the rule it points to supplies the words. Where it fails, the fixed rules stand.
 */
export type SecondLook = (utterance: string, screened: Screened) => Promise<Screened>;

export function createSecondLook(learned: Learned, read: Read, rules: RuleSet): SecondLook {
  const places = placesOf(learned.stems);

  async function tell(text: string, before: Level): Promise<Told | undefined> {
    const features = featuresOf(await read(text), traitsOf(text, rules), places);
    if (features.length !== learned.raise.length) return undefined;
    const score = dot(learned.raise, features);
    if (score <= learned.raiseFrom) return undefined;
    // What is heard must be there without the words that deny it.
    const rest = undenied(text, rules);
    if (rest !== text) return piecesOf(rest).length === 0 ? undefined : tell(rest, before);
    const from = before === 'urgent' ? learned.upgradeFrom : learned.emergencyFrom;
    const level = dot(learned.emergency, features) > from ? 'emergency' : 'urgent';
    const rule = nearestRule(features, level, learned, rules);
    return rule && { rule, level, score };
  }

  /** A misspelt text both as it stands and as it sounds: the encoder knows well-spelt words only. */
  function tellBoth(text: string, before: Level): Promise<(Told | undefined)[]> {
    const spelt = spellByEar(text, rules);
    const texts = spelt === text ? [text] : [text, spelt];
    return Promise.all(texts.map((each) => tell(each, before)));
  }

  return async (utterance, screened) => {
    if (screened.level === 'emergency') return screened;
    let best: { readonly told: Told; readonly start: number; readonly end: number } | undefined;
    try {
      const pieces = piecesOf(utterance);
      // At once: texts that the encoder is asked for together cost it less.
      const heard = await Promise.all(
        pieces.map(({ start, end }) => tellBoth(utterance.slice(start, end), screened.level)),
      );
      for (const [at, { start, end }] of pieces.entries()) {
        for (const told of heard[at] ?? []) {
          if (told && (!best || isMore(told, best.told))) best = { told, start, end };
        }
      }
    } catch {
      // Whatever broke, the answer to someone in danger does not wait for it.
      return screened;
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

function isMore(one: Told, other: Told): boolean {
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
