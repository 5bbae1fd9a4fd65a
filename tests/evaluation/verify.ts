import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ClaimReader } from '../../bot/answering/claim.ts';
import { groundsOf, type PlacedGround } from '../../bot/answering/grounds.ts';
import type { Flaw } from '../../bot/answering/flaws.ts';
import { Verifier } from '../../bot/answering/verify.ts';
import { BUNDLED_ARTICLES } from '../../bot/bot.ts';
import type { Article } from '../../knowledge/article.ts';
import { chunkArticle } from '../../knowledge/chunk.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { loadWording } from '../../knowledge/wording.ts';
import { type Corruption, CORRUPTIONS, corrupt } from './corrupt.ts';
import { type Share, shareOf } from './statistics.ts';

/** A true sentence with the passages it cites. */
export interface TrueSentence {
  readonly text: string;
  readonly grounds: readonly PlacedGround[];
  /** Ours, in other words than the article's; `seen`: the wording list was tuned on it. */
  readonly kind: 'quoted' | 'paraphrase';
  readonly seen: boolean;
}

/** One answer: true sentences, and one that was made false. */
export interface CorruptedAnswer {
  readonly how: Corruption;
  readonly false: { readonly text: string; readonly grounds: readonly PlacedGround[] };
  readonly true: readonly TrueSentence[];
}

export interface VerifyFigures {
  /** Corrupted sentences dropped, by what was done to them, then all. */
  readonly dropped: ReadonlyMap<Corruption | 'all', Share>;
  /** True sentences dropped. */
  readonly lost: ReadonlyMap<
    'quoted' | 'paraphrase, tuned on' | 'paraphrase, not seen' | 'all',
    Share
  >;
  readonly shown: readonly { readonly how: Corruption; readonly text: string }[];
  readonly missed: readonly {
    readonly text: string;
    readonly flaw: Flaw;
    readonly seen: boolean;
  }[];
}

const ANSWERS = 200;
/** One of this many standing sentences of the articles is taken. */
const QUOTED_EVERY = 7;

const rowSchema = z.object({
  id: z.string(),
  article: z.string(),
  section: z.string(),
  says: z.string(),
  seen: z.boolean(),
});

/** True sentences: the articles' own, and our paraphrases of them. */
export function trueSentences(): TrueSentence[] {
  const { articles } = loadArticles(BUNDLED_ARTICLES);
  const quoted: TrueSentence[] = [];
  let count = 0;
  for (const article of articles) {
    for (const [at] of article.sections.entries()) {
      const grounds = groundsIn(article, at);
      for (const { text, slices } of grounds) {
        const isSentence = slices.length === 1 && /^[A-Z].*[.!]$/.test(text);
        if (isSentence && count++ % QUOTED_EVERY === 0) {
          quoted.push({ text, grounds, kind: 'quoted', seen: true });
        }
      }
    }
  }
  const file = join(PROJECT_ROOT, 'tests', 'evaluation', 'paraphrases.jsonl');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const paraphrases = lines.map((line): TrueSentence => {
    const row = rowSchema.parse(JSON.parse(line));
    const article = articles.find(({ slug }) => slug === row.article);
    const at = article?.sections.findIndex(({ path }) => path.at(-1) === row.section) ?? -1;
    if (!article || at === -1) throw new RangeError(`${row.id}: no such section`);
    return { text: row.says, grounds: groundsIn(article, at), kind: 'paraphrase', seen: row.seen };
  });
  return [...quoted, ...paraphrases];
}

function groundsIn(article: Article, section: number): PlacedGround[] {
  const found = article.sections[section];
  if (!found) return [];
  return chunkArticle(article)
    .filter((chunk) => chunk.section === section)
    .flatMap((chunk) =>
      groundsOf({
        chunk,
        article,
        section: found,
        score: 1,
        scores: { lexical: 0, dense: 0, topic: 0, echo: 0, asked: 0 },
        similarities: [],
        echoes: [],
      }),
    );
}

/** Two hundred answers with one false sentence each, the same ones at every run. */
export function corruptedAnswers(sentences: readonly TrueSentence[]): CorruptedAnswer[] {
  const answers: CorruptedAnswer[] = [];
  const used = new Set<string>();
  for (let round = 0; answers.length < ANSWERS && round < sentences.length; round++) {
    for (const [turn, how] of CORRUPTIONS.entries()) {
      // Each way walks the sentences from another place, so that all ways meet all kinds.
      for (let step = 0; step < sentences.length && answers.length < ANSWERS; step++) {
        const at = (round * 5 + turn * 37 + step) % sentences.length;
        const sentence = sentences[at] as TrueSentence;
        const other = sentences[(at + 1) % sentences.length] as TrueSentence;
        const text = corrupt(sentence.text, how, other.text);
        if (text === undefined || used.has(text)) continue;
        used.add(text);
        const grounds =
          how === 'merged' ? [...sentence.grounds, ...other.grounds] : sentence.grounds;
        const company = [1, 2].map(
          (next) => sentences[(at + next) % sentences.length] as TrueSentence,
        );
        answers.push({ how, false: { text, grounds }, true: company });
        break;
      }
    }
  }
  return answers;
}

export function scoreVerify(): VerifyFigures {
  const verifier = new Verifier(new ClaimReader(loadWording()));
  const sentences = trueSentences();
  const answers = corruptedAnswers(sentences);
  const dropped = new Map<Corruption | 'all', Share>();
  const shown: { how: Corruption; text: string }[] = [];
  const counts = new Map<Corruption, [number, number]>();
  for (const { how, false: lie } of answers) {
    const isDropped = verifier.verify(lie.text, lie.grounds).kind === 'unsupported';
    if (!isDropped) shown.push({ how, text: lie.text });
    const [found, of] = counts.get(how) ?? [0, 0];
    counts.set(how, [found + (isDropped ? 1 : 0), of + 1]);
  }
  for (const how of CORRUPTIONS) dropped.set(how, shareOf(...(counts.get(how) ?? [0, 0])));
  dropped.set('all', shareOf(answers.length - shown.length, answers.length));

  const missed: { text: string; flaw: Flaw; seen: boolean }[] = [];
  const lostOf = (which: readonly TrueSentence[]) => {
    let lost = 0;
    for (const { text, grounds, seen } of which) {
      const verdict = verifier.verify(text, grounds);
      if (verdict.kind === 'supported') continue;
      lost += 1;
      missed.push({ text, flaw: verdict.flaw, seen });
    }
    return shareOf(lost, which.length);
  };
  const quoted = lostOf(sentences.filter(({ kind }) => kind === 'quoted'));
  const paraphrases = sentences.filter(({ kind }) => kind === 'paraphrase');
  const tuned = lostOf(paraphrases.filter(({ seen }) => seen));
  const unseen = lostOf(paraphrases.filter(({ seen }) => !seen));
  return {
    dropped,
    lost: new Map([
      ['quoted', quoted],
      ['paraphrase, tuned on', tuned],
      ['paraphrase, not seen', unseen],
      ['all', shareOf(missed.length, sentences.length)],
    ]),
    shown,
    missed,
  };
}
