import { splitMarkers } from './markers.ts';

/** Characters that CommonMark or GFM may read as markup wherever they stand. */
const MARKUP = /[\\`*_[\]<>#|~&]/g;

/** At the start of a line, behind any blank that a trim takes away: bullets, underlines of a heading or a table's head, numbered items. */
const LINE_START = /^([^\S\n]*)(?:([-+=:])|(\d{1,9})([.)]))/gm;

/**
 * Plain text with `[1]` markers as markdown that shows exactly that text. Markers stay as they are,
 * so that a definition `[1]: url` turns them into links.
 *
 * Between neighbours goes a space: `[1][2]` is one link to 2. A "!" before a marker, and "(" or ":"
 * behind one, would make it an image, a link or a definition.
 */
export function toMarkdown(text: string): string {
  const parts = splitMarkers(text.replace(/\r\n?/g, '\n'));
  let markdown = '';
  for (const [i, { words, marker }] of parts.entries()) {
    const behindMarker = i > 0;
    if (behindMarker && words === '' && marker !== null) markdown += ' ';
    let escaped = words.replace(MARKUP, String.raw`\$&`);
    if (behindMarker) escaped = escaped.replace(/^[(:]/, String.raw`\$&`);
    if (marker !== null) escaped = escaped.replace(/!$/, String.raw`\!`);
    markdown += marker === null ? escaped : `${escaped}[${marker}]`;
  }
  return markdown
    .replace(LINE_START, (_, indent: string, sign?: string, number?: string, end?: string) =>
      sign ? `${indent}\\${sign}` : `${indent}${number}\\${end}`,
    )
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{2,}|\n/g, (breaks) => (breaks.length > 1 ? '\n\n' : '  \n'))
    .trim();
}
