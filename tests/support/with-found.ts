import type { HybridRetriever, Retrieved } from '../../retrieval/retriever.ts';

/** The retriever, with what it finds changed on its way out. */
export function withFound(
  retriever: HybridRetriever,
  change: (found: Retrieved, text: string, earlier?: string) => Retrieved,
): HybridRetriever {
  const retrieve: HybridRetriever['retrieve'] = async (text, count, earlier) =>
    change(await retriever.retrieve(text, count, earlier), text, earlier);
  // Private members are the retriever's own, so its methods are called on itself.
  return new Proxy(retriever, {
    get: (own, name) => {
      const value: unknown = name === 'retrieve' ? retrieve : Reflect.get(own, name, own);
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
}
