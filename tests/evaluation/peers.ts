import { RecursiveCharacterTextSplitter } from '@langchain/classic/text_splitter';
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document } from '@langchain/core/documents';
import type { Article } from '../../knowledge/article.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { miniSearchOver, winkOver } from '../support/word-search.ts';
import { type Figures, saysFacts } from './score.ts';
import type { EvaluationSet } from './set.ts';
import { median, type Share, shareOf, shownShare, wordsIn } from './statistics.ts';

/** In characters, as LangChain's own retrieval tutorial splits. */
const SPLIT = { chunkSize: 1000, chunkOverlap: 200 };
/** Share of a word's letters that may differ, as MiniSearch's own examples have it. */
const FUZZY = 0.2;
/** Passages shown as the answer. */
const SHOWN = [1, 3] as const;

export interface PeerFigures {
  readonly name: string;
  readonly right: Share;
  readonly heldBack: Share;
  /** Of what it says to the questions that have an answer. */
  readonly wordsMedian: number;
}

/** The passages that a library finds, best first; none where it finds nothing. */
type Search = (question: string) => Promise<readonly string[]>;

/**
 * Other libraries' quick starts on the same questions, over the same articles split as LangChain
 * does. What they find is what they say; none of them has a gate, so only what finds nothing at all
 * is held back. The articles' `asked:` lines are for ours alone.
 */
export async function scorePeers(
  articles: Iterable<Article>,
  set: Pick<EvaluationSet, 'questions' | 'unanswerable'>,
): Promise<PeerFigures[]> {
  const splitter = new RecursiveCharacterTextSplitter(SPLIT);
  const split = await Promise.all([...articles].map(({ text }) => splitter.splitText(text)));
  const texts = split.flat();
  const most = Math.max(...SHOWN);
  const miniSearch = miniSearchOver(texts, { fuzzy: FUZZY });
  const wink = winkOver(texts);
  const textsAt = (found: readonly number[]) => found.map((at) => texts[at] ?? '');

  const embeddings = new OfflineEmbeddings();
  try {
    const store = await MemoryVectorStore.fromDocuments(
      texts.map((pageContent) => new Document({ pageContent })),
      embeddings,
    );
    const peers: readonly (readonly [string, Search])[] = [
      [
        'LangChain quick start',
        async (question) =>
          (await store.similaritySearch(question, most)).map(({ pageContent }) => pageContent),
      ],
      ['MiniSearch, fuzzy', async (question) => textsAt(miniSearch(question, most))],
      ['wink BM25', async (question) => textsAt(wink(question, most))],
    ];
    const figures: PeerFigures[] = [];
    for (const [name, search] of peers) figures.push(...(await scorePeer(name, search, set)));
    return figures;
  } finally {
    await embeddings.close();
  }
}

async function scorePeer(
  name: string,
  search: Search,
  { questions, unanswerable }: Pick<EvaluationSet, 'questions' | 'unanswerable'>,
): Promise<PeerFigures[]> {
  const answered: { question: (typeof questions)[number]; passages: readonly string[] }[] = [];
  for (const question of questions) {
    answered.push({ question, passages: await search(question.question) });
  }
  let held = 0;
  for (const { question } of unanswerable) {
    if ((await search(question)).length === 0) held++;
  }
  return SHOWN.map((shown) => {
    const said = answered.map(({ question, passages }) => ({
      question,
      text: passages.slice(0, shown).join('\n\n'),
    }));
    const right = said.filter(({ question: { facts, never }, text }) =>
      saysFacts(text, facts, never),
    );
    return {
      name: `${name}, ${shown === 1 ? 'best passage' : `best ${shown}`}`,
      right: shareOf(right.length, questions.length),
      heldBack: shareOf(held, unanswerable.length),
      wordsMedian: median(said.map(({ text }) => wordsIn(text))),
    };
  });
}

/** Ours as the peers are shown. */
export function asPeer({ right, heldBack, wordsMedian }: Figures): PeerFigures {
  return { name: 'Needlepoint', right, heldBack, wordsMedian: wordsMedian.value };
}

/** As `npm run evaluate` prints it, ours first. */
export function peerTable(peers: readonly PeerFigures[]): string[] {
  return [
    'Beside other libraries: answers right, held back of what the articles do not say, median words',
    ...peers.map(
      ({ name, right, heldBack, wordsMedian }) =>
        `  ${name.padEnd(35)} ${shownShare(right)}   ${shownShare(heldBack)}   ${wordsMedian}`,
    ),
  ];
}
