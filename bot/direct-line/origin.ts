/**
 * Whether a page may call us. `none`: not a page, or one that need not say (any program can send any
 * Origin, so this keeps out other people's pages, not other people's programs).
 */
type OriginVerdict = 'none' | 'same' | 'allowed' | 'refused';

/**
 * `host` is the Host header. Scheme and all are compared with `allowed`; for our own page the host
 * alone, because behind a proxy that ends TLS we see `http` where the browser says `https`.
 */
export function judgeOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): OriginVerdict {
  if (origin === undefined) return 'none';
  if (allowed.includes(origin)) return 'allowed';
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return 'refused';
  return new URL(origin).host === host?.toLowerCase() ? 'same' : 'refused';
}

/** The Content-Security-Policy directive of a page that our own and the allowed origins may frame. */
export function frameAncestors(allowed: readonly string[]): string {
  return ["frame-ancestors 'self'", ...allowed].join(' ');
}
