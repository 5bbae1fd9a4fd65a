import type { Bin, RiskPoint } from './confidence.ts';
import type { Share } from './statistics.ts';

/** Safe inside an element and inside a quoted attribute, of HTML and SVG alike. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A bar from 0 to 1 across its own width, with the interval as a line that ends in two ticks. */
export function bar({ share, low, high }: Share): string {
  const [at, from, to] = [share, low, high].map((value) => (1000 * value).toFixed(0));
  return [
    '<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">',
    '<rect class="track" width="1000" height="20"/>',
    `<rect class="value" width="${at}" height="20"/>`,
    `<path class="interval" d="M${from} 4V16M${from} 10H${to}M${to} 4V16"/>`,
    '</svg>',
  ].join('');
}

/** Where a chart's axes lie, in its own units. */
const PLOT = { left: 62, right: 396, top: 12, bottom: 252 };
const SIZE = { width: 420, height: 296 };

/** Share wrong over coverage, with its interval as a band; the dashed line is an order drawn by lot. */
export function riskChart(points: readonly RiskPoint[]): string {
  // Fifths, so that its quarters are whole percents; room above for the band.
  const most = Math.max(0.1, ...points.map(({ wrong }) => wrong.share));
  const highest = Math.min(5, Math.ceil(5 * 1.3 * most)) / 5;
  const x = (coverage: number) => across(coverage);
  const y = (wrong: number) => up(Math.min(1, wrong / highest));
  // The first few answers say nothing: their intervals reach over the whole chart.
  const drawn = points.filter(({ wrong }) => wrong.of >= 10);
  const line = drawn.map(({ coverage, wrong }) => `${x(coverage.share)},${y(wrong.share)}`);
  const band = [
    ...drawn.map(({ coverage, wrong }) => `${x(coverage.share)},${y(wrong.high)}`),
    ...drawn.toReversed().map(({ coverage, wrong }) => `${x(coverage.share)},${y(wrong.low)}`),
  ];
  const last = points.at(-1);
  const guide = last
    ? `<line class="guide" x1="${x(0)}" y1="${y(last.wrong.share)}" x2="${x(last.coverage.share)}" y2="${y(last.wrong.share)}"/>`
    : '';
  return chart(
    'Share of answers wrong against share of messages answered',
    axes('answered, of all asked', 'wrong, of those answered', highest),
    `<polygon class="band" points="${band.join(' ')}"/>`,
    guide,
    `<polyline class="line" points="${line.join(' ')}"/>`,
  );
}

/** Share right over confidence, a dot for each bin; on the dashed line a confidence is what it says. */
export function reliabilityChart(bins: readonly Bin[]): string {
  const filled = bins.filter(({ right }) => right.of > 0);
  const most = Math.max(...filled.map(({ right }) => right.of));
  const dots = filled.map(({ confidence, right }) => {
    const [x, y] = [across(confidence), up(right.share)];
    const radius = (3 + 6 * Math.sqrt(right.of / most)).toFixed(1);
    return [
      `<path class="interval" d="M${x} ${up(right.low)}V${up(right.high)}"/>`,
      `<circle class="dot" cx="${x}" cy="${y}" r="${radius}">`,
      `<title>${right.found} of ${right.of} right at confidence ${confidence.toFixed(2)}</title>`,
      '</circle>',
    ].join('');
  });
  return chart(
    'Share of answers right against confidence',
    axes('confidence', 'answers right', 1),
    `<line class="guide" x1="${across(0)}" y1="${up(0)}" x2="${across(1)}" y2="${up(1)}"/>`,
    ...dots,
  );
}

function chart(title: string, ...parts: readonly string[]): string {
  const { width, height } = SIZE;
  return [
    `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** Quarters along both axes; the upright one ends at `highest`. */
function axes(below: string, beside: string, highest: number): string {
  const { left, right, top, bottom } = PLOT;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const quarters = [0, 0.25, 0.5, 0.75, 1];
  const middle = (top + bottom) / 2;
  return [
    ...quarters.map(
      (at) => `<line class="grid" x1="${left}" y1="${up(at)}" x2="${right}" y2="${up(at)}"/>`,
    ),
    ...quarters.map(
      (at) =>
        `<text class="tick end" x="${left - 6}" y="${up(at)}">${percent(at * highest)}</text>`,
    ),
    ...quarters.map(
      (at) => `<text class="tick mid" x="${across(at)}" y="${bottom + 16}">${percent(at)}</text>`,
    ),
    `<text class="name mid" x="${(left + right) / 2}" y="${SIZE.height - 6}">${escaped(below)}</text>`,
    `<text class="name mid" transform="rotate(-90 10 ${middle})" x="10" y="${middle}">${escaped(beside)}</text>`,
  ].join('');
}

/** Of a share along the axis below, in chart units. */
function across(share: number): string {
  return (PLOT.left + share * (PLOT.right - PLOT.left)).toFixed(1);
}

/** Of a share along the upright axis, in chart units. */
function up(share: number): string {
  return (PLOT.bottom - share * (PLOT.bottom - PLOT.top)).toFixed(1);
}
