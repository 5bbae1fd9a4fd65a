import type { Citation, Contact, Notice, Reply } from '../reply.ts';
import { contactLine, namesContact } from './contact.ts';
import { countSegments, toGsm7 } from './gsm7.ts';
import { dropMarkers, markersIn } from './markers.ts';
import { orderNotices } from './notice-order.ts';
import type { Outgoing } from './outgoing.ts';

/** What people still read as one message, and what carriers seldom drop or reorder. */
export const MOST_SEGMENTS = 2;

/** Of a source's name, in characters; a title is there to be recognised, not read. */
const SOURCE_LENGTH = 40;
const MOST_SOURCES = 2;

const ELLIPSIS = '...';

/** Below this many characters the beginning of a sentence says nothing. */
const SHORTEST_CUT = 20;

interface Sentence {
  /** With the space that parts it from the next, where there was one. */
  readonly text: string;
  readonly markers: readonly number[];
  /** What it says one beside the other, each with its own markers: "one [1]; other [2]". */
  readonly parts: readonly string[];
}

/** A line of its own, and where in the reply it stands. */
interface Line {
  readonly text: string;
  readonly from: Contact | Notice | string;
}

/** What has been taken into the message so far; sentences are the beginning of what there is. */
interface Draft {
  readonly warnings: readonly Sentence[];
  readonly body: readonly Sentence[];
  readonly lines: readonly Line[];
  readonly withSource: boolean;
}

/** A message, and what of its reply did not fit into it. */
interface Composed {
  readonly text: string;
  readonly rest: Reply | undefined;
  /** Sentences of warnings that are in it. */
  readonly warned: number;
}

/** One plain text of at most two segments: warnings first and whole, then as many sentences as fit. */
export function presentSms(reply: Reply): Outgoing[] {
  const { text } = composeSms(reply);
  return text === '' ? [] : [{ type: 'message', text, textFormat: 'plain' }];
}

/**
 * What a text of "MORE" is answered with: what did not fit into the last message, as a reply that may
 * be cut again. undefined where that was not offered, or not asked for.
 */
export function restForMore(utterance: string, last: Reply | undefined): Reply | undefined {
  return last && /^\s*(more|m[aá]s)[.!]?\s*$/iu.test(utterance.normalize('NFC'))
    ? composeSms(last).rest
    : undefined;
}

/**
 * An emergency is never to be continued: its card is written to fit, and a reply to it is a worry. Nor
 * does the offer take the place of a warning.
 */
function composeSms(reply: Reply): Composed {
  const whole = compose(reply, '');
  const unoffered = { ...whole, rest: undefined };
  if (!whole.rest || reply.kind === 'escalation') return unoffered;
  const offer =
    reply.language === 'es' ? 'Responda MAS para el resto.' : 'Reply MORE for the rest.';
  const offered = compose(reply, offer);
  return offered.warned < whole.warned ? unoffered : offered;
}

/**
 * Takes pieces in the order of what must not be missed, each only if the whole still fits. What an
 * answer states comes with the name of its source, so that is taken before a second sentence.
 */
