import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import type { Config } from '../../bot/config.ts';
import { WEB_FOLDER } from '../../bot/web-routes.ts';
import { axeFindings, launchBrowser, PHONE, visit } from '../support/browser.ts';
import type { Visit } from '../support/browser.ts';
import { type ChatServer, startChatServer, startHostPage } from '../support/chat-server.ts';
import { inTempFolder } from '../support/temp-folder.ts';
import { line, type Measured, median, rounded } from './measured.ts';

/** A visitor's phone beside the machine this runs on. */
const CPU_SLOWED = 4;
/** Odd, so that the median is one that was measured. */
const VISITS = 7;
/** For the slowed page, in ms. */
const LONGEST_MS = 60_000;

/**
 * Runs in every frame before its own script: when the button was pressed, when the question field
 * could be typed into and was painted, in ms since the epoch; and how much the layout moved by itself.
 */
const WATCH = `
  globalThis.benchShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.benchShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const now = () => performance.timeOrigin + performance.now();
  addEventListener('click', () => { globalThis.benchPressed ??= now(); }, { capture: true });
  const look = () => {
    const field = document.querySelector('textarea');
    if (field && !field.disabled && field.getClientRects().length > 0) {
      requestAnimationFrame(() => setTimeout(() => { globalThis.benchUsable = now(); }));
    } else requestAnimationFrame(look);
  };
  if (window !== top) requestAnimationFrame(look);
`;

/** The page in Chromium: its weight, how soon the widget's chat can be used, its layout, what axe finds. */
export async function* measureWeb(_config: Config): AsyncGenerator<Measured> {
  yield await inTempFolder(async (folder) => {
    const host = await startHostPage();
    const server = await startChatServer(folder, WEB_FOLDER, {
      allowedOrigins: [host.origin],
    });
    host.embed(server.url, 'data-clinic="Elm Street Physio" data-phone="+1 555 010 0142"');
    // One process for both origins: the slowing is of a process.
    const browser = await launchBrowser(['--disable-site-isolation-trials']);
    try {
      const scripts = await scriptBytes(browser, server);
      const opened: { interactive: number; shift: number }[] = [];
      for (let turn = 0; turn <= VISITS; turn++)
        opened.push(await openWidget(browser, host.origin));
      // The first one also starts what the browser keeps.
      opened.shift();
      const findings = await findingsOf(browser, server, host.origin);
      const interactive = opened.map(({ interactive }) => interactive);
      const shift = Math.max(...opened.map(({ shift }) => shift));
      return {
        figures: {
          script_gzip_bytes: scripts,
          interactive_ms: rounded(median(interactive), 1),
          axe_findings: findings.length,
          layout_shift: rounded(shift, 4),
        },
        lines: [
          line('script, gzip, widget included', `${scripts} bytes`),
          line(
            `press to usable, CPU ${CPU_SLOWED}x slower`,
            `median ${median(interactive).toFixed(0)} ms ` +
              `(${Math.min(...interactive).toFixed(0)} to ${Math.max(...interactive).toFixed(0)}, ${VISITS} visits)`,
          ),
          line('layout shift, worst visit', shift.toFixed(4)),
          line('axe findings', String(findings.length)),
          ...findings.map((finding) => `    ${finding}`),
        ],
      };
    } finally {
      await browser.close();
      await Promise.all([host.close(), server.close()]);
    }
  });
}

/** Every script that the chat page asks for in a visit with one answer, and the widget's. */
async function scriptBytes(browser: Browser, server: ChatServer): Promise<number> {
  const visitor = await visit(browser, '');
  const urls = new Set([`${server.url}widget.js`]);
  visitor.page.on('request', (request) => {
    if (request.resourceType() === 'script') urls.add(request.url());
  });
  await visitor.page.goto(server.url);
  await STATES.source(visitor);
  await visitor.context.close();
  let bytes = 0;
  for (const url of urls) {
    const script = await (await fetch(url)).arrayBuffer();
    bytes += (await promisify(gzip)(script, { level: 9 })).length;
  }
  return bytes;
}

async function openWidget(
  browser: Browser,
  hostUrl: string,
): Promise<{ interactive: number; shift: number }> {
  const { page, context } = await visit(browser, '', { size: PHONE });
  context.setDefaultTimeout(LONGEST_MS);
  await context.addInitScript(WATCH);
  await page.goto(hostUrl);
  const button = page.getByRole('button', { name: 'Questions?' });
  await button.waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWED });
  await button.click();
  const field = page.frameLocator('iframe').getByLabel('Your question');
  await field.fill('Does dry needling hurt?');
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
  if (!frame) throw new Error('expected the frame of the chat, found none');
  await frame.waitForFunction('globalThis.benchUsable !== undefined');
  const isApart = await context.newCDPSession(frame).then(
    () => true,
    () => false,
  );
  if (isApart) throw new Error('the chat runs in a process of its own, which was not slowed');
  const usable = await frame.evaluate<number>('globalThis.benchUsable');
  const pressed = await page.evaluate<number>('globalThis.benchPressed');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await field.press('Enter');
  await page.frameLocator('iframe').locator('.kind-answer').waitFor();
  const shift =
    (await page.evaluate<number>('globalThis.benchShift')) +
    (await frame.evaluate<number>('globalThis.benchShift'));
  await context.close();
  return { interactive: usable - pressed, shift };
}

/** What axe looks at, after the page has loaded. */
const STATES = {
  empty: async ({ page }: Visit) => {
    await page.getByRole('heading', { name: 'What would you like' }).waitFor();
  },
  answer: async ({ page, say }: Visit) => {
    await say('Does dry needling hurt?');
    await page.getByText('brief pinch').first().waitFor();
  },
  source: async (visitor: Visit) => {
    await STATES.answer(visitor);
    await visitor.page.locator('.marker').first().click();
    await visitor.page.locator('blockquote').getByText('twitch').waitFor();
  },
  emergency: async ({ page, say }: Visit) => {
    await say('I cannot breathe since my session');
    await page.locator('.kind-emergency').waitFor();
  },
} as const;

async function findingsOf(
  browser: Browser,
  server: ChatServer,
  hostUrl: string,
): Promise<string[]> {
  const found: string[] = [];
  const look = async (name: string, page: Page) => {
    for (const finding of await axeFindings(page)) found.push(`${name}: ${finding}`);
  };
  for (const dark of [false, true]) {
    for (const [name, reach] of Object.entries(STATES)) {
      const visitor = await visit(browser, server.url, { dark });
      await reach(visitor);
      await look(`${name}, ${dark ? 'dark' : 'light'}`, visitor.page);
      await visitor.context.close();
    }
  }
  const { page, context } = await visit(browser, hostUrl);
  const button = page.getByRole('button', { name: 'Questions?' });
  await button.waitFor();
  await look('widget, closed', page);
  await button.click();
  await page.frameLocator('iframe').getByLabel('Your question').waitFor();
  await look('widget, open', page);
  await context.close();
  return found;
}
