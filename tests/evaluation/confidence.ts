import type { Asked } from './ask.ts';
import { isHeldBack, isRight } from './score.ts';
import { type Share, shareOf, shownShare } from './statistics.ts';

/** One answer with the chance of being right that it was given, in [0, 1]. */
export interface Judged {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** What would be answered, and wrong, if this confidence were asked for. */
export interface RiskPoint {
  readonly least: number;
  /** Of everything asked. */
  readonly coverage: Share;
  /** Of what is answered. */
  readonly wrong: Share;
}

export interface RiskCurve {
  /** One for each confidence given, highest first: coverage rises. */
  readonly points: readonly RiskPoint[];
  /**
   * Mean share wrong over all depths of the list (Geifman and El-Yaniv 2017), 0 is best; NaN without
   * an answer. An order drawn by lot would have `overall`, the best order there is `least`.
   */
  readonly area: number;
  readonly overall: number;
  readonly least: number;
}

export interface Bin {
  /** `[from, to)` of the confidence; the last one holds 1 as well. */
  readonly from: number;
  readonly to: number;
  /** Mean of the confidences in it; NaN when empty. */
  readonly confidence: number;
  readonly right: Share;
}

export interface Reliability {
  readonly bins: readonly Bin[];
  /** Mean distance of confidence and share right over the bins, by their size, in [0, 1]; NaN without an answer. */
  readonly error: number;
}

const BINS = 10;

/** The answers of a run. An answer to what the articles do not say is wrong, whatever it says. */
export function judgedAnswers({ questions, unanswerable }: Asked): Judged[] {
  return [
    ...questions
      .filter((asked) => !isHeldBack(asked))
      .map((asked) => ({ confidence: asked.reply.confidence, isRight: isRight(asked) })),
    ...unanswerable
      .filter((asked) => !isHeldBack(asked))
      .map(({ reply }) => ({ confidence: reply.confidence, isRight: false })),
  ];
}

/** `asked` counts what was not answered too. */
export function riskCurve(answers: readonly Judged[], asked: number): RiskCurve {
  const highestFirst = [...new Set(answers.map(({ confidence }) => confidence))].sort(
    (a, b) => b - a,
  );
  const points: RiskPoint[] = [];
  let answered = 0;
  let wrong = 0;
  let risks = 0;
  for (const least of highestFirst) {
    const level = answers.filter(({ confidence }) => confidence === least);
    const more = level.filter((each) => !each.isRight).length;
    // Equal confidences have no order: each place among them is wrong by the same part.
    for (let place = 1; place <= level.length; place++) {
      risks += (wrong + (more * place) / level.length) / (answered + place);
    }
    answered += level.length;
    wrong += more;
    points.push({ least, coverage: shareOf(answered, asked), wrong: shareOf(wrong, answered) });
  }
  const right = answered - wrong;
  let leastRisks = 0;
  for (let place = right + 1; place <= answered; place++) leastRisks += (place - right) / place;
  return {
    points,
    area: risks / answered,
    overall: wrong / answered,
    least: leastRisks / answered,
  };
}

export function reliability(answers: readonly Judged[]): Reliability {
  const bins = Array.from({ length: BINS }, (_, at): Bin => {
    const inside = answers.filter(({ confidence }) => binOf(confidence) === at);
    return {
      from: at / BINS,
      to: (at + 1) / BINS,
      confidence: inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length,
      right: shareOf(inside.filter((each) => each.isRight).length, inside.length),
    };
  });
  const distances = bins.map(({ confidence, right }) =>
    right.of === 0 ? 0 : right.of * Math.abs(confidence - right.share),
  );
  return { bins, error: distances.reduce((sum, each) => sum + each, 0) / answers.length };
}

/** As `npm run evaluate` prints both; the curve at every tenth of coverage and at its end. */
export function confidenceTable(curve: RiskCurve, { bins, error }: Reliability): string[] {
  return [
    'Risk against coverage: confidence at least, answered of all asked, wrong of those answered',
    ...tenths(curve.points).map(
      ({ least, coverage, wrong }) =>
        `  ${least.toFixed(3)}  ${shownShare(coverage).padEnd(42)} ${shownShare(wrong)}`,
    ),
    `  area under the curve           ${curve.area.toFixed(3)}  (best order ${curve.least.toFixed(3)}, drawn by lot ${curve.overall.toFixed(3)})`,
    'Reliability: confidence from, its mean, answers right',
    ...bins.map(({ from, confidence, right }) =>
      right.of === 0
        ? `  ${from.toFixed(1)}      -    no answer`
        : `  ${from.toFixed(1)}    ${confidence.toFixed(3)}  ${shownShare(right)}`,
    ),
    `  expected calibration error     ${error.toFixed(3)}`,
  ];
}

/** The first point of each tenth of coverage, and the last of all. */
function tenths(points: readonly RiskPoint[]): RiskPoint[] {
  const tenth = ({ coverage }: RiskPoint) => Math.floor(10 * coverage.share);
  return points.filter((point, at) => {
    const before = points[at - 1];
    return at === points.length - 1 || tenth(point) > (before === undefined ? 0 : tenth(before));
  });
}

function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS));
}
