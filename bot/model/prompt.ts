import type { BaseMessage } from '@langchain/core/messages';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { type Runnable, RunnableLambda } from '@langchain/core/runnables';

/** What we want as the system's words, what others wrote as JSON data, never in one text. */
export function dataPrompt(system: string): Runnable<object, BaseMessage[]> {
  return RunnableLambda.from((data: object) => [
    new SystemMessage(system),
    new HumanMessage(JSON.stringify(data)),
  ]);
}
