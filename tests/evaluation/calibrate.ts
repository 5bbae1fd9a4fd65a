import { join } from 'node:path';
import { type Bot, openBot } from '../../bot/bot.ts';
import { progressBar } from '../../bot/cli/progress.ts';
import { runCommand, settings } from '../../bot/cli/settings.ts';
import { lookUp } from '../../bot/look-up.ts';
import { alone } from '../../bot/standalone.ts';
import { Encoder } from '../../retrieval/embeddings/encoder.ts';
import {
  domainExamples,
  encodeExamples,
  learnDomain,
} from '../../retrieval/embeddings/learn-domain.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { type Evidence, confidenceIn } from '../../retrieval/relevance.ts';
import { fitLogistic } from './logistic.ts';
import { loadEvaluationSet } from './set.ts';
import { shareOf, shownShare } from './statistics.ts';

const KINDS = ['answerable', 'unanswerable', 'near the domain'] as const;

interface Weighed {
  readonly kind: (typeof KINDS)[number];
  readonly evidence: Evidence;
}

/** Of a question near the domain beside one of the evaluation set: there are so many more. */
const NEAR_IMPORTANCE = 0.05;

/**
 * `npm run calibrate`: fits the weights of retrieval/relevance.ts over the bundled articles and, with
 * ARTICLES_DIR, over those too; then prints what the weights in use answer and hold back.
 */
await runCommand(async () => {
  const config = settings();
  const { articlesDir, dataDir } = config;
  const bundled = articlesDir === undefined ? dataDir : join(dataDir, 'bundled');
  const near = await nearDomainScores();
  const weighed: [string, Weighed[]][] = [];
  for (const [name, changes] of [
    ['the bundled articles', { articlesDir: undefined, dataDir: bundled }],
    ...(articlesDir === undefined ? [] : [['ARTICLES_DIR', {}] as const]),
  ] as const) {
    const onProgress = progressBar('Indexing articles');
    const bot = await openBot({ ...config, ...changes }, { onProgress });
    try {
      weighed.push([name, await weighAll(bot, near)]);
    } finally {
      await bot.close();
    }
  }
  const fitted = fitLogistic(
    weighed
      .flatMap(([, all]) => all)
      // Nothing found is nothing to learn from.
      .filter(({ evidence }) => evidence.confidence > 0)
      .map(({ kind, evidence }) => ({
        features: signalsOf(evidence),
        isAnswerable: kind === 'answerable',
        importance: kind === 'near the domain' ? NEAR_IMPORTANCE : 1,
      })),
  );
  console.log('Fitted: dense, foreign, domain, foreign by length, intercept');
  console.log(`  ${Array.from(fitted, (weight) => weight.toFixed(2)).join('  ')}`);
  for (const [name, all] of weighed) {
    console.log(`With the weights in use, ${name}: answered by least confidence (95 % Wilson)`);
    for (const least of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      const shown = KINDS.map((kind) => {
        const of = all.filter((row) => row.kind === kind);
        const answered = of.filter(({ evidence }) => evidence.confidence >= least).length;
        return `${kind} ${shownShare(shareOf(answered, of.length))}`;
      });
      console.log(`  ${least.toFixed(1)}   ${shown.join('   ')}`);
    }
  }
});

/** Questions near the domain, each with what weights learned without it would say. */
async function nearDomainScores(): Promise<Map<string, number>> {
  const embeddings = new OfflineEmbeddings();
  try {
    const { answered, others } = domainExamples();
    const encoder = new Encoder(OFFLINE_NAME, embeddings);
    const { leaveOut } = learnDomain(
      await encodeExamples(answered, encoder),
      await encodeExamples(others, encoder),
    );
    return new Map(others.map(({ text }, i) => [text, leaveOut(answered.length + i).answered]));
  } finally {
    await embeddings.close();
  }
}

/** What reaches the gate, in the order of `KINDS`. */
async function weighAll(bot: Bot, near: ReadonlyMap<string, number>): Promise<Weighed[]> {
  const { questions, unanswerable } = loadEvaluationSet();
  const rows = [
    ...questions.map(({ question }) => ({ kind: KINDS[0], question })),
    ...unanswerable.map(({ question }) => ({ kind: KINDS[1], question })),
    ...[...near.keys()].map((question) => ({ kind: KINDS[2], question })),
  ];
  const found: Weighed[] = [];
  for (const { kind, question } of rows) {
    const past = { id: question, channel: 'webchat', messages: [] } as const;
    const { kind: replied, reason } = await bot.answerTurn(question, past);
    if (replied !== 'answer' && reason !== 'not-covered') continue;
    const { evidence } = await lookUp(alone(question), bot.retriever);
    const leftOut = { ...evidence, domain: near.get(question) ?? evidence.domain };
    const confidence = evidence.confidence && confidenceIn(leftOut);
    found.push({ kind, evidence: { ...leftOut, confidence } });
  }
  return found;
}

function signalsOf({ dense, foreign, domain, length }: Evidence): Float64Array {
  return Float64Array.of(dense, foreign, domain, foreign * length, 1);
}
