import { foldWord, tokenize } from '../../knowledge/tokens.ts';
import { loadEvaluationSet } from '../evaluation/set.ts';

/** Its words, folded and joined by single spaces: one text for all spellings of one question. */
export function folded(text: string): string {
  return tokenize(text)
    .map(({ word }) => foldWord(word))
    .join(' ');
}

/** The questions, folded, that the gate is measured on: what is learned from must hold none of them. */
export function measuredQuestions(): ReadonlySet<string> {
  const { questions, unanswerable } = loadEvaluationSet();
  return new Set([...questions, ...unanswerable].map(({ question }) => folded(question)));
}
