import type { RuleSet } from '../../knowledge/rule.ts';
import { LEVELS } from '../../knowledge/rule.ts';
import { loadWording } from '../../knowledge/wording.ts';
import type { Query } from '../../retrieval/query.ts';
import type { Corpus } from '../../retrieval/retriever.ts';
import { ClaimReader } from '../answering/claim.ts';
import { type Material, writeAnswer, type Written } from '../answering/generate.ts';
import { Verifier } from '../answering/verify.ts';
import type { ChatChoice, Config } from '../config.ts';
import type { Conversation } from '../conversation.ts';
import type { Logger } from '../log.ts';
import type { Screened } from '../safety/screen.ts';
import type { ModelCall, ModelLog } from '../store/model-log.ts';
import type { TurnHelp, Writer } from '../writer.ts';
import { AnswerCache } from './answer-cache.ts';
import { Breaker } from './breaker.ts';
import { Caller, type Cost } from './caller.ts';
import { openChat } from './chat.ts';
import { Deadline } from './deadline.ts';
import { Moderation } from './moderation.ts';
import { askOpinion, type Opinion, raisedBy } from './opinion.ts';
import { understand } from './understand.ts';

export interface AssistantDeps {
  readonly chat: ChatChoice | undefined;
  readonly openai: Config['openai'];
  readonly moderationModel: string | undefined;
  readonly rules: RuleSet;
  readonly corpus: Pick<Corpus, 'isKnown'>;
  /** Of the snapshot: what is cached belongs to it. */
  readonly snapshot: string;
  readonly modelLog: ModelLog;
  /** Absent in commands. */
  readonly log: Logger | undefined;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** Kept of the limit for checking what came: six sentences against four passages take up to this, in ms. */
const CHECKING_MS = 90;
/** For moderation where no chat model sets the time, in ms. */
const MODERATION_MS = 2_000;

/** Everything a model does for the bot. Throws `MODEL_UNAVAILABLE`, `CONFIG_INVALID`. */
export async function openAssistant(deps: AssistantDeps): Promise<Writer> {
  const { chat, openai, moderationModel, modelLog, now } = deps;
  const caller =
    chat &&
    new Caller({
      chat: await openChat(chat, openai),
      choice: chat,
      breaker: new Breaker(now),
      log: modelLog,
      now,
    });
  const moderation =
    moderationModel && openai ? new Moderation(moderationModel, openai) : undefined;
  return new Assistant(deps, caller, moderation);
}

class Assistant implements Writer {
  readonly #deps: AssistantDeps;
  readonly #caller: Caller | undefined;
  readonly #moderation: Moderation | undefined;
  readonly #verifier = new Verifier(new ClaimReader(loadWording()));
  readonly #cache = new AnswerCache();
  /** Records on their way to the store. */
  readonly #pending = new Set<Promise<void>>();

  constructor(deps: AssistantDeps, caller: Caller | undefined, moderation: Moderation | undefined) {
    this.#deps = deps;
    this.#caller = caller;
    this.#moderation = moderation;
  }

