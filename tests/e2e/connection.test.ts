import { describeInBrowser, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';
import { createGate } from '../support/gate.ts';

describeInBrowser('the connection of the page', () => {
  const chat = useChat();

  it('brings the conversation back after a reload, and goes on with it', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    await page.reload();
    await page.locator('.kind-answer').waitFor();
    await say('Can it cure diabetes?');
    await page.locator('.kind-unanswered').waitFor();
    expect(await page.locator('.bubble').allInnerTexts()).toEqual([
      expect.stringContaining('Does dry needling hurt?'),
      expect.stringContaining('Can it cure diabetes?'),
    ]);
    await context.close();
  });

  it('sends what was written offline once it is back, and once only', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    await context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    await say('Can it cure diabetes?');
    await page.getByText('Will be sent when you are back online').waitFor();
    await context.setOffline(false);
    await page.locator('.kind-unanswered').waitFor({ timeout: 20_000 });
    await page.waitForTimeout(1_500);
    expect(await page.locator('.kind-unanswered').count()).toBe(1);
    expect(await page.locator('.bubble').count()).toBe(2);
    expect(await page.getByText('You are offline').count()).toBe(0);
    await context.close();
  }, 60_000);

  it('comes back by itself after the server has restarted', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    const restart = await chat().server.stop();
    await page.getByText('Connection lost').waitFor();
    await restart();
    await say('Can it cure diabetes?');
    await page.locator('.kind-unanswered').waitFor({ timeout: 30_000 });
    expect(await page.locator('.message-bot').count()).toBe(2);
    await context.close();
  }, 60_000);

  it('keeps two tabs apart', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    const other = await context.newPage();
    await other.goto(chat().server.url);
    await other.getByRole('heading', { name: /What would you like/ }).waitFor();
    expect(await other.locator('.message').count()).toBe(0);
    await context.close();
  });

  it('shows each message once in two tabs of one conversation, and its deletion in both', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    // As "Duplicate tab" does: with what the tab has stored.
    const [other] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate('void window.open(location.href)'),
    ]);
    await other.locator('.kind-answer').waitFor();
    await say('How long does a session take?');
    await other.locator('.sides').waitFor();
    await other.getByLabel('Your question').fill('Can it cure diabetes?');
    await other.keyboard.press('Enter');
    await page.locator('.kind-unanswered').waitFor();
    await other.locator('.kind-unanswered').waitFor();
    for (const tab of [page, other]) {
      expect(await tab.locator('.bubble').allInnerTexts()).toEqual([
        expect.stringContaining('Does dry needling hurt?'),
        expect.stringContaining('How long does a session take?'),
        expect.stringContaining('Can it cure diabetes?'),
      ]);
      expect(await tab.locator('.message-bot').count()).toBe(3);
    }

    await page.locator('summary').click();
    await page.getByRole('button', { name: 'Delete my conversation' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('heading', { name: /What would you like/ }).waitFor();
    await other.getByText('Your conversation has been deleted.').waitFor({ timeout: 20_000 });
    expect(await other.locator('.message').count()).toBe(0);
    await context.close();
  }, 60_000);

  it('starts over with a new conversation, which the server has as another', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    const stored = "sessionStorage.getItem('needlepoint.session').split('\\n')[0]";
    const before = await page.evaluate(stored);
    await page.locator('summary').click();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('heading', { name: /What would you like/ }).waitFor();
    await say('Can it cure diabetes?');
    await page.locator('.kind-unanswered').waitFor();
    expect(await page.locator('.message').count()).toBe(2);
    expect(await page.evaluate(stored)).not.toBe(before);
    await context.close();
  });

  it('takes what is written before the line is open, and sends it once', async () => {
    const { page, context, say } = await visit(chat().browser, '');
    const gate = createGate();
    await page.route('**/directline/tokens/generate', async (route) => {
      await gate.opened;
      await route.continue();
    });
    await page.goto(chat().server.url);
    await say('Does dry needling hurt?');
    await page.getByText('Looking in the articles').waitFor();
    expect(await page.locator('.delivery').count()).toBe(0);
    gate.open();
    await page.locator('.kind-answer').waitFor();
    await page.waitForTimeout(1_000);
    expect(await page.locator('.message').count()).toBe(2);
    await context.close();
  });

  it('starts over when the conversation has been deleted elsewhere', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    await page.route('**/directline/tokens/generate', (route) =>
      route.fulfill({ status: 404, body: '{}' }),
    );
    await page.reload();
    await page.getByText('Your conversation has been deleted.').waitFor();
    await page.unroute('**/directline/tokens/generate');
    await page.getByRole('button', { name: 'Start a new one' }).click();
    await say('Can it cure diabetes?');
    await page.locator('.kind-unanswered').waitFor();
    await context.close();
  });

  it('offers the phone and another try where there is no bot', async () => {
    const { page, context } = await visit(chat().browser, '');
    await page.route('**/directline/**', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.goto(chat().server.url);
    const state = page.getByRole('status').filter({ hasText: 'cannot be reached' });
    await state.getByRole('link', { name: 'Call +1 555 010 0199' }).waitFor();
    await page.unroute('**/directline/**');
    await state.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('cannot be reached').waitFor({ state: 'hidden' });
    await context.close();
  });

  it('tries a failed start again by itself, ever more rarely, and sends what was kept', async () => {
    const { page, context, say } = await visit(chat().browser, '');
    const tried: number[] = [];
    await page.route('**/directline/**', (route) => {
      tried.push(Date.now());
      return route.fulfill({ status: 503, body: '{}' });
    });
    await page.goto(chat().server.url);
    await page.getByText('cannot be reached').waitFor();
    await say('Does dry needling hurt?');
    await page.getByText('Will be sent').waitFor();
    while (tried.length < 3) await page.waitForTimeout(100);
    const [first = 0, second = 0, third = 0] = tried;
    expect(second - first).toBeGreaterThan(1_000);
    expect(third - second).toBeGreaterThan(second - first);
    expect(await page.getByText('cannot be reached').isVisible()).toBe(true);
    await page.unroute('**/directline/**');
    await page.locator('.kind-answer').waitFor({ timeout: 20_000 });
    expect(await page.getByText('cannot be reached').count()).toBe(0);
    expect(await page.locator('.message').count()).toBe(2);
    await context.close();
  }, 60_000);
});
