import { auditRules } from '../../../bot/safety/audit.ts';
import { slowestPatterns } from '../../../bot/safety/pattern-cost.ts';
import { loadRules, type RuleSet } from '../../../knowledge/rule.ts';

const rules = loadRules();

/** The clinic's rules, of which only these are audited, one of them with other examples. */
function only(ids: readonly string[], examples: Partial<RuleSet['rules'][number]> = {}): RuleSet {
  const kept = rules.rules.filter(({ id }) => ids.includes(id));
  return { ...rules, rules: kept.map((rule, at) => (at === 0 ? { ...rule, ...examples } : rule)) };
}

describe('auditRules', () => {
  it('names the examples that fail', () => {
    const broken = only(['ur.dvt'], {
      catches: ['where do you park', 'swollen painful calf since yesterday'],
      ignores: ['hot red calf, only the right one', 'hello'],
    });
    const [figures] = auditRules(broken, []).figures;
    expect(figures).toMatchObject({
      caught: 1,
      quiet: 1,
      missed: ['where do you park'],
      raised: ['hot red calf, only the right one'],
    });
  });

  it('tells the share of labelled messages on which a rule was right', () => {
    const { figures } = auditRules(only(['em.breathing']), [
      { message: 'I cannot breathe', accept: ['emergency'] },
      { message: 'he cannot breathe', accept: ['none'] },
      { message: 'what are your hours', accept: ['none'] },
    ]);
    expect(figures[0]).toMatchObject({ fired: 2, right: 1 });
  });

  it('finds examples that fire a rule of the same level or above, those above first', () => {
    const { overlaps } = auditRules(rules, []);
    const above = overlaps.filter(({ rule, other }) => rule.level !== other.level);
    expect(overlaps.slice(0, above.length)).toEqual(above);
    expect(overlaps).toContainEqual(
      expect.objectContaining({
        rule: rules.byId.get('em.pneumothorax'),
        other: rules.byId.get('em.breathing'),
        examples: expect.arrayContaining([
          'My wife had dry needling this morning and she is gasping',
        ]),
      }),
    );
    expect(
      overlaps
        .filter(({ rule }) => rule.level === 'emergency')
        .every(({ other }) => other.level === 'emergency'),
    ).toBe(true);
  });
});

describe('slowestPatterns', () => {
  it('names patterns as they are written, slowest first', () => {
    const slowest = slowestPatterns(rules, ["can't breathe", 'a needle broke off in my neck'], 5);
    expect(slowest).toHaveLength(5);
    for (const { concept, pattern, times } of slowest) {
      expect(rules.concepts.has(concept)).toBe(true);
      expect(rules.phrasebook.phrases.some(({ source }) => source === pattern)).toBe(true);
      expect(times).toBeGreaterThanOrEqual(0);
    }
    const times = slowest.map((cost) => cost.times);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });
});
