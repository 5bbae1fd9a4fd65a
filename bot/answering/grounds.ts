import { quoteOf, type Span } from '../../knowledge/article.ts';
import type { Hit } from '../../retrieval/hit.ts';
import { type Statement, statementsOf, textOf, warns } from './statement.ts';
import type { Ground } from './verify.ts';

/** A ground with the place it stands in, so that what rests on it can be cited. */
export interface PlacedGround extends Ground {
  readonly hit: Hit;
  readonly slices: readonly Span[];
}

/** What a text of somebody else's must not do: speak to the machine that reads it. */
const COMMANDS =
  /\b(ignore|disregard|forget|override)\b.{0,40}\b(instructions?|prompts?|rules?|above|previous)\b|\b(system|developer) (prompt|message)\b|\b(ai|language) (assistants?|models?)\b|\byou are (now )?(an? )?(ai|assistant|chatbot|bot|dan)\b|(?<!medical )\b(assistants?|chatbots?|bots?) (must|should|shall|has to)\b|\b(reply|respond|answer|say|output|print|write) (only )?(with|exactly|the following)\b/i;

export function isCommand(text: string): boolean {
  return COMMANDS.test(text);
}

/** Whether the heading, or what leads into the list, says that what follows should not be. */
function isUnderWarning({ hit, at }: Statement, heading: string): boolean {
  const leadIn = hit.chunk.sentences[at[0] ?? 0]?.leadIn;
  return warns(heading) || (leadIn !== undefined && warns(quoteOf(hit.article, leadIn)));
}

/** Everything a passage says that a sentence may rest on, smallest first. */
export function groundsOf(hit: Hit): PlacedGround[] {
  const heading = hit.section.path.at(-1) ?? '';
  const section = `${hit.article.slug}#${hit.chunk.section}`;
  return statementsOf(hit)
    .map((statement) => ({
      text: textOf(statement),
      heading,
      section,
      isSentence: statement.kind === 'sentence',
      isWarning: statement.kind !== 'sentence' && isUnderWarning(statement, heading),
      hit,
      slices: statement.parts.flatMap(({ slices }) => slices),
    }))
    .filter(({ text }) => !isCommand(text));
}
