import { openAssistant } from '../../bot/model/assistant.ts';
import type { Bot } from '../../bot/bot.ts';
import { loadConfig } from '../../bot/config.ts';
import type { ModelLog } from '../../bot/store/model-log.ts';
import { answerTurn } from '../../bot/turn.ts';
import { hanging, type Player, withModelServer } from '../support/model-server.ts';
import { turnDeps } from '../support/turn-deps.ts';
import { CORRUPTIONS, corrupt } from './corrupt.ts';
import { loadEvaluationSet } from './set.ts';

export interface PlayedFigures {
  readonly questions: number;
  /** False sentences that the model said, and those of them that a person was shown. */
  readonly said: number;
  readonly shown: readonly string[];
  /** Turns that showed the model's words. */
  readonly worded: number;
  /** Longest turn with a model that hangs, in ms over the limit. */
  readonly longestOverrunMs: number;
}

const QUESTIONS = 100;
const HANGING_TURNS = 20;
const LIMIT_MS = 300;

const NO_RECORD: ModelLog = {
  addCall: () => Promise.resolve(),
  addOpinion: () => Promise.resolve(),
  spentSince: () => Promise.resolve(0),
  close: () => Promise.resolve(),
};

/**
 * Whole turns with a model that says true sentences of the passages and as many made false, and
 * then with one that never answers. Served on this machine.
 */
export async function playModels(bot: Bot): Promise<PlayedFigures> {
  const lies = new Set<string>();
  let said = 0;
  const lying: Player = ({ purpose, data }) => {
    if (purpose !== 'answer') return { question: '', language: 'en' };
    const passages = data.passages as readonly { passage: number; text: string }[];
    const sentences = passages.slice(0, 4).flatMap(({ passage, text }, at) => {
      const [own = ''] = text.split('\n').filter((line) => /^[A-Z].{30,}\.$/.test(line));
      const how = CORRUPTIONS[(said + at) % CORRUPTIONS.length] ?? 'negation';
      const lie = corrupt(own, how) ?? corrupt(own, 'negation');
      if (lie) lies.add(lie);
      return [own, lie].flatMap((each) => (each ? [{ text: each, passages: [passage] }] : []));
    });
    said += sentences.length;
    return { sentences };
  };
  const shown: string[] = [];
  let worded = 0;
  let longestOverrunMs = 0;
  await withModelServer(lying, async (server) => {
    const writer = await open(bot, server.baseUrl, 8_000);
    const deps = turnDeps(bot, { secondLook: bot.secondLook, clinic: bot.clinic });
    for (const { question } of loadEvaluationSet().questions.slice(0, QUESTIONS)) {
      const fresh = { id: 'played', channel: 'webchat', messages: [] } as const;
      const quoted = await answerTurn(question, fresh, deps);
      const reply = await answerTurn(question, fresh, { ...deps, writer });
      if (reply.text !== quoted.text) worded += 1;
      const text = reply.text.replace(/ ?\[\d+\]/g, '');
      for (const lie of lies) if (text.includes(lie)) shown.push(lie);
    }
    server.play(hanging);
    for (let turn = 0; turn < HANGING_TURNS; turn += 1) {
      const again = await open(bot, server.baseUrl, LIMIT_MS);
      const fresh = { id: 'played', channel: 'webchat', messages: [] } as const;
      const startedAt = performance.now();
      await answerTurn('Does dry needling hurt?', fresh, { ...deps, writer: again });
      longestOverrunMs = Math.max(longestOverrunMs, performance.now() - startedAt - LIMIT_MS);
      await again.close();
    }
    await writer.close();
  });
  return { questions: QUESTIONS, said: lies.size, shown, worded, longestOverrunMs };
}

/** A new one each time where it hangs: its breaker would soon stop asking. */
function open(bot: Bot, baseUrl: string, limitMs: number) {
  const config = loadConfig({
    CHAT_MODEL: 'openai:played',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: baseUrl,
    CHAT_TIMEOUT_MS: String(limitMs),
  });
  return openAssistant({
    chat: config.chat,
    openai: config.openai,
    moderationModel: undefined,
    rules: bot.rules,
    corpus: bot.retriever,
    snapshot: bot.retriever.snapshot.id,
    modelLog: NO_RECORD,
    log: undefined,
    now: Date.now,
  });
}
