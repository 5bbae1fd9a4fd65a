import type { Article } from '../../knowledge/article.ts';
import type { Lexicon } from '../../knowledge/lexicon.ts';
import { read } from './read.ts';

const WARM = `# Warm packs

## What is a warm pack?

A warm pack is a cloth bag filled with wheat. You heat it in an oven and lay it on a stiff muscle.

## How long should I leave it on?

<!--
asked:
  - when do I take the bag off again
-->

Leave the pack on for fifteen minutes. Then rest the skin for an hour before you use it again.

## Who should not use one?

Do not use a warm pack if:

- you cannot feel heat on your skin
- you have a fresh burn
- the muscle was hurt less than two days ago
`;

const COLD = `# Ice baths

## What is an ice bath for?

Runners sit in an ice bath after a long race. The cold eases sore legs for a day.

## How cold is the water?

The water is between ten and fifteen degrees. Add ice until a thermometer says so.

## What can go wrong?

Cold water can make your heart skip. Get out at once if you shiver hard or feel faint.
`;

const ROLLER = `# Foam rollers

## Does rolling hurt?

Rolling over a knot can feel sharp for a few seconds. The feeling fades when you stop.

## Which roller should I buy?

| Roller | Good for |
| --- | --- |
| Soft | beginners and thin legs |
| Hard | people who have rolled for months |

## How do I clean it?

Wipe the roller with soap and water every week. Let it dry in the sun.
`;

/** Three invented articles, small enough to be encoded in a second. */
export function smallArticles(): Article[] {
  return [read(WARM, 'warm.md'), read(COLD, 'cold.md'), read(ROLLER, 'roller.md')];
}

/** The same, after somebody has rewritten one sentence of the last. */
export function revisedArticles(): Article[] {
  const revised = ROLLER.replace('Let it dry in the sun.', 'Hang it up to dry.');
  return [read(WARM, 'warm.md'), read(COLD, 'cold.md'), read(revised, 'roller.md')];
}

export const SMALL_LEXICON: Lexicon = {
  shorthand: { u: 'you', '2day': 'today', rom: 'range of motion' },
  same: [
    ['warm pack', 'heating pad'],
    ['roller', 'foam log'],
  ],
  hinges: [],
  kinds: { athlete: ['runner', 'rower'] },
};
