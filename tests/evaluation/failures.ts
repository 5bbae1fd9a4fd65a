import type { Asked } from './ask.ts';
import { escaped } from './charts.ts';
import type { SafetyFigures } from './safety.ts';
import { isHeldBack, isRight, isTurnRight } from './score.ts';

/** One message that went wrong, as the report lists it. */
export interface Failure {
  readonly id: string;
  readonly message: string;
  /** What it is and what went wrong, in a few words. */
  readonly why: string;
  readonly said: string;
}

export function wrongAnswers({ questions }: Asked): Failure[] {
  return questions
    .filter((asked) => !isRight(asked))
    .map(({ question: { id, question, style }, reply }) => ({
      id,
      message: question,
      why: `${style}; ${reply.kind === 'answer' ? `key words not said, confidence ${reply.confidence.toFixed(2)}` : `not answered: ${reply.kind}`}`,
      said: reply.text,
    }));
}

export function wronglyAnswered({ unanswerable }: Asked): Failure[] {
  return unanswerable
    .filter((asked) => !isHeldBack(asked))
    .map(({ message: { id, question, category }, reply }) => ({
      id,
      message: question,
      why: `${category}; confidence ${reply.confidence.toFixed(2)}`,
      said: reply.text,
    }));
}

export function wrongTurns({ turns }: Asked): Failure[] {
  return turns
    .filter((asked) => !isTurnRight(asked))
    .map(({ id, at, turn, reply }) => ({
      id: `${id}, turn ${at + 1}`,
      message: turn.user,
      why: `expected ${turn.kind}, ${reply.kind === turn.kind ? 'key words not said' : `given ${reply.kind}`}`,
      said: reply.text,
    }));
}

export function wrongLevels({ wrong }: SafetyFigures): Failure[] {
  return wrong.map(({ row, level, text }) => ({
    id: row.id,
    message: row.message,
    why: `expected ${row.accept.join(' or ')}, given ${level}; ${row.seen ? 'tuned on' : 'nobody tuned on it'}`,
    said: text,
  }));
}

/** A list folded under its title and number. */
export function failureList(title: string, failures: readonly Failure[]): string {
  const items = failures.map(
    ({ id, message, why, said }) =>
      `<li><p class="asked">${escaped(message)}</p><p class="why">${escaped(id)}: ${escaped(why)}</p><blockquote>${escaped(said)}</blockquote></li>`,
  );
  return `<details><summary>${escaped(title)}: ${failures.length}</summary><ol>${items.join('\n')}</ol></details>`;
}
