import type { RuleSet } from '../knowledge/rule.ts';
import { foldText } from '../knowledge/tokens.ts';
import { contactsOf } from './clinic-contact.ts';
import type { Channel, Conversation } from './conversation.ts';
import type { Notice, Reply } from './reply.ts';
import { answerToCheck } from './safety/check.ts';
import { cautionNotices } from './safety/escalation.ts';
import type { Language } from './safety/language.ts';
import type { Screened } from './safety/screen.ts';
import type { TurnDeps } from './turn.ts';

/** Symptoms that people ask about after a treatment. */
const SYMPTOM =
  /\b(sore|soreness|aches?|achy|aching|pain|painful|hurts?|hurting|throb\w*|tender|burning|worse|bruis\w*|swell\w*|swollen|bleed\w*|lumps?|itch\w*|rash|red|tired|fatigue\w*|exhausted|sleepy|drowsy|groggy|dizz\w*|lightheaded|woozy|faint\w*|shak(y|ing)|shiver\w*|sweat\w*|numb\w*|tingl\w*|headaches?|migraines?|sick|nause\w*|vomit\w*|weak|stiff|cramp\w*|spasm\w*|twitch\w*|reaction|symptoms?)\b/;
/** And what names none: "felt rough all night". */
const UNWELL = new RegExp(
  String.raw`\b(feel|feels|feeling|felt)( (a|an|so|very|really|quite|pretty|kinda|kind|sort|of|bit|little|like|just|still|even|absolutely|totally|super|proper|all))* ` +
    String.raw`(bad|off|ill|unwell|poorly|rough|rotten|odd|weird|strange|funny|awful|terrible|horrible|dreadful|lousy|crap|crappy|rubbish|shit|shitty|wrong|ropey|drained|wiped|wrecked|knackered|shattered|foggy|spaced|heavy|hungover|(not|no) (right|good|well|great|myself|better))\b` +
    String.raw`|\b(don't|dont|doesn't|doesnt|didn't|didnt|not) feel(ing)?( (so|very|too|quite))? (right|good|well|great|normal|myself)\b` +
    String.raw`|\b(under the weather|out of sorts|wiped out|worn out|knackered|zonked|not (right|well|myself)|(am|i'm|im) (unwell|poorly|ill))\b`,
);
/** Somebody's own: theirs, or somebody's they speak for. */
const OWN =
  /\b(i|i'm|im|i've|ive|i'll|me|my|mine|myself|we|our|he|he's|his|him|she|she's|her|normal|common|supposed to)\b/;
/** Since the treatment, and not the complaint that led to it. */
const SINCE =
  /\b(after|afterwards?|since|following|post|next day|morning after|session|treatment|appointment|needled|(had|got|did|done)( \w+){0,3} needl(es|ing)|(you|he|she|they) (stuck|needled|jabbed|poked|pricked|treated|worked on)|than before|worse|sore|soreness|normal)\b/;
/** Asks what may come, before anybody was needled. */
const AHEAD = /^((so|and|but|hi|hello|ok) )*(will|would|can|could|should|does|do) /;
/** "Should I be worried that I am dizzy since my session" asks about now, however it starts. */
const WORRIED =
  /\b(worry|worried|worrying|concern|concerned|alarmed|scared|panic|seen|checked|serious|dangerous|wrong|bad sign|normal|mean|means)\b/;

/** Whether a question is about a symptom that somebody has now, after a treatment. */
export function asksOfOwnSymptom(question: string): boolean {
  const asked = foldText(question);
  const isFelt = SYMPTOM.test(asked) || UNWELL.test(asked);
  return (
    isFelt && OWN.test(asked) && SINCE.test(asked) && (!AHEAD.test(asked) || WORRIED.test(asked))
  );
}

/** The question to answer before anything reassures; by text message it is answered in digits. */
export function checkNotice({ check }: RuleSet, channel: Channel, language: Language): Notice {
  return channel === 'sms'
    ? { kind: 'check', text: check.sms[language] }
    : {
        kind: 'check',
        text: check.question[language],
        replies: [check.yes[language], check.no[language]],
      };
}

/**
 * What follows a no to the check of our last reply: kind words, or by text message the answer itself,
 * which had no room beside the check.
 */
export function afterCheck(
  utterance: string,
  past: Conversation,
  screened: Screened,
  { rules, clinic }: Pick<TurnDeps, 'rules' | 'clinic'>,
): Reply | undefined {
  if (answerToCheck(utterance, past.messages, rules) !== 'no') return undefined;
  const checked = past.messages.at(-1)?.reply;
  if (!checked) return undefined;
  const { level, rules: raised, open, language } = screened;
  const safety = { level, rules: raised, open };
  const notices = cautionNotices(screened, rules);
  if (past.channel === 'sms') {
    const kept = checked.notices.filter(({ kind }) => kind === 'caution' || kind === 'painkiller');
    return { ...checked, notices: [...notices, ...kept], safety };
  }
  return {
    kind: 'smalltalk',
    reason: null,
    text: rules.check.none[language],
    notices,
    safety,
    citations: [],
    differences: [],
    contacts: contactsOf(clinic),
    suggestions: checked.suggestions,
    confidence: 0,
    query: utterance.trim(),
    language,
  };
}
