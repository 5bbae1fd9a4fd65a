import { screen } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();

describe.each(rules.rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each(rule.catches)('catches "%s"', (utterance) => {
    expect(screen(utterance, [], rules).rules).toContain(id);
  });

  it.each(rule.ignores)('ignores "%s"', (utterance) => {
    expect(screen(utterance, [], rules).rules).not.toContain(id);
  });
});
