import type { Locator, Page } from 'playwright-core';
import { axeFindings, describeInBrowser, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Talk to a person' }).first().click();
  await page.getByRole('button', { name: 'Leave a number' }).click();
}

function isFocused(field: Locator): Promise<boolean> {
  return field.evaluate((element) => element.matches(':focus'));
}

describeInBrowser('asking to be called back', () => {
  const chat = useChat();

  it('sends the number with what was added, and shows what the bot says to it', async () => {
    const { page, context } = await visit(chat().browser, chat().server.url);
    await openForm(page);
    const phone = page.getByLabel('Phone number');
    expect(await isFocused(phone)).toBe(true);
    expect(await phone.getAttribute('autocomplete')).toBe('tel');
    await page.keyboard.type('555 010 0177');
    await page.getByLabel('Your name').fill('Ana');
    await page.getByLabel('What is it about?').fill('A sore shoulder');
    const sent = page.waitForRequest((request) => (request.postData() ?? '').includes('callback'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await sent).postDataJSON()).toMatchObject({
      type: 'event',
      name: 'callback',
      value: { phone: '555 010 0177', name: 'Ana', note: 'A sore shoulder' },
      locale: 'en-US',
    });
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('.kind-handoff').getByText('Elm Street Physio will call you.').waitFor();
    await page.getByRole('status').getByText('Your number has been sent.').waitFor();
    await context.close();
  });

  it('sends the number alone, in the language of the page', async () => {
    const { page, context } = await visit(chat().browser, chat().server.url, { locale: 'es-ES' });
    await page.getByRole('button', { name: 'Hablar con una persona' }).first().click();
    await page.getByRole('button', { name: 'Dejar un número' }).click();
    const sent = page.waitForRequest((request) => (request.postData() ?? '').includes('callback'));
    await page.getByLabel('Número de teléfono').fill('600 100 200');
    await page.keyboard.press('Enter');
    const { value, locale } = (await sent).postDataJSON() as Record<string, unknown>;
    expect([value, locale]).toEqual([{ phone: '600 100 200' }, 'es-ES']);
    await page.getByText('le llamará.').first().waitFor();
    await context.close();
  });

  it('says in words what is wrong with a number, and keeps what was written', async () => {
    const { page, context, complaints } = await visit(chat().browser, chat().server.url);
    await openForm(page);
    await page.getByLabel('Your name').fill('Ana');
    await page.getByRole('button', { name: 'Ask for a call' }).click();
    const phone = page.getByLabel('Phone number');
    await page.getByRole('alert').getByText('Please write the number').waitFor();
    expect([await phone.getAttribute('aria-invalid'), await isFocused(phone)]).toEqual([
      'true',
      true,
    ]);

    await phone.fill('12');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').getByText('could not be read');
    await alert.waitFor();
    expect(await phone.getAttribute('aria-describedby')).toBe(await alert.getAttribute('id'));
    expect(await isFocused(phone)).toBe(true);
    expect(await axeFindings(page)).toEqual([]);

    await page.route('**/activities', (route) => route.abort());
    await phone.fill('555 010 0177');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('could not be sent').waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ana');
    await page.unroute('**/activities');
    await page.getByRole('button', { name: 'Ask for a call' }).click();
    await page.locator('.kind-handoff').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is not offered where nobody takes the number', async () => {
    const server = await chat().serve({});
    try {
      const { page, context } = await visit(chat().browser, server.url);
      await page.getByRole('button', { name: 'Talk to a person' }).first().click();
      await page.getByRole('button', { name: 'Ask for a person in this chat' }).waitFor();
      expect(await page.getByRole('button', { name: 'Leave a number' }).count()).toBe(0);
      await context.close();
    } finally {
      await server.close();
    }
  });
});
