import type { Citation, Reply } from '../reply.ts';
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

/** Below this many characters the beginning of a sentence says nothing. */
const SHORTEST_CUT = 20;

interface Sentence {
  /** With the space that parts it from the next, where there was one. */
  readonly text: string;
  readonly markers: readonly number[];
  /** What it says one beside the other, each with its own markers: "one [1]; other [2]". */
  readonly parts: readonly string[];
}

/** What has been taken into the message so far; each list is the beginning of what there is. */
interface Draft {
  readonly warnings: readonly Sentence[];
  readonly body: readonly Sentence[];
  readonly lines: readonly string[];
  readonly withSource: boolean;
}

/** One plain text of at most two segments: warnings first and whole, then as many sentences as fit. */
export function presentSms(reply: Reply): Outgoing[] {
  const text = compose(reply);
  return text === '' ? [] : [{ type: 'message', text, textFormat: 'plain' }];
}

/**
 * Takes pieces in the order of what must not be missed, each only if the whole still fits. What an
 * answer states comes with the name of its source, so that is taken before a second sentence.
 */
function compose(reply: Reply): string {
  const { before, after } = orderNotices(reply.notices);
  const warnings = sentences(before.map(({ text }) => text).join(' '));
  const body = sentences(reply.text);
  const contacts = reply.contacts
    .filter((contact) => !namesContact(reply.text, contact))
    .map((contact) => toGsm7(contactLine(contact)));
  const remarks = after.flatMap(({ text }) => sentences(text)).map(({ text }) => text.trim());
  const options =
    reply.kind === 'clarification' ? reply.suggestions.map((option) => toGsm7(`- ${option}`)) : [];

  let draft: Draft = { warnings: [], body: [], lines: [], withSource: false };
  const write = (candidate: Draft): string => render(reply, candidate);
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
  for (const line of [...contacts, ...remarks]) take({ ...draft, lines: [...draft.lines, line] });
  take({ ...draft, withSource: true });
  takeBody(body.length);
  for (const line of options) take({ ...draft, lines: [...draft.lines, line] });

  const [warning] = warnings;
  if (warning && draft.warnings.length === 0) {
    cutToFit(warning, (cut) => take({ ...draft, warnings: [cut] }));
  }
  const [opening] = body;
  if (opening && draft.body.length === 0) {
    // Half of "Sources differ: one; other" would be the opposite of what it says.
    if (opening.parts.length > 1) cutParts(opening, (cut) => take({ ...draft, body: [cut] }));
    else cutToFit(opening, (cut) => take({ ...draft, body: [cut] }));
  }
  return write(draft);
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
    ...lines,
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
  return `${(space > text.length / 2 ? text.slice(0, space) : text).trimEnd()}...`;
}