function compose(reply: Reply, offer: string): Composed {
  const { before, after } = orderNotices(reply.notices);
  const warnings = sentences(before.map(({ text }) => text).join(' '));
  const body = sentences(reply.text);
  const contacts = reply.contacts
    .filter((contact) => !namesContact(reply.text, contact))
    .map((contact): Line => ({ text: toGsm7(contactLine(contact)), from: contact }));
  const remarks = after.flatMap(({ kind, text }) =>
    sentences(text).map((remark): Line => {
      const said = remark.text.trim();
      return { text: said, from: { kind, text: said } };
    }),
  );
  const options = reply.kind === 'clarification' ? optionsOf(reply) : [];

  let draft: Draft = { warnings: [], body: [], lines: [], withSource: false };
  const write = (candidate: Draft): string =>
    [render(reply, candidate), offer].filter(Boolean).join('\n');
  const take = (candidate: Draft): boolean => {
    if (countSegments(write(candidate)) > MOST_SEGMENTS) return false;
    draft = candidate;
    return true;
  };
  const takeBody = (upTo: number): void => {
    while (draft.body.length < Math.min(upTo, body.length)) {
      if (!take({ ...draft, body: body.slice(0, draft.body.length + 1) })) return;
    }
  };

  // An escalation's text is itself the warning.
  if (reply.kind === 'escalation') takeBody(body.length);
  while (draft.warnings.length < warnings.length) {
    if (!take({ ...draft, warnings: warnings.slice(0, draft.warnings.length + 1) })) break;
  }
  takeBody(1);
  // All or none: each is picked by its number.
  take({ ...draft, lines: options });
  for (const line of [...contacts, ...remarks]) take({ ...draft, lines: [...draft.lines, line] });
  take({ ...draft, withSource: true });
  takeBody(body.length);

  const [warning] = warnings;
  if (warning && draft.warnings.length === 0) {
    cutToFit(warning, (cut) => take({ ...draft, warnings: [cut] }));
  }
  const [opening] = body;
  // What a check leaves no room for is sent whole once the check is answered.
  const isChecking = reply.notices.some(({ kind }) => kind === 'check');
  if (opening && draft.body.length === 0 && !isChecking) {
    // Half of "Sources differ: one; other" would be the opposite of what it says.
    const cut = opening.parts.length > 1 ? cutParts : cutToFit;
    cut(opening, (shorter) => take({ ...draft, body: [shorter] }));
  }
  const left = {
    before,
    warnings: untaken(warnings, draft.warnings),
    body: untaken(body, draft.body),
    lines: [...contacts, ...remarks, ...options].filter((line) => !draft.lines.includes(line)),
  };
  const isTaken = draft.warnings.length + draft.body.length + draft.lines.length > 0;
  const warned = draft.warnings.filter((warning) => warnings.includes(warning)).length;
  return isTaken
    ? { text: write(draft), rest: restOf(reply, left), warned }
    : { text: '', rest: undefined, warned };
}

/** What may be meant, with the number that picks it, and how to say so. */
function optionsOf({ suggestions, language }: Reply): Line[] {
  const numbers = suggestions.map((_, i) => i + 1);
  const how =
    language === 'es'
      ? `Responda ${numbers.join(' o ')}, o NO.`
      : `Reply ${numbers.join(' or ')}, or NO.`;
  const lines = suggestions.map((option, i): Line => ({
    text: toGsm7(`${i + 1}. ${option}`),
    from: option,
  }));
  const last = lines.at(-1);
  return last ? [...lines.slice(0, -1), { ...last, text: `${last.text}\n${how}` }] : [];
}

/** The sentences behind those that were taken; behind the cut of the first, where that was cut. */
function untaken(all: readonly Sentence[], taken: readonly Sentence[]): Sentence[] {
  const [first] = all;
  const [only] = taken;
  if (!first || !only || only === first) return all.slice(taken.length);
  // Its sides were shortened alike: no one place is where it goes on.
  if (first.parts.length > 1) return [...all];
  const shown = only.text.length - ELLIPSIS.length;
  return [{ ...first, text: first.text.trim().slice(shown).trim() }, ...all.slice(1)];
}

interface Left {
  readonly before: readonly Notice[];
  readonly warnings: readonly Sentence[];
  readonly body: readonly Sentence[];
  readonly lines: readonly Line[];
}

