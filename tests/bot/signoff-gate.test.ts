import { loadConfig } from '../../bot/config.ts';
import { refuseUnsigned } from '../../bot/signoff-gate.ts';
import type { Signoff } from '../../knowledge/signoff.ts';

const UNSIGNED: Signoff = { kind: 'unsigned' };
const gate =
  (env: Record<string, string>, signoff: Signoff = UNSIGNED) =>
  () =>
    refuseUnsigned(loadConfig({ REQUIRE_SIGNOFF: 'true', ...env }), signoff);

describe('refuseUnsigned', () => {
  it.each([
    ['another address', { HOST: '0.0.0.0' }, /HOST=127\.0\.0\.1/],
    ['an Azure bot', { CLIENT_ID: 'a', CLIENT_SECRET: 'b', TENANT_ID: 'c' }, /no CLIENT_ID/],
    ['a website of its own', { ALLOWED_ORIGINS: 'https://clinic.example' }, /no ALLOWED_ORIGINS/],
  ])('refuses %s, naming the remedy', (_, env: Record<string, string>, remedy) => {
    expect(gate(env)).toThrow(remedy);
    expect(gate(env)).toThrow(/^CONFIG_INVALID: REQUIRE_SIGNOFF.*npm run signoff/);
    expect(
      gate(env, { kind: 'changed', by: 'Dr A', on: '2026-01-01', changed: ['card chest'] }),
    ).toThrow(remedy);
  });

  it('lets signed wording go public, and anything stay on this machine', () => {
    expect(
      gate({ HOST: '0.0.0.0' }, { kind: 'signed', by: 'Dr A', on: '2026-01-01' }),
    ).not.toThrow();
    expect(gate({})).not.toThrow();
    expect(gate({ HOST: '0.0.0.0', REQUIRE_SIGNOFF: 'false' })).not.toThrow();
  });
});
