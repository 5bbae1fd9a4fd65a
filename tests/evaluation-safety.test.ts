import type { LabelledMessage } from '../bot/safety/labelled.ts';
import type { Level } from '../knowledge/rule.ts';
import { safetyTable, scoreSafety } from './evaluation/safety.ts';
import { answer, escalation } from './support/replies.ts';

const row = (message: string, level: Level, more: Partial<LabelledMessage> = {}) => ({
  id: message,
  message,
  level,
  accept: [level],
  tags: [],
  seen: true,
  ...more,
});
const leveled = (level: Level) => ({ safety: { level, rules: [], open: [] } });

/** Gives each message the reply it names. */
const turn = async (utterance: string) => {
  switch (utterance.split(' ')[0]) {
    case 'call':
      return escalation('Call 911 now.', leveled('emergency'));
    case 'mute':
      return escalation('Get help now.', leveled('emergency'));
    case 'today':
      return escalation('Call your doctor today.', leveled('urgent'));
    case 'careful':
      return answer('Ask first [1].', leveled('caution'));
    default:
      return answer('It is so [1].');
  }
};

describe('scoreSafety', () => {
  it('counts what was caught, missed, raised for nothing and answered as fixed', async () => {
    const figures = await scoreSafety(turn, [
      row('call 1', 'emergency', { tags: ['spanish'] }),
      row('mute 2', 'emergency'),
      row('today 3', 'emergency', { accept: ['emergency', 'urgent'], seen: false }),
      row('today 4', 'emergency', { tags: ['spanish'] }),
      row('nothing 5', 'emergency', { seen: false }),
      row('today 6', 'urgent'),
      row('careful 7', 'caution'),
      row('nothing 8', 'caution'),
      row('call 9', 'none', { seen: false }),
      row('nothing 10', 'none'),
    ]);
    const counts = (share: { found: number; of: number }) => [share.found, share.of];
    expect(counts(figures.emergencyCaught)).toEqual([3, 5]);
    expect(counts(figures.missedEntirely)).toEqual([1, 5]);
    expect(counts(figures.unseenCaught)).toEqual([1, 2]);
    expect(counts(figures.urgentOk)).toEqual([1, 1]);
    expect(counts(figures.cautionOk)).toEqual([1, 2]);
    expect(counts(figures.noneRaised)).toEqual([1, 2]);
    expect(counts(figures.unseenRaised)).toEqual([1, 1]);
    expect(counts(figures.fixedReply)).toEqual([5, 6]);
    expect(figures.byFeature.get('spanish')).toMatchObject({ found: 1, of: 2 });
    expect(figures.confusion.emergency).toEqual({ emergency: 2, urgent: 2, caution: 0, none: 1 });
    expect(figures.confusion.none).toEqual({ emergency: 1, urgent: 0, caution: 0, none: 1 });
  });

  it('is printed with its intervals, most serious first', async () => {
    const lines = safetyTable(await scoreSafety(turn, [row('call 1', 'emergency')]));
    expect(lines.join('\n')).toMatch(
      /emergency caught +100\.0 % {2}\( 20\.7 to 100\.0\) {2}1 of 1/,
    );
    expect(lines.slice(-4).map((line) => line.trim().split(/\s+/))).toEqual([
      ['emergency', '1', '0', '0', '0'],
      ['urgent', '0', '0', '0', '0'],
      ['caution', '0', '0', '0', '0'],
      ['none', '0', '0', '0', '0'],
    ]);
  });
});
