import { quoteOf } from '../../knowledge/article.ts';
import { afterSaid } from '../../bot/already-said.ts';
import type { Citation } from '../../bot/reply.ts';
import { cite } from '../../bot/answering/cite.ts';
import { read } from '../support/read.ts';
import { wordRetriever } from '../support/word-retriever.ts';

const TEXT = `## Sore muscles

Sore muscles ache for a day. Sore muscles ache less with ice.
`;

describe('afterSaid', () => {
  it('puts a sentence that was just cited behind one as near', async () => {
    const retriever = await wordRetriever([read(TEXT, 'sore.md')]);
    const { hits } = await retriever.retrieve('do sore muscles ache', 5);
    const [hit] = hits;
    const [first] = hit?.chunk.sentences ?? [];
    if (!hit || !first) throw new Error('the corpus has two sentences');
    const said: Citation[] = [];
    cite(said, hit, first);
    const [after] = afterSaid(hits, said);
    const [before, later] = hit.similarities;
    expect(quoteOf(hit.article, first)).toBe('Sore muscles ache for a day.');
    expect(after?.similarities[0]).toBeLessThan(before as number);
    expect(after?.similarities[1]).toBe(later);
    expect(hit.similarities).toEqual([before, later]);
  });

  it('leaves everything as it was where nothing was said', async () => {
    const retriever = await wordRetriever([read(TEXT, 'sore.md')]);
    const { hits } = await retriever.retrieve('do sore muscles ache', 5);
    expect(afterSaid(hits, [])).toBe(hits);
  });
});
