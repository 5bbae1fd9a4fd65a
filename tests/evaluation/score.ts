import type { Conversation, PastMessage } from '../../bot/conversation.ts';
import type { Reply } from '../../bot/reply.ts';
import type { AnswerTurn } from '../../bot/turn.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import { quantile, readingGrade, type Share, shareOf } from './statistics.ts';
import type { EvaluationSet, Question } from './set.ts';

/** Hits looked at for the rank of the first right section. */
const RANKED = 10;

export interface Figures {
  readonly hitAt1: Share;
  readonly hitAt5: Share;
  /** Mean reciprocal rank of the first gold section among the first ten. */
  readonly meanReciprocalRank: number;
  readonly right: Share;
  readonly rightByStyle: ReadonlyMap<string, Share>;
  readonly refused: Share;
  /** Answers with at least one citation of a gold section; and all citations that are one. */
  readonly citesGold: Share;
  readonly citationsOnGold: Share;
  readonly wordsMedian: number;
  readonly wordsP95: number;
  readonly gradeMedian: number;
  readonly heldBack: Share;
  readonly heldBackByCategory: ReadonlyMap<string, Share>;
  readonly turnsRight: Share;
  readonly laterAnswersRight: Share;
  /** Share of answerable questions answered, of the unanswerable held back, by least confidence. */
  readonly abstention: readonly { least: number; answered: Share; heldBack: Share }[];
}

/** Everything `npm run evaluate` prints. Sections are gold by name: bundled articles only. */
export async function scoreSet(
  { questions, unanswerable, conversations }: EvaluationSet,
  answer: AnswerTurn,
  retriever: Retriever,
): Promise<Figures> {
  const ranks: number[] = [];
  const replies: { question: Question; reply: Reply }[] = [];
  for (const question of questions) {
    const { hits } = await retriever.retrieve(question.question, RANKED);
    ranks.push(
      1 +
        hits.findIndex(({ article, section }) =>
          isGold(question, article.origin, section.path.at(-1)),
        ),
    );
    replies.push({
      question,
      reply: await answer(question.question, newConversation(question.id)),
    });
  }
  const answers = replies.filter(({ reply }) => reply.kind === 'answer');
  const citations = answers.flatMap(({ question, reply }) =>
    reply.citations.map((citation) => ({ question, citation })),
  );
  const onGold = citations.filter(({ question, citation }) =>
    isGold(question, citation.origin, citation.section.split(' > ').at(-1)),
  );
  const words = answers.map(({ reply }) => wordsIn(reply.text));

  const held: { category: string; reply: Reply }[] = [];
  for (const { id, question, category } of unanswerable) {
    held.push({ category, reply: await answer(question, newConversation(id)) });
  }
  const turns = await answerConversations(conversations, answer);
  const later = turns.filter(({ at, kind }) => at > 0 && kind === 'answer');

  return {
    hitAt1: shareOf(ranks.filter((rank) => rank === 1).length, ranks.length),
    hitAt5: shareOf(ranks.filter((rank) => rank >= 1 && rank <= 5).length, ranks.length),
    meanReciprocalRank:
      ranks.reduce((sum, rank) => sum + (rank ? 1 / rank : 0), 0) / Math.max(1, ranks.length),
    right: shareWhere(replies, isRight),
    rightByStyle: byKey(replies, ({ question }) => question.style, isRight),
    refused: shareWhere(replies, ({ reply }) => reply.kind !== 'answer'),
    citesGold: shareWhere(answers, ({ question, reply }) =>
      reply.citations.some(({ origin, section }) =>
        isGold(question, origin, section.split(' > ').at(-1)),
      ),
    ),
    citationsOnGold: shareOf(onGold.length, citations.length),
    wordsMedian: quantile(words, 0.5),
    wordsP95: quantile(words, 0.95),
    gradeMedian: quantile(
      answers.map(({ reply }) => readingGrade(reply.text)),
      0.5,
    ),
    heldBack: shareWhere(held, isHeldBack),
    heldBackByCategory: byKey(held, ({ category }) => category, isHeldBack),
    turnsRight: shareWhere(turns, ({ isRight: right }) => right),
    laterAnswersRight: shareWhere(later, ({ isRight: right }) => right),
    abstention: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((least) => ({
      least,
      answered: shareWhere(replies, ({ reply }) => reply.confidence >= least),
      heldBack: shareWhere(held, ({ reply }) => reply.confidence < least),
    })),
  };
}

async function answerConversations(
  conversations: EvaluationSet['conversations'],
  answer: AnswerTurn,
): Promise<{ at: number; kind: string; isRight: boolean }[]> {
  const scored: { at: number; kind: string; isRight: boolean }[] = [];
  for (const { id, turns } of conversations) {
    let messages: readonly PastMessage[] = [];
    for (const [at, { user, kind, facts, never }] of turns.entries()) {
      const reply = await answer(user, { ...newConversation(id), messages });
      const isExpected =
        kind === 'answer'
          ? reply.kind === 'answer' && saysFacts(reply.text, facts, never)
          : kind === 'smalltalk'
            ? reply.kind === 'smalltalk'
            : ['unanswered', 'handoff', 'clarification'].includes(reply.kind);
      scored.push({ at, kind, isRight: isExpected });
      messages = [
        ...messages,
        { from: 'user', text: user },
        { from: 'bot', text: reply.text, reply },
      ];
    }
  }
  return scored;
}

function isRight({ question, reply }: { question: Question; reply: Reply }): boolean {
  return reply.kind === 'answer' && saysFacts(reply.text, question.facts, question.never);
}

function isHeldBack({ reply }: { reply: Reply }): boolean {
  return reply.kind !== 'answer';
}

export function saysFacts(
  text: string,
  facts: readonly (readonly string[])[],
  never: readonly string[],
): boolean {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ');
  const matches = (pattern: string) => new RegExp(pattern, 'i').test(plain);
  return facts.every((alternatives) => alternatives.some(matches)) && !never.some(matches);
}

/** Gold names the bundled file; a reply names the source document it sums up. */
const ORIGIN_OF: Readonly<Record<string, string>> = {
  'pros-and-cons': '000',
  'treatment-guide': '001',
  'procedure-and-risks': '002',
  'complete-guide': '003',
  'benefits-and-safety': '004',
};

function isGold({ gold }: Question, origin: string, section: string | undefined): boolean {
  return gold.some(
    (place) => origin.startsWith(ORIGIN_OF[place.article] ?? '?') && place.section === section,
  );
}

function newConversation(id: string): Conversation {
  return { id, channel: 'webchat', messages: [] };
}

function wordsIn(text: string): number {
  return text.replace(/ ?\[\d+\]/g, '').match(/[\p{L}\p{N}'-]+/gu)?.length ?? 0;
}

function shareWhere<T>(rows: readonly T[], holds: (row: T) => boolean): Share {
  return shareOf(rows.filter(holds).length, rows.length);
}

function byKey<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  holds: (row: T) => boolean,
): Map<string, Share> {
  const keys = [...new Set(rows.map(keyOf))].sort();
  return new Map(
    keys.map((key) => [
      key,
      shareWhere(
        rows.filter((row) => keyOf(row) === key),
        holds,
      ),
    ]),
  );
}
