import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VARIABLES, loadConfig } from '../../bot/config.ts';
import type { Fault } from '../../knowledge/fault.ts';

function faultOf(env: Record<string, string>): Fault {
  try {
    loadConfig(env);
  } catch (error) {
    return error as Fault;
  }
  throw new Error('the environment was accepted');
}

describe('loadConfig', () => {
  it('needs nothing: this machine only, offline, one file', () => {
    const config = loadConfig({});

    expect(config).toMatchObject({
      port: 3978,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      embeddings: { kind: 'offline' },
      openai: undefined,
      chat: undefined,
      moderationModel: undefined,
      azureBot: undefined,
      allowedOrigins: [],
      directLineSecret: undefined,
      requireSignoff: false,
      logLevel: 'info',
    });
    expect(fileURLToPath(config.databaseUrl)).toBe(resolve('data', 'needlepoint.db'));
  });

  it('takes an empty or blank value for unset', () => {
    const blank = Object.fromEntries(VARIABLES.map((name, i) => [name, i % 2 ? '' : '  ']));

    expect(loadConfig(blank)).toEqual(loadConfig({}));
  });

  it('reads every group', () => {
    expect(
      loadConfig({
        PORT: '0',
        HOST: '::1',
        ARTICLES_DIR: '/srv/articles',
        DATABASE_URL: 'libsql://clinic.example?authToken=t',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
        EMBEDDINGS: 'openai:nomic:latest',
        CHAT_MODEL: 'openai:llama3:8b',
        CHAT_TIMEOUT_MS: '5000',
        CHAT_LANGUAGES: 'es, fr',
        CHAT_PRICES: 'llama3:8b=0.4/1.60, other=1/2',
        CHAT_DAILY_LIMIT: '2.50',
        SECOND_OPINION_MS: '1500',
        MODERATION_MODEL: 'omni-moderation-latest',
        OPENAI_API_VERSION: '2025-01-01-preview',
        CLIENT_ID: 'id',
        CLIENT_SECRET: 'secret',
        TENANT_ID: 'tenant',
        ALLOWED_ORIGINS: 'https://clinic.example, http://LOCALHOST:8080/,',
        DIRECT_LINE_SECRET: 's'.repeat(32),
        HANDOFF_WEBHOOK_URL: 'https://clinic.example/call-backs?team=1',
        HANDOFF_WEBHOOK_SECRET: 'w'.repeat(16),
        REGION: 'NZ',
        REQUIRE_SIGNOFF: 'true',
        LOG_LEVEL: 'silent',
      }),
    ).toEqual({
      port: 0,
      host: '::1',
      articlesDir: resolve('/srv/articles'),
      dataDir: resolve('data'),
      databaseUrl: 'libsql://clinic.example?authToken=t',
      openai: { apiKey: 'key', baseUrl: 'http://127.0.0.1:11434/v1' },
      embeddings: { kind: 'openai', model: 'nomic:latest' },
      chat: {
        provider: 'openai',
        model: 'llama3:8b',
        apiVersion: '2025-01-01-preview',
        timeoutMs: 5000,
        opinionMs: 1500,
        languages: ['es', 'fr'],
        price: { input: 0.4, output: 1.6 },
        dailyLimit: 2.5,
      },
      moderationModel: 'omni-moderation-latest',
      azureBot: { clientId: 'id', clientSecret: 'secret', tenantId: 'tenant' },
      allowedOrigins: ['https://clinic.example', 'http://localhost:8080'],
      directLineSecret: 's'.repeat(32),
      handoffWebhook: {
        url: 'https://clinic.example/call-backs?team=1',
        secret: 'w'.repeat(16),
      },
      region: 'NZ',
      requireSignoff: true,
      logLevel: 'silent',
    });
  });

  it('gives openai its default model', () => {
    const { embeddings } = loadConfig({ EMBEDDINGS: 'openai', OPENAI_API_KEY: 'key' });

    expect(embeddings).toEqual({ kind: 'openai', model: 'text-embedding-3-small' });
  });

  it('names every variable that cannot be used at once, and no value', () => {
    const fault = faultOf({
      PORT: 'hunter2',
      HOST: 'hunter2 hunter2',
      DATABASE_URL: 'mysql://hunter2',
      OPENAI_BASE_URL: 'hunter2',
      EMBEDDINGS: 'hunter2',
      ALLOWED_ORIGINS: 'hunter2',
      DIRECT_LINE_SECRET: 'hunter2',
      HANDOFF_WEBHOOK_URL: 'hunter2',
      HANDOFF_WEBHOOK_SECRET: 'hunter2',
      REGION: 'hunter2',
      LOG_LEVEL: 'hunter2',
      CLIENT_SECRET: 'hunter2',
    });

    expect(fault.code).toBe('CONFIG_INVALID');
    const named = VARIABLES.filter((name) => fault.message.includes(`${name}: `));
    expect(named).toEqual([
      'PORT',
      'HOST',
      'DATABASE_URL',
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'EMBEDDINGS',
      'CLIENT_ID',
      'TENANT_ID',
      'ALLOWED_ORIGINS',
      'DIRECT_LINE_SECRET',
      'HANDOFF_WEBHOOK_URL',
      'HANDOFF_WEBHOOK_SECRET',
      'REGION',
      'LOG_LEVEL',
    ]);
    expect(fault.message).not.toContain('hunter2');
  });

  it('says that Postgres is not supported yet', () => {
    const { message } = faultOf({ DATABASE_URL: 'postgres://clinic@db/needlepoint' });

    expect(message).toContain('DATABASE_URL: Postgres is not supported yet');
  });

  it.each(['65536', '-1', '80.5', '1e3'])('does not take %s for a port', (port) => {
    expect(faultOf({ PORT: port }).message).toContain('PORT: ');
  });

  it.each([
    '*',
    'https://*.clinic.example',
    'clinic.example',
    'https://clinic.example/chat',
    'null',
  ])('does not take %s for an origin', (origin) => {
    expect(faultOf({ ALLOWED_ORIGINS: `https://a.example,${origin}` }).message).toContain(
      'ALLOWED_ORIGINS: ',
    );
  });

  it.each([
    'http://clinic.example/hook',
    'http://127.0.0.1.clinic.example/',
    'https://user:word@clinic.example/',
    'ftp://127.0.0.1/',
    'clinic.example',
  ])('does not take %s for a webhook', (url) => {
    expect(faultOf({ HANDOFF_WEBHOOK_URL: url }).message).toContain('HANDOFF_WEBHOOK_URL: ');
  });

  it.each(['http://127.0.0.1:9000/hook', 'http://[::1]/', 'http://localhost:1/'])(
    'takes %s, which does not leave this machine, for a webhook',
    (url) => {
      expect(loadConfig({ HANDOFF_WEBHOOK_URL: url }).handoffWebhook).toEqual({
        url,
        secret: undefined,
      });
    },
  );

  it('wants a webhook for its secret', () => {
    const { message } = faultOf({ HANDOFF_WEBHOOK_SECRET: 'w'.repeat(16) });

    expect(message).toContain('HANDOFF_WEBHOOK_URL: ');
  });

  it.each([
    [{ CHAT_MODEL: 'openai:gpt' }, 'OPENAI_API_KEY'],
    [{ CHAT_MODEL: 'azure_openai:mine', OPENAI_API_KEY: 'key' }, 'OPENAI_BASE_URL'],
    [{ CHAT_MODEL: 'ollama:x', CHAT_DAILY_LIMIT: '1' }, 'CHAT_PRICES'],
    [{ MODERATION_MODEL: 'omni' }, 'OPENAI_API_KEY'],
    [{ SECOND_OPINION_MS: '900' }, 'CHAT_MODEL'],
    [{ CHAT_PRICES: 'free' }, 'CHAT_PRICES'],
    [{ CHAT_MODEL: 'gpt' }, 'CHAT_MODEL'],
  ])('does not take %j without %s', (env, missing) => {
    expect(faultOf(env).message).toContain(`${missing}: `);
  });

  it('wants a key for openai embeddings', () => {
    expect(faultOf({ EMBEDDINGS: 'openai' }).message).toContain('OPENAI_API_KEY: ');
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const keys = lines.flatMap((line) => /^([A-Z_]+)=$/.exec(line)?.[1] ?? []);

  it('lists exactly the variables that are read', () => {
    expect(keys).toEqual(VARIABLES);
  });

  it('has a comment before each, and nothing else', () => {
    for (const [i, line] of lines.entries()) {
      if (/^[^#\s]/.test(line))
        expect([line, lines[i - 1]]).toEqual([line, expect.stringMatching(/^# ./)]);
    }
  });
});
