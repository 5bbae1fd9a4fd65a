import { LEVELS, type Level, type Rule, type RuleSet } from '../../knowledge/rule.ts';
import type { ScopedHit } from './scope.ts';
import type { Word } from './words.ts';

/** A rule that fired, with the words `[from, to)` that made it; the level is after decay. */
export interface Verdict {
  readonly rule: Rule;
  readonly level: Level;
  readonly from: number;
  readonly to: number;
  /** Rests on nothing but words that as often mean something else. */
  readonly isWeak: boolean;
}

/** What is known of a concept from this utterance or an earlier one. */
interface Evidence {
  readonly hit: ScopedHit | null;
  readonly level: 'present' | 'over' | 'past';
}

/** Judges one utterance: of each rule at most one verdict that is weak, and one that is not; `carried` are concepts that earlier messages reported and nothing closed. */
export function judge(
  hits: readonly ScopedHit[],
  carried: ReadonlySet<string>,
  { rules }: RuleSet,
  words: readonly Word[],
  days: number | null,
): Verdict[] {
  const byConcept = new Map<string, ScopedHit[]>();
  for (const hit of hits) {
    if (hit.status !== 'present' && hit.status !== 'over' && hit.status !== 'past') continue;
    const known = byConcept.get(hit.concept);
    if (known) known.push(hit);
    else byConcept.set(hit.concept, [hit]);
  }
  const verdicts: Verdict[] = [];
  for (const rule of rules) {
    if (rule.silencedBy.some((concept) => isPresent(concept))) continue;
    const best = new Map<boolean, Verdict>();
    for (const way of rule.hears) {
      if (way.unless.some((concept) => isPresent(concept))) continue;
      const verdict = meet(rule, way);
      if (!verdict) continue;
      const known = best.get(verdict.isWeak);
      if (!known || rank(verdict.level) > rank(known.level)) best.set(verdict.isWeak, verdict);
    }
    verdicts.push(...[...best.values()].filter(({ level }) => level !== 'none'));
  }
  return verdicts.sort((one, other) => rank(other.level) - rank(one.level));

  function isPresent(concept: string): boolean {
    return byConcept.get(concept)?.some(({ status }) => status === 'present') ?? false;
  }

  function evidence(concept: string): Evidence | undefined {
    const found = byConcept.get(concept) ?? [];
    for (const level of ['present', 'over', 'past'] as const) {
      const said = found.filter(({ status }) => status === level);
      const hit = said.find(({ isWeak }) => !isWeak) ?? said[0];
      if (hit) return { hit, level };
    }
    return carried.has(concept) ? { hit: null, level: 'present' } : undefined;
  }

  function meet(rule: Rule, way: Rule['hears'][number]): Verdict | undefined {
    const any = bestOf(way.any);
    if (way.any.length > 0 && !any) return undefined;
    const all = way.all.map((concept) => evidence(concept));
    const used: Evidence[] = any ? [any] : [];
    for (const each of all) {
      if (!each) return undefined;
      used.push(each);
    }
    const here = used.flatMap(({ hit }) => hit ?? []);
    if (here.length === 0) return undefined;
    if (way.near !== undefined && !isWithin(way, way.near)) return undefined;
    const level = decayed(rule, used);
    const start = here.reduce((one, other) => (other.from < one.from ? other : one));
    const end = here.reduce((one, other) => (other.to > one.to ? other : one));
    const isWeak = used.length === 1 && start.isWeak && rank(level) >= rank('urgent');
    return { rule, level, from: start.from, to: end.to, isWeak };
  }

  function bestOf(concepts: readonly string[]): Evidence | undefined {
    let best: Evidence | undefined;
    for (const concept of concepts) {
      const found = evidence(concept);
      if (found && (!best || order(found) < order(best))) best = found;
    }
    return best;
  }

  /** Some choice of hits lies within so many words; groups are small, hits capped. */
  function isWithin(way: Rule['hears'][number], near: number): boolean {
    const live = (concept: string) =>
      (byConcept.get(concept) ?? []).filter(
        ({ status }) => status === 'present' || status === 'over',
      );
    const groups = [...way.all.map(live), ...(way.any.length > 0 ? [way.any.flatMap(live)] : [])];
    const [first, ...others] = groups;
    return (first ?? []).some((anchor) =>
      others.every((group) =>
        group.some(
          (hit) =>
            Math.max(hit.from - anchor.to, anchor.from - hit.to) <= near &&
            words[hit.from]?.sentence === words[anchor.from]?.sentence,
        ),
      ),
    );
  }

  function decayed(rule: Rule, used: readonly Evidence[]): Level {
    const worst = used.some(({ level }) => level === 'past')
      ? 'past'
      : used.some(({ level }) => level === 'over')
        ? 'over'
        : 'present';
    if (worst === 'present') return rule.level;
    const decay = rule.decay ?? { recentDays: 2, recent: lower(rule.level), older: 'none' };
    if (worst === 'past') return decay.older;
    return days === null || days <= decay.recentDays ? decay.recent : decay.older;
  }
}

/** A symptom that is over leaves an emergency urgent; an urgent sign that is over is not one. */
function lower(level: Level): Level {
  return level === 'emergency' ? 'urgent' : level === 'urgent' ? 'none' : level;
}

/** Present before over before past, said now before carried, plain words before weak ones. */
function order({ hit, level }: Evidence): number {
  return ['present', 'over', 'past'].indexOf(level) * 3 + (hit ? Number(hit.isWeak) : 2);
}

export function rank(level: Level): number {
  return LEVELS.indexOf(level);
}
