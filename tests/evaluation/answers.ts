import type { Bot } from '../../bot/bot.ts';
import { type Asked, askSet } from './ask.ts';
import {
  judgedAnswers,
  reliability,
  type Reliability,
  riskCurve,
  type RiskCurve,
} from './confidence.ts';
import { asPeer, type PeerFigures, scorePeers } from './peers.ts';
import { type Figures, scoreAsked } from './score.ts';
import { loadEvaluationSet } from './set.ts';

/** The part `answers` of a run: what was said, and every figure taken from it. */
export interface EvaluatedAnswers {
  readonly asked: Asked;
  readonly figures: Figures;
  readonly curve: RiskCurve;
  readonly reliability: Reliability;
  /** Ours first. */
  readonly peers: readonly PeerFigures[];
}

export async function evaluateAnswers({
  answerTurn,
  retriever,
  articles,
}: Pick<Bot, 'answerTurn' | 'retriever' | 'articles'>): Promise<EvaluatedAnswers> {
  const set = loadEvaluationSet();
  const asked = await askSet(set, answerTurn, retriever);
  const figures = scoreAsked(asked);
  const judged = judgedAnswers(asked);
  return {
    asked,
    figures,
    curve: riskCurve(judged, set.questions.length + set.unanswerable.length),
    reliability: reliability(judged),
    peers: [asPeer(figures), ...(await scorePeers(articles.values(), set))],
  };
}
