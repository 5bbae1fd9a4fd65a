/**
 * Words that Twilio, or the carrier, answers itself when they are a text's only word, opting the
 * number out or in. The text reaches us all the same; a reply of ours would be a second one, or fail
 * (error 21610). Source: Twilio, "Support for opt-out keywords".
 */
const CARRIER_WORDS = new Set(
  'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT START YES UNSTOP HELP INFO'.split(' '),
);

export function isCarrierWord(text: string): boolean {
  return CARRIER_WORDS.has(text.trim().toUpperCase());
}
