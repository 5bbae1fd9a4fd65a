import type { Finding } from './article.ts';

/** A raw text with its characters repaired, and the way back to raw offsets. */
export interface Mended {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Raw offset of a mended one. */
  readonly toRaw: (offset: number) => number;
}

/** Letters of Windows-1252 for the bytes 0x80 to 0x9F, where it differs from Latin-1. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const CONTINUATION = `[${WINDOWS_1252}\u00a0-\u00bf]`;

/**
 * What is looked for, in one pass: line ends, invisible characters, spaces that do not break, UTF-8
 * once read as Windows-1252 ("â€™"; only after the letters that begin punctuation, Western accents
 * and emoji, so that French "É»" is left alone), and the Thai letter that one scraper left for a
 * dash or an apostrophe.
 */
const SUSPECT = new RegExp(
  [
    '\\r\\n?',
    '[\\u2028\\u2029\\u0085\\f\\v]',
    '[\\ufeff\\u200b\\u2060\\u00ad]',
    '[\\u00a0\\u202f\\u2007\\u2009\\u200a]',
    `\\u00f0${CONTINUATION}{3}`,
    `\\u00e2${CONTINUATION}{2}`,
    `[\\u00c2\\u00c3]${CONTINUATION}`,
    '\\u0e42',
    '\\ufffd',
    '[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f]',
  ].join('|'),
  'gu',
);
/** What Western text is made of; anything else was no mojibake. */
const LIKELY = /^[\u00a0-\u00ff\u2010-\u2122\u2190-\u22ff\u25a0-\u27bf\u{1f300}-\u{1faff}]$/u;
const THAI = /[\u0e00-\u0e41\u0e43-\u0e7f]/;
const CONTRACTED = /^(?:s|t|re|ve|ll|d|m)(?![\p{L}\p{N}])/iu;

/** Characters repaired in place; every repair but line ends is a finding. */
export function mendCharacters(raw: string): Mended {
  const parts: string[] = [];
  const findings: Finding[] = [];
  const shifts: { mended: number; raw: number }[] = [{ mended: 0, raw: 0 }];
  let done = 0;
  let length = 0;
  const put = (text: string): void => {
    parts.push(text);
    length += text.length;
  };

  for (const found of raw.matchAll(SUSPECT)) {
    const start = found.index;
    const end = start + found[0].length;
    const repair = repairOf(found[0], raw, start, end);
    if (repair === null) continue;
    put(raw.slice(done, start));
    put(repair.text);
    done = end;
    if (repair.text.length !== end - start) shifts.push({ mended: length, raw: end });
    if (repair.what) {
      const excerpt = raw
        .slice(Math.max(0, start - 15), end + 15)
        .replace(/\s+/g, ' ')
        .trim();
      findings.push({ kind: repair.kind ?? 'repaired', what: repair.what, start, end, excerpt });
    }
  }
  put(raw.slice(done));

  return {
    text: parts.join(''),
    findings,
    toRaw(offset) {
      let low = 0;
      let high = shifts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((shifts[middle]?.mended ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const shift = shifts[low] ?? { mended: 0, raw: 0 };
      return shift.raw + (offset - shift.mended);
    },
  };
}

interface Repair {
  readonly text: string;
  /** Absent where nobody needs to be told. */
  readonly what?: string;
  readonly kind?: Finding['kind'];
}

function repairOf(found: string, raw: string, start: number, end: number): Repair | null {
  if (/^\r|^[\u2028\u2029\u0085\f\v]/.test(found)) return { text: '\n' };
  if (/[\ufeff\u200b\u2060\u00ad]/.test(found)) return { text: '', what: 'invisible character' };
  if (/^[\u00a0\u202f\u2007\u2009\u200a]$/.test(found))
    return { text: ' ', what: 'no-break space' };
  if (found === '\u0e42') return mendThai(raw, start, end);
  if (found === '\ufffd') return { text: found, what: 'unreadable character', kind: 'doubtful' };
  if (found.length > 1) {
    const text = decodeTwice(found);
    return text === null ? null : { text: text === '\u00a0' ? ' ' : text, what: 'mojibake' };
  }
  return { text: ' ', what: 'control character' };
}

function mendThai(raw: string, start: number, end: number): Repair | null {
  const before = raw.slice(Math.max(0, start - 1), start);
  const after = raw.slice(end, end + 4);
  if (THAI.test(before) || THAI.test(after.slice(0, 1))) return null;
  if (/\p{L}/u.test(before) && CONTRACTED.test(after)) return { text: "'", what: 'mojibake' };
  if (/\d/.test(before) && /^\d/.test(after)) return { text: '\u2013', what: 'mojibake' };
  return { text: '\u2014', what: 'mojibake' };
}

function decodeTwice(found: string): string | null {
  const bytes = Uint8Array.from(found, (letter) => {
    const at = WINDOWS_1252.indexOf(letter);
    return at >= 0 ? 0x80 + at : letter.charCodeAt(0);
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return LIKELY.test(text) ? text : null;
  } catch {
    // Not UTF-8 after all: the letters stand for themselves.
    return null;
  }
}
