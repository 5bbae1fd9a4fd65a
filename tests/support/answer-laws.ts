import type { Article } from '../../knowledge/article.ts';
import type { Citation } from '../../bot/reply.ts';

/** What holds of every composed answer; each line returned is a broken law. */
export function brokenLaws(
  { text, citations }: { readonly text: string; readonly citations: readonly Citation[] },
  articles: ReadonlyMap<string, Article>,
): string[] {
  const broken: string[] = [];
  const markers = [...text.matchAll(/\[(\d+)\]/g)].map(([, marker]) => Number(marker));
  const cited = citations.map(({ marker }) => marker);
  for (const marker of markers)
    if (!cited.includes(marker)) broken.push(`[${marker}] has no citation`);
  for (const marker of cited)
    if (!markers.includes(marker)) broken.push(`[${marker}] is not in the text`);
  if (new Set(cited).size !== cited.length) broken.push('a marker is given twice');
  const tail = text.slice(text.lastIndexOf(']') + 1);
  if (/[\p{L}\p{N}]/u.test(tail)) broken.push('the last sentence has no marker');
  for (const { marker, article: slug, quote, start, end, passage, origin } of citations) {
    const article = articles.get(slug);
    if (!article) broken.push(`[${marker}] names no article`);
    else {
      if (article.text.slice(start, end) !== quote) broken.push(`[${marker}] is not verbatim`);
      if (article.origin !== origin) broken.push(`[${marker}] has a wrong origin`);
    }
    if (quote.trim() === '') broken.push(`[${marker}] quotes nothing`);
    if (passage[0] > start || passage[1] < end) broken.push(`[${marker}] is outside its passage`);
    if (/[\ud800-\udfff]/u.test(quote)) broken.push(`[${marker}] cuts a character in two`);
  }
  return broken;
}

/** Words of an answer without its markers. */
export function wordsIn(text: string): number {
  return text.replace(/ ?\[\d+\]/g, '').match(/[\p{L}\p{N}'\u2019-]+/gu)?.length ?? 0;
}
