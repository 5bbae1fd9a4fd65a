import { describeInBrowser, DESKTOP, PHONE, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

describeInBrowser('a visit', () => {
  const chat = useChat();

  it.each([
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ])('asks, is answered, and reads the source with the keyboard: %s', async (_, size) => {
    const { page, context, complaints, hosts, say } = await visit(
      chat().browser,
      chat().server.url,
      { size },
    );
    await say('Does dry needling hurt?');
    const marker = page.getByRole('button', {
      name: 'Open source 2: What dry needling feels like',
    });
    await marker.waitFor();

    await marker.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'What dry needling feels like' });
    await sheet.getByText('Some also feel a short twitch').waitFor();
    expect(await sheet.locator('mark').textContent()).toBe('The ache may stay for a day or two.');
    expect(await sheet.getByText('Not reviewed').count()).toBe(1);
    for (let i = 0; i < 12; i += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    const focused = "document.activeElement.getAttribute('aria-label')";
    expect(await page.evaluate(focused)).toBe('Open source 2: What dry needling feels like');

    await marker.click();
    await sheet.waitFor();
    await page.goBack();
    await sheet.waitFor({ state: 'hidden' });
    expect(page.url()).toBe(chat().server.url);
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(chat().server.url).host]);
    await context.close();
  });

  it('finds a source, turns to the next and comes back by keys alone', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    const focused = async () =>
      String(await page.evaluate("document.activeElement.getAttribute('aria-label')"));
    const goTo = async (name: string, key: 'Tab' | 'Shift+Tab') => {
      for (let i = 0; i < 30 && (await focused()) !== name; i += 1) await page.keyboard.press(key);
      expect(await focused()).toBe(name);
    };
    const marker = 'Open source 1: What dry needling feels like';
    await goTo(marker, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Source 1 of 2').waitFor();
    await goTo('Next source', 'Tab');
    await page.keyboard.press('Enter');
    await sheet.getByText('Source 2 of 2').waitFor();
    expect(await focused()).toBe('Next source');
    expect(await sheet.locator('mark').textContent()).toBe('The ache may stay for a day or two.');
    await goTo('Previous source', 'Shift+Tab');
    await page.keyboard.press('Space');
    await sheet.getByText('Source 1 of 2').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(await focused()).toBe(marker);
    await context.close();
  });

  it('says each new message once to a screen reader, and nothing that was restored', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    const polite = page.getByRole('log');
    await say('Does dry needling hurt?');
    await polite.getByText('brief pinch').waitFor();
    expect(await polite.locator('p').count()).toBe(1);

    await say('I cannot breathe');
    await page.getByRole('alert').getByText('Call your local emergency number').waitFor();
    expect(await polite.getByText('Call your local').count()).toBe(0);

    await page.reload();
    await page.locator('.kind-emergency').waitFor();
    await page.waitForTimeout(1_000);
    expect(await polite.locator('p').count()).toBe(0);
    await context.close();
  });

  it('asks for red flags above the answer, and one tap answers', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Why do I feel worse?');
    const yes = page.getByRole('button', { name: 'Yes, I do' });
    await yes.waitFor();
    const answer = page.getByText('Most people feel a brief pinch').last();
    const above = (await yes.boundingBox())?.y ?? Number.NaN;
    expect(above).toBeLessThan((await answer.boundingBox())?.y ?? Number.NaN);
    await yes.click();
    await page.locator('.kind-emergency').waitFor();
    expect(await yes.count()).toBe(0);
    await context.close();
  });

  it('keeps an emergency in sight, with numbers to press, until it is closed', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('I cannot breathe');
    const banner = page.getByRole('region', { name: 'This may be an emergency.' });
    await banner.getByRole('link', { name: 'Call 911' }).waitFor();
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    expect(await banner.getByRole('link').first().getAttribute('href')).toBe('tel:911');
    await page.reload();
    await banner.waitFor();
    await context.close();
  });

  it('shows numbers to text, and no banner where somebody else may look on', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('My husband hits me');
    await page.locator('.kind-urgent').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    await say('I want to kill myself');
    await page.locator('.kind-emergency').waitFor();
    const text = page.locator('.kind-emergency').getByRole('link', { name: 'Text 988' });
    expect(await text.getAttribute('href')).toBe('sms:988');
    await context.close();
  });

  it('asks what is suggested', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await page.getByRole('button', { name: 'Does dry needling hurt?' }).click();
    await page.getByRole('button', { name: 'How long does the soreness last?' }).click();
    await page.locator('.bubble').getByText('How long does the soreness last?').waitFor();
    await page.locator('.kind-answer').nth(1).waitFor();
    expect(await page.locator('.suggestions').count()).toBe(1);
    await say('thanks');
    await context.close();
  });

  it('sends a thumb down with its reasons', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.getByRole('button', { name: 'This did not help' }).click();
    await page.getByLabel('Hard to understand').check();
    await page.getByLabel('Anything to add?').fill('Too long');
    // The thumb alone has been sent before: this is about the one with the remark.
    const sent = page.waitForRequest(
      (request) =>
        request.url().endsWith('/activities') && (request.postData() ?? '').includes('Too long'),
    );
    await page.getByRole('button', { name: 'Send feedback' }).click();
    await page.getByText('Thank you.').waitFor();
    expect((await sent).postDataJSON()).toMatchObject({
      type: 'event',
      name: 'feedback',
      value: { rating: 'down', reasons: ['unclear'], remark: 'Too long' },
    });
    await context.close();
  });

  it('deletes the conversation here and on the server', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    const [gone] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'DELETE'),
      (async () => {
        await page.locator('summary').click();
        await page.getByRole('button', { name: 'Delete my conversation' }).click();
        await page.getByRole('button', { name: 'Delete it' }).click();
      })(),
    ]);
    expect(gone.status()).toBe(204);
    await page.getByRole('heading', { name: /What would you like/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /What would you like/ }).waitFor();
    expect(await page.locator('.message').count()).toBe(0);
    await context.close();
  });

  it('leaves at once, with nothing left on the screen or to come back to', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await context.route('https://www.google.com/', (route) => route.fulfill({ body: 'weather' }));
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('weather').waitFor();
    await page.goto(chat().server.url);
    await page.getByRole('heading', { name: /What would you like/ }).waitFor();
    expect(await page.locator('.message').count()).toBe(0);
    await context.close();
  });

  it('speaks the language chosen, and remembers it', async () => {
    const { page, context } = await visit(chat().browser, chat().server.url);
    await page.getByRole('button', { name: 'Español' }).first().click();
    await page.getByRole('heading', { name: /Qué le gustaría/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /Qué le gustaría/ }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await context.close();
  });

  it('does not move what is being read', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await page.evaluate(`
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    await say('slow, does it hurt?');
    await page.locator('.kind-answer').waitFor();
    await page.waitForTimeout(300);
    expect(Number(await page.evaluate('shifted'))).toBeLessThan(0.02);
    await context.close();
  });
});
