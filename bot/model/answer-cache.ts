import { createHash } from 'node:crypto';
import type { Material, Written } from '../answering/generate.ts';

/** Answers kept; the one used longest ago goes first. */
const MOST = 500;

/** Checked answers to questions asked before, in memory and under a hash of the question only. */
export class AnswerCache {
  readonly #answers = new Map<string, Written>();

  /** The same question over the same passages of the same snapshot, with the same things withheld. */
  keyOf(snapshot: string, { question, hits, composed, isWithheld, language }: Material): string {
    const asked = question.toLowerCase().replace(/\s+/g, ' ').trim();
    const withheld = hits.map(({ chunk, article }) =>
      isWithheld(article.text.slice(chunk.start, chunk.end)),
    );
    const parts = [
      snapshot,
      language,
      asked,
      hits.map(({ chunk }) => chunk.id),
      withheld,
      composed.text,
    ];
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  }

  get(key: string): Written | undefined {
    const known = this.#answers.get(key);
    if (known) {
      this.#answers.delete(key);
      this.#answers.set(key, known);
    }
    return known;
  }

  set(key: string, answer: Written): void {
    this.#answers.set(key, answer);
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > MOST && !oldest.done) this.#answers.delete(oldest.value);
  }
}
