import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import express from 'express';
import { createWebRoutes } from '../../bot/web-routes.ts';
import type { WebDeps } from '../../bot/web-routes.ts';
import { EMPTY_CLINIC, FULL_CLINIC } from '../support/clinic.ts';
import { serve } from '../support/serve.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const PAGE = '<!doctype html><title>Chat</title>';
const SCRIPT = 'console.log("chat");'.repeat(50);

async function withRoutes(
  more: Partial<WebDeps>,
  use: (url: string) => Promise<void>,
  isBuilt = true,
): Promise<void> {
  await inTempFolder(async (folder) => {
    if (isBuilt) {
      mkdirSync(join(folder, 'assets'));
      writeFileSync(join(folder, 'index.html'), PAGE);
      writeFileSync(join(folder, 'widget.js'), SCRIPT);
      writeFileSync(join(folder, 'assets', 'chat-1a2b.js'), SCRIPT);
      writeFileSync(join(folder, 'secret.txt'), 'not for visitors');
    }
    const app = express();
    app.use(createWebRoutes({ clinic: EMPTY_CLINIC, allowedOrigins: [], folder, ...more }));
    app.get('/other', (_, response) => {
      response.send('other');
    });
    const server = createServer(app);
    const { port, close } = await serve(server);
    try {
      await use(`http://127.0.0.1:${port}`);
    } finally {
      await close();
    }
  });
}

describe('web routes', () => {
  it('serves the page, to be asked for anew each time, and answers 304 to the same', () =>
    withRoutes({}, async (url) => {
      const page = await fetch(`${url}/`);
      expect(await page.text()).toBe(PAGE);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      const again = await fetch(`${url}/`, {
        headers: { 'if-none-match': page.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
      });
      expect(again.status).toBe(304);
    }));

  it('lets hashed files be kept for ever, and the widget for an hour', () =>
    withRoutes({}, async (url) => {
      const asset = await fetch(`${url}/assets/chat-1a2b.js`);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const widget = await fetch(`${url}/widget.js`);
      expect(widget.headers.get('cache-control')).toBe('public, max-age=3600');
      expect(widget.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }));

  it.each(['br', 'gzip', 'identity'])('compresses as asked: %s', (encoding) =>
    withRoutes({}, async (url) => {
      const widget = await fetch(`${url}/widget.js`, { headers: { 'accept-encoding': encoding } });
      expect(widget.headers.get('content-encoding')).toBe(
        encoding === 'identity' ? null : encoding,
      );
      expect(widget.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(await widget.text()).toBe(SCRIPT);
      expect(Number(widget.headers.get('content-length'))).toBeLessThan(
        encoding === 'identity' ? SCRIPT.length + 1 : SCRIPT.length / 2,
      );
    }),
  );

  it('forbids anything inline, evaluated or from elsewhere', () =>
    withRoutes({}, async (url) => {
      const { headers } = await fetch(`${url}/`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('x-frame-options')).toBeNull();
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }));

  it('may be framed by its own origin and the allowed ones; what is no origin is left out', () =>
    withRoutes(
      { allowedOrigins: ['https://clinic.example', "https://x; script-src 'unsafe-inline'"] },
      async (url) => {
        const policy = (await fetch(`${url}/`)).headers.get('content-security-policy') ?? '';
        expect(policy).toContain("frame-ancestors 'self' https://clinic.example;");
        expect(policy).not.toContain('unsafe');
      },
    ));

  it('tells the facts that the clinic has given', async () => {
    await withRoutes({ clinic: FULL_CLINIC, callback: true }, async (url) => {
      expect(await (await fetch(`${url}/clinic.json`)).json()).toEqual({
        name: 'Elm Street Physio',
        phone: '+1 555 010 0199',
        booking: 'https://clinic.example/book',
        hours: 'Monday to Friday 8 to 6.',
        standing: { en: expect.any(String), es: expect.any(String) },
        callback: true,
        languages: ['en', 'es'],
      });
    });
    await withRoutes({}, async (url) => {
      const facts = (await (await fetch(`${url}/clinic.json`)).json()) as object;
      expect(Object.keys(facts)).toEqual(['standing', 'languages']);
    });
  });

  it('names the number of the region in both languages', () =>
    withRoutes({ emergencyNumber: '112 or 999' }, async (url) => {
      const { standing } = (await (await fetch(`${url}/clinic.json`)).json()) as {
        standing: object;
      };
      expect(standing).toEqual({
        en: 'Not for emergencies. In an emergency, call 112 or 999.',
        es: 'No es para emergencias. En una emergencia, llame al 112 o 999.',
      });
    }));

  it('tells the look, and lets the logo be loaded from where it is and nothing else', async () => {
    const look = {
      colour: '#7a3e9d',
      logo: 'https://images.clinic.example/logo.png?v=2',
      greeting: 'How can we help?',
      language: 'es',
    } as const;
    await withRoutes({ clinic: { ...EMPTY_CLINIC, ...look }, callback: true }, async (url) => {
      const told = await fetch(`${url}/clinic.json`);
      expect(await told.json()).toMatchObject({ ...look, callback: true });
      const policy = (await fetch(`${url}/`)).headers.get('content-security-policy');
      expect(policy).toContain("img-src 'self' https://images.clinic.example;");
      expect(policy?.match(/https:/g)).toHaveLength(1);
    });
    await withRoutes({ clinic: { ...EMPTY_CLINIC, logo: '/logo.svg' } }, async (url) => {
      const policy = (await fetch(`${url}/`)).headers.get('content-security-policy');
      expect(policy).toContain("img-src 'self';");
    });
  });

  it('gives the widget its look ahead of its script', async () => {
    const widgetOf = async (url: string) => (await fetch(`${url}/widget.js`)).text();
    const clinic = { ...EMPTY_CLINIC, name: 'Elm "Street" Physio', colour: '#7a3e9d' };
    await withRoutes({ clinic }, async (url) => {
      const widget = await widgetOf(url);
      expect(widget.endsWith(SCRIPT)).toBe(true);
      const script: { needlepoint?: object } = {};
      runInNewContext(widget, { document: { currentScript: script }, console: { log: () => {} } });
      expect(script.needlepoint).toEqual({ name: clinic.name, colour: '#7a3e9d' });
    });
    await withRoutes({}, async (url) => expect(await widgetOf(url)).toBe(SCRIPT));
  });

  it('serves nothing that was not built for it, and leaves other routes as they are', () =>
    withRoutes({}, async (url) => {
      for (const path of ['/assets/none.js', '/assets/..%2Fsecret.txt', '/secret.txt']) {
        expect((await fetch(url + path)).status).toBe(404);
      }
      const other = await fetch(`${url}/other`);
      expect(other.headers.get('content-security-policy')).toBeNull();
    }));

  it('says how to build the page where there is none', () =>
    withRoutes(
      {},
      async (url) => {
        const page = await fetch(`${url}/`);
        expect([page.status, await page.json()]).toEqual([
          503,
          { error: 'the chat page is not built: npm run build' },
        ]);
      },
      false,
    ));
});
