import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

/**
 * A visit with Microsoft's own web chat instead of our page: another client of our Direct Line
 * server, on another origin. It is 4 MB and no part of the product, so it is fetched here, by hand:
 * npm run check:webchat.
 */
const WEBCHAT = 'botframework-webchat@4.18.1';

/** It indexes first, and the machine may be busy; in ms. */
const START_MS = 600_000;
const WAIT_MS = 60_000;

const SORE = 'How long will I be sore afterwards?';
const ALARM = 'I cannot breathe since my session';
const SAME = 'Is it the same as acupuncture?';
const QUESTIONS = [SORE, ALARM, SAME];

const run = promisify(execFile);

async function fetchWebchat(folder: string): Promise<string> {
  await run('npm', ['pack', WEBCHAT, '--silent', '--pack-destination', folder]);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', archive, 'package/dist/webchat.js'], { cwd: folder });
  return readFileSync(join(folder, 'package', 'dist', 'webchat.js'), 'utf8');
}

interface Bot {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The real bot in a process of its own, as `npm start` runs it. */
async function startBot(env: Readonly<Record<string, string>>): Promise<Bot> {
  const main = join(PROJECT_ROOT, 'dist', 'bot', 'main.js');
  const bot: ChildProcess = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(bot, 'exit');
  const ready = new Promise<string>((found, failed) => {
    const late = setTimeout(() => {
      bot.kill('SIGTERM');
      failed(new Error(`the bot did not start within ${START_MS} ms`));
    }, START_MS);
    if (bot.stdout === null) throw new TypeError('no output to read');
    createInterface(bot.stdout).on('line', (line) => {
      const [, url] = /"url":"([^"]+)"/.exec(line) ?? [];
      if (!url) return;
      clearTimeout(late);
      found(url);
    });
  });
  return {
    url: await ready,
    stop: async () => {
      bot.kill('SIGTERM');
      await exited;
    },
  };
}

/** A page of another origin with web chat on it, which finds the bot at `chat.url`. */
async function servePage(webchat: string, chat: { url: string }) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/webchat.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(
      isScript
        ? webchat
        : `<!doctype html><title>Web chat</title><div id="chat" style="height:90vh"></div>
           <script src="/webchat.js"></script>
           <script type="module">
             const domain = '${chat.url}/directline';
             const { token } = await (
               await fetch(domain + '/tokens/generate', { method: 'POST' })
             ).json();
             const directLine = WebChat.createDirectLine({ domain, token });
             WebChat.renderWebChat({ directLine }, document.querySelector('#chat'));
           </script>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Asks, and returns what is shown from the question on once `shown` is there. */
async function ask(page: Page, question: string, shown: RegExp): Promise<string> {
  const bubbles = page.locator('.webchat__bubble__content');
  const before = await bubbles.count();
  await page.locator('.webchat__send-box-text-box__input').fill(question);
  await page.keyboard.press('Enter');
  await bubbles.filter({ hasText: shown }).last().waitFor({ timeout: WAIT_MS });
  return (await bubbles.allInnerTexts()).slice(before).join('\n');
}

function check(holds: boolean, what: string): void {
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}\n`);
  if (!holds) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), 'needlepoint-webchat-'));
const chat = { url: '' };
const page = await servePage(await fetchWebchat(folder), chat);
const env = {
  ALLOWED_ORIGINS: page.origin,
  DATABASE_URL: pathToFileURL(join(folder, 'conversations.db')).href,
};
let bot = await startBot({ ...env, PORT: '0' });
chat.url = bot.url;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const tab = await browser.newPage({ viewport: { width: 800, height: 1000 } });
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(page.origin);
  await tab.getByText('automated assistant').first().waitFor({ timeout: WAIT_MS });
  check(true, `${WEBCHAT} on ${page.origin} shows the greeting`);

  const answered = await ask(tab, SORE, /\[1\]/);
  check(/sore/i.test(answered) && /\[1\]/.test(answered), 'an answer with its markers');
  check(/Sources/.test(answered), 'the sources under it');
  const urgent = await ask(tab, ALARM, /911/);
  check(/911/.test(urgent), 'an emergency with its numbers');
  await tab.screenshot({ path: join(PROJECT_ROOT, 'data', 'official-webchat.png') });

  await bot.stop();
  bot = await startBot({ ...env, PORT: new URL(chat.url).port });
  const later = await ask(tab, SAME, /acupuncture[^]*\[1\]/i);
  check(/\[1\]/.test(later), 'an answer after the bot has restarted, in the same conversation');
  const shown = await tab.locator('.webchat__bubble__content').allInnerTexts();
  const once = QUESTIONS.every(
    (asked) => shown.filter((text) => text.trim() === asked).length === 1,
  );
  check(once && shown.length === 1 + 2 * QUESTIONS.length, 'each message once');
  check(errors.length === 0, `no script error${errors.map((error) => `: ${error}`).join('')}`);
  process.stdout.write(`\n${shown.join('\n---\n')}\n`);
} finally {
  await browser.close();
  await bot.stop();
  page.close();
  rmSync(folder, { recursive: true, force: true });
}