/** As a reply of its own; undefined where nothing is left. */
function restOf(reply: Reply, { before, warnings, body, lines }: Left): Reply | undefined {
  if (warnings.length + body.length + lines.length === 0) return undefined;
  const written = (all: readonly Sentence[]) =>
    all
      .map(({ text, markers }) =>
        [text.trim(), ...markers.map((marker) => `[${marker}]`)].join(' '),
      )
      .join(' ');
  const text = written(body);
  const cited = new Set(markersIn(text));
  const citations = reply.citations.filter(({ marker }) => cited.has(marker));
  const kind = before[0]?.kind ?? 'caution';
  const rest = {
    text,
    notices: [
      ...(warnings.length > 0 ? [{ kind, text: written(warnings) }] : []),
      ...lines.flatMap(({ from }) => (typeof from === 'object' && 'kind' in from ? [from] : [])),
    ],
    safety: { ...reply.safety, level: 'none', rules: [] },
    citations,
    differences: [],
    contacts: lines.flatMap(({ from }) =>
      typeof from === 'object' && 'label' in from ? [from] : [],
    ),
    suggestions: lines.flatMap(({ from }) => (typeof from === 'string' ? [from] : [])),
  } as const;
  // An answer has a source; numbers alone are none.
  return reply.kind === 'answer' && citations.length === 0
    ? { ...reply, ...rest, kind: 'smalltalk', reason: null }
    : { ...reply, ...rest };
}

function render(reply: Reply, { warnings, body, lines, withSource }: Draft): string {
  const warned = warnings
    .map(({ text }) => text)
    .join('')
    .trim();
  const said = body
    .map(({ text }) => text)
    .join('')
    .trim();
  return [
    ...(reply.kind === 'escalation' ? [said, warned] : [warned, said]),
    ...lines.map(({ text }) => text),
    withSource ? sourceLine(body, reply.citations) : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** Names the articles behind the sentences that were taken. */
function sourceLine(body: readonly Sentence[], citations: readonly Citation[]): string {
  const markers = new Set(body.flatMap((sentence) => sentence.markers));
  const cited = citations.filter(({ marker }) => markers.has(marker));
  const names = new Set(
    cited.map(({ title, origin }) => shorten(toGsm7(oneLine(title || origin)))),
  );
  const shown = [...names].filter(Boolean).slice(0, MOST_SOURCES);
  if (shown.length === 0) return '';
  return `${shown.length > 1 ? 'Sources' : 'Source'}: ${shown.join('; ')}`;
}

/** The sentences of a text as they will be sent, each with its markers, which may follow its stop. */
function sentences(text: string): Sentence[] {
  const attached = oneLine(text).replace(/([.!?])((?:\s*\[\d{1,3}\])+)/g, '$2$1');
  return Array.from(new Intl.Segmenter('en', { granularity: 'sentence' }).segment(attached))
    .map(({ segment }) => ({
      text: toGsm7(dropMarkers(segment)),
      markers: markersIn(segment),
      parts: segment.split(/(?<=\]);\s/).map((part) => toGsm7(dropMarkers(part)).trim()),
    }))
    .filter((sentence) => sentence.text.trim() !== '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= SOURCE_LENGTH) return name;
  return cutAtWord(characters.slice(0, SOURCE_LENGTH - 3).join(''));
}

/** Offers ever shorter beginnings of a sentence that is too long by itself, longest first that fits. */
function cutToFit(sentence: Sentence, take: (cut: Sentence) => boolean): void {
  const characters = Array.from(sentence.text.trim());
  // Room shrinks one way only, so the longest beginning is found by halving.
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2);
    const text = cutAtWord(characters.slice(0, length).join(''));
    if (length < SHORTEST_CUT || take({ ...sentence, text })) fits = length;
    else tooLong = length;
  }
}

/** The same for what stands beside each other: all of it is shortened alike. */
function cutParts(sentence: Sentence, take: (cut: Sentence) => boolean): void {
  let fits = 0;
  let tooLong = Math.max(...sentence.parts.map((part) => part.length)) + 1;
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2);
    const text = sentence.parts
      .map((part) => {
        const characters = Array.from(part);
        return characters.length <= length ? part : cutAtWord(characters.slice(0, length).join(''));
      })
      .join('; ');
    if (length < SHORTEST_CUT || take({ ...sentence, text })) fits = length;
    else tooLong = length;
  }
}

function cutAtWord(text: string): string {
  const space = text.lastIndexOf(' ');
  return `${(space > text.length / 2 ? text.slice(0, space) : text).trimEnd()}${ELLIPSIS}`;
}
