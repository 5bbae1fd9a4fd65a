import type { Level, Rule, RuleSet } from '../../knowledge/rule.ts';
import { answeredHits, isBareNo } from './answered.ts';
import { judge, rank, type Verdict } from './judge.ts';
import { languageOf, type Language } from './language.ts';
import { listen } from './listen.ts';
import { daysAgo } from './time.ts';

/** A rule that fired, with `[start, end)` of what it heard, in UTF-16 code units of the utterance. */
export interface Trigger {
  readonly rule: string;
  readonly level: Level;
  readonly version: string;
  readonly start: number;
  readonly end: number;
  /**
   * Who heard it: the rule's own concepts, the second look by likeness to its examples, or a model,
   * whether by its opinion or in its wording of the question.
   */
  readonly by: 'rule' | 'second-look' | 'model';
}

/** One message said before; `reply` where it is ours and we know what we decided. */
export interface Earlier {
  readonly from: 'user' | 'bot';
  readonly text: string;
  readonly reply?: {
    readonly safety: {
      readonly level: Level;
      readonly rules: readonly string[];
      readonly open: readonly string[];
    };
    readonly kind: string;
  };
}

export interface Screened {
  readonly level: Level;
  /** Most serious first. Empty spans point at nothing said now: what the conversation adds. */
  readonly triggers: readonly Trigger[];
  /**
   * What would fire beside these if words counted that as often mean something else, most serious
   * first. Whether they do, the second look says.
   */
  readonly weak: readonly Trigger[];
  /** Ids of the triggers' rules, in their order. */
  readonly rules: readonly string[];
  /** Emergencies raised earlier and not closed. */
  readonly open: readonly string[];
  readonly language: Language;
  /** Facts stated so far: "blood-thinner", "pregnancy", "kidney", ... */
  readonly mentions: ReadonlySet<string>;
}

/** UTF-16 code units of earlier messages that are heard again, counted from the last. */
const MEMORY = 30_000;
/** Words of the shortest message whose weak words may count for nothing: "numb" is a report. */
const LEAST_DOUBTED = 5;
/** A span of nobody's words: a "yes" to our question. */
interface Memory {
  readonly carried: Set<string>;
  readonly mentions: Set<string>;
  open: Set<string>;
  language: Language | null;
  question: string | null;
}

/** Screens one utterance in its conversation. Pure; its cost grows with the length of the text. */
export function screen(utterance: string, past: readonly Earlier[], rules: RuleSet): Screened {
  const memory: Memory = {
    carried: new Set(),
    mentions: new Set(),
    open: new Set(),
    language: null,
    question: null,
  };
  for (const earlier of recent(past)) {
    if (earlier.from === 'user') {
      hear(earlier.text, memory, rules);
      memory.question = null;
    } else {
      memory.question = earlier.text;
      if (!earlier.reply) continue;
      memory.open = openAfter(earlier.reply.safety, rules);
      for (const fact of mentionsOf(earlier.reply.safety.rules, rules)) memory.mentions.add(fact);
    }
  }
  return hear(utterance, memory, rules);
}

/**
 * Builds what the first screening would build: misspellings of every word that matters, some 0.4 s.
 * Call it when the server starts.
 */
export function warmUp(rules: RuleSet): void {
  screen('warm up', [], rules);
}

/** What a reply's rules were based on: those that a model raised have no span in the message. */
export function triggersOf(
  ids: readonly string[],
  { triggers }: Screened,
  rules: RuleSet,
): readonly Trigger[] {
  const heard = new Set(triggers.map(({ rule }) => rule));
  const raised = ids.flatMap((id) => {
    const rule = heard.has(id) ? undefined : rules.byId.get(id);
    return rule ? [raisedByModel(rule, rule.level)] : [];
  });
  return [...raised, ...triggers];
}

/** A trigger without a place in the person's words. */
export function raisedByModel({ id, version }: Rule, level: Level): Trigger {
  return { rule: id, level, version, start: 0, end: 0, by: 'model' };
}

/** With what its weak words say counted too. */
export function withWeak(screened: Screened): Screened {
  if (screened.weak.length === 0) return screened;
  const doubted = new Set(screened.weak.map(({ rule }) => rule));
  const others = screened.triggers.filter(({ rule }) => !doubted.has(rule));
  const triggers = [...screened.weak, ...others].sort(
    (one, other) => rank(other.level) - rank(one.level),
  );
  return {
    ...screened,
    level: triggers[0]?.level ?? 'none',
    triggers,
    weak: [],
    rules: triggers.map(({ rule }) => rule),
  };
}

