import { join } from 'node:path';
import type { Article } from '../knowledge/article.ts';
import { type Clinic, loadClinic } from '../knowledge/clinic.ts';
import { Fault } from '../knowledge/fault.ts';
import { type Lexicon, loadLexicon } from '../knowledge/lexicon.ts';
import { loadArticles, type Skipped } from '../knowledge/load-articles.ts';
import { PROJECT_ROOT } from '../knowledge/project-root.ts';
import { loadRules, readRuleFiles, type RuleFile, type RuleSet } from '../knowledge/rule.ts';
import { prepareSnapshot, type Prepared } from '../retrieval/build.ts';
import { Bridge } from '../retrieval/bridge.ts';
import { loadDomain } from '../retrieval/embeddings/domain.ts';
import { Encoder } from '../retrieval/embeddings/encoder.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from '../retrieval/embeddings/offline.ts';
import { HybridRetriever } from '../retrieval/retriever.ts';
import { saysOf, type Withheld, withheldBy } from '../retrieval/withheld.ts';
import { redact } from './answering/redact.ts';
import { answerCallback } from './callback/answer.ts';
import type { CallbackDesk } from './callback/receive.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import type { ReceiveDeps } from './receive.ts';
import { screenTurn } from './safety/check.ts';
import { openLearned } from './safety/learned-file.ts';
import { triggersOf, warmUp } from './safety/screen.ts';
import { createSecondLook, type SecondLook } from './safety/second-look.ts';
import { answerTurn, type AnswerTurn } from './turn.ts';
import type { Writer } from './writer.ts';

/** Longest wait for one embeddings request, in ms. */
const EMBEDDINGS_TIMEOUT_MS = 20_000;

/** Everything a turn needs, built once from the configuration. */
export interface Bot {
  readonly answerTurn: AnswerTurn;
  readonly answerCallback: CallbackDesk['answer'];
  readonly triggersOf: ReceiveDeps['triggersOf'];
  readonly articles: ReadonlyMap<string, Article>;
  readonly skipped: readonly Skipped[];
  readonly prepared: Prepared;
  readonly retriever: HybridRetriever;
  readonly rules: RuleSet;
  readonly secondLook: SecondLook;
  readonly clinic: Clinic;
  readonly withheld: readonly Withheld[];
  /** Who words the answers, for people: "answers quoted, no model". */
  readonly mode: string;
  close(): Promise<void>;
}

export interface BotOptions {
  /** Where a model's calls are logged, without words; absent in commands. */
  readonly log?: Logger;
  /** Of wording and rules, where they have been read already. */
  readonly ruleFiles?: readonly RuleFile[];
  /** Called after each batch while articles are indexed. */
  readonly onProgress?: (encoded: number, total: number) => void;
}

export const BUNDLED_ARTICLES = join(PROJECT_ROOT, 'knowledge', 'articles');

/**
 * Reads the articles, the rules and the clinic's facts, and indexes what is not indexed yet.
 * Throws `ARTICLES_UNREADABLE`, `RULES_INVALID`, `CONFIG_INVALID`, `MODEL_UNAVAILABLE`, and
 * `STORE_UNAVAILABLE` where a model's use is to be recorded and cannot be.
 */
export async function openBot(
  config: Config,
  { onProgress, log, ruleFiles }: BotOptions = {},
): Promise<Bot> {
  // First: its worker starts while the rest is read.
  const { encoder, local, offline } = await openEncoders(config);
  try {
    const folder = config.articlesDir ?? BUNDLED_ARTICLES;
    const { articles, skipped } = loadArticles(folder, keptArticles(config.dataDir));
    if (articles.length === 0) {
      const files = skipped.map(({ file, why }) => `${file} (${why})`).join(', ');
      throw new Fault(
        'ARTICLES_UNREADABLE',
        `no article could be read in ${folder}${files && `: ${files}`}`,
      );
    }
    const rules = loadRules(ruleFiles ?? rulesOf(config));
    warmUp(rules);
    const clinic = loadClinic();
    const lexicon = loadLexicon();
    const prepared = await prepareSnapshot({
      articles,
      encoder,
      dataDir: config.dataDir,
      ...(onProgress && { onProgress }),
    });
    // What is encoded elsewhere leaves the process.
    const outbound = config.embeddings.kind === 'openai' ? redact : undefined;
    const bridge = config.articlesDir
      ? await openBridge(config, encoder, lexicon, outbound, onProgress)
      : undefined;
    const retriever = new HybridRetriever(prepared.snapshot, encoder, lexicon, {
      bridge,
      outbound,
      isOwnTwice: bridge === undefined,
    });
    const withheld = await withheldBy(clinic.withhold, prepared.snapshot, encoder);
    const isWithheld = saysOf(withheld);
    const bySlug = new Map(articles.map((article) => [article.slug, article]));
    const learned = await openLearned(rules, offline, config.dataDir, onProgress);
    local.useFilters(learned.filters);
    const secondLook = createSecondLook(learned, (text) => local.readQuery(text), rules);
    const writer = await openWriter(config, rules, retriever, log);
    const { region } = config;
    const deps = {
      rules,
      secondLook,
      retriever,
      clinic,
      isWithheld,
      region,
      ...(writer && { writer }),
    };
    return {
      answerTurn: (utterance, past) => answerTurn(utterance, past, deps),
      answerCallback: (form, language, past) => answerCallback(form, language, past, deps),
      triggersOf: async (utterance, past, reply) => {
        const heard = screenTurn(utterance, past.messages, rules);
        return triggersOf(reply.safety.rules, await secondLook(utterance, heard), rules);
      },
      articles: bySlug,
      skipped,
      prepared,
      retriever,
      rules,
      secondLook,
      clinic,
      withheld,
      mode: describeMode(config),
      close: async () => {
        await writer?.close();
        await offline.close();
      },
    };
  } catch (error) {
    await offline.close();
    throw error;
  }
}

