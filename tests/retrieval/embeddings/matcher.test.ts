import { randomFrom } from '../../../knowledge/random.ts';
import { Fault } from '../../../knowledge/fault.ts';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import {
  loadMatcher,
  Matcher,
  matcherBytes,
  STATE_WIDTH,
  TOKEN_WIDTH,
} from '../../../retrieval/embeddings/matcher.ts';
import { Encoder } from '../../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../../retrieval/embeddings/offline.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

/** Tokens of length 1, each along one axis. */
function along(...axes: readonly number[]): Int8Array {
  const tokens = new Int8Array(axes.length * TOKEN_WIDTH);
  for (const [token, axis] of axes.entries()) tokens[token * TOKEN_WIDTH + axis] = 127;
  return tokens;
}

function matcherWith(emphasis: Float32Array): Matcher {
  const filters = () => ({
    weights: new Float32Array(STATE_WIDTH * TOKEN_WIDTH),
    bias: new Float32Array(TOKEN_WIDTH),
  });
  return new Matcher({ questions: filters(), statements: filters(), emphasis }, 'test');
}

describe('Matcher', () => {
  const even = matcherWith(new Float32Array(TOKEN_WIDTH + 1));

  it('takes for each token of the question the nearest of the statement', () => {
    expect(even.match(along(1, 2), along(2, 3, 1))).toBeCloseTo(1, 9);
    expect(even.match(along(1, 2), along(3, 1))).toBeCloseTo(0.5, 9);
    expect(even.match(along(1, 2), along(3))).toBe(0);
  });

  it('counts a token more or less by what it is', () => {
    const emphasis = new Float32Array(TOKEN_WIDTH + 1);
    emphasis[1] = 30;
    emphasis[2] = -30;
    const told = matcherWith(emphasis);
    expect(told.match(along(1, 2), along(1))).toBeGreaterThan(0.99);
    expect(told.match(along(1, 2), along(2))).toBeLessThan(0.01);
  });

  it('finds nothing where a side has no token', () => {
    expect(even.match(new Int8Array(), along(1))).toBe(0);
    expect(even.match(along(1), new Int8Array())).toBe(0);
  });
});

describe('loadMatcher', () => {
  it('reads what was written, and names a file of another size or none', async () => {
    await inTempFolder((folder) => {
      const random = randomFrom(7);
      const some = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
      const filters = () => ({
        weights: some(STATE_WIDTH * TOKEN_WIDTH),
        bias: some(TOKEN_WIDTH),
      });
      const weights = {
        questions: filters(),
        statements: filters(),
        emphasis: some(TOKEN_WIDTH + 1),
      };
      const file = join(folder, 'matcher.f32');
      const bytes = matcherBytes(weights);
      writeFileSync(file, bytes);
      expect(loadMatcher(file).weights).toEqual(weights);
      writeFileSync(file, bytes.subarray(4));
      for (const path of [file, join(folder, 'none.f32')]) {
        expect(() => loadMatcher(path)).toThrow(Fault);
        expect(() => loadMatcher(path)).toThrow(path);
      }
      return Promise.resolve();
    });
  });

  it('matches a question with the sentence that answers it better than with others of its words', async () => {
    const embeddings = new OfflineEmbeddings();
    const matcher = loadMatcher();
    const encoder = new Encoder('use-lite', embeddings, { matcher });
    expect(encoder.name).toContain(matcher.id);
    try {
      const [lasts, cause, feel] = await encoder.readTexts([
        'Soreness after the treatment usually goes away within two days.',
        'Soreness comes from the tiny tears that the needle makes in the muscle.',
        'Some people feel a twitch when the needle goes in.',
      ]);
      const ask = async (question: string) => {
        const { tokens } = await encoder.readQuery(question);
        return [lasts, cause, feel].map((said) => matcher.match(tokens, said!.tokens));
      };
      const [howLong, why] = await Promise.all([
        ask('how long will I be sore'),
        ask('why am I sore'),
      ]);
      expect(howLong[0]).toBeGreaterThan(Math.max(howLong[1]!, howLong[2]!));
      expect(why[1]).toBeGreaterThan(why[2]!);
      expect(why[1]! - why[0]!).toBeGreaterThan(howLong[1]! - howLong[0]!);
    } finally {
      await embeddings.close();
    }
  });
});
