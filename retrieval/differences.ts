import { z } from 'zod';
import { type Article, quoteOf } from '../knowledge/article.ts';
import type { Chunk } from '../knowledge/chunk.ts';
import { aboutOf } from './about.ts';
import { areDifferent, claimsOf, type Role, ROLES } from './claim.ts';
import type { Row } from './rows.ts';
import { isNaming, isOfTheWhole, SameThing, type Worded } from './same-thing.ts';
import type { VectorMatrix } from './vector.ts';

/** A sentence on one side of a difference. */
export interface Stated {
  /** Index into the snapshot's chunks, and into that chunk's sentences. */
  readonly chunk: number;
  readonly sentence: number;
  /** Whether what it says stands in the lead-in of its list, which must be shown with it. */
  readonly isLed: boolean;
}

/** Two sentences of different articles that say different things about the same. */
export interface Difference {
  /** What is compared: a measure, an axis, a choice (see `Claim.kind`). */
  readonly kind: string;
  /** Of an amount: what it is of (see `Claim.role`); null where the sentences do not say. */
  readonly role: Role | null;
  /** A short noun phrase, in the articles' own words where they have one. */
  readonly about: string;
  /** Stems of what both sentences speak of, the most telling first; empty where that is the treatment itself. */
  readonly subject: readonly string[];
  /** The stricter first, where one of them is. */
  readonly sides: readonly [Stated, Stated];
  /** How sure it is that both speak of the same thing, in [0, 1]. */
  readonly likeness: number;
}

const statedSchema = z.object({
  chunk: z.int().nonnegative(),
  sentence: z.int().nonnegative(),
  isLed: z.boolean(),
});

/** As the snapshot keeps them. */
export const differencesSchema: z.ZodType<Difference[]> = z.array(
  z.object({
    kind: z.string(),
    role: z.enum(ROLES).nullable(),
    about: z.string(),
    subject: z.array(z.string()),
    sides: z.tuple([statedSchema, statedSchema]),
    likeness: z.number(),
  }),
);

/** The corpus as rows of sentences. */
interface Claimed {
  readonly articles: readonly Article[];
  readonly chunks: readonly Chunk[];
  readonly rows: readonly Row[];
}

interface Entry extends Worded {
  readonly stated: Stated;
  readonly article: string;
  readonly row: number;
}

/** Pairs of sentences kept of what two articles put differently on one matter, and in all. */
const MOST_OF_ONE = 6;
const MOST_DIFFERENCES = 2_000;

/**
 * Where articles differ, surest first: the same for the same corpus and vectors.
 *
 * Sentences of two articles are compared when they make claims of one kind (an amount of one measure,
 * a stance on one axis, a choice) with values that cannot both be the whole answer, and are taken to
 * be about the same thing by their words and the cosine of their vectors. Two that share no telling
 * word are compared only where the kind itself says what it is about.
 */
export function differencesIn(
  { articles, chunks, rows }: Claimed,
  matrix: VectorMatrix,
): Difference[] {
  const words = new SameThing(articles, rows);
  const found: Difference[] = [];
  for (const [a, b] of pairsOf(entriesOf({ articles, chunks, rows }), words)) {
    const { kind, role, value } = a.claim;
    if (a.article === b.article || !areDifferent(value, b.claim.value)) continue;
    const shared = words.shared(a.claim, b.claim);
    const subject = words.telling(shared, a.claim);
    const likeness = words.likeness(a, b, subject, matrix.cosine(matrix.row(a.row), b.row));
    if (likeness === undefined) continue;
    const [first, second] = stricterFirst(a, b);
    found.push({
      kind,
      role: role === b.claim.role ? (role ?? null) : null,
      about: aboutOf(a.claim, [a.own, b.own], [...new Set([...subject, ...shared])]),
      subject,
      sides: [first.stated, second.stated],
      likeness,
    });
  }
  found.sort((a, b) => b.likeness - a.likeness || inOrder(a.sides, b.sides));
  return surest(found, chunks);
}

/** A few of those that two articles have on one matter: digests say one thing in many sentences. */
function surest(found: readonly Difference[], chunks: readonly Chunk[]): Difference[] {
  const counts = new Map<string, number>();
  const kept = found.filter(({ kind, about, sides }) => {
    const inChunks = sides.toSorted((a, b) => a.chunk - b.chunk);
    const articles = inChunks.map(({ chunk }) => chunks[chunk]?.article);
    const key = [kind, about, ...articles].join('\n');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= MOST_OF_ONE;
  });
  return kept.slice(0, MOST_DIFFERENCES);
}

/** Pairs of one kind that may be about the same thing, each once. */
function* pairsOf(entries: readonly Entry[], words: SameThing): Generator<readonly [Entry, Entry]> {
  const seen = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { claim } = entry;
    // Claims on the whole treatment meet all of their kind, others those that share a telling word.
    const keys = [...claim.stems]
      .filter((stem) => words.isSpecific(stem))
      .map((stem) => `${claim.kind} ${stem}`);
    if (isOfTheWhole(claim)) keys.splice(0, keys.length, claim.kind);
    else if (isNaming(claim.role)) keys.push(`${claim.kind}: ${claim.role}`);
    const met = new Set<Entry>();
    for (const key of keys) {
      const others = seen.get(key) ?? [];
      for (const other of others) {
        if (other !== entry && !met.has(other)) yield [other, entry];
        met.add(other);
      }
      seen.set(key, [...others, entry]);
    }
  }
}

function inOrder(a: Difference['sides'], b: Difference['sides']): number {
  return (
    a[0].chunk - b[0].chunk ||
    a[0].sentence - b[0].sentence ||
    a[1].chunk - b[1].chunk ||
    a[1].sentence - b[1].sentence
  );
}

function entriesOf({ articles, chunks, rows }: Claimed): Entry[] {
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  const entries: Entry[] = [];
  for (const [row, { kind, chunk: number, sentence: at }] of rows.entries()) {
    if (kind !== 'sentence') continue;
    const chunk = chunks[number];
    const article = chunk && bySlug.get(chunk.article);
    const section = article?.sections[chunk?.section ?? -1];
    const sentence = chunk?.sentences[at];
    if (!article || !section || !sentence) throw new RangeError(`row ${row} has no sentence`);
    const own = quoteOf(article, sentence);
    for (const claim of claimsOf(article, section, sentence)) {
      const stated = { chunk: number, sentence: at, isLed: claim.isLed };
      entries.push({ claim, stated, article: article.slug, row, own });
    }
  }
  return entries;
}

function stricterFirst(a: Entry, b: Entry): [Entry, Entry] {
  const grade = ({ claim }: Entry): number =>
    claim.value.type === 'stance'
      ? claim.value.stance.grade
      : claim.kind === 'wait' && claim.value.type === 'amount'
        ? claim.value.amount.high
        : 0;
  return grade(b) > grade(a) ? [b, a] : [a, b];
}
