import { loadRules, type Rule, type RuleSet } from '../../knowledge/rule.ts';
import { describeSignoff, loadSignoff, readWording } from '../../knowledge/signoff.ts';
import { auditRules, type Audit, type Overlap } from '../safety/audit.ts';
import { loadLabelled } from '../safety/labelled.ts';
import { type PatternCost, slowestPatterns } from '../safety/pattern-cost.ts';
import { runCommand } from './settings.ts';

const MOST_OVERLAPS = 30;
const MOST_PATTERNS = 10;
const LONGEST_SHOWN = 60;

await runCommand(async () => {
  const rules = loadRules();
  const labelled = loadLabelled();
  const audit = auditRules(rules, labelled);
  const examples = rules.rules.flatMap(({ catches, ignores }) => [...catches, ...ignores]);
  const slowest = slowestPatterns(rules, examples, MOST_PATTERNS);
  const blocks = [
    ruleTable(audit, labelled.length),
    failures(audit),
    reviews(rules),
    overlaps(audit),
    sources(rules),
    regions(rules),
    costs(slowest, examples.length),
  ];
  for (const lines of blocks) console.log(`${lines.join('\n')}\n`);
  console.log(describeSignoff(loadSignoff(readWording())));
  if (audit.figures.some(({ missed, raised }) => missed.length + raised.length > 0)) {
    process.exitCode = 1;
  }
});

function ruleTable({ figures }: Audit, labelled: number): string[] {
  const head = [
    `${figures.length} rules. Catches and ignores: their own examples. Labelled: how often they fire on`,
    `the ${labelled} messages of tests/evaluation/safety.jsonl, and how often the label accepts that level.`,
    '',
    columns('Rule', 'Level', 'Catches', 'Ignores', 'Labelled', 'Reviewed'),
  ];
  const rows = figures.map(({ rule, caught, quiet, fired, right }) =>
    columns(
      rule.id,
      rule.level,
      `${caught} of ${rule.catches.length}`,
      `${quiet} of ${rule.ignores.length}`,
      fired === 0 ? '-' : `${right} of ${fired}`,
      rule.reviewed.by ?? 'no',
    ),
  );
  return [...head, ...rows];
}

function columns(...cells: readonly [string, string, string, string, string, string]): string {
  const [rule, level, caught, quiet, fired, reviewed] = cells;
  return `  ${rule.padEnd(26)} ${level.padEnd(10)} ${caught.padEnd(9)} ${quiet.padEnd(9)} ${fired.padEnd(11)} ${reviewed}`;
}

function failures({ figures }: Audit): string[] {
  const lines = figures.flatMap(({ rule, missed, raised }) => [
    ...missed.map((utterance) => `  ${rule.id} misses "${utterance}"`),
    ...raised.map((utterance) => `  ${rule.id} should ignore "${utterance}"`),
  ]);
  return lines.length === 0
    ? ['Every rule catches and ignores what it should.']
    : [`${lines.length} examples fail:`, ...lines];
}

function reviews({ rules }: RuleSet): string[] {
  const unreviewed = rules.filter(({ reviewed }) => !reviewed.by).map(({ id }) => id);
  return unreviewed.length === rules.length
    ? [`No rule has been reviewed by a clinician (${rules.length}).`]
    : [`Unreviewed: ${unreviewed.length} of ${rules.length}`, ...unreviewed.map((id) => `  ${id}`)];
}

function overlaps({ overlaps: found }: Audit): string[] {
  const rises = ({ rule, other }: Overlap) => (other.level === rule.level ? ' ' : '^');
  const lines = found.slice(0, MOST_OVERLAPS).map((overlap) => {
    const { rule, other, examples } = overlap;
    const share = `${examples.length} of ${rule.catches.length}`;
    return `${rises(overlap)} ${rule.id.padEnd(26)} ${other.id.padEnd(26)} ${share.padEnd(9)} "${shortened(examples[0] ?? '')}"`;
  });
  const rest = found.length - lines.length;
  return [
    'Examples of one rule that fire another of its level or above (^ above):',
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more pairs, all of one level or of fewer examples`] : []),
  ];
}

function sources({ rules }: RuleSet): string[] {
  const open = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const source of rule.sources) {
      if ('origin' in source || source.verified) continue;
      const name = [source.guideline, source.address].filter(Boolean).join(', ');
      open.set(name, [...(open.get(name) ?? []), rule]);
    }
  }
  if (open.size === 0) return ['Sources: all verified.'];
  return [
    `Sources to be verified: ${open.size}`,
    ...Array.from(open, ([name, users]) => `  ${name} (${users.map(({ id }) => id).join(', ')})`),
  ];
}

function regions({ regions: { regions: known } }: RuleSet): string[] {
  return [
    'Numbers by region, last checked:',
    ...Object.entries(known).map(
      ([name, { emergency, checked }]) =>
        `  ${name.padEnd(4)} ${emergency.label.padEnd(12)} ${checked ?? 'to be verified'}`,
    ),
  ];
}

function costs(slowest: readonly PatternCost[], examples: number): string[] {
  return [
    `Slowest patterns on the ${examples} examples, in times of the median of the slowest concepts:`,
    ...slowest.map(
      ({ concept, pattern, times }) =>
        `  ${times.toFixed(1).padStart(6)}  ${concept.padEnd(20)} ${shortened(pattern)}`,
    ),
  ];
}

function shortened(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 3)}...`;
}
