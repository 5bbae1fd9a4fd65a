import { describeInBrowser, DESKTOP, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

const IS_WIDE =
  'document.documentElement.scrollWidth > document.documentElement.clientWidth || ' +
  "document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth";

describeInBrowser('the room that the page takes', () => {
  const chat = useChat();

  it.each([
    ['at 200 % zoom', { size: DESKTOP, zoom: 2 }, '100%'],
    ['at 400 % zoom, which is 320 px', { size: { width: 1280, height: 1024 }, zoom: 4 }, '100%'],
    ['with letters twice as large', { size: DESKTOP }, '200%'],
  ])('is never wider than the screen, and can all be reached: %s', async (_, options, letters) => {
    const { page, context, say } = await visit(chat().browser, chat().server.url, options);
    await page.getByLabel('Your question').waitFor();
    await page.evaluate(`document.documentElement.style.fontSize = '${letters}'`);
    for (const asked of ['Does dry needling hurt?', 'How long does a session take?']) {
      await say(asked);
      await page.locator('.bubble').getByText(asked).waitFor();
    }
    await page.locator('.sides').waitFor();
    expect(await page.evaluate(IS_WIDE)).toBe(false);
    await page.locator('.kind-answer').nth(1).locator('.source').last().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Talk to a person' }).first().click();
    await sheet.getByRole('button', { name: 'Leave a number' }).click();
    await sheet.getByRole('button', { name: 'Ask for a call' }).click();
    await sheet.getByText('Please write the number').waitFor();
    expect(await sheet.evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth)).toBe(false);
    await context.close();
  });

  it.each([
    ['stands still where the visitor wants it so', false],
    ['moves a little elsewhere', true],
  ])('%s', async (_, moves) => {
    const { page, context, say } = await visit(chat().browser, chat().server.url, { moves });
    const running = 'document.getAnimations().length > 0';
    await say('slow');
    await page.locator('.dots').waitFor();
    expect(await page.evaluate(running)).toBe(moves);
    await page.getByRole('button', { name: 'Talk to a person' }).first().click();
    await page.getByRole('dialog').waitFor();
    const animation = `getComputedStyle(document.querySelector('dialog')).animationName`;
    expect(await page.evaluate(animation)).toBe(moves ? 'rise' : 'none');
    await context.close();
  });
});
