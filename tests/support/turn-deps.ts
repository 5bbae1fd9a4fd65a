import type { Bot } from '../../bot/bot.ts';
import type { TurnDeps } from '../../bot/turn.ts';
import { EMPTY_CLINIC } from './clinic.ts';

/** A turn over a bot's articles and fixed rules alone, for a clinic that has filled in nothing. */
export function turnDeps(bot: Bot, more: Partial<TurnDeps> = {}): TurnDeps {
  return {
    rules: bot.rules,
    secondLook: (_, screened) => Promise.resolve(screened),
    retriever: bot.retriever,
    clinic: EMPTY_CLINIC,
    isWithheld: () => false,
    region: undefined,
    ...more,
  };
}
