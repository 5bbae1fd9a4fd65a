import type { Level, Rule, RuleSet } from '../../knowledge/rule.ts';
import { isAtHand } from './at-hand.ts';
import { rank } from './judge.ts';
import { featuresOf, placesOf, stemsKnown, stemValue } from './features.ts';
import { chancesOf } from './filter-network.ts';
import { type Learned, levelsOf, type Scores, scoresOf } from './learn.ts';
import { listen, spellByEar } from './listen.ts';
import type { Reading } from '../../knowledge/reading.ts';
import { piecesOf } from './pieces.ts';
import { readAs } from './read-as.ts';
import { mentionsOf, type Screened, type Trigger, withWeak } from './screen.ts';
import { traitsOf } from './traits.ts';
import { remarkable, undenied } from './undenied.ts';

/** Cards of `cards.yaml` that are right whatever it is, and the rule of such a caution. */
const GENERAL = { emergency: 'call-now', urgent: 'today', caution: 'ca.other' };
/**
 * Share of a level's chances that a card must have. Of the examples told by what was learned without
 * them, cards of half to six tenths were right for 62 in 100, cards of more for 95.
 */
const SURE_OF_CARD = 0.6;

/** "Dad didn't put the haemophilia on the form": what is denied there is the telling. */
const UNTOLD =
  /\b(form|tell|telling|told|mention\w*|sa(id|y)|ask\w*|declare\w*|disclos\w*|wr(ote|ite|itten)|note\w*|forg[eo]t\w*|reali[sz]\w*|dij\w*|pregunt\w*|formulario|ficha|olvid\w*)\b/i;

/** Reads a text with the filters of what was learned. May reject. */
export type Read = (text: string) => Promise<Reading>;

/**
 * Looks again at what the fixed rules did not call an emergency. It may raise the level, to a caution
 * too, and never lowers it; the rule it points to supplies the words. What weak words say counts from
 * a lower score. Where it fails, the fixed rules stand, and weak words count.
 */
export type SecondLook = (utterance: string, screened: Screened) => Promise<Screened>;

export function createSecondLook(learned: Learned, read: Read, rules: RuleSet): SecondLook {
  const places = placesOf(learned.stems);
  const levels = levelsOf(learned.rules, rules);

  async function tell(text: string, before: Level): Promise<Told> {
    const traits = traitsOf(text, rules);
    const features = featuresOf(await read(readAs(text, rules)), traits);
    const stems = stemsKnown(traits, places);
    const chances = chancesOf(learned.classes, features, stems, stemValue(stems));
    const scores = scoresOf(chances, levels);
    const score = scores.raise;
    const level = levelFor(scores, before);
    if (level === 'none') return { score };
    // What is heard must be there without the words that deny it, or say that it is little.
    const rest = level === 'emergency' ? undenied(text, rules) : remarkable(text, rules);
    if (rest !== text) {
      return piecesOf(rest).length === 0
        ? { score }
        : { score, raised: (await tell(rest, before)).raised };
    }
    const rule = pointedTo(chances, level, learned, rules);
    if (rule && level !== 'emergency' && isDecided(rule, text, rules)) return { score };
    return { score, raised: rule && { rule, level, score } };
  }

  function levelFor({ raise, emergency, caution }: Scores, before: Level): Level {
    const from = before === 'urgent' ? learned.upgradeFrom : learned.emergencyFrom;
    if (raise > learned.raiseFrom) return emergency > from ? 'emergency' : 'urgent';
    return caution > learned.cautionFrom ? 'caution' : 'none';
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
    const trigger = {
      rule: id,
      level: told.level,
      version,
      start,
      end,
      by: 'second-look' as const,
    };
    return raised(screened, trigger, rules);
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

/**
 * The likeliest rule of the level. Where it is in doubt what to say, the likeliest of those that say
 * what is right for any: "press on the bleeding" helps nobody who does not bleed.
 */
function pointedTo(
  chances: Float64Array,
  level: Exclude<Level, 'none'>,
  learned: Learned,
  rules: RuleSet,
): Rule | undefined {
  const ofLevel = learned.rules.flatMap((id, at) => {
    const rule = rules.byId.get(id);
    return rule?.level === level ? [{ rule, chance: chances[at + 1] ?? 0 }] : [];
  });
  ofLevel.sort((one, other) => other.chance - one.chance);
  const likeliest = ofLevel[0]?.rule;
  const sum = (all: typeof ofLevel) => all.reduce((total, { chance }) => total + chance, 0);
  // Cautions share a card, and what each says is its own.
  const said = (rule: Rule | undefined) => (level === 'caution' ? rule?.id : rule?.card);
  const saying = (what: string | undefined) => ofLevel.filter(({ rule }) => said(rule) === what);
  const isSure = sum(saying(said(likeliest))) >= SURE_OF_CARD * sum(ofLevel);
  return isSure ? likeliest : (saying(GENERAL[level])[0]?.rule ?? likeliest);
}

/**
 * Whether the fixed rules heard what the caution is about, as denied, past or no person's; of what is
 * urgent, whether they heard the facts that it is about as nothing else ("not pregnant, no thinners"),
 * unless it is said that they were not told.
 */
function isDecided({ hears, level }: Rule, text: string, rules: RuleSet): boolean {
  const isCaution = level === 'caution';
  const about = new Set(hears.flatMap(({ any, all }) => [...any, ...all]));
  const facts = isCaution ? undefined : factsOf(rules);
  const takenBack = listen(text, rules)
    .hits.filter(({ concept }) => about.has(concept) && (!facts || facts.has(concept)))
    .map(({ status }) => status !== 'present');
  if (isCaution) return takenBack.includes(true);
  return takenBack.length > 0 && !takenBack.includes(false) && !UNTOLD.test(text);
}

/** What any caution is about. */
function factsOf({ rules }: RuleSet): ReadonlySet<string> {
  return new Set(
    rules.flatMap(({ level, hears }) =>
      level === 'caution' ? hears.flatMap(({ any, all }) => [...any, ...all]) : [],
    ),
  );
}

function isMore(one: Raised, other: Raised): boolean {
  return one.level === other.level ? one.score > other.score : rank(one.level) > rank(other.level);
}

function raised(screened: Screened, trigger: Trigger, rules: RuleSet): Screened {
  return {
    ...screened,
    level: trigger.level,
    triggers: [trigger, ...screened.triggers],
    rules: [trigger.rule, ...screened.rules.filter((id) => id !== trigger.rule)],
    mentions: new Set([...screened.mentions, ...mentionsOf([trigger.rule], rules)]),
  };
}
