import { quoteOf } from '../knowledge/article.ts';
import type { Rule } from '../knowledge/rule.ts';
import type { HybridRetriever } from '../retrieval/retriever.ts';
import { cite } from './answering/cite.ts';
import { marked } from './answering/quote.ts';
import type { Citation } from './reply.ts';

/** One sentence of an article with its marker, and where it stands. */
export interface Advice {
  readonly text: string;
  readonly citations: readonly Citation[];
}

/**
 * What an article says to do about a rule's signs; undefined where no article says it, which is so for
 * most rules, and for all of them in a clinic with articles of its own.
 */
export function adviceOf({ advice }: Rule, retriever: HybridRetriever): Advice | undefined {
  if (!advice) return undefined;
  for (const number of retriever.snapshot.chunks.keys()) {
    const passage = retriever.passage(number);
    if (passage.article.origin !== advice.origin) continue;
    const said = passage.chunk.sentences.find(
      (sentence) => quoteOf(passage.article, sentence) === advice.says,
    );
    if (!said) continue;
    const citations: Citation[] = [];
    const marker = cite(citations, passage, said);
    return { text: marked(advice.says, [marker]), citations };
  }
  return undefined;
}
