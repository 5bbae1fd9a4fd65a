import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { Fault } from '../knowledge/fault.ts';
import { type Region, REGIONS } from '../knowledge/region.ts';
import { isLoopback } from './loopback.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longest all work of a chat model may hold up one turn. */
const DEFAULT_CHAT_TIMEOUT_MS = 8_000;
const DEFAULT_API_VERSION = '2024-10-21';
const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small';

type EmbeddingsChoice =
  | { readonly kind: 'offline' }
  | { readonly kind: 'openai'; readonly model: string };

/** A chat model that may word answers; what it costs and what it may do. */
export interface ChatChoice {
  /** As `initChatModel` names it: `openai`, `azure_openai`, `ollama`, … */
  readonly provider: string;
  readonly model: string;
  /** Of `azure_openai`. */
  readonly apiVersion: string;
  /** For all model work of one turn, in ms. */
  readonly timeoutMs: number;
  /** For the second opinion on safety, in ms; undefined: none is asked for. */
  readonly opinionMs: number | undefined;
  /** BCP 47, besides English. */
  readonly languages: readonly string[];
  /** Dollars per million tokens; undefined: tokens are counted, money is not. */
  readonly price: { readonly input: number; readonly output: number } | undefined;
  /** Dollars a day (UTC). */
  readonly dailyLimit: number | undefined;
}

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute; undefined: the bundled articles. */
  readonly articlesDir: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** `file:` or `libsql:`. */
  readonly databaseUrl: string;
  readonly openai: { readonly apiKey: string; readonly baseUrl: string | undefined } | undefined;
  readonly embeddings: EmbeddingsChoice;
  /** undefined: answers are quoted, and nothing of a model is loaded. */
  readonly chat: ChatChoice | undefined;
  /** OpenAI model that may raise safety; undefined: none. */
  readonly moderationModel: string | undefined;
  readonly azureBot:
    | { readonly clientId: string; readonly clientSecret: string; readonly tenantId: string }
    | undefined;
  /** Origins besides our own whose pages may frame the chat and call /directline. */
  readonly allowedOrigins: readonly string[];
  /** Signs the chat's tokens; undefined: a key of our own, kept in `dataDir`. */
  readonly directLineSecret: string | undefined;
  /** Where requests to be called back are POSTed; undefined: they wait in the store. */
  readonly handoffWebhook:
    | { readonly url: string; readonly secret: string | undefined }
    | undefined;
  /** Whose emergency numbers are given; undefined: several are named. */
  readonly region: Region | undefined;
  /** Whether the server refuses to go public while no clinician has signed the safety wording. */
  readonly requireSignoff: boolean;
  readonly logLevel: LogLevel;
}

