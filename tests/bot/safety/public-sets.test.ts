import { z } from 'zod';
import { listen } from '../../../bot/safety/listen.ts';
import { inOrder, type Hit } from '../../../bot/safety/match.ts';
import { scopeHits } from '../../../bot/safety/scope.ts';
import { screen } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';
import { itWith, readPublicSet } from '../../support/public-sets.ts';

const rules = loadRules();

/** A finding of a clinical report, as if a rule listened for it. */
const FINDING = 'finding';
const concepts = new Map(rules.concepts).set(FINDING, {
  id: FINDING,
  says: 'a finding',
  scope: 'full',
  mention: null,
  isLasting: false,
});

/** What the sentence makes of the words `[start, end)`. */
function statusOf(sentence: string, start: number, end: number): string | undefined {
  const { words, markers, hits } = listen(sentence, rules);
  const from = words.findIndex((word) => word.end > start);
  const after = words.findIndex((word) => word.start >= end);
  const to = after < 0 ? words.length : after;
  const found: Hit[] = [...hits, { concept: FINDING, from, to, language: 'en', isWeak: false }];
  const scoped = scopeHits(found.sort(inOrder), words, markers, concepts);
  return scoped.find(({ concept }) => concept === FINDING)?.status;
}

describe('negation', () => {
  itWith('negex-2376.jsonl')(
    "is found in NegEx's labelled sentences: precision 0.97 and recall 0.90 at least",
    () => {
      const schema = z.object({
        condition: z.string(),
        sentence: z.string(),
        negation: z.enum(['negated', 'affirmed']),
      });
      let [right, wrong, missed] = [0, 0, 0];
      const rows = readPublicSet('negex-2376.jsonl', schema);
      for (const { condition, sentence, negation } of rows) {
        const start = sentence.toLowerCase().indexOf(condition.toLowerCase());
        // A dozen conditions run over the end of their sentence; all are affirmed.
        const isDenied =
          start >= 0 && statusOf(sentence, start, start + condition.length) === 'denied';
        if (isDenied && negation === 'negated') right += 1;
        else if (isDenied) wrong += 1;
        else if (negation === 'negated') missed += 1;
      }
      expect(rows.length).toBe(2376);
      expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.97);
      expect(right / (right + missed)).toBeGreaterThanOrEqual(0.9);
    },
  );
});

describe('screen', () => {
  itWith('medquad-500.jsonl')('raises 2 of 100 health questions at most', () => {
    const rows = readPublicSet('medquad-500.jsonl', z.object({ message: z.string() }));
    const raised = rows.filter(({ message }) =>
      ['urgent', 'emergency'].includes(screen(message, [], rules).level),
    );
    expect(rows.length).toBe(500);
    expect(raised.length / rows.length).toBeLessThanOrEqual(0.02);
  });
});
