import type { RuleSet } from '../../knowledge/rule.ts';
import { type Language, languageOf } from './language.ts';
import { listen, type Heard } from './listen.ts';
import { screen, type Earlier, type Screened } from './screen.ts';

/** An earlier message as far as the red-flag check needs it. */
export interface CheckedEarlier extends Earlier {
  readonly reply?: NonNullable<Earlier['reply']> & {
    readonly notices?: readonly { readonly kind: string }[];
    /** Of the check too. */
    readonly language?: string;
  };
}

/** Words of a yes with a detail ("yes, since lunch"), and of a no that names the list. */
const LONGEST_YES = 8;
const LONGEST_NO = 8;
const SHORT_NO = 4;
const FIRM_YES = /^(?:yes|yeah|yep|yup|yea|yess|aye|si|definitely|absolutely)$/;
const THANKS = /^(?:thank|thanks|thx|ty|cheers|gracias)$/;
const THE_LIST = /^(?:these|those|them|that|estos|estas|esos|esas|eso|esto)$/;

/**
 * Screens one utterance in its conversation, as `screen` does, with a yes to the red-flag check of
 * our last reply taken for what it says. Whatever else a yes may mean, it answers that question.
 */
export function screenTurn(
  utterance: string,
  past: readonly CheckedEarlier[],
  rules: RuleSet,
): Screened {
  const said = answerToCheck(utterance, past, rules);
  if (said === undefined) return screen(utterance, past, rules);
  const asked = past.at(-1)?.reply?.language === 'es' ? 'es' : null;
  const spelled = spelledOut(said, utterance, asked, rules);
  const screened = screen(spelled, past, rules);
  const within = (at: number) => Math.min(at, utterance.length);
  return {
    ...screened,
    triggers: screened.triggers.map((trigger) => ({
      ...trigger,
      start: trigger.start < utterance.length ? trigger.start : 0,
      end: within(trigger.end),
    })),
  };
}

/** What the utterance answers to the check of our last reply; undefined where there is none, or no answer. */
export function answerToCheck(
  utterance: string,
  past: readonly CheckedEarlier[],
  rules: RuleSet,
): 'yes' | 'no' | undefined {
  const last = past.at(-1);
  const isAsked = last?.reply?.notices?.some(({ kind }) => kind === 'check') ?? false;
  if (last?.from !== 'bot' || !isAsked) return undefined;
  if (/^\W*1\W*$/.test(utterance)) return 'yes';
  if (/^\W*2\W*$/.test(utterance)) return 'no';
  const heard = listen(utterance, rules);
  if (heard.words.length === 0 || heard.words.some((word) => word.isAsked)) return undefined;
  if (isYes(heard)) return 'yes';
  // "no pain, but I cannot breathe" is no no.
  return isNo(heard) && screen(utterance, [], rules).level === 'none' ? 'no' : undefined;
}

/**
 * The person's words, then the yes in full: a digit and a "yeah" name no sign by themselves. A digit
 * is of the language that it was `asked` in.
 */
function spelledOut(
  said: 'yes' | 'no',
  utterance: string,
  asked: Language | null,
  rules: RuleSet,
): string {
  const language = languageOf(listen(utterance, rules), asked);
  const words = rules.check[said][language];
  if (said === 'no') return /\d/.test(utterance) ? words : utterance;
  return `${utterance}. ${words}.`;
}

function isYes({ words, markers }: Heard): boolean {
  const isAllYes = words.every((_, at) => markers.covers('yes', at));
  const isFirm =
    words.length <= LONGEST_YES &&
    FIRM_YES.test(words[0]?.word ?? '') &&
    !words.some(({ word }) => THANKS.test(word));
  return isAllYes || isFirm;
}

function isNo({ words, markers }: Heard): boolean {
  if (!markers.covers('no', 0)) return false;
  const namesList = words.length <= LONGEST_NO && words.some(({ word }) => THE_LIST.test(word));
  return words.length <= SHORT_NO || namesList;
}
