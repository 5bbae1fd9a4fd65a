import { openBot } from '../../bot/bot.ts';
import { progressBar } from '../../bot/cli/progress.ts';
import { runCommand, settings } from '../../bot/cli/settings.ts';
import { evaluateAnswers } from './answers.ts';
import { confidenceTable } from './confidence.ts';
import { peerTable } from './peers.ts';
import { type Evaluated, writeReport } from './report.ts';
import { safetyTable, scoreSafety } from './safety.ts';
import type { Figures } from './score.ts';
import { type Estimate, type Share, shownEstimate, shownShare } from './statistics.ts';
import { verifyTable } from './verify-table.ts';

const PARTS = ['answers', 'safety', 'verify'] as const;
type Part = (typeof PARTS)[number];

await runCommand(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) {
    throw new RangeError(`there is no part "${unknown}"; there are ${PARTS.join(', ')}`);
  }
  const isAsked = (part: Part) => asked.length === 0 || asked.includes(part);
  // Always the bundled articles: the gold sections are theirs.
  const config = { ...settings(), articlesDir: undefined };
  const bot = await openBot(config, { onProgress: progressBar('Indexing articles') });
  const evaluated: Evaluated = {};
  try {
    if (isAsked('answers')) {
      const answers = await evaluateAnswers(bot);
      evaluated.answers = answers;
      printLines(tableOf(answers.figures));
      printLines(confidenceTable(answers.curve, answers.reliability));
      printLines(peerTable(answers.peers));
    }
    if (isAsked('safety')) {
      evaluated.safety = await scoreSafety(bot.answerTurn);
      printLines(safetyTable(evaluated.safety));
    }
    if (isAsked('verify')) printLines(await verifyTable(bot));
    console.log(`Report: ${writeReport(config.dataDir, evaluated, new Date())}`);
  } finally {
    await bot.close();
  }
});

function printLines(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

function tableOf(figures: Figures): string[] {
  const row = (name: string, share: Share) => `  ${name.padEnd(30)} ${shownShare(share)}`;
  const number = (name: string, value: Estimate, digits = 0) =>
    `  ${name.padEnd(30)} ${shownEstimate(value, digits)}`;
  return [
    'Our own questions (95 % intervals, Wilson or bootstrap); written by us, no clinician has reviewed them',
    'Retrieval',
    row('right section first', figures.hitAt1),
    row('right section in first 5', figures.hitAt5),
    number('mean reciprocal rank', figures.meanReciprocalRank, 3),
    'Answers',
    row('right', figures.right),
    ...[...figures.rightByStyle].map(([style, share]) => row(`  ${style}`, share)),
    row('answerable but not answered', figures.refused),
    row('  of those asked back', figures.askedBack),
    row('  of these, right section offered', figures.offersGold),
    row('cites a right section', figures.citesGold),
    row('citations of a right section', figures.citationsOnGold),
    number('words, median', figures.wordsMedian),
    number('words, 95th percentile', figures.wordsP95),
    number('reading grade, median', figures.gradeMedian, 1),
    'Not in the articles',
    row('held back', figures.heldBack),
    ...[...figures.heldBackByCategory].map(([category, share]) => row(`  ${category}`, share)),
    'Conversations',
    row('turns right', figures.turnsRight),
    row('later answers right', figures.laterAnswersRight),
    'Confidence at least: answerable answered, unanswerable held back',
    ...figures.abstention.map(
      ({ least, answered, heldBack }) =>
        `  ${least.toFixed(1)}   ${shownShare(answered)}   ${shownShare(heldBack)}`,
    ),
  ];
}
