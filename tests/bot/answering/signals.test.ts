import type { QuestionType } from '../../../bot/answering/question-type.ts';
import { type Signals, signalsOf } from '../../../bot/answering/signals.ts';
import { statementsOf } from '../../../bot/answering/statement.ts';
import { retrieverOf } from '../../support/word-retriever.ts';

/** What speaks for the list of an article of one list. */
async function signalsOfList(text: string, question: string, type: QuestionType): Promise<Signals> {
  const retriever = await retrieverOf(text);
  const { query, hits } = await retriever.retrieve(question, 3);
  const list = hits.flatMap((hit) => statementsOf(hit)).find(({ kind }) => kind === 'list');
  if (!list) throw new RangeError('no list in it');
  return signalsOf(list, new Set(), query, type, 1, [0], () => 1);
}

describe('the signals of a list', () => {
  const named =
    '# Kites\n\nKites are of these kinds:\n\n- Delta: it needs little wind.\n- Box: it needs a gale.\n- Sled: it needs no spar.';
  const whole = '# Kites\n\nA kite needs:\n\n- a dry field\n- a steady wind\n- a long line';

  it('tell names from what is said of them, where it is asked how they differ', async () => {
    const question = 'delta kites versus box kites';
    expect((await signalsOfList(named, question, 'difference')).namesOnly).toBe(1);
    expect((await signalsOfList(named, 'which kites are there', 'list')).namesOnly).toBe(0);
    expect((await signalsOfList(whole, question, 'difference')).namesOnly).toBe(0);
  });

  it('tell whether it was asked for', async () => {
    const asked = await signalsOfList(whole, 'what does a kite need', 'list');
    expect([asked.listAsked, asked.listUnasked]).toEqual([1, 0]);
    const unasked = await signalsOfList(whole, 'how long is a kite line', 'size');
    expect([unasked.listAsked, unasked.listUnasked]).toEqual([0, 1]);
  });
});
