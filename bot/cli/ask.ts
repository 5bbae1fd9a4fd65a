import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Bot, openBot } from '../bot.ts';
import { channelOf, type Conversation, type PastMessage } from '../conversation.ts';
import type { Reply } from '../reply.ts';
import { parseLine } from './jsonl.ts';
import { printedReply } from './print.ts';
import { progressBar } from './progress.ts';
import { runCommand, settings } from './settings.ts';

/** Conversations of `--jsonl` kept in memory; the one used longest ago is forgotten first. */
const MOST_CONVERSATIONS = 10_000;
const MOST_PAST_MESSAGES = 50;

const USAGE = `npm run ask -- "question"         one answer, with its sources
npm run ask                       a conversation; an empty line or Ctrl-D ends it
npm run --silent ask -- --jsonl   {"id", "text"} a line in, {"id", "reply"} a line out
npm run ask -- --article SLUG     an article's cleaned text, which citations point into`;

await runCommand(async () => {
  const words = process.argv.slice(2);
  if (words[0] === '--help' || words[0] === '-h') return console.log(USAGE);
  const config = settings();
  const bot = await openBot(config, { onProgress: progressBar('Indexing articles') });
  console.error(`Mode: ${bot.mode}.`);
  try {
    if (words[0] === '--jsonl') await answerLines(bot);
    else if (words[0] === '--article') printArticle(bot, words[1]);
    else if (words.length > 0) await answerOnce(bot, words.join(' '));
    else await converse(bot);
  } finally {
    await bot.close();
  }
});

async function answerOnce(bot: Bot, question: string): Promise<void> {
  const reply = await bot.answerTurn(question, { id: 'ask', channel: 'webchat', messages: [] });
  console.log(printedReply(reply));
}

async function converse(bot: Bot): Promise<void> {
  const { size } = bot.articles;
  console.error(`${size} articles. Ask about dry needling; an empty line ends.`);
  console.error('Not for emergencies: call your local emergency number.\n');
  const terminal = createInterface({
    input: process.stdin,
    output: process.stderr,
    prompt: '> ',
    terminal: process.stdin.isTTY,
  });
  let past: Conversation = { id: 'ask', channel: 'webchat', messages: [] };
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() === '') break;
    const reply = await bot.answerTurn(line, past);
    console.log(`\n${printedReply(reply)}\n`);
    past = { ...past, messages: grown(past.messages, line, reply) };
    terminal.prompt();
  }
  terminal.close();
}

/** Order is kept by answering one line after the other; a line that fails says so and is passed. */
async function answerLines(bot: Bot): Promise<void> {
  const conversations = new Map<string, readonly PastMessage[]>();
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line = parseLine(text);
    if (line.kind === 'unreadable') {
      await write({ id: line.id, error: line.error });
      continue;
    }
    const { id, conversation, history } = line;
    const known = conversation === undefined ? [] : (conversations.get(conversation) ?? []);
    const messages = [...history, ...known];
    const channel = channelOf(line.channel);
    try {
      const past = { id: conversation ?? String(id), channel, messages };
      const reply = await bot.answerTurn(line.text, past);
      await write({ id, reply });
      if (conversation !== undefined) {
        conversations.delete(conversation);
        conversations.set(conversation, grown(known, line.text, reply));
        const oldest = conversations.keys().next();
        if (conversations.size > MOST_CONVERSATIONS && !oldest.done)
          conversations.delete(oldest.value);
      }
    } catch (error) {
      await write({ id, error: error instanceof Error ? error.message : 'fault' });
    }
  }
}

function grown(messages: readonly PastMessage[], utterance: string, reply: Reply): PastMessage[] {
  const said: PastMessage[] = [
    { from: 'user', text: utterance },
    { from: 'bot', text: reply.text, reply },
  ];
  return [...messages, ...said].slice(-MOST_PAST_MESSAGES);
}

/** Waits when the reader of our output is slower than we are. */
async function write(line: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
}

function printArticle({ articles }: Bot, slug: string | undefined): void {
  const article = slug === undefined ? undefined : articles.get(slug);
  if (article) {
    process.stdout.write(article.text);
    return;
  }
  console.error(`No article "${slug ?? ''}". There are:\n${[...articles.keys()].join('\n')}`);
  process.exitCode = 1;
}
