/** `[1]` to `[999]`, as the text of a Reply marks its sentences. */
const MARKER = /\[([1-9]\d{0,2})\]/g;

/** A text as the words and the markers it is made of, in order; words may be empty. */
export function splitMarkers(text: string): { words: string; marker: number | null }[] {
  const parts: { words: string; marker: number | null }[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKER)) {
    parts.push({ words: text.slice(from, found.index), marker: Number(found[1]) });
    from = found.index + found[0].length;
  }
  parts.push({ words: text.slice(from), marker: null });
  return parts;
}

/** The markers of a text, each once, in order. */
export function markersIn(text: string): number[] {
  return [...new Set(Array.from(text.matchAll(MARKER), (found) => Number(found[1])))];
}

/** A text with the markers for which `keep` is false taken out, and the space before each with it. */
export function dropMarkers(text: string, keep: (marker: number) => boolean = () => false): string {
  return text.replace(/[ \t]*\[([1-9]\d{0,2})\]/g, (whole, marker: string) =>
    keep(Number(marker)) ? whole : '',
  );
}
