import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { LEVELS } from '../../knowledge/rule.ts';
import type { EvaluatedAnswers } from './answers.ts';
import { bar, escaped, reliabilityChart, riskChart } from './charts.ts';
import { failureList, wrongAnswers, wrongLevels, wronglyAnswered, wrongTurns } from './failures.ts';
import type { PeerFigures } from './peers.ts';
import type { SafetyFigures } from './safety.ts';
import type { Estimate, Share } from './statistics.ts';

/** What a run asked for; the report says nothing of the rest. */
export interface Evaluated {
  answers?: EvaluatedAnswers;
  safety?: SafetyFigures;
}

/** Writes `reports/evaluation.html` under `dataDir` and gives its path. */
export function writeReport(dataDir: string, evaluated: Evaluated, now: Date): string {
  const folder = join(dataDir, 'reports');
  const file = join(folder, 'evaluation.html');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, reportPage(evaluated, now));
  return file;
}

/** One page that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportPage({ answers, safety }: Evaluated, now: Date): string {
  const style = readFileSync(join(PROJECT_ROOT, 'tests', 'evaluation', 'report.css'), 'utf8');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Needlepoint: how good are the answers</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<header>',
    '<h1>How good are the answers</h1>',
    `<p>Measured on ${now.toISOString().slice(0, 10)} by <code>npm run evaluate</code>, over the bundled articles. The messages and their labels are ours: no patient sent one and no clinician has reviewed them. Ranges are 95 % intervals.</p>`,
    '</header>',
    '<main>',
    ...(answers ? answerSections(answers) : []),
    ...(safety ? safetySections(safety) : []),
    ...failureSection({ answers, safety }),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function answerSections({ figures, peers, curve, reliability }: EvaluatedAnswers): string[] {
  return [
    section(
      'Answers',
      'Right: the text says every key point of the question. It does not have to be good beyond that.',
      bars([
        ['right', figures.right],
        ...nested(figures.rightByStyle),
        ['answerable but not answered', figures.refused],
        ['of those asked back', figures.askedBack],
        ['of these, right section offered', figures.offersGold],
        ['cites a right section', figures.citesGold],
        ['citations of a right section', figures.citationsOnGold],
      ]),
      estimates([
        ['words, median', figures.wordsMedian, 0],
        ['words, 95th percentile', figures.wordsP95, 0],
        ['reading grade, median', figures.gradeMedian, 1],
      ]),
    ),
    section(
      'Not in the articles',
      'Messages that the articles do not answer. Held back: the bot says so or passes them on, rather than answering with something near.',
      bars([['held back', figures.heldBack], ...nested(figures.heldBackByCategory)]),
    ),
    section(
      'Beside other libraries',
      'Each library as its own introduction sets it up, on the same questions over the same articles, split into passages of up to 1000 characters. What it finds is its answer, so it is held back only where it finds nothing: none of them has a gate.',
      peerTable(peers),
    ),
    section(
      'Confidence',
      'How many answers are wrong when only the most confident ones are given, where an answer to what the articles do not say counts as wrong; and how often an answer of a given confidence is right, where larger dots hold more answers.',
      '<div class="pair">',
      figure(
        riskChart(curve.points),
        `Area under the curve ${curve.area.toFixed(3)}; the best order has ${curve.least.toFixed(3)}, one drawn by lot ${curve.overall.toFixed(3)} (dashed).`,
      ),
      figure(
        reliabilityChart(reliability.bins),
        `Expected calibration error ${reliability.error.toFixed(3)} in ${reliability.bins.length} bins. On the dashed line a confidence is what it says.`,
      ),
      '</div>',
    ),
    section(
      'Finding and following',
      'The right section among what was found; and conversations, where a turn may lean on the ones before.',
      bars([
        ['right section first', figures.hitAt1],
        ['right section in first 5', figures.hitAt5],
        ['turns right', figures.turnsRight],
        ['later answers right', figures.laterAnswersRight],
      ]),
      estimates([['mean reciprocal rank', figures.meanReciprocalRank, 3]]),
    ),
  ];
}

function safetySections(figures: SafetyFigures): string[] {
  const worstFirst = LEVELS.toReversed();
  return [
    section(
      'Safety',
      'Each message asked by itself. A label may accept more than one level, so not all off the diagonal is wrong. Messages that nobody tuned on are roundabout on purpose.',
      bars([
        ['emergency caught', figures.emergencyCaught],
        ['  of those nobody tuned on', figures.unseenCaught],
        ['emergency missed entirely', figures.missedEntirely],
        ['urgent right', figures.urgentOk],
        ['caution right', figures.cautionOk],
        ['nothing, but raised', figures.noneRaised],
        ['  of those nobody tuned on', figures.unseenRaised],
        ['raised and answered as fixed', figures.fixedReply],
      ]),
      '<div class="wide"><table class="confusion">',
      '<caption>Level expected (down) and given (across)</caption>',
      `<thead><tr><td></td>${worstFirst.map((level) => `<th scope="col">${level}</th>`).join('')}</tr></thead>`,
      '<tbody>',
      ...worstFirst.map((expected) => {
        const row = figures.confusion[expected];
        const all = worstFirst.reduce((sum, level) => sum + row[level], 0);
        const cells = worstFirst.map((level) => {
          const part = all === 0 ? 0 : Math.round((100 * row[level]) / all);
          const kind = level === expected ? 'same' : 'other';
          return `<td class="${kind}" style="--part: ${part}%">${row[level]}</td>`;
        });
        return `<tr><th scope="row">${expected}</th>${cells.join('')}</tr>`;
      }),
      '</tbody></table></div>',
    ),
  ];
}

function failureSection({
  answers,
  safety,
}: {
  [Part in keyof Evaluated]: Evaluated[Part] | undefined;
}): string[] {
  return [
    section(
      'What went wrong',
      'Every message that failed, with what was said to it.',
      ...(answers
        ? [
            failureList('Questions not answered right', wrongAnswers(answers.asked)),
            failureList('Answered, though not in the articles', wronglyAnswered(answers.asked)),
            failureList('Turns of conversations not right', wrongTurns(answers.asked)),
          ]
        : []),
      ...(safety ? [failureList('Messages given a wrong level', wrongLevels(safety))] : []),
    ),
  ];
}

function section(title: string, says: string, ...parts: readonly string[]): string {
  return [
    '<section>',
    `<h2>${escaped(title)}</h2>`,
    `<p>${escaped(says)}</p>`,
    ...parts,
    '</section>',
  ].join('\n');
}

/** Rows beneath the one they are parts of, worst first. */
function nested(shares: ReadonlyMap<string, Share>): (readonly [string, Share])[] {
  return [...shares]
    .sort(([, a], [, b]) => a.share - b.share)
    .map(([name, share]) => [`  ${name}`, share] as const);
}

