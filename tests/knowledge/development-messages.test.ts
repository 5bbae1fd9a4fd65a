import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { stemOf, stemsOf } from '../../retrieval/terms.ts';
import {
  askedLines,
  evaluationMessages,
  inDomainExamples,
  lexiconEntries,
  messagesOf,
  nearDomainExamples,
  ruleExamples,
  type WrittenLine,
} from '../support/written-lines.ts';

/** Messages we may look at and learn from; a line of ours that repeats one only helps that one. */
const DEVELOPMENT = join(PROJECT_ROOT, '..', 'shared', 'evaluation', 'dev');
const whereTheyAre = existsSync(DEVELOPMENT) ? describe : describe.skip;

/** Words of every second message about this treatment. */
const DOMAIN = new Set(
  (
    'dry needling needle needled needles dn session sessions treatment treatments treat treated ' +
    'therapy therapist appointment muscle muscles'
  )
    .split(' ')
    .map(stemOf),
);
/** Fewer content words say too little to be a copy. */
const LEAST_WORDS = 5;
/** Shared stems by all stems of both. */
const TOO_ALIKE = 0.6;

function contentOf(text: string): Set<string> {
  return new Set(stemsOf(text).filter((stem) => !DOMAIN.has(stem)));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / (a.size + b.size - shared);
}

function loadMessages(): WrittenLine[] {
  return ['questions', 'unanswerable', 'safety', 'conversations']
    .map((name) => join(DEVELOPMENT, `${name}.jsonl`))
    .filter((file) => existsSync(file))
    .flatMap(messagesOf);
}

function comparable(): { line: WrittenLine; content: Set<string> }[] {
  return loadMessages()
    .map((line) => ({ line, content: contentOf(line.text) }))
    .filter(({ content }) => content.size >= LEAST_WORDS);
}

whereTheyAre('development messages', () => {
  const messages = existsSync(DEVELOPMENT) ? comparable() : [];

  it('are at hand', () => {
    expect(messages.length).toBeGreaterThan(100);
  });

  it.each([
    ['asked lines', askedLines],
    ['lexicon entries', lexiconEntries],
    ['rule examples', ruleExamples],
    ['near-domain examples', nearDomainExamples],
    ['in-domain examples', inDomainExamples],
    ['our own evaluation messages', evaluationMessages],
  ])('are not repeated by %s', (_, load) => {
    const written = load();
    expect(written.length).toBeGreaterThan(100);
    const repeated = written.flatMap(({ text, file, line }) => {
      const content = contentOf(text);
      if (content.size < LEAST_WORDS) return [];
      return messages
        .filter((message) => likeness(content, message.content) >= TOO_ALIKE)
        .map((message) => `${file}:${line} is like ${message.line.file}:${message.line.line}`);
    });
    expect(repeated).toEqual([]);
  });

  it.each([
    ['rule examples', ruleExamples],
    ['near-domain examples', nearDomainExamples],
    ['in-domain examples', inDomainExamples],
  ])('stand nowhere word for word in %s', (_, load) => {
    const said = new Set(loadMessages().map(({ text }) => wordsOf(text)));
    const written = load();
    expect(written.length).toBeGreaterThan(100);
    const repeated = written.filter(
      ({ text }) => wordsOf(text).split(' ').length >= LEAST_WORDS && said.has(wordsOf(text)),
    );
    expect(repeated).toEqual([]);
  });
});

function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(' ');
}
