import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();

/** Weak words included: of these the second look decides (second-look.test.ts). */
const heard = (utterance: string) => withWeak(screen(utterance, [], rules)).rules;

describe.each(rules.rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each(rule.catches)('catches "%s"', (utterance) => {
    expect(heard(utterance)).toContain(id);
  });

  it.each(rule.ignores)('ignores "%s"', (utterance) => {
    expect(heard(utterance)).not.toContain(id);
  });
});
