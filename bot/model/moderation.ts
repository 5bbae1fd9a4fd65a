import OpenAI from 'openai';
import { redact } from '../answering/redact.ts';
import type { Config } from '../config.ts';
import type { Deadline } from './deadline.ts';
import type { Opinion } from './opinion.ts';

/** What its categories mean to us; the others are not ours to act on. */
const RULE_OF = [['self-harm/intent', 'em.suicide']] as const;

/** OpenAI's moderation of what a person wrote. */
export class Moderation {
  readonly #client: OpenAI;
  readonly #model: string;

  constructor(model: string, openai: NonNullable<Config['openai']>) {
    this.#model = model;
    this.#client = new OpenAI({
      apiKey: openai.apiKey,
      ...(openai.baseUrl && { baseURL: openai.baseUrl }),
      maxRetries: 0,
    });
  }

  /** undefined where it sees nothing of ours. Rejects with the client's errors, at the deadline at the latest. */
  async look(utterance: string, deadline: Deadline): Promise<Opinion | undefined> {
    const { results } = await this.#client.moderations.create(
      { model: this.#model, input: redact(utterance) },
      { signal: deadline.signal },
    );
    const categories = results[0]?.categories;
    const found = RULE_OF.find(([category]) => categories?.[category] === true);
    return found && { level: 'emergency', rule: found[1] };
  }
}
