import { BaseRetriever } from '@langchain/core/retrievers';
import { Document } from '@langchain/core/documents';
import { quoteOf } from '../knowledge/article.ts';
import type { Retriever } from './retriever.ts';

/** Our retriever as LangChain sees one: passages as `Document`s, best first. */
export class LangChainRetriever extends BaseRetriever {
  lc_namespace = ['needlepoint', 'retrieval'];
  readonly #retriever: Retriever;
  readonly #k: number;

  constructor(retriever: Retriever, k: number) {
    super();
    this.#retriever = retriever;
    this.#k = k;
  }

  /** `metadata`: article slug, origin, title, section path, `start` and `end` in the article, score. */
  override async _getRelevantDocuments(query: string): Promise<Document[]> {
    const { hits } = await this.#retriever.retrieve(query, this.#k);
    return hits.map(
      ({ chunk, article, section, score }) =>
        new Document({
          id: chunk.id,
          pageContent: quoteOf(article, chunk),
          metadata: {
            article: article.slug,
            origin: article.origin,
            title: article.title,
            section: section.path.join(' > '),
            start: chunk.start,
            end: chunk.end,
            score,
          },
        }),
    );
  }
}
