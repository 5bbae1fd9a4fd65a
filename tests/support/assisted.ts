import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import type { Bot } from '../../bot/bot.ts';
import { type Config, loadConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/log.ts';
import { openAssistant } from '../../bot/model/assistant.ts';
import { openModelLog } from '../../bot/store/model-log.ts';
import { openDatabase } from '../../bot/store/open.ts';
import { answerTurn, type AnswerTurn } from '../../bot/turn.ts';
import { type ModelServer, type Player, withModelServer } from './model-server.ts';
import { inTempFolder } from './temp-folder.ts';
import { turnDeps } from './turn-deps.ts';

export interface Assisted {
  readonly answer: AnswerTurn;
  readonly server: ModelServer;
  /** Lines logged so far, as JSON. */
  readonly logged: readonly string[];
  /** Rows of the store, once the records on their way have arrived. */
  readonly calls: () => Promise<readonly Call[]>;
  readonly opinions: () => Promise<readonly Record<string, unknown>[]>;
}

export interface Call {
  readonly purpose: string;
  readonly outcome: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microdollars: number;
  readonly kept: number;
  readonly dropped: number;
}

interface Options {
  /** Besides the server's address. */
  readonly env?: Readonly<Record<string, string>>;
  /** ms since the epoch. */
  readonly now?: () => number;
}

/** The real turn over a bot's articles, with a model that is played; records go to a real store. */
export async function withAssisted<Result>(
  bot: Bot,
  player: Player,
  use: (assisted: Assisted) => Promise<Result>,
  { env = {}, now = Date.now }: Options = {},
): Promise<Result> {
  return withModelServer(player, (server) =>
    inTempFolder(async (folder) => {
      const url = pathToFileURL(join(folder, 'model.db')).href;
      const config: Config = loadConfig({
        CHAT_MODEL: 'openai:played',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: server.baseUrl,
        ...env,
      });
      const logged: string[] = [];
      const writer = await openAssistant({
        chat: config.chat,
        openai: config.openai,
        moderationModel: config.moderationModel,
        rules: bot.rules,
        corpus: bot.retriever,
        snapshot: bot.retriever.snapshot.id,
        modelLog: await openModelLog(url, now),
        log: createLogger('debug', { write: (line) => void logged.push(line) }),
        now,
      });
      const deps = turnDeps(bot, { secondLook: bot.secondLook, writer });
      const database = await openDatabase(url);
      const { db } = database;
      const settled = () => new Promise((done) => setTimeout(done, 50));
      try {
        return await use({
          answer: (utterance, past) => answerTurn(utterance, past, deps),
          server,
          logged,
          calls: async () => {
            await settled();
            const { rows } = await sql<Call>`select * from modelCalls order by seq`.execute(db);
            return rows;
          },
          opinions: async () => {
            await settled();
            const found = await sql<
              Record<string, unknown>
            >`select * from safetyOpinions order by seq`.execute(db);
            return found.rows;
          },
        });
      } finally {
        await writer.close();
        await database.close();
      }
    }),
  );
}
