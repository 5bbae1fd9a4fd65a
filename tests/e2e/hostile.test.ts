import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { describeInBrowser, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';

/** Of the kind in the "Big List of Naughty Strings"; our script answers with the same words everywhere. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  'javascript:alert(1)',
  '<a href="https://evil.example/">press</a>',
  '<style>@import "https://evil.example/a.css"</style>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)} `alert(1)`',
  '[1][2][999] [link](https://evil.example)',
  '&lt;b&gt; &#x3C;script&#x3E;',
  '\u202etest\u202e \u0000 \ufeff z̴̢͝a̷͙l̸̰g̶̨o',
  '👩‍👩‍👧‍👦 🏳️‍🌈 ‮ ﷽ \ud800',
  'a'.repeat(3_900),
];

/** The whole list, one `{ message }` a line; not checked in. */
const LIST = join(PROJECT_ROOT, '..', 'shared', 'evaluation', 'public', 'blns.jsonl');
const whereTheListIs = existsSync(LIST) ? it : it.skip;

/** Messages on the screen before the visitor starts over: hundreds are slow to lay out. */
const AT_ONCE = 60;

/** A conversation has at most twenty messages waiting for an answer. */
const IN_A_ROW = 15;

function naughtyStrings(): string[] {
  const messages = readFileSync(LIST, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { message: string }).message);
  // As a text field has them; of white space alone nothing is sent.
  return messages.map((text) => text.replace(/\r\n?/g, '\n').trim()).filter(Boolean);
}

describeInBrowser('hostile text', () => {
  const chat = useChat();

  it('is shown as the text it is, and asks nobody for anything', async () => {
    const { page, context, complaints, hosts, say } = await visit(
      chat().browser,
      chat().server.url,
    );
    for (const [at, text] of HOSTILE.entries()) {
      await say(text);
      await page.locator('.kind-answer').nth(at).waitFor();
    }
    const shown = await page.locator('.bubble').allTextContents();
    const plain = shown.map((bubble) => bubble.replace(/^You: /, ''));
    expect(plain.slice(0, 11)).toEqual(HOSTILE.slice(0, 11));

    await page.locator('.marker').nth(1).click();
    await page
      .getByRole('dialog')
      .locator('mark')
      .getByText(HOSTILE[1] ?? '')
      .waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('main img, main iframe, main script, main style').count()).toBe(0);
    expect(await page.locator('main a:not([href^="mailto:"])').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(chat().server.url).host]);
    const isWide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(isWide).toBe(false);
    await context.close();
  }, 60_000);

  whereTheListIs(
    'is all of the Big List of Naughty Strings (skipped where there is none)',
    async () => {
      const texts = naughtyStrings();
      expect(texts.length).toBeGreaterThan(400);
      const { page, context, complaints, hosts } = await visit(chat().browser, chat().server.url);
      const field = page.getByLabel('Your question');
      for (let first = 0; first < texts.length; first += AT_ONCE) {
        const part = texts.slice(first, first + AT_ONCE);
        for (const [at, text] of part.entries()) {
          await field.fill(text);
          await field.press('Enter');
          const isLast = at === part.length - 1;
          if (isLast || at % IN_A_ROW === IN_A_ROW - 1)
            await page.locator('.message-bot').nth(at).waitFor({ timeout: 30_000 });
        }
        const shown = await page.locator('.bubble').allTextContents();
        expect(shown.map((bubble) => bubble.replace(/^You: /, ''))).toEqual(part);
        expect(await page.locator('main :is(img, iframe, script, style, object)').count()).toBe(0);
        expect(await page.locator('main a:not([href^="mailto:"], [href^="tel:"])').count()).toBe(0);
        await page.locator('summary').click();
        await page.getByRole('button', { name: 'Start over' }).click();
      }
      await page.getByRole('heading', { name: /What would you like/ }).waitFor();
      expect(complaints).toEqual([]);
      expect([...hosts]).toEqual([new URL(chat().server.url).host]);
      await context.close();
    },
    240_000,
  );

  it('takes no clinic from a link that somebody made', async () => {
    const { page, context } = await visit(
      chat().browser,
      `${chat().server.url}?phone=%2B1900666&name=Evil&greeting=Pay%20here&logo=https://evil.example/a.png`,
    );
    await page.getByRole('heading', { name: 'Elm Street Physio' }).waitFor();
    expect(await page.content()).not.toMatch(/1900666|Evil|Pay here/);
    await context.close();
  });
});
