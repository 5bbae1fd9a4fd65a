import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { loadTokenKey } from '../../../bot/direct-line/key.ts';
import { createTokens } from '../../../bot/direct-line/token.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const key = Buffer.from('one key');
const access = { conversationId: 'c1', userId: 'dl_u1' };

describe('createTokens', () => {
  it('takes its own token until it expires, and then as long as it is told to', () => {
    let now = 1_700_000_000_000;
    const tokens = createTokens(key, () => now);
    const token = tokens.issue(access, 'access');

    now += 1_799_000;
    expect(tokens.check(token, 'access')).toEqual(access);
    now += 1000;
    expect(tokens.check(token, 'access')).toBe('expired');
    expect(tokens.check(token, 'access', 1000)).toEqual(access);
    now += 1000;
    expect(tokens.check(token, 'access', 1000)).toBe('expired');
  });

  it('gives a stream’s ticket a minute, and each to its own use', () => {
    let now = 1_700_000_000_000;
    const tokens = createTokens(key, () => now);
    const [token, ticket] = [tokens.issue(access, 'access'), tokens.issue(access, 'stream')];

    expect(tokens.check(ticket, 'access')).toBe('unknown');
    expect(tokens.check(token, 'stream')).toBe('unknown');
    now += 59_000;
    expect(tokens.check(ticket, 'stream')).toEqual(access);
    now += 1000;
    expect(tokens.check(ticket, 'stream')).toBe('expired');
  });

  it('names the user where the clients look for it', () => {
    const token = createTokens(key, Date.now).issue(access, 'access');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

    expect(claims).toMatchObject({ user: 'dl_u1' });
  });

  it('takes no token of another key, and none with anything changed', () => {
    const tokens = createTokens(key, () => 0);
    const token = tokens.issue(access, 'access');
    expect(createTokens(Buffer.from('two'), () => 0).check(token, 'access')).toBe('unknown');

    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string({ unit: 'binary' }), (at, other) => {
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        fc.pre(changed !== token);
        return tokens.check(changed, 'access') === 'unknown';
      }),
    );
  });
});

describe('loadTokenKey', () => {
  it('takes the operator’s, and writes none', () =>
    inTempFolder(async (folder) => {
      expect(loadTokenKey('s'.repeat(32), folder).toString()).toBe('s'.repeat(32));
      expect(() => statSync(join(folder, 'direct-line.key'))).toThrow('ENOENT');
    }));

  it('makes a random one once, for its owner’s eyes only', () =>
    inTempFolder(async (folder) => {
      const dataDir = join(folder, 'new');
      const made = loadTokenKey(undefined, dataDir);

      expect(made).toHaveLength(32);
      expect(loadTokenKey(undefined, dataDir)).toEqual(made);
      expect(statSync(join(dataDir, 'direct-line.key')).mode & 0o777).toBe(0o600);
      expect(loadTokenKey(undefined, join(folder, 'other'))).not.toEqual(made);
    }));

  it('faults on a file that holds no key', () =>
    inTempFolder(async (folder) => {
      writeFileSync(join(folder, 'direct-line.key'), '');

      expect(() => loadTokenKey(undefined, folder)).toThrow('CONFIG_INVALID: direct-line.key');
    }));
});
