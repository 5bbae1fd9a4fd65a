import {
  axeFindings,
  describeInBrowser,
  DESKTOP,
  PHONE,
  screenshot,
  visit,
} from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';
import { startHostPage } from '../support/chat-server.ts';

const ATTRIBUTES =
  'data-clinic="Elm Street Physio" data-phone="+1 555 010 0142" data-colour="#7a3e9d" data-greeting="How can we help?"';

describeInBrowser('the widget', () => {
  const chat = useChat();

  it.each([
    ['phone', { size: PHONE }],
    ['desktop', { size: DESKTOP }],
    ['dark', { size: PHONE, dark: true }],
    ['dark-desktop', { size: DESKTOP, dark: true }],
  ])('opens the chat on the page of a clinic, when pressed: %s', async (look, options) => {
    const host = await startHostPage();
    const server = await chat().serve({ allowedOrigins: [host.origin] });
    host.embed(server.url, ATTRIBUTES);
    try {
      const { page, context, complaints, hosts } = await visit(
        chat().browser,
        host.origin,
        options,
      );
      const button = page.getByRole('button', { name: 'Questions?' });
      await button.waitFor();
      expect(page.frames()).toHaveLength(1);
      await screenshot(page, `widget-closed-${look}`);
      expect(await axeFindings(page)).toEqual([]);

      await button.click();
      const frame = page.frameLocator('iframe');
      await frame.getByRole('heading', { name: 'How can we help?' }).waitFor();
      await frame.getByLabel('Your question').fill('Does dry needling hurt?');
      await page.keyboard.press('Enter');
      await frame.locator('.kind-answer').waitFor();
      await screenshot(page, `widget-open-${look}`);
      const inner = page.frames().find((candidate) => candidate.url().startsWith(server.url));
      expect(inner && (await axeFindings(inner))).toEqual([]);
      expect(await frame.locator('.foot-call').getAttribute('href')).toBe('tel:+15550100142');

      await frame.getByLabel('Your question').press('Escape');
      await page.locator('iframe').waitFor({ state: 'hidden' });
      const focused = 'document.activeElement.shadowRoot.activeElement.tagName';
      expect(await page.evaluate(focused)).toBe('BUTTON');
      await page.keyboard.press('Enter');
      await frame.locator('.kind-answer').waitFor();
      expect(complaints).toEqual([]);
      expect([...hosts].toSorted()).toEqual(
        [new URL(host.origin).host, new URL(server.url).host].toSorted(),
      );
      await context.close();
    } finally {
      await Promise.all([host.close(), server.close()]);
    }
  });

  it('leaves the page it is on', async () => {
    const host = await startHostPage();
    const server = await chat().serve({ allowedOrigins: [host.origin] });
    host.embed(server.url, 'data-leave="/elsewhere"');
    try {
      const { page, context } = await visit(chat().browser, host.origin);
      await page.getByRole('button', { name: 'Questions?' }).click();
      await page.frameLocator('iframe').getByRole('button', { name: 'Leave' }).click();
      await page.waitForURL(`${host.origin}/elsewhere`);
      await context.close();
    } finally {
      await Promise.all([host.close(), server.close()]);
    }
  });

  it('is not framed by a page that is not allowed, and gives the phone number instead', async () => {
    const host = await startHostPage();
    const { server } = chat();
    host.embed(server.url, ATTRIBUTES);
    try {
      const { page, context, complaints } = await visit(chat().browser, host.origin);
      await page.getByRole('button', { name: 'Questions?' }).click();
      const call = page.getByRole('link', { name: 'Call +1 555 010 0142' });
      await call.waitFor({ timeout: 12_000 });
      expect(complaints.join(' ')).toMatch(/frame-ancestors/);
      await screenshot(page, 'widget-blocked-phone');
      await context.close();
    } finally {
      await host.close();
    }
  });
});
