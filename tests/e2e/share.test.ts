import { describeInBrowser, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

const ANSWER =
  'Question: Does dry needling hurt?\n\n' +
  'Get medical help if you have chest pain, trouble breathing, or a fever after needling.\n\n' +
  'Most people feel a brief pinch as the needle goes in. [1] The ache may stay for a day or two. [2]';
const SOURCE = '[2] What dry needling feels like, During a session > The muscle, Elm Street Physio';
const STANDING =
  'Automated assistant. Not for emergencies. In an emergency, call your local emergency number.';

describeInBrowser('an answer to keep', () => {
  const chat = useChat();

  it('is copied with its question, its sources and what it is', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    const { origin } = new URL(chat().server.url);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    await say('Does dry needling hurt?');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toContain(ANSWER);
    expect(copied).toContain(SOURCE);
    expect(copied).toContain(STANDING);
    await context.close();
  });

  it('is written into an email', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url);
    await say('Does dry needling hurt?');
    const address = await page.getByRole('link', { name: 'Email' }).getAttribute('href');
    const mail = new URL(address ?? '');
    expect([mail.protocol, mail.pathname]).toEqual(['mailto:', '']);
    expect(mail.searchParams.get('subject')).toBe('About dry needling');
    expect(mail.searchParams.get('body')).toContain(ANSWER);
    expect(mail.searchParams.get('body')).toContain(SOURCE);
    await context.close();
  });

  it('is printed with its question, and without the others', async () => {
    const { page, context, say } = await visit(chat().browser, '');
    // A browser without a window prints at once; here the paper is to be looked at first.
    await page.addInitScript('window.print = () => {}');
    await page.goto(chat().server.url);
    await say('Does dry needling hurt?');
    await page.locator('.kind-answer').waitFor();
    await say('How long does a session take?');
    await page.locator('.sides').waitFor();
    await page.getByRole('button', { name: 'Print' }).nth(1).click();
    await page.emulateMedia({ media: 'print' });
    const visible = async (text: string) => page.getByText(text).first().isVisible();
    expect(await visible('How long does a session take?')).toBe(true);
    expect(await visible('Sources differ')).toBe(true);
    expect(await visible('Before you come')).toBe(true);
    expect(await visible('Not for emergencies')).toBe(true);
    expect(await visible('Does dry needling hurt?')).toBe(false);
    expect(await visible('brief pinch')).toBe(false);
    expect(await page.locator('.composer').isVisible()).toBe(false);

    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await visible('brief pinch')).toBe(true);
    await context.close();
  });
});
