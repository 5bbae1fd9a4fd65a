import { foldText } from '../../knowledge/tokens.ts';

/**
 * What people ask for, and where they say they are, only while something is happening: "cardiac
 * arrest in the gym, where is the defib". Read on folded words joined by single spaces.
 */
const AT_HAND =
  /\b(defib\w*|aed|first aid\w*|crash (cart|trolley|team)|drug cupboard|adrenaline|epi ?pens?|oxygen|ambulances?|paramedics?|911|999|112|(in|at) (the |our |your )?(waiting room|reception|lobby|car park|toilets?|loo|bathroom|changing room|corridor|treatment room|cubicle|room (\d+|\w)|bay \w+)|come (now|quick\w*|here|at once|through)|(need|get|send|find|fetch) (a |an |the )?(dr|doctor|nurse|medic|help|somebody|someone)( \w+){0,4} (now|please|quick\w*|asap|fast)|right now|help (me|us|him|her)|hurry)\b/;

/** Whether something seems to be happening where the message comes from. */
export function isAtHand(utterance: string): boolean {
  return AT_HAND.test(foldText(utterance));
}
