import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Router } from 'express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Clinic } from '../knowledge/clinic.ts';
import { PROJECT_ROOT } from '../knowledge/project-root.ts';

export interface WebDeps {
  /** As clinic.yaml has it; what it does not give is not said. */
  readonly clinic: Pick<Clinic, (typeof TOLD)[number]>;
  /** As a person reads it, "911" or "112 or 999"; absent: the standing line names none. */
  readonly emergencyNumber?: string | undefined;
  /** Whether the server takes the `callback` event, so that the page may offer it. */
  readonly callback?: boolean;
  /** Origins, `https://clinic.example`, whose pages may show the chat in a frame. */
  readonly allowedOrigins: readonly string[];
  /** What Vite built. */
  readonly folder?: string;
}

/** Of the clinic's facts, what a visitor's page shows. */
const TOLD = [
  'name',
  'phone',
  'booking',
  'hours',
  'colour',
  'logo',
  'greeting',
  'language',
] as const;

/** Of these, what the widget shows before the chat is loaded. */
const WIDGET_TOLD = ['name', 'phone', 'colour', 'logo', 'language'] as const;

export const WEB_FOLDER = join(PROJECT_ROOT, 'dist', 'web');

/** Of names with a hash of their content, which therefore never change: a year. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Of widget.js, whose address stands in clinics' pages. */
const ONE_HOUR = 'public, max-age=3600';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Shown by the page at all times. */
function standing(number: string | undefined): { readonly en: string; readonly es: string } {
  const en = number ?? 'your local emergency number';
  const es = number ? `al ${number.replaceAll(' or ', ' o ')}` : 'a su número local';
  return {
    en: `Not for emergencies. In an emergency, call ${en}.`,
    es: `No es para emergencias. En una emergencia, llame ${es}.`,
  };
}

/**
 * The visitor's page (`/`), the one-line embed (`/widget.js`), what they load (`/assets/…`) and the
 * clinic's facts (`/clinic.json`). Its headers are on these answers only: other routes have their own.
 */
export function createWebRoutes(deps: WebDeps): Router {
  const { clinic, emergencyNumber, callback = false, folder = WEB_FOLDER } = deps;
  const files = loadFiles(folder, clinic);
  const router = Router();
  const secure = secureHeaders(deps);
  const lines = standing(emergencyNumber);

  router.get('/', secure, ...serve(files, () => 'index.html', 'no-cache'), (_, response) => {
    response.status(503).json({ error: 'the chat page is not built: npm run build' });
  });
  router.get('/widget.js', secure, ...serve(files, () => 'widget.js', ONE_HOUR));
  router.get('/assets/:name', secure, ...serve(files, (name) => `assets/${name}`, FOR_EVER));
  router.get('/clinic.json', secure, (_, response) => {
    response.set('Cache-Control', 'no-cache').json({
      ...given(clinic, TOLD),
      standing: lines,
      languages: Object.keys(lines),
      ...(callback && { callback }),
    });
  });
  return router;
}

/**
 * Everything from this host; nothing inline, nothing evaluated. Set with care: `frame-ancestors` is
 * what keeps the chat, and the settings that a framing page may give it, to the clinic's own sites.
 */
function secureHeaders({ allowedOrigins, clinic: { logo } }: WebDeps): RequestHandler {
  const origins = allowedOrigins.filter((origin) => /^https?:\/\/[^\s;,'"]+$/.test(origin));
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // The logo, and one that a page of the clinic's gives to its widget.
        imgSrc: [...new Set(["'self'", ...origins, ...originOf(logo)])],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'", ...origins],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    // Older than frame-ancestors, and knows no list.
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  return (request, response, next) => {
    response.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    guard(request, response, next);
  };
}

/** None of a path, which is on our own. */
function originOf(logo: string | null): string[] {
  return logo?.startsWith('https:') ? [new URL(logo).origin] : [];
}

interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  /** Compressed once, when first asked for; all of them together are a few hundred kB. */
  readonly packed: (encoding: 'br' | 'gzip') => Promise<Buffer>;
}

/** By path from `folder`, with slashes; empty where nothing was built. Read whole: no path of a request reaches the disk. */
function loadFiles(folder: string, clinic: WebDeps['clinic']): ReadonlyMap<string, BuiltFile> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => {
      const name = relative(folder, path).split(sep).join('/');
      const plain = readFileSync(path);
      return [
        name,
        builtFile(name, name === 'widget.js' ? Buffer.concat([look(clinic), plain]) : plain),
      ];
    }),
  );
}

/**
 * What the widget looks like, ahead of its script: a clinic's policy may keep a page from fetching
 * it. On the element, for a classic script's names are everybody's.
 */
function look(clinic: WebDeps['clinic']): Buffer {
  const told = given(clinic, WIDGET_TOLD);
  if (Object.keys(told).length === 0) return Buffer.alloc(0);
  return Buffer.from(
    `document.currentScript&&(document.currentScript.needlepoint=${JSON.stringify(told)});\n`,
  );
}

function builtFile(path: string, plain: Buffer): BuiltFile {
  const packed = new Map<string, Promise<Buffer>>();
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    packed: (encoding) => {
      const made = packed.get(encoding) ?? pack(plain, encoding);
      packed.set(encoding, made);
      return made;
    },
  };
}

function pack(plain: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(plain, { level: 9 });
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return promisify(brotliCompress)(plain, { params });
}

/** The built file, or whatever is next. */
function serve(
  files: ReadonlyMap<string, BuiltFile>,
  pathOf: (name: string) => string,
  caching: string,
): RequestHandler<{ name?: string }>[] {
  return [
    async (request, response, next) => {
      const file = files.get(pathOf(request.params.name ?? ''));
      if (!file) {
        next();
        return;
      }
      response.set({ 'Content-Type': file.type, 'Cache-Control': caching, ETag: file.etag });
      response.vary('Accept-Encoding');
      const encoding = request.acceptsEncodings('br', 'gzip');
      if (encoding === 'br' || encoding === 'gzip') {
        response.set('Content-Encoding', encoding).send(await file.packed(encoding));
      } else response.send(file.plain);
    },
  ];
}

function given(
  clinic: WebDeps['clinic'],
  keys: readonly (typeof TOLD)[number][],
): Record<string, string> {
  const said: [string, string][] = [];
  for (const key of keys) {
    const value = clinic[key];
    if (value !== null) said.push([key, value]);
  }
  return Object.fromEntries(said);
}
