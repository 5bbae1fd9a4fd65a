import type { Conversation, PastMessage } from '../../bot/conversation.ts';
import type { Reply } from '../../bot/reply.ts';
import type { AnswerTurn } from '../../bot/turn.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import type { EvaluationConversation, EvaluationSet, Question, Unanswerable } from './set.ts';

/** Hits looked at for the rank of the first right section. */
const RANKED = 10;

export interface AskedQuestion {
  readonly question: Question;
  /** Where the first ten hits stand, best first; `section` is the innermost heading. */
  readonly found: readonly { origin: string; section: string | undefined }[];
  readonly reply: Reply;
}

export interface AskedUnanswerable {
  readonly message: Unanswerable;
  readonly reply: Reply;
}

export interface AskedTurn {
  readonly id: string;
  /** Place in its conversation, from 0. */
  readonly at: number;
  readonly turn: EvaluationConversation['turns'][number];
  readonly reply: Reply;
}

/** Our own set with what the bot said to each of it. */
export interface Asked {
  readonly questions: readonly AskedQuestion[];
  readonly unanswerable: readonly AskedUnanswerable[];
  readonly turns: readonly AskedTurn[];
}

/** Every message through the whole turn; questions and the unanswerable start a conversation each. */
export async function askSet(
  set: EvaluationSet,
  answer: AnswerTurn,
  retriever: Retriever,
): Promise<Asked> {
  const questions: AskedQuestion[] = [];
  for (const question of set.questions) {
    const { hits } = await retriever.retrieve(question.question, RANKED);
    questions.push({
      question,
      found: hits.map(({ article, section }) => ({
        origin: article.origin,
        section: section.path.at(-1),
      })),
      reply: await answer(question.question, newConversation(question.id)),
    });
  }
  const unanswerable: AskedUnanswerable[] = [];
  for (const message of set.unanswerable) {
    unanswerable.push({
      message,
      reply: await answer(message.question, newConversation(message.id)),
    });
  }
  const turns: AskedTurn[] = [];
  for (const conversation of set.conversations) {
    turns.push(...(await converse(conversation, answer)));
  }
  return { questions, unanswerable, turns };
}

async function converse(
  { id, turns }: EvaluationConversation,
  answer: AnswerTurn,
): Promise<AskedTurn[]> {
  const asked: AskedTurn[] = [];
  let messages: readonly PastMessage[] = [];
  for (const [at, turn] of turns.entries()) {
    const reply = await answer(turn.user, { ...newConversation(id), messages });
    asked.push({ id, at, turn, reply });
    messages = [
      ...messages,
      { from: 'user', text: turn.user },
      { from: 'bot', text: reply.text, reply },
    ];
  }
  return asked;
}

function newConversation(id: string): Conversation {
  return { id, channel: 'webchat', messages: [] };
}
