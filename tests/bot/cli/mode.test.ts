import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';
import { bundledDataDir, ENCODING_MS, openBundledBot } from '../../support/bundled.ts';
import { type ModelServer, withModelServer } from '../../support/model-server.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

/** Longest build and run of one command, in ms. */
const COMMAND_MS = 120_000;
const TRACER = pathToFileURL(join(PROJECT_ROOT, 'tests', 'support', 'loaded-modules.mjs')).href;

async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; stdout: string; stderr: string; loaded: string }> {
  return inTempFolder(async (folder) => {
    const loadedFile = join(folder, 'loaded.txt');
    const child = spawn('npm', ['run', '--silent', ...words], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ARTICLES_DIR: '',
        EMBEDDINGS: 'offline',
        OPENAI_API_KEY: '',
        OPENAI_BASE_URL: '',
        CHAT_MODEL: '',
        MODERATION_MODEL: '',
        DATA_DIR: bundledDataDir(),
        DATABASE_URL: pathToFileURL(join(folder, 'mode.db')).href,
        LOADED_FILE: loadedFile,
        NODE_OPTIONS: `--import=${TRACER}`,
        ...env,
      },
    });
    const parts = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (parts.stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (parts.stderr += part.toString()));
    child.stdin.end();
    const status = await new Promise<number | null>((closed, failed) => {
      child.on('close', closed);
      child.on('error', failed);
    });
    return { status, ...parts, loaded: readFileSync(loadedFile, 'utf8') };
  });
}

const MODEL_MODULES = /node_modules\/(langchain|openai|@langchain\/(openai|langgraph))\//;

function played(server: ModelServer): Record<string, string> {
  return { CHAT_MODEL: 'openai:played', OPENAI_API_KEY: 'key', OPENAI_BASE_URL: server.baseUrl };
}

describe('the mode of the commands', () => {
  beforeAll(async () => {
    // Indexed once, and here: the commands then only read it.
    await (await openBundledBot()).close();
  }, ENCODING_MS);

  it(
    'is quoting without a chat model, of which nothing is loaded then',
    async () => {
      const { status, stdout, stderr, loaded } = await run(['ask', '--', 'does it hurt'], {});
      expect(status).toBe(0);
      expect(stderr).toContain('Mode: answers quoted, no model.');
      expect(stdout).toContain('[1]');
      expect(loaded).toMatch(/dist\/bot\/turn\.js/);
      expect(loaded).not.toMatch(MODEL_MODULES);
      expect(loaded).not.toMatch(/dist\/bot\/model\//);
    },
    COMMAND_MS,
  );

  it(
    'is wording with one, which is loaded then',
    () =>
      withModelServer(
        () => ({ sentences: [] }),
        async (server) => {
          const { status, stderr, loaded } = await run(
            ['ask', '--', 'what is dry needling'],
            played(server),
          );
          expect(status).toBe(0);
          expect(stderr).toContain('Mode: answers worded by openai:played.');
          expect(loaded).toMatch(MODEL_MODULES);
          expect(server.requests).toHaveLength(1);
        },
      ),
    COMMAND_MS,
  );

  it(
    'lets a model propose into a file, and publishes nothing',
    () =>
      withModelServer(
        ({ data }) => ({
          asked: [`${String(data.heading)} pls`, 'see https://evil.example'],
          summary: [String(data.text).split(/(?<=\.)\s/)[0], 'Dry needling cures everything.'],
        }),
        (server) =>
          inTempFolder(async (folder) => {
            const articles = join(PROJECT_ROOT, 'tests', 'support', 'proposals');
            // The bridge's index, which is made of the bundled articles.
            cpSync(bundledDataDir(), join(folder, 'bundled'), { recursive: true });
            const env = { ...played(server), DATA_DIR: folder, ARTICLES_DIR: articles };
            const { status, stdout } = await run(['ingest', '--', '--propose'], env);
            expect(status).toBe(0);
            expect(stdout).toContain('for a person to read');
            const file = readFileSync(join(folder, 'proposals.yaml'), 'utf8');
            expect(file).toMatch(/^# Proposed by openai:played; nobody has read it yet/);
            expect(parse(file)).toEqual([
              {
                article: expect.any(String),
                section: 'What is a warm pack?',
                asked: ['What is a warm pack? pls'],
                summary: 'A warm pack is a cloth bag filled with wheat.',
              },
            ]);
          }),
      ),
    COMMAND_MS,
  );

  it(
    'says what is missing where a model is to propose and there is none',
    async () => {
      const { status, stderr } = await run(['ingest', '--', '--propose'], {});
      expect(status).toBe(1);
      expect(stderr).toContain('CHAT_MODEL: needed for --propose');
    },
    COMMAND_MS,
  );
});