const set = z.string().optional();
const milliseconds = z
  .string()
  .regex(/^[1-9]\d{1,5}$/, 'expected milliseconds, 10 to 999999')
  .transform(Number);

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'expected a port number, 0 to 65535')
    .default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'expected a host name or address')
    .default('127.0.0.1'),
  ARTICLES_DIR: set,
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .refine((url) => !/^postgres(ql)?:/i.test(url), {
      error: 'Postgres is not supported yet; expected a file: or libsql: URL',
      abort: true,
    })
    .refine((url) => /^(file|libsql):./i.test(url), 'expected a file: or libsql: URL')
    .optional(),
  OPENAI_API_KEY: set,
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: 'expected an http(s) URL' }).optional(),
  EMBEDDINGS: z
    .string()
    .regex(/^(offline|openai|openai:\S+)$/, 'expected offline, openai or openai:<model>')
    .default('offline'),
  CHAT_MODEL: z
    .string()
    .regex(/^[a-z][a-z_-]*:\S+$/, 'expected <provider>:<model>, such as openai:gpt-4.1-mini')
    .optional(),
  CHAT_TIMEOUT_MS: milliseconds.default(DEFAULT_CHAT_TIMEOUT_MS),
  CHAT_LANGUAGES: z
    .string()
    .regex(
      /^[a-z]{2,3}(-[A-Za-z0-9]+)*(, ?[a-z]{2,3}(-[A-Za-z0-9]+)*)*$/,
      'expected codes such as es,fr',
    )
    .transform((list) => list.split(/, ?/))
    .default(['es']),
  CHAT_PRICES: z
    .string()
    .transform((list) => list.split(',').map(modelPrice))
    .refine(
      (prices): prices is ModelPrice[] => !prices.includes(undefined),
      'expected <model>=<input>/<output> in dollars per million tokens, separated by commas',
    )
    .default([]),
  CHAT_DAILY_LIMIT: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'expected an amount in dollars')
    .transform(Number)
    .optional(),
  SECOND_OPINION_MS: milliseconds.optional(),
  MODERATION_MODEL: set,
  OPENAI_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'expected a version such as 2024-10-21')
    .default(DEFAULT_API_VERSION),
  CLIENT_ID: set,
  CLIENT_SECRET: set,
  TENANT_ID: set,
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .transform((list) => list.filter(Boolean).map(exactOrigin))
    .refine(
      (origins): origins is string[] => !origins.includes(undefined),
      'expected origins such as https://clinic.example, separated by commas',
    )
    .default([]),
  DIRECT_LINE_SECRET: z.string().min(32, 'expected 32 characters or more').optional(),
  HANDOFF_WEBHOOK_URL: z
    .string()
    .refine(
      isWebhook,
      'expected an https URL (http on this machine only) without a user name in it',
    )
    .optional(),
  HANDOFF_WEBHOOK_SECRET: z.string().min(16, 'expected 16 characters or more').optional(),
  REGION: z.enum(REGIONS, `expected one of ${REGIONS.join(' ')}`).optional(),
  REQUIRE_SIGNOFF: z
    .enum(['true', 'false'], 'expected true or false')
    .transform((value) => value === 'true')
    .default(false),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(' ')}`).default('info'),
});

/** As browsers send it; undefined where there is more to it, or a wildcard. */
function exactOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, href, protocol } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${origin}/` && !text.includes('*')
    ? origin
    : undefined;
}

/** Names and numbers of patients do not cross a network in the clear. */
function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '';
}

interface ModelPrice {
  readonly model: string;
  readonly input: number;
  readonly output: number;
}

/** undefined where it is no "model=in/out". */
function modelPrice(text: string): ModelPrice | undefined {
  const found = /^\s*(\S+)=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)\s*$/.exec(text);
  return found
    ? { model: found[1] as string, input: Number(found[2]), output: Number(found[3]) }
    : undefined;
}

type Variable = keyof z.input<typeof schema>;

/** Every variable that is read, in the order of `.env.example`. */
export const VARIABLES = Object.keys(schema.shape) as readonly Variable[];