  begin(utterance: string, past: Conversation, screened: Screened): TurnHelp {
    const { chat } = this.#deps;
    const limitMs = chat?.timeoutMs ?? MODERATION_MS;
    const deadline = new Deadline(limitMs - Math.min(CHECKING_MS, limitMs / 10));
    const opinionDeadline = new Deadline(Math.min(chat?.opinionMs ?? MODERATION_MS, limitMs));
    const looks = [
      this.#opinion(utterance, past, screened, opinionDeadline),
      this.#moderate(utterance, past, screened, opinionDeadline),
    ];
    let language = screened.language === 'es' ? 'es' : 'en';
    return {
      raised: async () => {
        const raised = (await Promise.all(looks)).filter((each) => each !== undefined);
        return raised.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level))[0];
      },
      understand: async (query, isAnswerable, leans) => {
        if (!this.#caller || (language === 'en' && isAnswerable && !leans)) return undefined;
        const understood = await this.#understand(utterance, past, query, deadline);
        if (understood) language = understood.language.split('-')[0] ?? 'en';
        return understood?.question;
      },
      write: async (material) => {
        const isOffered = language === 'en' || chat?.languages.includes(language);
        return this.#write({ ...material, language: isOffered ? language : 'en' }, deadline);
      },
      end: () => {
        deadline.end();
        opinionDeadline.end();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#pending);
    await this.#deps.modelLog.close();
  }

  async #write(material: Material, deadline: Deadline): Promise<Written | undefined> {
    if (!this.#caller) return undefined;
    const key = this.#cache.keyOf(this.#deps.snapshot, material);
    const known = this.#cache.get(key);
    if (known) {
      this.#record('answer', 'cached', NOTHING, 0, 0);
      return known;
    }
    const writing = await writeAnswer(material, this.#caller, this.#verifier, deadline);
    const outcome = writing.kind === 'written' ? 'shown' : writing.why;
    this.#record('answer', outcome, writing.cost, writing.kept, writing.dropped);
    if (writing.kind !== 'written') return undefined;
    this.#cache.set(key, writing.answer);
    return writing.answer;
  }

  async #understand(utterance: string, past: Conversation, query: Query, deadline: Deadline) {
    if (!this.#caller) return undefined;
    const { corpus } = this.#deps;
    const found = await understand(utterance, past.messages, query, corpus, this.#caller, deadline);
    this.#record('question', found.kind === 'understood' ? 'answered' : found.why, found.cost);
    return found.kind === 'understood' ? found.understood : undefined;
  }

  async #opinion(
    utterance: string,
    past: Conversation,
    screened: Screened,
    deadline: Deadline,
  ): Promise<Screened | undefined> {
    const { chat, rules } = this.#deps;
    if (!this.#caller || chat?.opinionMs === undefined) return undefined;
    const asked = await askOpinion(utterance, past.messages, rules, this.#caller, deadline);
    this.#record('opinion', asked.why, asked.cost);
    return asked.opinion && this.#raise(asked.opinion, 'opinion', past, screened);
  }

  async #moderate(
    utterance: string,
    past: Conversation,
    screened: Screened,
    deadline: Deadline,
  ): Promise<Screened | undefined> {
    if (!this.#moderation) return undefined;
    const startedAt = performance.now();
    const given = new Promise<'timeout'>((end) => {
      deadline.signal.addEventListener('abort', () => end('timeout'), { once: true });
    });
    const seen = await Promise.race([
      this.#moderation.look(utterance, deadline).catch(() => 'unavailable' as const),
      given,
    ]);
    const isFailure = typeof seen === 'string';
    const cost = { ...NOTHING, ms: performance.now() - startedAt };
    this.#record('moderation', isFailure ? seen : 'answered', cost);
    return isFailure || !seen ? undefined : this.#raise(seen, 'moderation', past, screened);
  }

  /** Where it sees another level than the rules, that is recorded for a person to review. */
  #raise(
    opinion: Opinion,
    source: 'opinion' | 'moderation',
    past: Conversation,
    screened: Screened,
  ): Screened | undefined {
    const raised = raisedBy(opinion, screened, this.#deps.rules);
    if (opinion.level !== screened.level) {
      const noted = {
        source,
        screened: screened.level,
        level: opinion.level,
        rule: opinion.rule ?? null,
        isRaised: raised !== undefined,
      };
      this.#deps.log?.warn(noted, 'another opinion on safety');
      this.#keep(this.#deps.modelLog.addOpinion({ conversationId: past.id, ...noted }));
    }
    return raised;
  }

  #record(purpose: ModelCall['purpose'], outcome: string, cost: Cost, kept = 0, dropped = 0): void {
    const call: ModelCall = { purpose, outcome, ...cost, kept, dropped };
    const isWell = /^(shown|cached|answered)$/.test(outcome);
    this.#deps.log?.[isWell ? 'info' : 'warn']({ ...call, ms: Math.round(call.ms) }, 'model');
    this.#keep(this.#deps.modelLog.addCall(call));
  }

  /** The person does not wait for a record, and a record that fails costs nobody an answer. */
  #keep(record: Promise<void>): void {
    const kept = record
      .catch((error: unknown) => this.#deps.log?.error({ err: error }, 'no record of a model call'))
      .finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }
}

const NOTHING: Cost = { inputTokens: 0, outputTokens: 0, microdollars: 0, ms: 0 };
