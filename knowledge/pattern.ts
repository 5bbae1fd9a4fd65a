import { joinWords, plainWords } from './plain-words.ts';

/** One step of a pattern; `knowledge/rules/README.md` explains the notation. */
export type Step =
  | { readonly kind: 'word'; readonly word: string; readonly isStem: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[]; readonly isOptional: boolean };

export type WordStep = Extract<Step, { kind: 'word' }>;

/** Words in order, in one sentence. */
export type Pattern = readonly Step[];

/** Words a bare "..." may stand for. */
const GAP = 3;
const MOST_GAP = 12;
const PIECE = /\s*(?:(\.\.\.\d*)|([(|)?])|\{([a-z-]+)\}|([^\s(){}|?*.]+\*?))/uy;

/**
 * Reads one pattern, e.g. `{cannot} (get|catch) ... breath`.
 *
 * `list` gives the options of a named list and throws for an unknown name; `known` holds the words
 * read so far, which most patterns share. Throws a RangeError that says what is wrong with the pattern.
 */
export function parsePattern(
  source: string,
  list: (name: string) => readonly Pattern[],
  known: Map<string, readonly WordStep[]> = new Map(),
): Pattern {
  const pieces = splitPieces(source);
  let at = 0;

  function sequence(isInner: boolean): Pattern {
    const steps: Step[] = [];
    while (at < pieces.length) {
      const piece = pieces[at] ?? '';
      if (piece === '|' || piece === ')') {
        if (isInner) break;
        throw new RangeError(`"${source}" has a "${piece}" outside brackets`);
      }
      at += 1;
      if (piece === '(') steps.push(choice());
      else if (piece.startsWith('{')) steps.push(optional(list(piece.slice(1))));
      else if (piece.startsWith('...')) steps.push(gap(piece));
      else if (piece === '?') throw new RangeError(`"${source}" has a "?" with nothing before it`);
      else {
        const words = known.get(piece) ?? literal(piece);
        known.set(piece, words);
        const last = steps.at(-1);
        const joined =
          last?.kind === 'word' && words[0] && !last.isStem && joinWords(last.word, words[0].word);
        if (joined) steps[steps.length - 1] = { kind: 'word', word: joined, isStem: false };
        else if (pieces[at] === '?') steps.push(optional([words]));
        else steps.push(...words);
      }
    }
    return steps;
  }

  function optional(options: readonly Pattern[]): Step {
    const isOptional = pieces[at] === '?';
    if (isOptional) at += 1;
    return { kind: 'choice', options, isOptional };
  }

  function choice(): Step {
    const options: Pattern[] = [sequence(true)];
    while (pieces[at] === '|') {
      at += 1;
      options.push(sequence(true));
    }
    if (pieces[at] !== ')') throw new RangeError(`"${source}" has a bracket that is not closed`);
    at += 1;
    if (options.some((option) => option.length === 0)) {
      throw new RangeError(`"${source}" has an empty alternative`);
    }
    return optional(options);
  }

  function gap(piece: string): Step {
    const most = piece === '...' ? GAP : Number(piece.slice(3));
    if (most < 1 || most > MOST_GAP) throw new RangeError(`"${source}" has a gap of ${most}`);
    return { kind: 'gap', most };
  }

  const steps = sequence(false);
  if (!steps.some((step) => step.kind === 'word' || (step.kind === 'choice' && !step.isOptional))) {
    throw new RangeError(`"${source}" has no word that must be there`);
  }
  if (steps[0]?.kind === 'gap' || steps.at(-1)?.kind === 'gap') {
    throw new RangeError(`"${source}" starts or ends with a gap`);
  }
  return steps;
}

function splitPieces(source: string): string[] {
  const pieces: string[] = [];
  PIECE.lastIndex = 0;
  const text = source.trim();
  while (PIECE.lastIndex < text.length) {
    const from = PIECE.lastIndex;
    const found = PIECE.exec(text);
    if (!found) throw new RangeError(`"${source}" cannot be read at "${text.slice(from)}"`);
    const [, dots, mark, name, word] = found;
    pieces.push(dots ?? mark ?? (name === undefined ? undefined : `{${name}`) ?? word ?? '');
  }
  return pieces;
}

/** Any number in digits, as `NUMBER` in a pattern. */
export const NUMBER = '#';

function literal(piece: string): WordStep[] {
  if (piece.endsWith('*')) {
    const stem = plainStem(piece.slice(0, -1));
    return [{ kind: 'word', word: stem, isStem: true }];
  }
  if (piece === 'NUMBER') return [{ kind: 'word', word: NUMBER, isStem: false }];
  return piece
    .split(/[-/]/)
    .flatMap((part) => plainWords(part))
    .map((word) => ({ kind: 'word', word, isStem: false }));
}

/** A stem is folded but never spelled out: "cant*" stays a stem. */
function plainStem(stem: string): string {
  return stem
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll("'", '');
}