/**
 * Reads the environment. An empty or blank value counts as unset.
 *
 * Throws `CONFIG_INVALID` naming every variable that cannot be used, without its value: a value may
 * be a secret in the wrong place.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present: Partial<Record<Variable, string>> = {};
  for (const name of VARIABLES) {
    const value = env[name]?.trim();
    if (value) present[name] = value;
  }

  const parsed = schema.safeParse(present);
  const wrong = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...missingPartners(present),
  ];
  if (!parsed.success || wrong.length > 0) {
    throw new Fault('CONFIG_INVALID', wrong.join('; '));
  }

  const read = parsed.data;
  const dataDir = resolve(read.DATA_DIR);
  return {
    port: read.PORT,
    host: read.HOST,
    articlesDir: read.ARTICLES_DIR === undefined ? undefined : resolve(read.ARTICLES_DIR),
    dataDir,
    databaseUrl: read.DATABASE_URL ?? pathToFileURL(join(dataDir, 'needlepoint.db')).href,
    openai:
      read.OPENAI_API_KEY === undefined
        ? undefined
        : { apiKey: read.OPENAI_API_KEY, baseUrl: read.OPENAI_BASE_URL },
    embeddings: chooseEmbeddings(read.EMBEDDINGS),
    chat: chooseChat(read),
    moderationModel: read.MODERATION_MODEL,
    azureBot:
      read.CLIENT_ID !== undefined &&
      read.CLIENT_SECRET !== undefined &&
      read.TENANT_ID !== undefined
        ? {
            clientId: read.CLIENT_ID,
            clientSecret: read.CLIENT_SECRET,
            tenantId: read.TENANT_ID,
          }
        : undefined,
    allowedOrigins: read.ALLOWED_ORIGINS,
    directLineSecret: read.DIRECT_LINE_SECRET,
    handoffWebhook:
      read.HANDOFF_WEBHOOK_URL === undefined
        ? undefined
        : { url: read.HANDOFF_WEBHOOK_URL, secret: read.HANDOFF_WEBHOOK_SECRET },
    region: read.REGION,
    requireSignoff: read.REQUIRE_SIGNOFF,
    logLevel: read.LOG_LEVEL,
  };
}

/** Half of a service is a mistake: better a refusal at start than a bot that silently answers nobody. */
function missingPartners(present: Partial<Record<Variable, string>>): string[] {
  const wrong: string[] = [];
  const bot = ['CLIENT_ID', 'CLIENT_SECRET', 'TENANT_ID'] as const;
  const given = bot.filter((name) => present[name]);
  if (given.length > 0) {
    for (const name of bot) {
      if (!present[name]) wrong.push(`${name}: needed together with ${given.join(' and ')}`);
    }
  }
  if (!present.OPENAI_API_KEY) {
    const needs = [
      present.OPENAI_BASE_URL && 'OPENAI_BASE_URL',
      present.EMBEDDINGS?.startsWith('openai') && 'EMBEDDINGS=openai',
      /^(openai|azure_openai):/.test(present.CHAT_MODEL ?? '') && 'CHAT_MODEL',
      present.MODERATION_MODEL && 'MODERATION_MODEL',
    ].filter(Boolean);
    if (needs.length > 0) {
      wrong.push(
        `OPENAI_API_KEY: needed for ${needs.join(' and ')} (any word, if your server asks for none)`,
      );
    }
  }
  if (present.HANDOFF_WEBHOOK_SECRET && !present.HANDOFF_WEBHOOK_URL) {
    wrong.push('HANDOFF_WEBHOOK_URL: needed for HANDOFF_WEBHOOK_SECRET');
  }
  if (present.CHAT_MODEL?.startsWith('azure_openai:') && !present.OPENAI_BASE_URL) {
    wrong.push(
      'OPENAI_BASE_URL: needed for CHAT_MODEL=azure_openai:…, the address of the resource',
    );
  }
  const model = present.CHAT_MODEL?.replace(/^[^:]*:/, '');
  const isPriced = (present.CHAT_PRICES ?? '')
    .split(',')
    .some((price) => price.trim().startsWith(`${model}=`));
  if (present.CHAT_DAILY_LIMIT && !isPriced) {
    wrong.push('CHAT_PRICES: needed for CHAT_DAILY_LIMIT, with the price of CHAT_MODEL');
  }
  for (const name of ['SECOND_OPINION_MS', 'CHAT_DAILY_LIMIT'] as const) {
    if (present[name] && !present.CHAT_MODEL) wrong.push(`CHAT_MODEL: needed for ${name}`);
  }
  return wrong;
}

function chooseChat(read: z.infer<typeof schema>): ChatChoice | undefined {
  if (read.CHAT_MODEL === undefined) return undefined;
  const colon = read.CHAT_MODEL.indexOf(':');
  const model = read.CHAT_MODEL.slice(colon + 1);
  const price = read.CHAT_PRICES.find((entry) => entry?.model === model);
  return {
    provider: read.CHAT_MODEL.slice(0, colon),
    model,
    apiVersion: read.OPENAI_API_VERSION,
    timeoutMs: read.CHAT_TIMEOUT_MS,
    opinionMs: read.SECOND_OPINION_MS,
    languages: read.CHAT_LANGUAGES,
    price: price && { input: price.input, output: price.output },
    dailyLimit: read.CHAT_DAILY_LIMIT,
  };
}

function chooseEmbeddings(value: string): EmbeddingsChoice {
  if (value === 'offline') return { kind: 'offline' };
  const model = value.slice('openai:'.length);
  return { kind: 'openai', model: model || DEFAULT_EMBEDDING_MODEL };
}
