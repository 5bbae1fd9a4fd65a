import type { Reply } from '../../bot/reply.ts';
import type { Asked, AskedQuestion, AskedTurn } from './ask.ts';
import type { Question } from './set.ts';
import {
  type Estimate,
  estimateOf,
  mean,
  median,
  quantile,
  readingGrade,
  type Share,
  shareOf,
  wordsIn,
} from './statistics.ts';

export interface Figures {
  readonly hitAt1: Share;
  readonly hitAt5: Share;
  /** Mean reciprocal rank of the first gold section among the first ten. */
  readonly meanReciprocalRank: Estimate;
  readonly right: Share;
  readonly rightByStyle: ReadonlyMap<string, Share>;
  readonly refused: Share;
  /** Of those, asked back; and of these, with a gold section among what is offered. */
  readonly askedBack: Share;
  readonly offersGold: Share;
  /** Answers with at least one citation of a gold section; and all citations that are one. */
  readonly citesGold: Share;
  readonly citationsOnGold: Share;
  readonly wordsMedian: Estimate;
  readonly wordsP95: Estimate;
  readonly gradeMedian: Estimate;
  readonly heldBack: Share;
  readonly heldBackByCategory: ReadonlyMap<string, Share>;
  readonly turnsRight: Share;
  readonly laterAnswersRight: Share;
  /** Share of answerable questions answered, of the unanswerable held back, by least confidence. */
  readonly abstention: readonly { least: number; answered: Share; heldBack: Share }[];
}

/** What `npm run evaluate` prints of our own questions. Sections are gold by name: bundled articles only. */
export function scoreAsked({ questions: replies, unanswerable: held, turns }: Asked): Figures {
  const ranks = replies.map(({ question, found }) => {
    const at = found.findIndex(({ origin, section }) => isGold(question, origin, section));
    return at + 1;
  });
  const answers = replies.filter(({ reply }) => reply.kind === 'answer');
  const citations = answers.flatMap(({ question, reply }) =>
    reply.citations.map((citation) => ({ question, citation })),
  );
  const onGold = citations.filter(({ question, citation }) =>
    isGold(question, citation.origin, citation.section.split(' > ').at(-1)),
  );
  const refused = replies.filter(({ reply }) => reply.kind !== 'answer');
  const askedBack = refused.filter(({ reply }) => reply.kind === 'clarification');
  const words = answers.map(({ reply }) => wordsIn(reply.text));

  const later = turns.filter(({ at, turn }) => at > 0 && turn.kind === 'answer');

  return {
    hitAt1: shareOf(ranks.filter((rank) => rank === 1).length, ranks.length),
    hitAt5: shareOf(ranks.filter((rank) => rank >= 1 && rank <= 5).length, ranks.length),
    meanReciprocalRank: estimateOf(
      ranks.map((rank) => (rank ? 1 / rank : 0)),
      mean,
    ),
    right: shareWhere(replies, isRight),
    rightByStyle: byKey(replies, ({ question }) => question.style, isRight),
    refused: shareOf(refused.length, replies.length),
    askedBack: shareOf(askedBack.length, refused.length),
    offersGold: shareWhere(askedBack, ({ question: { gold }, reply }) =>
      gold.some(({ section }) => reply.suggestions.includes(section)),
    ),
    citesGold: shareWhere(answers, ({ question, reply }) =>
      reply.citations.some(({ origin, section }) =>
        isGold(question, origin, section.split(' > ').at(-1)),
      ),
    ),
    citationsOnGold: shareOf(onGold.length, citations.length),
    wordsMedian: estimateOf(words, median),
    wordsP95: estimateOf(words, (drawn) => quantile(drawn, 0.95)),
    gradeMedian: estimateOf(
      answers.map(({ reply }) => readingGrade(reply.text)),
      median,
    ),
    heldBack: shareWhere(held, isHeldBack),
    heldBackByCategory: byKey(held, ({ message }) => message.category, isHeldBack),
    turnsRight: shareWhere(turns, isTurnRight),
    laterAnswersRight: shareWhere(later, isTurnRight),
    abstention: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((least) => ({
      least,
      answered: shareWhere(replies, ({ reply }) => reply.confidence >= least),
      heldBack: shareWhere(held, ({ reply }) => reply.confidence < least),
    })),
  };
}

export function isRight({ question, reply }: Pick<AskedQuestion, 'question' | 'reply'>): boolean {
  return reply.kind === 'answer' && saysFacts(reply.text, question.facts, question.never);
}

export function isHeldBack({ reply }: { reply: Reply }): boolean {
  return reply.kind !== 'answer';
}

/** Where no answer is there to be had, any way of holding back is right. */
export function isTurnRight({ turn: { kind, facts, never }, reply }: AskedTurn): boolean {
  switch (kind) {
    case 'answer':
      return reply.kind === 'answer' && saysFacts(reply.text, facts, never);
    case 'smalltalk':
      return reply.kind === 'smalltalk';
    default:
      return ['unanswered', 'handoff', 'clarification'].includes(reply.kind);
  }
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
