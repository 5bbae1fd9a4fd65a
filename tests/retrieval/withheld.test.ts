import { describeWithheld, type Withheld, withheldBy } from '../../retrieval/withheld.ts';
import { prepareSnapshot } from '../../retrieval/build.ts';
import { loadAdapter } from '../../retrieval/embeddings/adapter.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { read } from '../support/read.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const article = read(
  [
    '# Kilns',
    '## Who may fire one?',
    'No special training is required to fire a kiln.',
    'Training helps you to fire a kiln well.',
    'You must not leave a kiln alone.',
    '## How hot is it?',
    'A kiln is too hot to touch for a day after firing.',
  ].join('\n\n'),
  'kilns.md',
);

async function withhold(...claims: string[]): Promise<Withheld[]> {
  const embeddings = new OfflineEmbeddings();
  try {
    const encoder = new Encoder('use-lite', embeddings, { adapter: loadAdapter() });
    return await inTempFolder(async (dataDir) => {
      const { snapshot } = await prepareSnapshot({ articles: [article], encoder, dataDir });
      return withheldBy(claims, snapshot, encoder);
    });
  } finally {
    await embeddings.close();
  }
}

describe('withheldBy', () => {
  it('finds the sentence that says a claim in other words, and leaves its neighbours', async () => {
    const claim = 'You need no special training for firing a kiln.';
    expect(await withhold(claim)).toMatchObject([
      { claim, quote: 'No special training is required to fire a kiln.' },
    ]);
  });

  it('leaves a sentence that says the opposite', async () => {
    expect(await withhold('Special training is required to fire a kiln.')).toEqual([]);
  });

  it('finds nothing for what is not said', async () => {
    expect(await withhold('Kilns are bad for the lungs.')).toEqual([]);
  });

  it('asks no encoder where nothing is withheld', async () => {
    expect(await withhold()).toEqual([]);
  });
});

describe('describeWithheld', () => {
  it('names each claim with what it leaves out, and one that leaves nothing out', async () => {
    const claims = ['No special training is required to fire a kiln.', 'Kilns are blue.'];
    expect(describeWithheld(await withhold(...claims), claims)).toEqual([
      `"${claims[0]}": 1 left out`,
      `  kilns > Who may fire one?: "${claims[0]}"`,
      '"Kilns are blue.": no sentence says this',
    ]);
  });
});
