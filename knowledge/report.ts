import type { Article, Finding } from './article.ts';
import type { Skipped } from './load-articles.ts';

const HEADINGS: Readonly<Record<Finding['kind'], string>> = {
  repaired: 'repaired',
  dropped: 'left out',
  doubtful: 'please look at',
};
/** Repairs of the same kind are counted; of drops and doubts this many are shown. */
const MOST_SHOWN = 12;

/** What cleaning did to each file, in lines a clinician can check against the file. */
export function describeFindings(
  articles: readonly Article[],
  skipped: readonly Skipped[],
): string[] {
  const lines: string[] = [];
  for (const article of articles) {
    lines.push(`${article.origin} (${article.title})`);
    if (article.findings.length === 0) lines.push('  nothing to repair');
    for (const kind of ['repaired', 'dropped', 'doubtful'] as const) {
      const byWhat = new Map<string, Finding[]>();
      for (const finding of article.findings) {
        if (finding.kind !== kind) continue;
        const found = byWhat.get(finding.what);
        if (found) found.push(finding);
        else byWhat.set(finding.what, [finding]);
      }
      for (const [what, found] of byWhat) lines.push(...describe(kind, what, found));
    }
  }
  for (const { file, why } of skipped) lines.push(`${file}: not read, ${why}`);
  return lines;
}

function describe(kind: Finding['kind'], what: string, found: readonly Finding[]): string[] {
  const shown = kind === 'repaired' ? 1 : MOST_SHOWN;
  const lines = [
    `  ${HEADINGS[kind]}: ${what}, ${found.length === 1 ? 'once' : `${found.length} times`}`,
  ];
  for (const { excerpt } of found.slice(0, shown)) lines.push(`    \u201c${excerpt}\u201d`);
  if (kind !== 'repaired' && found.length > shown)
    lines.push(`    and ${found.length - shown} more`);
  return lines;
}
