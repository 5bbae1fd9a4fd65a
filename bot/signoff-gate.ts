import { Fault } from '../knowledge/fault.ts';
import { describeSignoff, type Signoff } from '../knowledge/signoff.ts';
import type { Config } from './config.ts';
import { isLoopback } from './loopback.ts';

/**
 * Throws `CONFIG_INVALID`, with what to do, where a server would reach patients with wording that
 * nobody has signed and `REQUIRE_SIGNOFF` is set. To try it on this machine stays possible.
 */
export function refuseUnsigned(
  config: Pick<Config, 'requireSignoff' | 'host' | 'azureBot' | 'allowedOrigins'>,
  signoff: Signoff,
): void {
  if (!config.requireSignoff || signoff.kind === 'signed') return;
  const ways = waysOut(config);
  if (ways.length === 0) return;
  throw new Fault(
    'CONFIG_INVALID',
    `REQUIRE_SIGNOFF is set. ${describeSignoff(signoff)} Read and sign it (npm run signoff), or stay ` +
      `on this machine (${ways.join(', ')}), or unset REQUIRE_SIGNOFF`,
  );
}

/** What makes the server reachable for people elsewhere; behind a proxy, its name among the origins. */
function waysOut({
  host,
  azureBot,
  allowedOrigins,
}: Pick<Config, 'host' | 'azureBot' | 'allowedOrigins'>): string[] {
  return [
    ...(isLoopback(host) ? [] : ['HOST=127.0.0.1']),
    ...(azureBot ? ['no CLIENT_ID, CLIENT_SECRET and TENANT_ID'] : []),
    ...(allowedOrigins.length > 0 ? ['no ALLOWED_ORIGINS'] : []),
  ];
}
