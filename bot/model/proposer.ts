import type { Article } from '../../knowledge/article.ts';
import type { Chunk } from '../../knowledge/chunk.ts';
import { loadWording } from '../../knowledge/wording.ts';
import { ClaimReader } from '../answering/claim.ts';
import { Verifier } from '../answering/verify.ts';
import type { ChatChoice, Config } from '../config.ts';
import type { ModelLog } from '../store/model-log.ts';
import { Breaker } from './breaker.ts';
import { Caller } from './caller.ts';
import { openChat } from './chat.ts';
import { proposalsFile, propose } from './propose.ts';

interface Proposed {
  /** The whole file. */
  readonly text: string;
  readonly count: number;
  readonly failed: number;
  readonly stopped: string | undefined;
}

/** Everything proposing needs, from the configuration. The call throws `MODEL_UNAVAILABLE`. */
export function openProposer(choice: ChatChoice, openai: Config['openai'], modelLog: ModelLog) {
  return async (
    articles: readonly Article[],
    chunks: readonly Chunk[],
    onProgress: (done: number, total: number) => void,
  ): Promise<Proposed> => {
    const chat = await openChat(choice, openai);
    const caller = new Caller({
      chat,
      choice,
      breaker: new Breaker(Date.now),
      log: modelLog,
      now: Date.now,
    });
    const found = await propose(articles, chunks, {
      caller,
      verifier: new Verifier(new ClaimReader(loadWording())),
      record: (call) => modelLog.addCall(call),
      onProgress,
    });
    const { failed, stopped } = found;
    const text = proposalsFile(found, `${choice.provider}:${choice.model}`);
    return { text, count: found.proposals.length, failed, stopped };
  };
}
