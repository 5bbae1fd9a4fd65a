import type { Article } from '../../knowledge/article.ts';
import { read } from './read.ts';

const SAUNA = `# The sauna

## How long should I stay in the sauna?

A sauna session takes 10 to 15 minutes. Sit on the low bench at first.

## What does the sauna cost?

A sauna ticket costs $20. Towels are free.

## When does the sauna open?

The sauna opens at 9 am. Ring the bell at the door.

## Who should not use the sauna?

You should avoid the sauna if you:

- have a fever
- have just eaten

## What can go wrong in the sauna?

Dizziness in the sauna is rare. Get up slowly from the bench.

## What can I take for sore muscles?

Ibuprofen can ease sore muscles after the sauna.
`;

const SPA = `# The spa day

## How long do people stay?

A sauna session takes 45 minutes. Bring a book if you like.

## What does a visit cost?

A sauna ticket costs $35. Robes are extra.

## When can I come?

The sauna opens at 7 am. The door is on the left.

## Is the sauna safe for everyone?

Talk to a doctor before the sauna if you have a fever. A fever is a body that is too hot.

## What do guests report?

Dizziness in the sauna is common. Cold water helps.

## What helps sore muscles?

Paracetamol can ease sore muscles after the sauna.
`;

/** Two invented articles that put the same things differently, and some things in the same way. */
export function differingArticles(): Article[] {
  return [read(SAUNA, 'sauna.md'), read(SPA, 'spa.md')];
}
