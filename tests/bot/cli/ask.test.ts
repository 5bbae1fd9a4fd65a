import { spawn } from 'node:child_process';
import type { Reply } from '../../../bot/reply.ts';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';
import { bundledDataDir, ENCODING_MS, openBundledBot } from '../../support/bundled.ts';
import { replySchema } from '../../support/reply-schema.ts';

/** Longest build and run of one command, in ms. */
const COMMAND_MS = 120_000;

interface Written {
  readonly id: string | number | null;
  readonly reply?: Reply;
  readonly error?: string;
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run --silent ask -- …` as a person starts it: built, and as a process of its own. */
async function ask(words: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Run> {
  const child = spawn('npm', ['run', '--silent', 'ask', '--', ...words], {
    cwd: PROJECT_ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: bundledDataDir(),
      ARTICLES_DIR: '',
      EMBEDDINGS: 'offline',
      OPENAI_API_KEY: '',
      OPENAI_BASE_URL: '',
    },
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.end(input);
  const status = await new Promise<number | null>((closed, failed) => {
    child.on('close', closed);
    child.on('error', failed);
  });
  return {
    status,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  };
}

const HISTORY = [
  { from: 'user', text: 'Can I exercise after dry needling?' },
  { from: 'bot', text: 'Better not right away.' },
];

/** Lines in, and what each must come out as; a broken line has no id to be known by. */
const LINES: readonly (string | object)[] = [
  { id: 'first', text: 'What is a trigger point?' },
  'this is no JSON',
  { id: 'no-text' },
  { id: 'wrong-type', text: 5 },
  { id: 12, text: 'hello' },
  { id: 'c-1', text: 'How long does soreness last after dry needling?', conversation: 'c' },
  {
    id: 'd-1',
    text: 'My chest hurts and I am short of breath since the needling',
    conversation: 'd',
    channel: 'sms',
  },
  { id: 'c-2', text: 'why?', conversation: 'c' },
  { id: 'alone', text: 'why?' },
  { id: 'told', text: 'and swimming?', history: HISTORY },
  { id: 'long', text: `is bruising normal ${'and so on '.repeat(3000)}` },
  { id: 'empty', text: '' },
  { id: 'line-separator', text: 'does it hurt\u2028a lot' },
  { id: 'd-2', text: 'is bruising normal after dry needling?', conversation: 'd', channel: 'sms' },
];
/** A text cut inside a character, as a broken export holds it. */
const BROKEN_UTF8 = Buffer.concat([
  Buffer.from('{"id": "broken", "text": "is bruising normal '),
  Buffer.from([0xff, 0xc3, 0x28, 0xe2, 0x82]),
  Buffer.from('"}\n'),
]);

describe('npm run ask', () => {
  let run: Run;
  let written: Written[];
  let bot: Awaited<ReturnType<typeof openBundledBot>>;
  const byId = (id: string | number): Reply => {
    const reply = written.find((line) => line.id === id)?.reply;
    if (!reply) throw new Error(`no reply to ${id}`);
    return reply;
  };

  beforeAll(async () => {
    bot = await openBundledBot();
    const lines = LINES.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    const last = JSON.stringify({ id: 'last', text: 'thanks' });
    const input = [Buffer.from(`${lines.join('\n')}\n\n`), BROKEN_UTF8, Buffer.from(last)];
    run = await ask(['--jsonl'], Buffer.concat(input));
    written = run.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Written);
  }, ENCODING_MS + COMMAND_MS);

  afterAll(() => bot.close());

  it('answers every line in its order, the last without a line end too, and ends well', () => {
    expect(run.status).toBe(0);
    expect(written.map(({ id }) => id)).toEqual([
      'first',
      null,
      'no-text',
      'wrong-type',
      12,
      'c-1',
      'd-1',
      'c-2',
      'alone',
      'told',
      'long',
      'empty',
      'line-separator',
      'd-2',
      'broken',
      'last',
    ]);
  });

  it('writes nothing but lines on stdout, and no words of a person on stderr', () => {
    expect(run.stdout.endsWith('\n')).toBe(true);
    expect(run.stderr).not.toMatch(/bruising|chest|trigger/);
  });

  it('says what is wrong with a line and goes on', () => {
    const wrong = written.filter(({ error }) => error !== undefined);
    expect(wrong.map(({ id }) => id)).toEqual([null, 'no-text', 'wrong-type']);
    expect(wrong.every(({ reply }) => reply === undefined)).toBe(true);
  });

  it('writes replies as the contract has them', () => {
    for (const { id, reply } of written) {
      if (reply) expect({ id, issues: replySchema.safeParse(reply).error?.issues }).toEqual({ id });
    }
  });

  it('remembers the turns of one conversation, and only those', () => {
    expect(byId('c-2').query).toContain('soreness');
    expect(byId('alone').query).toBe('why?');
    expect(byId('d-1').kind).toBe('escalation');
    expect(byId('d-2').safety.open).toContain('em.pneumothorax');
    expect(byId('c-2').safety.open).toEqual([]);
  });

  it('reads the history that a line brings', () => {
    expect(byId('told').query).toContain('Can I exercise after dry needling?');
  });

  it('answers a line of 30,000 characters and one of broken bytes', () => {
    expect(['answer', 'unanswered']).toContain(byId('long').kind);
    expect(byId('broken').kind).toBe('answer');
  });

  it(
    'prints the text that citations point into',
    async () => {
      const { citations } = byId('first');
      const slug = citations[0]?.article ?? '';
      const { status, stdout } = await ask(['--article', slug]);
      expect(status).toBe(0);
      expect(stdout).toBe(bot.articles.get(slug)?.text);
      for (const { article, quote, start, end } of citations) {
        if (article === slug) expect(stdout.slice(start, end)).toBe(quote);
      }
    },
    COMMAND_MS,
  );

  it(
    'lists the articles there are when asked for another',
    async () => {
      const { status, stdout, stderr } = await ask(['--article', 'no-such-article']);
      expect(status).toBe(1);
      expect(stdout).toBe('');
      for (const slug of bot.articles.keys()) expect(stderr).toContain(slug);
    },
    COMMAND_MS,
  );
});