/** A table with a bar a row; a name that starts with blanks is part of what stands above. */
function bars(rows: readonly (readonly [string, Share])[]): string {
  return [
    '<table class="bars"><tbody>',
    ...rows.map(
      ([name, share]) =>
        `<tr${name.startsWith(' ') ? ' class="part"' : ''}><th scope="row">${escaped(name.trim())}</th><td class="drawn">${bar(share)}</td>${shareCells(share)}</tr>`,
    ),
    '</tbody></table>',
  ].join('\n');
}

function peerTable(peers: readonly PeerFigures[]): string {
  return [
    '<table class="bars peers">',
    '<thead><tr><td></td><td class="drawn"></td><th scope="col">right</th><td class="range"></td><th scope="col">held back</th><th scope="col">words</th></tr></thead>',
    '<tbody>',
    ...peers.map(
      ({ name, right, heldBack, wordsMedian }, at) =>
        `<tr${at === 0 ? '' : ' class="other"'}><th scope="row">${escaped(name)}</th><td class="drawn">${bar(right)}</td>${shareCells(right)}<td class="number">${percent(heldBack.share)} %</td><td class="number">${wordsMedian}</td></tr>`,
    ),
    '</tbody></table>',
  ].join('\n');
}

function shareCells({ share, low, high, found, of }: Share): string {
  return `<td class="number">${percent(share)} %</td><td class="range">${percent(low)} to ${percent(high)} <span>(${found} of ${of})</span></td>`;
}

function estimates(rows: readonly (readonly [string, Estimate, number])[]): string {
  return [
    '<dl>',
    ...rows.map(
      ([name, { value, low, high }, digits]) =>
        `<div><dt>${escaped(name)}</dt><dd>${value.toFixed(digits)} <small>${low.toFixed(digits)} to ${high.toFixed(digits)}</small></dd></div>`,
    ),
    '</dl>',
  ].join('\n');
}

function figure(chart: string, caption: string): string {
  return `<figure>${chart}<figcaption>${escaped(caption)}</figcaption></figure>`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
