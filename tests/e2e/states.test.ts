import {
  axeFindings,
  describeInBrowser,
  DESKTOP,
  PHONE,
  screenshot,
  visit,
} from '../support/browser.ts';
import type { Visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

/** How to bring the page into each state that it was designed for. */
const STATES: Readonly<Record<string, (visitor: Visit) => Promise<void>>> = {
  empty: async ({ page }) => {
    await page.getByRole('heading', { name: /What would you like|Qué le gustaría/ }).waitFor();
  },
  menu: async ({ page }) => {
    await page.locator('summary').click();
  },
  waiting: async ({ page, say }) => {
    await say('slow');
    await page.getByText(/Looking in|Buscando/).waitFor();
  },
  answer: async ({ page, say }) => {
    await say('Does dry needling hurt?');
    await page.getByText('brief pinch').first().waitFor();
  },
  check: async ({ page, say }) => {
    await say('Why do I feel worse?');
    await page.locator('.notice-check').waitFor();
  },
  source: async (visitor) => {
    await STATES['answer']?.(visitor);
    await visitor.page.locator('.marker').first().click();
    await visitor.page.locator('blockquote').getByText('twitch').waitFor();
  },
  differ: async ({ page, say }) => {
    await say('How long does a session take?');
    await page.locator('.sides').waitFor();
  },
  feedback: async (visitor) => {
    await STATES['answer']?.(visitor);
    await visitor.page.getByRole('button', { name: /did not help|No me ha/ }).click();
    await visitor.page.locator('.feedback').scrollIntoViewIfNeeded();
  },
  unanswered: async ({ page, say }) => {
    await say('Can it cure diabetes?');
    await page.locator('.kind-unanswered').waitFor();
  },
  emergency: async ({ page, say }) => {
    await say('I cannot breathe since my session');
    await page.locator('.kind-emergency').waitFor();
  },
  crisis: async ({ page, say }) => {
    await say('I want to kill myself');
    await page.locator('.kind-emergency').waitFor();
  },
  'emergency-open': async (visitor) => {
    await STATES['emergency']?.(visitor);
    await STATES['answer']?.(visitor);
  },
  urgent: async ({ page, say }) => {
    await say('The place is red and hot');
    await page.locator('.kind-urgent').waitFor();
  },
  handoff: async ({ page, say }) => {
    await say('Is there parking?');
    await page.locator('.kind-handoff').waitFor();
  },
  person: async ({ page }) => {
    await page
      .getByRole('button', { name: /Talk to a person|Hablar con/ })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
  },
  callback: async (visitor) => {
    await STATES['person']?.(visitor);
    await visitor.page.getByRole('button', { name: /Leave a number|Dejar un/ }).click();
    await visitor.page.getByLabel(/Phone|Número/).fill('12');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.getByText(/could not be read|No se pudo leer/).waitFor();
  },
  delete: async ({ page }) => {
    await page.locator('summary').click();
    await page.getByRole('button', { name: /Delete my|Borrar mi/ }).click();
    await page.getByRole('dialog').waitFor();
  },
  offline: async ({ page, context, say }) => {
    await STATES['empty']?.({ page } as Visit);
    await context.setOffline(true);
    await page.locator('.link-offline').waitFor();
    await say('Does it hurt?');
    await page.locator('.delivery').waitFor();
  },
  failed: async ({ page }) => {
    await page.route('**/directline/**', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.reload();
    await page.locator('.link-failed').waitFor();
  },
};

describeInBrowser('the states of the page', () => {
  const chat = useChat();

  const all = Object.keys(STATES);
  const telling = ['empty', 'answer', 'source', 'differ', 'emergency', 'callback'];
  const most = [...telling, 'waiting', 'unanswered', 'handoff', 'offline', 'failed'];
  const LOOKS = {
    phone: { size: PHONE, states: all },
    desktop: { size: DESKTOP, states: [...most, 'emergency-open'] },
    dark: { size: PHONE, dark: true, states: [...most, 'urgent', 'feedback'] },
    'dark-desktop': { size: DESKTOP, dark: true, states: most },
    spanish: { size: PHONE, locale: 'es-ES', states: [...telling, 'menu', 'handoff', 'feedback'] },
    // 320 px is also 1280 px at 400 % zoom.
    narrow: { size: { width: 320, height: 568 }, states: [...telling, 'menu', 'crisis'] },
  };
  it.each(Object.keys(LOOKS) as (keyof typeof LOOKS)[])(
    'has nothing for axe to find, and keeps to the policy and the width: %s',
    async (look) => {
      const found: string[] = [];
      for (const state of LOOKS[look].states) {
        const visitor = await visit(chat().browser, chat().server.url, LOOKS[look]);
        const { page, context, complaints } = visitor;
        await STATES[state]?.(visitor);
        await page.waitForTimeout(50);
        await screenshot(page, `${state}-${look}`);
        const findings = await axeFindings(page);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        found.push(
          ...[...findings, ...complaints, ...(overflow ? ['wider than the screen'] : [])].map(
            (line) => `${state}: ${line}`,
          ),
        );
        await context.close();
      }
      expect(found).toEqual([]);
    },
    180_000,
  );
});
