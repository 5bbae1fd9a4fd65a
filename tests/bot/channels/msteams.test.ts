import * as fc from 'fast-check';
import {
  ABSTRACT_LENGTH,
  MOST_CLAIMS,
  TITLE_LENGTH,
  presentTeams,
} from '../../../bot/channels/msteams.ts';
import { answer, citation, clarification, escalation } from '../../support/replies.ts';

interface Claim {
  readonly position: number;
  readonly appearance: { readonly name: string; readonly abstract: string; readonly url?: string };
}

function claimsOf([message]: ReturnType<typeof presentTeams>): Claim[] {
  return (message?.entities?.[0]?.['citation'] ?? []) as Claim[];
}

const anyText = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

describe('presentTeams', () => {
  it('labels an answer as composed by a machine, with its claims, and asks for a thumb', () => {
    const citations = [
      citation(1, { url: 'https://clinic.example/care' }),
      citation(2, { title: '' }),
    ];
    const [message] = presentTeams(answer('A [1]. B [2].', { citations }));

    expect(message?.channelData).toEqual({ feedbackLoop: { type: 'default' } });
    expect(message?.entities).toEqual([
      {
        type: 'https://schema.org/Message',
        '@type': 'Message',
        '@context': 'https://schema.org',
        '@id': '',
        additionalType: ['AIGeneratedContent'],
        citation: [
          {
            '@type': 'Claim',
            position: 1,
            appearance: {
              '@type': 'DigitalDocument',
              name: 'After care',
              abstract: 'You may be sore for a day or two.',
              url: 'https://clinic.example/care',
            },
          },
          {
            '@type': 'Claim',
            position: 2,
            appearance: {
              '@type': 'DigitalDocument',
              name: 'after-care.md',
              abstract: 'You may be sore for a day or two.',
            },
          },
        ],
      },
    ]);
  });

  it('does not label the fixed text of an emergency', () => {
    expect(presentTeams(escalation('Call 911.'))[0]?.entities).toBeUndefined();
  });

  it('drops a number over 20, and one without a citation', () => {
    const citations = [citation(1), citation(21)];
    const replied = presentTeams(answer('A [1]. B [21]. C [2].', { citations }));

    expect(replied[0]?.text).toBe('A [1]. B. C.');
    expect(claimsOf(replied).map(({ position }) => position)).toEqual([1]);
  });

  it('offers what may have been meant as buttons, and numbered for a group, which has none', () => {
    const suggestions = ['Does it hurt?', 'Is it safe?'];
    const [message] = presentTeams(clarification('One of these?', { suggestions }));
    expect(message?.text).toBe('One of these?\n\n1\\. Does it hurt?  \n2\\. Is it safe?');
    expect(message?.suggestedActions?.actions.map(({ value }) => value)).toEqual(suggestions);
  });

  it('offers six questions at most', () => {
    const suggestions = Array.from({ length: 9 }, (_, i) => `Question ${i}?`);

    expect(presentTeams(answer('A.', { suggestions }))[0]?.suggestedActions?.actions).toHaveLength(
      6,
    );
  });

  it('keeps the limits of Teams, and a claim for every number, whatever the reply', () => {
    const citations = fc.array(
      fc.record({
        marker: fc.integer({ min: 1, max: 40 }),
        title: anyText(120),
        quote: anyText(300),
      }),
      { maxLength: 40 },
    );
    const said = fc.array(
      fc.oneof(
        anyText(10),
        fc.integer({ min: 1, max: 40 }).map((n) => `[${n}]`),
      ),
    );
    fc.assert(
      fc.property(citations, said, (made, words) => {
        const replied = presentTeams(
          answer(words.join(''), {
            citations: made.map((fields) => citation(fields.marker, fields)),
          }),
        );
        const claims = claimsOf(replied);
        const shown = [...(replied[0]?.text ?? '').matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, n]) =>
          Number(n),
        );

        expect(claims.length).toBeLessThanOrEqual(MOST_CLAIMS);
        expect(new Set(claims.map(({ position }) => position))).toEqual(new Set(shown));
        for (const { position, appearance } of claims) {
          expect(position).toBeLessThanOrEqual(20);
          expect(appearance.name.length).toBeGreaterThan(0);
          expect(appearance.name.length).toBeLessThanOrEqual(TITLE_LENGTH);
          expect(appearance.abstract.length).toBeLessThanOrEqual(ABSTRACT_LENGTH);
        }
      }),
      { numRuns: 300 },
    );
  });
});
