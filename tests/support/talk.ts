import type { Channel, PastMessage } from '../../bot/conversation.ts';
import type { Reply } from '../../bot/reply.ts';
import type { AnswerTurn } from '../../bot/turn.ts';

/** Says these one after the other in one conversation; the replies, in order. */
export async function talk(
  answerTurn: AnswerTurn,
  utterances: readonly string[],
  channel: Channel = 'webchat',
): Promise<Reply[]> {
  let messages: readonly PastMessage[] = [];
  const replies: Reply[] = [];
  for (const text of utterances) {
    const reply = await answerTurn(text, { id: 'talk', channel, messages });
    replies.push(reply);
    messages = [...messages, { from: 'user', text }, { from: 'bot', text: reply.text, reply }];
  }
  return replies;
}

/** The reply to the last of these. */
export async function lastReply(
  answerTurn: AnswerTurn,
  utterances: readonly string[],
  channel: Channel = 'webchat',
): Promise<Reply> {
  const last = (await talk(answerTurn, utterances, channel)).at(-1);
  if (!last) throw new RangeError('nothing was said');
  return last;
}
