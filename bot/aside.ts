import type { Clinic } from '../knowledge/clinic.ts';
import type { RuleSet } from '../knowledge/rule.ts';
import { contactsOf } from './clinic-contact.ts';
import { deskText, type DeskTopic, deskTopicOf, reachText } from './desk.ts';
import { asksForPainkiller, isPainkillerWithheld } from './notices.ts';
import { ownCareOf, ownCareText } from './own-care.ts';
import type { Reply } from './reply.ts';
import { cautionNotices } from './safety/escalation.ts';
import type { Screened } from './safety/screen.ts';
import { smallTalkOf, smallTalkText } from './small-talk.ts';

interface Clinical {
  readonly clinic: Clinic;
  readonly rules: RuleSet;
}

/**
 * What needs no article: small talk, the desk's business, and decisions about one's own care.
 * `before` is what the person said last, which "how many of those?" is about.
 */
export function asideTo(
  utterance: string,
  screened: Screened,
  deps: Clinical,
  before = '',
): Reply | undefined {
  const { clinic } = deps;
  const said = { ...withoutArticles(utterance, screened, deps), language: screened.language };
  const smallTalk = smallTalkOf(utterance);
  if (smallTalk) {
    const text = smallTalkText(smallTalk, clinic.name ?? 'the clinic', screened.language);
    return { ...said, kind: 'smalltalk', reason: null, text, contacts: [] };
  }
  const ownCare =
    ownCareOf(utterance, before) ??
    (isPainkillerWithheld(screened) && asksForPainkiller(utterance) ? 'painkiller' : undefined);
  if (ownCare) {
    const reason = ownCare === 'dose' ? 'dose' : 'own-care';
    const text = ownCareText(ownCare, reachText(clinic));
    const contacts = contactsOf(clinic);
    return { ...said, kind: 'handoff', reason, text, contacts, language: 'en' };
  }
  const topic = deskTopicOf(utterance);
  return topic && deskHandoff(utterance, topic, screened, deps);
}

/** Handed to the clinic's team; without a topic, for what its words do not name. */
export function deskHandoff(
  utterance: string,
  topic: DeskTopic | undefined,
  screened: Screened,
  deps: Clinical,
): Reply {
  return {
    ...withoutArticles(utterance, screened, deps),
    kind: 'handoff',
    reason: topic === 'person' ? 'person-wanted' : 'desk',
    text: deskText(topic, deps.clinic),
    contacts: contactsOf(deps.clinic),
    language: 'en',
  };
}

function withoutArticles(utterance: string, screened: Screened, { rules }: Clinical) {
  return {
    notices: cautionNotices(screened, rules),
    safety: { level: screened.level, rules: screened.rules, open: screened.open },
    citations: [],
    differences: [],
    suggestions: [],
    confidence: 0,
    query: utterance.trim(),
  };
}
