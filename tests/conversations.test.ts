import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bot } from '../bot/bot.ts';
import type { Reply } from '../bot/reply.ts';
import { PROJECT_ROOT } from '../knowledge/project-root.ts';
import { ENCODING_MS, openBundledBot } from './support/bundled.ts';
import { talk } from './support/talk.ts';

const FOLDER = join(PROJECT_ROOT, 'tests', 'conversations');

interface StoryTurn {
  readonly utterance: string;
  /** Lines that must hold of the reply. */
  readonly expected: readonly string[];
}

interface Story {
  readonly name: string;
  /** Whether its title starts with "Known gap": it says what would be right. */
  readonly channel: 'webchat' | 'sms';
  readonly turns: readonly StoryTurn[];
}

/** `# title`, then `> what the person says` with the lines that must hold of the reply below it. */
function parseStory(file: string): Story {
  const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? file;
  const turns: { utterance: string; expected: string[] }[] = [];
  for (const line of lines) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (line.startsWith('> ')) turns.push({ utterance: line.slice(2), expected: [] });
    else turns.at(-1)?.expected.push(line.trim());
  }
  for (const { utterance, expected } of turns) {
    if (expected.length === 0) throw new RangeError(`${file}: nothing expected of "${utterance}"`);
  }
  return {
    name: title,
    channel: title.startsWith('SMS') ? 'sms' : 'webchat',
    turns,
  };
}

/** The expected line where it holds of the reply, otherwise what holds instead. */
function held(expected: string, reply: Reply): string {
  const [kind = '', ...rest] = expected.split(' ');
  const detail = rest.join(' ');
  if (kind === 'notice') {
    const notices = reply.notices.map((notice) => notice.kind);
    return notices.some((notice) => notice === detail) ? expected : `notice ${notices.join(', ')}`;
  }
  if (kind === 'rule') {
    return reply.safety.rules.includes(detail) ? expected : `rule ${reply.safety.rules.join(', ')}`;
  }
  if (kind === 'open') {
    return reply.safety.open.includes(detail) ? expected : `open ${reply.safety.open.join(', ')}`;
  }
  if (kind === 'differs') {
    const about = reply.differences.map((difference) => difference.about);
    return about.includes(detail) ? expected : `differs ${about.join(', ')}`;
  }
  if (kind !== reply.kind) return `${reply.kind} ${detailsOf(reply).join(' | ')}`.trim();
  if (detail === '') return expected;
  const details = detailsOf(reply);
  return details.includes(detail) ? expected : `${reply.kind} ${details.join(' | ')}`;
}

function detailsOf(reply: Reply): string[] {
  switch (reply.kind) {
    case 'answer':
      return reply.citations.map(
        ({ origin, section }) => `${origin.slice(0, 3)} > ${section.split(' > ').at(-1) ?? ''}`,
      );
    case 'escalation':
      return [...reply.safety.rules];
    case 'smalltalk':
      return [];
    default:
      return [reply.reason];
  }
}

const stories = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .toSorted()
  .map(parseStory);

describe('golden conversations', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await openBundledBot();
  }, ENCODING_MS);
  afterAll(() => bot.close());

  async function check({ channel, turns }: Story): Promise<void> {
    const utterances = turns.map(({ utterance }) => utterance);
    const replies = await talk(bot.answerTurn, utterances, channel);
    const told = turns.map(({ utterance, expected }, at) => {
      const reply = replies[at];
      return { utterance, expected: reply ? expected.map((line) => held(line, reply)) : [] };
    });
    expect(told).toEqual(turns);
  }

  it.each(stories)('$name', check);

  it('are a dozen and more, each with a title', () => {
    expect(stories.length).toBeGreaterThanOrEqual(12);
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
    expect(stories.filter(({ name }) => name.endsWith('.txt'))).toEqual([]);
  });
});
