import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../../bot/config.ts';
import { inTempFolder } from '../support/temp-folder.ts';
import { line, type Measured, median, rounded } from './measured.ts';
import { type Questions, questionStream } from './questions.ts';
import {
  imageMemorySettings,
  type ServerProcess,
  startFlags,
  startProcess,
} from './server-process.ts';

/** What we use of autocannon, which has no types of its own. */
type Autocannon = (options: {
  url: string;
  connections: number;
  amount: number;
  requests: readonly { setupRequest: (request: object) => object }[];
}) => Promise<{
  readonly duration: number;
  readonly non2xx: number;
  readonly errors: number;
  readonly latency: { readonly p50: number; readonly p97_5: number; readonly p99: number };
}>;

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;

const SERVER = 'dist/bot/main.js';
const ECHO = 'dist/tests/bench/echo-server.js';
const STARTS = 3;
/** Odd, so that the median is one that was measured. */
const ROUNDS = 5;
const REQUESTS = 300;
/** More, for the load is timed in whole seconds and an echo takes a millisecond. */
const ECHO_REQUESTS = 5_000;
const CONNECTIONS = 10;
/** Visitors ask a few questions each, and every turn hears again what was said before it. */
const TURNS_OF_A_CONVERSATION = 4;
const TURNS_BEFORE_RSS = 1_000;

/**
 * The real server in its own process, with the flags of `npm start` and the allocator's settings of the
 * image: time to ready, load against an echo bot, memory after 1,000 turns or a few more.
 */
export async function measureServer(config: Config, questions: Questions): Promise<Measured> {
  return inTempFolder(async (folder) => {
    const databaseUrl = pathToFileURL(join(folder, 'conversations.db')).href;
    const flags = startFlags(SERVER);
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: config.dataDir,
      DATABASE_URL: databaseUrl,
      ARTICLES_DIR: '',
      OPENAI_API_KEY: '',
      EMBEDDINGS: '',
      CLIENT_ID: '',
      CLIENT_SECRET: '',
      TENANT_ID: '',
      ...imageMemorySettings(),
    };
    const startServer = async () => {
      const started = performance.now();
      const server = await startProcess(SERVER, env, flags);
      const { ok } = await fetch(`${server.url}/readyz`);
      if (!ok) throw new Error('the server is not ready although it said so');
      return { server, seconds: (performance.now() - started) / 1000 };
    };
    const ready: number[] = [];
    for (let start = 1; start < STARTS; start++) {
      const { server, seconds } = await startServer();
      ready.push(seconds);
      await server.stop();
    }
    const { server, seconds } = await startServer();
    ready.push(seconds);
    const echo = await startProcess(ECHO, { NODE_ENV: 'production' });
    try {
      const load = createLoad(questions);
      const rounds: { bot: Load; echo: Load }[] = [];
      await load(server, REQUESTS);
      await load(echo, ECHO_REQUESTS);
      let turns = REQUESTS;
      let memory: { readonly turns: number; readonly rss: number | undefined } | undefined;
      while (rounds.length < ROUNDS || !memory) {
        rounds.push({ bot: await load(server, REQUESTS), echo: await load(echo, ECHO_REQUESTS) });
        turns += REQUESTS;
        if (turns >= TURNS_BEFORE_RSS) memory ??= { turns, rss: server.residentMb() };
      }
      const ratios = rounds.map(({ bot, echo }) => bot.perSecond / echo.perSecond);
      const { rss } = memory;
      const perSecond = (who: 'bot' | 'echo') =>
        median(rounds.map((round) => round[who].perSecond)).toFixed(0);
      return {
        figures: {
          http_ratio_to_echo: rounded(median(ratios)),
          ready_s: rounded(median(ready)),
          ...(rss !== undefined && { rss_mb: rounded(rss, 1) }),
        },
        lines: [
          line('POST /api/messages, 70 % repeated', `${perSecond('bot')} turns/s`),
          line('  of one turn, median of rounds', loadLine(rounds.map(({ bot }) => bot))),
          line('an echo bot, same SDK and server', `${perSecond('echo')} turns/s`),
          line('  ratio', `${median(ratios).toFixed(2)} (${rangeOf(ratios, 2)})`),
          line('ready, snapshot at hand', `${median(ready).toFixed(2)} s (${rangeOf(ready, 2)})`),
          line(
            `memory after ${memory.turns} turns`,
            rss === undefined ? 'not known on this system' : `${rss.toFixed(0)} MB resident`,
          ),
        ],
      };
    } finally {
      await Promise.all([server.stop(), echo.stop()]);
    }
  });
}

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p97_5: number;
}

/** Both servers get streams of the same kind; no text is new to a server twice. */
function createLoad(questions: Questions): (to: ServerProcess, amount: number) => Promise<Load> {
  const streams = new Map<ServerProcess, () => string>();
  let sent = 0;
  const nextActivity = (text: string) => {
    sent++;
    return JSON.stringify({
      type: 'message',
      id: `bench-${sent}`,
      channelId: 'emulator',
      deliveryMode: 'expectReplies',
      from: { id: 'bench' },
      recipient: { id: 'bot' },
      conversation: { id: `bench-${Math.floor(sent / TURNS_OF_A_CONVERSATION)}` },
      text,
    });
  };
  return async (to, amount) => {
    const next = streams.get(to) ?? questionStream(questions, 1);
    streams.set(to, next);
    const { duration, non2xx, errors, latency } = await autocannon({
      url: to.url,
      connections: CONNECTIONS,
      amount,
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            method: 'POST',
            path: '/api/messages',
            headers: { 'content-type': 'application/json' },
            body: nextActivity(next()),
          }),
        },
      ],
    });
    if (non2xx + errors > 0) throw new Error(`${non2xx + errors} of ${amount} requests failed`);
    return { perSecond: amount / duration, p50: latency.p50, p97_5: latency.p97_5 };
  };
}

function loadLine(loads: readonly Load[]): string {
  const p50 = median(loads.map((load) => load.p50)).toFixed(0);
  const p97 = median(loads.map((load) => load.p97_5)).toFixed(0);
  return `p50 ${p50}, p97.5 ${p97} ms with ${CONNECTIONS} clients`;
}

function rangeOf(values: readonly number[], digits: number): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}