/** Wording and rules, as read at an earlier start where nothing has changed. */
export function rulesOf({ dataDir }: Config): RuleFile[] {
  return readRuleFiles(undefined, join(dataDir, 'rules.json'));
}

/** Articles as read at an earlier start. */
function keptArticles(dataDir: string): string {
  return join(dataDir, 'articles.json');
}

/** The bundled articles, indexed beside the clinic's own: their wording leads to the clinic's. */
async function openBridge(
  { dataDir }: Config,
  encoder: Encoder,
  lexicon: Lexicon,
  outbound: typeof redact | undefined,
  onProgress: BotOptions['onProgress'],
): Promise<Bridge> {
  const bundled = join(dataDir, 'bundled');
  const { snapshot } = await prepareSnapshot({
    articles: loadArticles(BUNDLED_ARTICLES, keptArticles(bundled)).articles,
    encoder,
    dataDir: bundled,
    ...(onProgress && { onProgress }),
  });
  return new Bridge(new HybridRetriever(snapshot, encoder, lexicon, { outbound }));
}

/** Loaded only when configured, and its record opened with it. */
async function openWriter(
  config: Config,
  rules: RuleSet,
  retriever: HybridRetriever,
  log: Logger | undefined,
): Promise<Writer | undefined> {
  const { chat, openai, moderationModel, databaseUrl } = config;
  if (!chat && !moderationModel) return undefined;
  const [{ openAssistant }, { openModelLog }] = await Promise.all([
    import('./model/assistant.ts'),
    import('./store/model-log.ts'),
  ]);
  const modelLog = await openModelLog(databaseUrl);
  const snapshot = retriever.snapshot.id;
  try {
    return await openAssistant({
      chat,
      openai,
      moderationModel,
      rules,
      corpus: retriever,
      snapshot,
      modelLog,
      log,
      now: Date.now,
    });
  } catch (error) {
    await modelLog.close();
    throw error;
  }
}

function describeMode({ chat, moderationModel, embeddings }: Config): string {
  const parts = [
    chat ? `answers worded by ${chat.provider}:${chat.model}` : 'answers quoted, no model',
    chat?.opinionMs !== undefined && 'second opinion on safety',
    moderationModel !== undefined && 'moderation',
    embeddings.kind === 'openai' && `search by openai:${embeddings.model}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/**
 * The encoder of the articles, and the local one, which the second look has learned with. The client
 * library is loaded only when chosen: it is not small.
 */
async function openEncoders({
  embeddings,
  openai,
}: Config): Promise<{ encoder: Encoder; local: Encoder; offline: OfflineEmbeddings }> {
  const offline = new OfflineEmbeddings();
  if (embeddings.kind === 'openai' && openai) {
    const { OpenAiEmbeddings } = await import('../retrieval/embeddings/openai.ts');
    const { model } = embeddings;
    const client = new OpenAiEmbeddings({ ...openai, model, timeoutMs: EMBEDDINGS_TIMEOUT_MS });
    const local = new Encoder(OFFLINE_NAME, offline);
    return { encoder: new Encoder(`openai ${model}`, client), local, offline };
  }
  const { loadAdapter } = await import('../retrieval/embeddings/adapter.ts');
  const { loadMatcher } = await import('../retrieval/embeddings/matcher.ts');
  const encoder = new Encoder(OFFLINE_NAME, offline, {
    adapter: loadAdapter(),
    domain: loadDomain(),
    matcher: loadMatcher(),
  });
  // One for both, and so one cache: the vectors of questions are as the model gives them.
  return { encoder, local: encoder, offline };
}
