import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

/** Skipped by name where there is no browser; with REQUIRE_CHROMIUM=1 that is a failure instead. */
export function describeInBrowser(subject: string, work: () => void): void {
  // A browser on a loaded machine misses a deadline now and then; a fault of ours fails twice.
  jest.retryTimes(1, { logErrorsBeforeRetry: true });
  if (CHROMIUM !== undefined) describe(subject, work);
  else if (process.env['REQUIRE_CHROMIUM'] === '1') {
    it(`${subject}: needs chromium, which REQUIRE_CHROMIUM=1 asks for`, () => {
      throw new Error('no chromium found');
    });
  } else describe.skip(`${subject} (skipped: no chromium found)`, work);
}

/** Throws where there is none. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: [...FLAGS, ...more] });
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: script errors, and what the policy refused. */
  readonly complaints: string[];
  /** Hosts that were asked for anything. */
  readonly hosts: Set<string>;
  readonly say: (text: string) => Promise<void>;
}

interface VisitOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  readonly locale?: string;
  /** Whether the visitor's system lets things move. */
  readonly moves?: boolean;
  /** As by the browser's own zoom: fewer, larger pixels. */
  readonly zoom?: number;
}

/** A new visitor with nothing stored, at `url`; `url` empty stays on a blank page. */
export async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const { size = PHONE, dark = false, locale = 'en-US', moves = false, zoom = 1 } = options;
  const context = await browser.newContext({
    viewport: { width: size.width / zoom, height: size.height / zoom },
    deviceScaleFactor: zoom,
    hasTouch: size.width < 600,
    locale,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: moves ? 'no-preference' : 'reduce',
  });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (/Content Security Policy|Trusted Type/i.test(line.text())) complaints.push(line.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => hosts.add(new URL(request.url()).host));
  if (url) await page.goto(url);
  return {
    page,
    context,
    complaints,
    hosts,
    say: async (text) => {
      await page.getByLabel(/^(Your question|Su pregunta)$/).fill(text);
      await page.keyboard.press('Enter');
    },
  };
}

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds against WCAG 2.2 AA and its own best practice, one line each; empty is good. */
export async function axeFindings(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ readonly violations: readonly Finding[] }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** `data/screenshots/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(PROJECT_ROOT, 'data', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