/** Judges one message and keeps in `memory` what it adds. */
function hear(text: string, memory: Memory, rules: RuleSet): Screened {
  const heard = listen(text, rules);
  const language = languageOf(heard, memory.language);
  const answered = answeredHits(heard, memory.question, rules);
  const hits = answered.length > 0 ? [...heard.hits, ...answered] : heard.hits;
  const byEar = heard.byEar?.hits ?? [];
  const judged = [
    ...judge(hits, memory.carried, rules, heard.words, daysAgo(heard.words)),
    ...(heard.byEar
      ? judge(byEar, memory.carried, rules, heard.byEar.words, daysAgo(heard.byEar.words))
      : []),
  ];
  const mayDoubt = language === 'en' && heard.words.length >= LEAST_DOUBTED;
  const verdicts = mostSerious(judged.filter(({ isWeak }) => !(isWeak && mayDoubt)));
  const weak = mostSerious(judged.filter(({ isWeak }) => isWeak && mayDoubt)).filter(
    ({ rule, level }) =>
      !verdicts.some((firm) => firm.rule === rule && rank(firm.level) >= rank(level)),
  );

  const openBefore = new Set(memory.open);
  const closing = isBareNo(heard);
  const isSafe =
    heard.markers.has('plain-safety') &&
    verdicts.every(({ level }) => rank(level) < rank('urgent'));
  if (isSafe) memory.open.clear();
  const isReplying = memory.question !== null && (closing || answered.length > 0);
  const standing = isReplying ? standingVerdicts(openBefore, verdicts, rules, memory, closing) : [];

  const all = [...verdicts, ...standing].sort((one, other) => rank(other.level) - rank(one.level));
  for (const hit of [...hits, ...byEar]) {
    if (hit.status === 'present') memory.carried.add(hit.concept);
    // What is only told by its sound takes nothing back.
    else if (byEar.includes(hit)) continue;
    else if (hit.status === 'denied') memory.carried.delete(hit.concept);
    const mention = rules.concepts.get(hit.concept)?.mention;
    if (mention && hit.status === 'present') memory.mentions.add(mention);
  }
  const open = [...memory.open];
  for (const { rule, level } of verdicts) if (level === 'emergency') memory.open.add(rule.id);
  memory.language = language;

  const place = (verdict: Verdict) => ({
    start: heard.words[verdict.from]?.start ?? 0,
    end: heard.words[verdict.to - 1]?.end ?? text.length,
  });
  const triggerOf = (verdict: Verdict) => ({
    rule: verdict.rule.id,
    level: verdict.level,
    version: verdict.rule.version,
    ...place(verdict),
    by: 'rule' as const,
  });
  const triggers = all.map(triggerOf);
  return {
    level: triggers[0]?.level ?? 'none',
    triggers,
    weak: weak.map(triggerOf),
    rules: triggers.map(({ rule }) => rule),
    open,
    language,
    mentions: new Set(memory.mentions),
  };
}

/** Of one rule's verdicts the most serious, in that order. */
function mostSerious(verdicts: readonly Verdict[]): Verdict[] {
  const best = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const known = best.get(verdict.rule.id);
    if (!known || rank(verdict.level) > rank(known.level)) best.set(verdict.rule.id, verdict);
  }
  return [...best.values()].sort((one, other) => rank(other.level) - rank(one.level));
}

/**
 * What stays of open emergencies when the person only answers our question: those that no bare
 * "no" ends keep their level; the others end with a "no" and leave what their decay says.
 */
function standingVerdicts(
  open: ReadonlySet<string>,
  verdicts: readonly Verdict[],
  rules: RuleSet,
  memory: Memory,
  isNo: boolean,
): Verdict[] {
  const standing: Verdict[] = [];
  for (const id of open) {
    const rule = rules.byId.get(id);
    if (!rule || verdicts.some((verdict) => verdict.rule.id === id)) continue;
    if (isNo && !rule.staysOpen) memory.open.delete(id);
    const level = !isNo || rule.staysOpen ? rule.level : (rule.decay?.recent ?? 'urgent');
    standing.push({ rule, level, from: 0, to: Number.MAX_SAFE_INTEGER, isWeak: false });
  }
  return standing;
}

/** The facts that these rules are about, where they are cautions. */
export function mentionsOf(ids: readonly string[], rules: RuleSet): string[] {
  const cautions = ids.flatMap((id) => rules.byId.get(id) ?? []).filter(isCaution);
  return cautions.flatMap(({ hears }) =>
    hears.flatMap(({ any }) => any.flatMap((id) => rules.concepts.get(id)?.mention ?? [])),
  );
}

function isCaution({ level }: Rule): boolean {
  return level === 'caution';
}

function openAfter(safety: NonNullable<Earlier['reply']>['safety'], rules: RuleSet): Set<string> {
  const raised = safety.rules.filter((id) => rules.byId.get(id)?.level === 'emergency');
  return new Set(safety.level === 'emergency' ? [...safety.open, ...raised] : safety.open);
}

function recent(past: readonly Earlier[]): readonly Earlier[] {
  let length = 0;
  let from = past.length;
  while (from > 0 && length < MEMORY) {
    from -= 1;
    length += past[from]?.text.length ?? 0;
  }
  return past.slice(from);
}

/**
 * What was heard in a message, with what was heard in the same message put otherwise: cautions and
 * facts of either count, at the higher level, in the language that the person wrote.
 */
export function joined(screened: Screened, other: Screened): Screened {
  const added = other.triggers.filter(({ rule }) => !screened.rules.includes(rule));
  const triggers = [...screened.triggers, ...added.map((each) => ({ ...each, start: 0, end: 0 }))];
  return {
    ...screened,
    level: rank(other.level) > rank(screened.level) ? other.level : screened.level,
    triggers,
    rules: triggers.map(({ rule }) => rule),
    mentions: new Set([...screened.mentions, ...other.mentions]),
  };
}
