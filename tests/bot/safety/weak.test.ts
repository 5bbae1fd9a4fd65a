import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();

describe('a word that as often means something else', () => {
  it.each([
    ['the boss is suffocating us with paperwork again this week', 'em.breathing'],
    ['who prints the anaphylaxis poster for the back room these days?', 'em.anaphylaxis'],
    ['half the class fainted in that science film last term', 'ur.syncope'],
    ['my ears are numb from that hold music again', 'ur.nerve'],
  ])('raises nothing alone, and is told apart: %s', (utterance, rule) => {
    const screened = screen(utterance, [], rules);
    expect(screened.rules).not.toContain(rule);
    expect(screened.weak.map(({ rule: id }) => id)).toContain(rule);
  });

  it('points at the words', () => {
    const utterance = 'the whole team is suffocating under these reports';
    const [trigger] = screen(utterance, [], rules).weak;
    expect(utterance.slice(trigger?.start, trigger?.end)).toBe('suffocating');
  });

  it('counts beside another sign', () => {
    const screened = screen('my bum is numb and I cannot pee since yesterday', [], rules);
    expect(screened.level).toBe('emergency');
  });

  it('counts beside what was said before', () => {
    const past = [{ from: 'user' as const, text: 'the needles went in my lower back at noon' }];
    const utterance = 'and now both of my legs have gone numb';
    expect(screen(utterance, past, rules).level).toBe('emergency');
  });

  it('counts in a message of a few words, which is a report', () => {
    expect(screen('gone numb', [], rules).level).toBe('urgent');
    expect(screen('suffocating, help', [], rules).level).toBe('emergency');
  });

  it('counts in Spanish, which the second look does not read', () => {
    const { level, weak } = screen('desde la sesión tengo el pie dormido y no se pasa', [], rules);
    expect([level, weak]).toEqual(['urgent', []]);
  });

  it('does not hide plain words for the same', () => {
    expect(screen('I really think I am having a stroke', [], rules).level).toBe('emergency');
    expect(screen('I have been feeling really suicidal since last week', [], rules).level).toBe(
      'emergency',
    );
    expect(screen('I have had shortness of breath all morning', [], rules).level).toBe('emergency');
  });
});

describe('with weak words counted', () => {
  it('the rules fire that they fire, the most serious first', () => {
    const screened = screen('I take warfarin and one hand has gone numb this morning', [], rules);
    const counted = withWeak(screened);
    expect(counted.level).toBe('urgent');
    expect(counted.rules[0]).toBe('ur.nerve');
    expect(counted.rules).toContain('ca.blood_thinner');
    expect(counted.weak).toEqual([]);
  });

  it('a message without any stays as it is', () => {
    const screened = screen('I cannot breathe since the session', [], rules);
    expect(withWeak(screened)).toBe(screened);
  });
});
