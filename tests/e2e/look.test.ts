import { createServer } from 'node:http';
import { axeFindings, describeInBrowser, visit } from '../support/browser.ts';
import { useChat } from '../support/chat-harness.ts';
import { startHostPage } from '../support/chat-server.ts';
import { FULL_CLINIC } from '../support/clinic.ts';
import { serve } from '../support/serve.ts';

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8"><circle cx="4" cy="4" r="4" fill="#7a3e9d"/></svg>';
const LOOK = {
  ...FULL_CLINIC,
  colour: '#7a3e9d',
  greeting: '¿En qué podemos ayudarle?',
  language: 'es',
} as const;

describeInBrowser('the look that a clinic gives', () => {
  const chat = useChat();

  it('is on the page: colour, greeting, language and the number of the region', async () => {
    const server = await chat().serve({ clinic: LOOK, emergencyNumber: '112 or 999' });
    try {
      const { page, context, complaints } = await visit(chat().browser, server.url);
      await page.getByRole('heading', { name: '¿En qué podemos ayudarle?' }).waitFor();
      await page.locator('.standing').getByText('llame al 112 o 999.').waitFor();
      const background = "getComputedStyle(document.querySelector('.send')).backgroundColor";
      expect(await page.evaluate(background)).toBe('rgb(122, 62, 157)');
      expect(await axeFindings(page)).toEqual([]);

      // Who reads another language gets our own greeting in it, and keeps it.
      await page.getByRole('button', { name: 'English' }).first().click();
      await page.getByRole('heading', { name: 'What would you like to know' }).waitFor();
      await page.locator('.standing').getByText('call 112 or 999.').waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'What would you like to know' }).waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    } finally {
      await server.close();
    }
  });

  it('is on the widget, and what the page of the clinic says wins over it', async () => {
    const host = await startHostPage();
    const server = await chat().serve({ clinic: LOOK, allowedOrigins: [host.origin] });
    const colourOf = `getComputedStyle(
      document.querySelector('needlepoint-chat').shadowRoot.querySelector('button')
    ).backgroundColor`;
    try {
      host.embed(server.url, '');
      const { page, context, complaints } = await visit(chat().browser, host.origin);
      const button = page.getByRole('button', { name: 'Preguntas' });
      await button.waitFor();
      expect(await page.evaluate(colourOf)).toBe('rgb(122, 62, 157)');
      await button.click();
      const greeting = page.frameLocator('iframe').getByRole('heading', { level: 2 });
      await greeting.getByText('¿En qué podemos ayudarle?').waitFor();

      host.embed(server.url, 'data-colour="#0b5d3b" data-language="en" data-greeting="Welcome"');
      await page.goto(host.origin);
      await page.getByRole('button', { name: 'Questions?' }).click();
      expect(await page.evaluate(colourOf)).toBe('rgb(11, 93, 59)');
      await greeting.getByText('Welcome').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    } finally {
      await Promise.all([host.close(), server.close()]);
    }
  });

  it('shows a logo from where the clinic says, and the emblem where it cannot be had', async () => {
    const images = createServer((_, response) => {
      response.setHeader('Content-Type', 'image/svg+xml');
      response.end(LOGO);
    });
    const { port, close } = await serve(images);
    const host = await startHostPage();
    const origin = `http://127.0.0.1:${port}`;
    const server = await chat().serve({ allowedOrigins: [host.origin, origin] });
    const brand = '.brand img';
    try {
      host.embed(server.url, `data-logo="${origin}/logo.svg"`);
      const { page, context, complaints } = await visit(chat().browser, host.origin);
      await page.getByRole('button', { name: 'Questions?' }).click();
      const frame = page.frameLocator('iframe');
      await frame.locator(brand).waitFor({ state: 'attached' });
      await frame.getByLabel('Your question').waitFor();
      const inner = page.frames().find((candidate) => candidate.url().startsWith(server.url));
      const isShown = `new Promise((done) => {
        const image = document.querySelector('${brand}');
        if (image.complete) done(image.naturalWidth > 0);
        image.onload = () => done(true);
      })`;
      expect(await inner?.evaluate(isShown)).toBe(true);

      // The policy of the host page allows no such image: neither has a broken one to show.
      host.embed(server.url, 'data-logo="https://elsewhere.example/logo.svg"');
      await page.goto(host.origin);
      await page.locator('needlepoint-chat svg').waitFor();
      await page.getByRole('button', { name: 'Questions?' }).click();
      await frame.locator('.brand svg').waitFor({ state: 'attached' });
      expect(complaints.join(' ')).toMatch(/img-src|default-src/);
      await context.close();
    } finally {
      await Promise.all([close(), host.close(), server.close()]);
    }
  });

  it('has everything in Spanish but the articles, which are marked as English', async () => {
    const { page, context, say } = await visit(chat().browser, chat().server.url, {
      locale: 'es-MX',
    });
    const sent = page.waitForRequest((request) => (request.postData() ?? '').includes('"text"'));
    await say('Does dry needling hurt?');
    expect((await sent).postDataJSON()).toMatchObject({ type: 'message', locale: 'es-ES' });
    const answer = page.locator('.kind-answer');
    await answer.waitFor();
    expect(await answer.locator('.words').getAttribute('lang')).toBe('en');
    expect(await page.locator('.chip').first().getAttribute('lang')).toBe('en');
    await page.getByText('También puede preguntar (en inglés)').waitFor();
    expect(await answer.locator('article').getAttribute('lang')).toBeNull();

    await say('Can it cure diabetes?');
    const call = page.locator('.kind-unanswered').getByRole('link');
    expect(await call.innerText()).toMatch(/^Llamar a Elm Street Physio\s+\+1 555 010 0199$/);
    await say('I cannot breathe');
    const banner = page.locator('.banner');
    await banner.getByRole('link', { name: 'Llamar al 911 EE. UU., Canadá' }).waitFor();
    await banner.getByRole('link', { name: 'Llamar al 112 / 999 Europa' }).waitFor();
    await context.close();
  });
});
