import type { Query } from '../retrieval/query.ts';
import type { Material, Written } from './answering/generate.ts';
import type { Conversation } from './conversation.ts';
import type { Screened } from './safety/screen.ts';

/** A model that helps with turns; no turn needs it. */
export interface Writer {
  /** Starts what may run beside the turn. Its time limit starts here. */
  begin(utterance: string, past: Conversation, screened: Screened): TurnHelp;
  close(): Promise<void>;
}

/** Help with one turn. Nothing here rejects, and nothing takes longer than the limit. */
export interface TurnHelp {
  /** What was screened, raised to what the model sees; undefined where it sees no more. */
  raised(): Promise<Screened | undefined>;
  /**
   * The question on its own, in English; undefined where ours will do or the model does not help.
   * `isAnswerable`: our reading passes the gate; `leans`: on an earlier question.
   */
  understand(query: Query, isAnswerable: boolean, leans: boolean): Promise<string | undefined>;
  /** A checked answer in the person's language; undefined: show the quoted one. */
  write(material: Omit<Material, 'language'>): Promise<Written | undefined>;
  /** Gives up what still runs. */
  end(): void;
}
