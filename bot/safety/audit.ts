import type { Level, Rule, RuleSet } from '../../knowledge/rule.ts';
import { rank } from './judge.ts';
import { screen, type Screened, withWeak } from './screen.ts';

/** A message with the levels that count as right for it. */
export interface Labelled {
  readonly message: string;
  readonly accept: readonly Level[];
}

/** How one rule does on what it is meant to catch and to ignore. */
export interface RuleFigures {
  readonly rule: Rule;
  readonly caught: number;
  readonly quiet: number;
  /** Utterances that it should catch and does not, or should ignore and does not. */
  readonly missed: readonly string[];
  readonly raised: readonly string[];
  /** Labelled messages it fires on, and those of them whose label accepts the level that it gave. */
  readonly fired: number;
  readonly right: number;
}

/** Examples of one rule that fire another of its level or above. */
export interface Overlap {
  readonly rule: Rule;
  readonly other: Rule;
  readonly examples: readonly string[];
}

export interface Audit {
  readonly figures: readonly RuleFigures[];
  /** Those that raise the level first, then the most examples first. */
  readonly overlaps: readonly Overlap[];
}

/** What the rules hear, weak words included: of these the second look decides. */
function heardIn(utterance: string, rules: RuleSet): Screened {
  return withWeak(screen(utterance, [], rules));
}

/** Tries every rule on its own examples, on those of the others, and on labelled messages. */
export function auditRules(rules: RuleSet, labelled: readonly Labelled[]): Audit {
  const heard = labelled.map(({ message, accept }) => ({
    accept,
    triggers: heardIn(message, rules).triggers,
  }));
  const overlaps: Overlap[] = [];
  const figures = rules.rules.map((rule) => {
    const missed: string[] = [];
    const others = new Map<Rule, string[]>();
    for (const utterance of rule.catches) {
      const { rules: fired } = heardIn(utterance, rules);
      if (!fired.includes(rule.id)) missed.push(utterance);
      for (const id of fired) {
        const other = rules.byId.get(id);
        if (!other || other === rule || rank(other.level) < rank(rule.level)) continue;
        others.set(other, [...(others.get(other) ?? []), utterance]);
      }
    }
    for (const [other, examples] of others) overlaps.push({ rule, other, examples });
    const raised = rule.ignores.filter((utterance) =>
      heardIn(utterance, rules).rules.includes(rule.id),
    );
    const fired = heard.flatMap(({ accept, triggers }) => {
      const trigger = triggers.find(({ rule: id }) => id === rule.id);
      return trigger ? [accept.some((level) => rank(level) >= rank(trigger.level))] : [];
    });
    return {
      rule,
      caught: rule.catches.length - missed.length,
      quiet: rule.ignores.length - raised.length,
      missed,
      raised,
      fired: fired.length,
      right: fired.filter(Boolean).length,
    };
  });
  const rise = ({ rule, other }: Overlap) => rank(other.level) - rank(rule.level);
  overlaps.sort((one, two) => rise(two) - rise(one) || two.examples.length - one.examples.length);
  return { figures, overlaps };
}
