import type { HybridRetriever } from './retriever.ts';

/** Something that answers the question in other words than the clinic's. */
export interface Near {
  /** As the snapshot holds statements. */
  readonly vector: Float32Array;
  /** In (0, 1], of how well its section fits the question. */
  readonly weight: number;
}

/** Sections whose sentences are taken. */
const SECTIONS = 3;
/** Chunks looked at to find them: a section may have several. */
const CHUNKS = 8;

/**
 * Patients' words to a clinic's own articles, by way of the bundled ones: those are written in plain
 * words and carry the questions that people ask, so what they say to a question is a better thing to
 * look for than the question itself. (As in Gao et al. 2022, arXiv:2212.10496, with real sections in
 * place of a model's guess.) Only an order of the clinic's sentences comes of it: nothing bundled is
 * shown or cited, and whether there is enough evidence is read from the clinic's articles alone.
 */
export class Bridge {
  readonly #bundled: HybridRetriever;

  constructor(bundled: HybridRetriever) {
    this.#bundled = bundled;
  }

  async near(text: string, earlier?: string): Promise<Near[]> {
    const { hits } = await this.#bundled.retrieve(text, CHUNKS, earlier);
    const best = hits[0]?.score ?? 1;
    const sections = new Set<string>();
    const found: Near[] = [];
    for (const { chunk, score } of hits) {
      const section = `${chunk.article}#${chunk.section}`;
      if (sections.has(section)) continue;
      if (sections.size === SECTIONS) break;
      sections.add(section);
      const weight = (score / best) ** 2;
      for (const vector of this.#bundled.statementsOf(chunk)) found.push({ vector, weight });
    }
    return found;
  }
}
