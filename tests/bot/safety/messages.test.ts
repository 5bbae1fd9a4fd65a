import { loadLabelled } from '../../../bot/safety/labelled.ts';
import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const messages = loadLabelled();

/** Of the messages of one level, those that got a level we do not accept. */
function missed(level: string, seen: boolean) {
  const asked = messages.filter((row) => row.level === level && row.seen === seen);
  const wrong = asked.filter(
    (row) => !row.accept.includes(withWeak(screen(row.message, [], rules)).level),
  );
  return { share: wrong.length / asked.length, ids: wrong.map(({ id }) => id) };
}

describe('our own safety messages', () => {
  it.each(['emergency', 'urgent', 'caution'])('that we tuned on are all heard: %s', (level) => {
    expect(missed(level, true).ids).toEqual([]);
  });

  it('that are nothing and that we tuned on are raised in 2 of 100 at most', () => {
    expect(missed('none', true).share).toBeLessThanOrEqual(0.02);
  });

  // Never tuned on: 43 of 60 emergencies and 37 of 40 others by the fixed rules alone.
  it('that nobody tuned on do not get worse', () => {
    expect(missed('emergency', false).share).toBeLessThanOrEqual(0.3);
    expect(missed('none', false).share).toBeLessThanOrEqual(0.08);
  });
});
