import { quoteOf } from '../knowledge/article.ts';
import type { Difference, Stated } from './differences.ts';
import type { Snapshot } from './snapshot.ts';

/** Pairs shown of one matter; the rest are counted. */
const MOST_SHOWN = 3;

type Reported = Pick<Snapshot, 'articles' | 'chunks' | 'differences'>;

/** Where the articles differ, in lines a clinician can check against them, surest matters first. */
export function describeDifferences(snapshot: Reported): string[] {
  const lines: string[] = [];
  for (const [about, found] of byMatter(snapshot.differences)) {
    lines.push(about);
    for (const { sides } of found.slice(0, MOST_SHOWN)) {
      lines.push(...describe(snapshot, sides[0], '- '), ...describe(snapshot, sides[1], '  '));
    }
    if (found.length > MOST_SHOWN) lines.push(`  and ${found.length - MOST_SHOWN} more pairs`);
  }
  return lines;
}

/** How many matters, and sentences in pairs, the articles put differently. */
export function countDifferences({ differences }: Pick<Snapshot, 'differences'>): string {
  const matters = byMatter(differences).size;
  if (matters === 0) return 'No difference between articles found';
  const pairs = differences.length;
  return `The articles differ on ${matters} ${matters === 1 ? 'matter' : 'matters'} (${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of sentences)`;
}

function byMatter(differences: readonly Difference[]): Map<string, Difference[]> {
  const matters = new Map<string, Difference[]>();
  for (const difference of differences) {
    const found = matters.get(difference.about);
    if (found) found.push(difference);
    else matters.set(difference.about, [difference]);
  }
  return matters;
}

function describe({ articles, chunks }: Reported, stated: Stated, mark: string): string[] {
  const chunk = chunks[stated.chunk];
  const article = articles.find(({ slug }) => slug === chunk?.article);
  const sentence = chunk?.sentences[stated.sentence];
  if (!chunk || !article || !sentence) throw new RangeError('a difference names no sentence');
  const place = [article.origin, ...(article.sections[chunk.section]?.path ?? [])].join(' > ');
  const lead = stated.isLed && sentence.leadIn ? [quoteOf(article, sentence.leadIn)] : [];
  const quotes = [...lead, quoteOf(article, sentence)].map(
    (quote) => `\u201c${quote.replace(/\s+/g, ' ')}\u201d`,
  );
  return [`  ${mark}${place}`, `      ${quotes.join(' ')}`];
}
