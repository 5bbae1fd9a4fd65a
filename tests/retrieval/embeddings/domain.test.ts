import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Domain, domainBytes, loadDomain } from '../../../retrieval/embeddings/domain.ts';
import { learnDomain } from '../../../retrieval/embeddings/learn-domain.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const vectors = (...rows: number[][]) => rows.map((row) => Float32Array.from(row));

describe('Domain', () => {
  it('adds the constant to the weighted numbers of the vector', () => {
    const domain = new Domain(Float32Array.of(2, -1, 0.5));
    expect(domain.score(Float32Array.of(1, 3))).toBe(2 - 3 + 0.5);
  });
});

describe('learnDomain', () => {
  const answered = vectors([1, 0], [0.9, 0.1]);
  const others = vectors([0, 1], [0.1, 0.9]);

  it('scores what is answered above what is not', () => {
    const domain = new Domain(Float32Array.from(learnDomain(answered, others).weights));
    expect(domain.score(Float32Array.of(0.95, 0))).toBeGreaterThan(0);
    expect(domain.score(Float32Array.of(0, 0.95))).toBeLessThan(0);
  });

  it('counts both sides alike, however many each has', () => {
    const many = Array.from({ length: 20 }, () => answered).flat();
    const domain = new Domain(Float32Array.from(learnDomain(many, others).weights));
    const mean = (side: readonly Float32Array[]) =>
      side.reduce((sum, vector) => sum + domain.score(vector), 0) / side.length;
    expect(mean(answered) + mean(others)).toBeCloseTo(0, 2);
  });

  it('tells how each of the others would score, were it not learned from', () => {
    const [first] = others;
    if (!first) throw new RangeError('expected others');
    const all = learnDomain(answered, others);
    const domain = new Domain(Float32Array.from(all.weights));
    expect(all.othersLeftOut).toHaveLength(others.length);
    expect(all.othersLeftOut[0]).toBeGreaterThan(domain.score(first));
  });
});

describe('loadDomain', () => {
  const write = (folder: string, bytes: Uint8Array) => {
    const file = join(folder, 'domain.f32');
    writeFileSync(file, bytes);
    return file;
  };

  it('reads back what was written', async () => {
    await inTempFolder(async (folder) => {
      const weights = Float32Array.from({ length: 513 }, (_, i) => i / 8);
      const read = loadDomain(write(folder, domainBytes(weights)));
      const vector = new Float32Array(512);
      vector[4] = 1;
      expect(read.score(vector)).toBe(4 / 8 + 512 / 8);
    });
  });

  it('names a file that is missing or of another size', async () => {
    await inTempFolder(async (folder) => {
      expect(() => loadDomain(join(folder, 'none.f32'))).toThrow(/none\.f32/);
      const short = write(folder, domainBytes([1, 2]));
      expect(() => loadDomain(short)).toThrow(/513 weights/);
    });
  });
});
