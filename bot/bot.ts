import { join } from 'node:path';
import type { Article } from '../knowledge/article.ts';
import { type Clinic, loadClinic } from '../knowledge/clinic.ts';
import { Fault } from '../knowledge/fault.ts';
import { type Lexicon, loadLexicon } from '../knowledge/lexicon.ts';
import { loadArticles, type Skipped } from '../knowledge/load-articles.ts';
import { PROJECT_ROOT } from '../knowledge/project-root.ts';
import { loadRules, type RuleSet } from '../knowledge/rule.ts';
import { prepareSnapshot, type Prepared } from '../retrieval/build.ts';
import { Bridge } from '../retrieval/bridge.ts';
import { loadDomain } from '../retrieval/embeddings/domain.ts';
import { Encoder } from '../retrieval/embeddings/encoder.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from '../retrieval/embeddings/offline.ts';
import { HybridRetriever } from '../retrieval/retriever.ts';
import { answerCallback } from './callback/answer.ts';
import type { CallbackDesk } from './callback/receive.ts';
import type { Config } from './config.ts';
import type { Conversation } from './conversation.ts';
import { openLearned } from './safety/learned-file.ts';
import { createSecondLook } from './safety/second-look.ts';
import { screenTurn } from './safety/check.ts';
import { type Trigger, warmUp } from './safety/screen.ts';
import { answerTurn, type AnswerTurn } from './turn.ts';

/** Longest wait for one embeddings request, in ms. */
const EMBEDDINGS_TIMEOUT_MS = 20_000;

/** Everything a turn needs, built once from the configuration. */
export interface Bot {
  readonly answerTurn: AnswerTurn;
  readonly answerCallback: CallbackDesk['answer'];
  /** What an answer's escalation was based on. */
  readonly triggersOf: (utterance: string, past: Conversation) => Promise<readonly Trigger[]>;
  readonly articles: ReadonlyMap<string, Article>;
  readonly skipped: readonly Skipped[];
  readonly prepared: Prepared;
  readonly retriever: HybridRetriever;
  readonly rules: RuleSet;
  readonly clinic: Clinic;
  close(): Promise<void>;
}

export interface BotOptions {
  /** Called after each batch while articles are indexed. */
  readonly onProgress?: (encoded: number, total: number) => void;
}

export const BUNDLED_ARTICLES = join(PROJECT_ROOT, 'knowledge', 'articles');

/**
 * Reads the articles, the rules and the clinic's facts, and indexes what is not indexed yet.
 * Throws `ARTICLES_UNREADABLE`, `RULES_INVALID`, `CONFIG_INVALID`, `MODEL_UNAVAILABLE`.
 */
export async function openBot(config: Config, { onProgress }: BotOptions = {}): Promise<Bot> {
  const folder = config.articlesDir ?? BUNDLED_ARTICLES;
  const { articles, skipped } = loadArticles(folder);
  if (articles.length === 0) {
    const files = skipped.map(({ file, why }) => `${file} (${why})`).join(', ');
    throw new Fault(
      'ARTICLES_UNREADABLE',
      `no article could be read in ${folder}${files && `: ${files}`}`,
    );
  }
  const rules = loadRules();
  warmUp(rules);
  const clinic = loadClinic();
  const lexicon = loadLexicon();
  const { encoder, local, close } = await openEncoders(config);
  try {
    const prepared = await prepareSnapshot({
      articles,
      encoder,
      dataDir: config.dataDir,
      ...(onProgress && { onProgress }),
    });
    const bridge = config.articlesDir
      ? await openBridge(config, encoder, lexicon, onProgress)
      : undefined;
    const retriever = new HybridRetriever(prepared.snapshot, encoder, lexicon, bridge);
    const bySlug = new Map(articles.map((article) => [article.slug, article]));
    const learned = await openLearned(rules, local, config.dataDir, onProgress);
    const secondLook = createSecondLook(learned, (text) => local.encodeQuery(text), rules);
    const deps = { rules, secondLook, retriever, clinic, region: config.region };
    return {
      answerTurn: (utterance, past) => answerTurn(utterance, past, deps),
      answerCallback: (form, language, past) => answerCallback(form, language, past, deps),
      triggersOf: async (utterance, past) =>
        (await secondLook(utterance, screenTurn(utterance, past.messages, rules))).triggers,
      articles: bySlug,
      skipped,
      prepared,
      retriever,
      rules,
      clinic,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The bundled articles, indexed beside the clinic's own: their wording leads to the clinic's. */
async function openBridge(
  { dataDir }: Config,
  encoder: Encoder,
  lexicon: Lexicon,
  onProgress: BotOptions['onProgress'],
): Promise<Bridge> {
  const { snapshot } = await prepareSnapshot({
    articles: loadArticles(BUNDLED_ARTICLES).articles,
    encoder,
    dataDir: join(dataDir, 'bundled'),
    ...(onProgress && { onProgress }),
  });
  return new Bridge(new HybridRetriever(snapshot, encoder, lexicon));
}

/**
 * The encoder of the articles, and the local one, which the second look has learned with. The client
 * library is loaded only when chosen: it is not small.
 */
async function openEncoders({
  embeddings,
  openai,
}: Config): Promise<{ encoder: Encoder; local: Encoder; close: () => Promise<void> }> {
  const offline = new OfflineEmbeddings();
  const local = new Encoder(OFFLINE_NAME, offline);
  const close = () => offline.close();
  if (embeddings.kind === 'openai' && openai) {
    const { OpenAiEmbeddings } = await import('../retrieval/embeddings/openai.ts');
    const { model } = embeddings;
    const client = new OpenAiEmbeddings({ ...openai, model, timeoutMs: EMBEDDINGS_TIMEOUT_MS });
    return { encoder: new Encoder(`openai ${model}`, client), local, close };
  }
  const { loadAdapter } = await import('../retrieval/embeddings/adapter.ts');
  const encoder = new Encoder(OFFLINE_NAME, offline, loadAdapter(), loadDomain());
  return { encoder, local, close };
}
