import { foldText, tokenize } from '../../knowledge/tokens.ts';
import type { Query } from '../../retrieval/query.ts';
import { stemsOf } from '../../retrieval/terms.ts';
import type { Statement } from './statement.ts';

/** What a question that waits for a yes or a no is answered with first. */
export type Opening = 'Yes' | 'No' | 'It depends';

const REPLY = /^(yes|no),\s+/i;
/** Words beyond which a question asks more than one thing. */
const LONGEST = 16;

const SUBJECT =
  '(?:it|this|that|they|you|the needles?|needles?|(?:the |this )?(?:dry )?needling|(?:the |this )?(?:treatment|procedure|therapy))';
const GREETS = /^(?:(?:hi|hello|hey|so|and|but|ok|okay|also|please|just wondering) )+/;
const ASKS = /^(?:is|are|was|were|does|do|did|can|could|will|would|may|might|should|has|have|am) /;
/** What makes a yes to one thing a no to another, and what no sentence is sure to answer. */
const TRICKY =
  /\b(?:not|never|no|or|than|instead|without|only|always|every\w*|all|any(?:one|body|where|time)?|more|less|most|least|better|best|worse|worst|enough|completely|totally|fully|entirely|guarantee\w*|cure\w*|prove\w*|still|again|yet|what|which|who|when|where|why|how|if|unless|until|because|avoid\w*|skip|stop|refrain|worry|worried|bad|wrong|dangerous|risky|myth)\b|n't\b/;

/** Says it for some cases, by hearsay, or takes part of it back. */
const LIMITED =
  /\b(?:but|however|although|though|while|unless|until|except|only|some|certain|limited|mixed|short[- ]term|temporar\w*|if|when|not|no|never|without|nothing|none|unlikely|myth|according|says?|said|sources?|claims?|called|described|considered|seen|thought|believed|reported|suggests?|stud(?:y|ies)|research|evidence|experts?|conflict\w*|debated?)\b|n't\b/i;
/** Says less than always. */
const HEDGED =
  /\b(?:may|might|can|could|often|usually|typically|generally|commonly|sometimes|possibl[ey]|likely|mostly|many|tends?)\b/i;
const DEPENDS = /\b(?:depends?|varies|vary|varied)\b/i;

/** Says something of dry needling, and not only of what is compared with it or goes with it. */
const OF_NEEDLING = /\bdry needling\b/i;
const OF_ANOTHER =
  /\bacupunct\w*|\bmassages?\b|\belectro\w*|\bwet needling\b|\bice\b|\bpain relievers?\b/i;
/** It does something, or something is done or answers to it. */
const NEEDLING_DOES = /^dry needling\b|\b(?:to|with|by) dry needling\b|\buse dry needling\b/i;

/** Benefits. What it is good for has to be in the sentence; these ways to say so may be others there. */
const HELPS = new RegExp(
  `^(?:(?:does|do|can|could|will|would) ${SUBJECT} (?:really |also )?(?:help|ease|relieve|treat|work (?:for|on|with)|do (?:anything|something) for|be used (?:for|to treat|on|with)|be good for)|(?:is|are) ${SUBJECT} (?:ever |also |commonly |often )?(?:used|good|helpful|useful|effective) (?:for|with|on|against|to treat|in)) `,
);
const IS_USED = /\bused (?:for|to treat|on|with|in)\b|^do you treat\b/;
const SAYS_HELPS =
  /\b(?:helps?|eases|relieves|improves|reduces|lowers|treats|(?:can|to) (?:ease|relieve|improve|reduce|lower|treat)|responds? (?:very )?well|effective (?:for|in|at))\b/i;
const SAYS_USED =
  /\b(?:used|treated|done|helps?|treats?) (?:\w+ )?(?:for|with|to|on)\b|\btreats?\b/i;

/** Harm: whether it can happen, not whether it will. */
const HARMS = new RegExp(
  `^(?:can|could|may|might) (?:(?:${SUBJECT}|a needle) (?:really |also |ever )?(?:cause|damage|injure|puncture|hit|hurt|harm|lead to|collapse) |(?:a|my|the) \\w+ (?:really )?(?:collapse|be (?:damaged|hurt|hit|injured|punctured|harmed)) (?:from|by|during|with) )`,
);
const SAYS_HARM =
  /\b(?:risks?|side effects?|damage|injur\w*|punctur\w*|collapsed?|complications?|hurt|cause[sd]?|harm)\b/i;
const SAYS_CAN = /\b(?:may|can|could|possible|risks?|rare|rarely|common|side effects?)\b/i;

/** Whether a reaction is an ordinary one. */
const IS_NORMAL = /^(?:is|are) (?:.* )?(?:normal|common|usual)\b/;
const SAYS_NORMAL = /\b(?:is|are) (?:\w+ly |very |quite )?(?:normal|common)\b/i;
const COMMON_EFFECTS = /^common side effects of dry needling are\b/i;

/** "Does it release endorphins": the sentence has to say of dry needling the same verb, of the same thing. */
const EFFECT = new RegExp(`^(does|can|could) ${SUBJECT} (\\w+) `);
const SAYS_EFFECT =
  /^(?:dry needling|it) (?:can |also |directly )*(\w+) (.*?)(?:[,;:.(]|\b(?:and|by|so|which|while|because|that)\b|$)/i;

/** What somebody may do, or should. */
const MAY =
  /^(?:(?:can|could|may|should|must) (?:i|we|you|someone|somebody|people|patients|(?:a |my )?\w+(?: women| woman| people| person)?) (?:still )?(\w+)|(?:is it|am i) (?:safe|ok|okay|fine|alright|all right|allowed)\b)/;
const SHOULD = /^should i (\w+)/;
const SAYS_AVOID =
  /\b(?:should (?:not|avoid|never)|must not|(?:is|are) not (?:safe|allowed|advised|recommended))\b/i;
const LIMITS_AVOID =
  /\b(?:but|unless|until|except|some|certain|may|might|often|usually|sometimes|talk|ask|right after|at first|first|temporarily|before|\d+)\b/i;

/** Whether two things are one: the other than dry needling, by how it is asked and how it is denied. */
const NEEDLING = '(?:it|this|that|(?:the )?(?:dry )?needling)';
const SAME = '(?:(?:just|really|actually|basically|exactly) )?the same(?: thing)?';
const ASKS_SAME = [
  new RegExp(`^is ${NEEDLING} ${SAME} as (.+)$`),
  new RegExp(`^is (.+) ${SAME} as ${NEEDLING}$`),
  new RegExp(`^are ${NEEDLING} and (.+) ${SAME}$`),
  new RegExp(`^are (.+) and ${NEEDLING} ${SAME}$`),
];
const SAYS_NOT_SAME = [
  /^(?:dry needling|it) is not the same(?: thing)? as (.+)$/i,
  /^(.+) is not the same(?: thing)? as dry needling$/i,
  /^dry needling and (.+) are not the same(?: thing)?$/i,
  /^(.+) and dry needling are not the same(?: thing)?$/i,
];
const CLAUSE_END = /[,;:.(].*$/s;

/** What every question and sentence is about, and words that ask without naming anything. */
const GENERIC: ReadonlySet<string> = new Set(
  stemsOf(
    'dry needling needle treatment procedure therapy session help helps work use used treat good helpful useful effective really ever also still safe ok okay fine alright allowed women woman people person patient problem condition issue symptom form kind type',
  ),
);
const HARM_VERBS: ReadonlySet<string> = new Set(
  stemsOf('cause damage injure puncture hit hurt harm lead'),
);

/**
 * What the first statement of an answer says to a yes-or-no question; undefined where the question
 * is of another kind, or the statement does not clearly affirm or deny just what is asked. A wrong
 * yes is worse than none, so each kind of question has its own narrow test.
 */
export function openingOf(query: Query, statement: Statement): Opening | undefined {
  const asked = plainQuestion(query);
  if (asked === undefined || !(statement.kind === 'sentence' || statement.kind === 'item')) {
    return undefined;
  }
  const first = statement.parts[0]?.text ?? '';
  const reply = REPLY.exec(first)?.[1];
  const said = first.replace(REPLY, '');
  const isHarm = HARMS.test(asked);
  const telling = query.terms.filter(
    ({ stem }) => !GENERIC.has(stem) && !(isHarm && HARM_VERBS.has(stem)),
  );
  if (telling.length === 0 || !isCovered(query, telling, said) || !agreesOnTime(asked, said)) {
    return undefined;
  }
  if (reply) {
    if (!isHeading(query, statement)) return undefined;
    return reply.toLowerCase() === 'yes' ? 'Yes' : 'No';
  }
  if (DEPENDS.test(said)) return DEPENDS.test(asked) ? undefined : 'It depends';
  if (OF_ANOTHER.test(said) && !OF_ANOTHER.test(asked)) return undefined;
  if (isDenied(query, asked, said) || isSaidNotTheSame(asked, said)) return 'No';
  if (HELPS.test(asked)) {
    if (LIMITED.test(said) || !NEEDLING_DOES.test(said)) return undefined;
    // That it is used for something does not say that it does help.
    const isAnswer = /^(?:can|could) /.test(asked) && isAnswerToHeading(query, telling, statement);
    if ((IS_USED.test(asked) || isAnswer) && SAYS_USED.test(said)) return 'Yes';
    const isFirm = !/^(?:is|are) /.test(asked) || !HEDGED.test(said);
    return isFirm && SAYS_HELPS.test(said) && !/\b(?:may|might)\b/i.test(said) ? 'Yes' : undefined;
  }
  if (isHarm) {
    const isLimited = LIMITED.test(said.replace(/\brare but\b/i, 'rare'));
    return !isLimited && OF_NEEDLING.test(said) && SAYS_HARM.test(said) && SAYS_CAN.test(said)
      ? 'Yes'
      : undefined;
  }
  if (IS_NORMAL.test(asked)) {
    return saysNormal(asked, said) ? 'Yes' : undefined;
  }
  if (MAY.test(asked)) {
    if (isAdvisedAgainst(query, telling, said)) return 'No';
    const verb = SHOULD.exec(asked)?.[1];
    const isTold = verb !== undefined && tokenize(said)[0]?.word === verb && verb !== 'take';
    return isTold && !LIMITED.test(said) && !HEDGED.test(said) ? 'Yes' : undefined;
  }
  return isStated(asked, said) || hasEffect(query, telling, asked, said) ? 'Yes' : undefined;
}

/** A statement's own "Yes," answers its heading, and is left out where that was not what was asked. */
export function withoutReply(text: string): string {
  const rest = text.replace(REPLY, '');
  return rest === text ? text : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** "Yes, neck pain …"; a name keeps its capital, behind a colon. */
export function opened(opening: Opening, text: string, { hit: { article } }: Statement): string {
  const [first = ''] = /^\p{L}+/u.exec(text) ?? [];
  const small = first.toLowerCase();
  const isCommon = new RegExp(`(?<=\\p{L} )${small}(?!\\p{L})`, 'u').test(article.text);
  return isCommon
    ? `${opening}${opening === 'It depends' ? ':' : ','} ${small}${text.slice(first.length)}`
    : `${opening}: ${text}`;
}

/** The question in folded words; undefined where it is not one short, plain yes-or-no question on its own. */
function plainQuestion({ text, plain, terms }: Query): string | undefined {
  if (terms.some(({ weight }) => weight < 1) || /[.!?;:]\s+\S/.test(text.trim())) return undefined;
  const asked = plain.replace(/\?$/, '').replace(GREETS, '');
  if (!ASKS.test(asked) || asked.split(' ').length > LONGEST) return undefined;
  return TRICKY.test(asked.replace(/^(is|are) anything\b/, '$1').replace(/\bdo anything for\b/, ''))
    ? undefined
    : asked;
}

function isCovered(query: Query, terms: Query['terms'], said: string): boolean {
  const stems = new Set(stemsOf(said));
  return terms.every(
    ({ stem }) =>
      stems.has(stem) || [...(query.otherNames.get(stem) ?? [])].some((other) => stems.has(other)),
  );
}

/** What holds before is not said of after, nor what is done after surgery of surgery. */
function agreesOnTime(asked: string, said: string): boolean {
  const times = ['before', 'during', 'after'];
  return times.every((time) => {
    const isAsked = new RegExp(`\\b${time}`).test(asked);
    if (isAsked) return new RegExp(`\\b${time}`, 'i').test(said);
    // "After dry needling" is when everybody asks about.
    const [, other] = new RegExp(`\\b${time} (?!dry)(\\w+)`, 'i').exec(said) ?? [];
    return other === undefined || !new RegExp(`\\b${other}\\b`, 'i').test(asked);
  });
}

/** Whether the sentence denies what is asked and says nothing else that it could be denying. */
function isDenied(query: Query, asked: string, said: string): boolean {
  const denial =
    /^Nothing (?:is|are)\b/.exec(said) ??
    /^(?:Dry needling|It|The needles?) (?:is|are|does|do|can|will) not\b/.exec(said);
  if (!denial || /\b(?:only|all|every\w*|always|just|fully|same)\b/i.test(said)) return false;
  if (denial[0].startsWith('Nothing') && !/^(?:is|are) anything\b/.test(asked)) return false;
  const own = new Set(query.terms.map(({ stem }) => stem));
  return stemsOf(said)
    .filter((stem) => !/^(?:not|noth|dure)/.test(stem) && !GENERIC.has(stem))
    .every((stem) => own.has(stem));
}

/** Whether it is asked to be the same as something, and the sentence says that it is not. */
function isSaidNotTheSame(asked: string, said: string): boolean {
  const other = firstGroup(ASKS_SAME, asked);
  const clause = said.replace(CLAUSE_END, '').trim();
  const denied = firstGroup(SAYS_NOT_SAME, clause);
  if (other === undefined || denied === undefined) return false;
  return stemsOf(other).join(' ') === stemsOf(denied).join(' ');
}

function firstGroup(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether what should be avoided is dry needling, where that is asked, or else the thing asked about. */
function isAdvisedAgainst(query: Query, terms: Query['terms'], said: string): boolean {
  const advice = SAYS_AVOID.exec(said);
  if (!advice || LIMITS_AVOID.test(said)) return false;
  const avoided = said.slice(advice.index + advice[0].length);
  return (
    /^ (?:(?:have|having|get|getting|do|try) )?(?:dry needling|it)\b/i.test(avoided) ||
    isCovered(query, terms, avoided)
  );
}

function saysNormal(asked: string, said: string): boolean {
  if (LIMITED.test(said)) return false;
  return SAYS_NORMAL.test(said) || (COMMON_EFFECTS.test(said) && !/\bside effects?\b/.test(asked));
}

/** Whether the heading over the statement, or a line it is asked by, has just the words of the question. */
function isHeading(query: Query, { hit: { section } }: Statement): boolean {
  const own = namedIn(query.text);
  return [section.path.at(-1) ?? '', ...section.asked].some((line) => {
    const words = namedIn(line);
    return words.size === own.size && [...words].every((stem) => own.has(stem));
  });
}

function namedIn(text: string): Set<string> {
  return new Set(stemsOf(text).filter((stem) => !EVERYWHERE.has(stem)));
}

const EVERYWHERE: ReadonlySet<string> = new Set(stemsOf('dry needling dn treatment session'));

/** Whether an article asks the same of the same thing in a heading, and this is the first it says to it. */
function isAnswerToHeading(query: Query, terms: Query['terms'], statement: Statement): boolean {
  const heading = statement.hit.section.path.at(-1) ?? '';
  const asked = foldText(heading);
  return statement.isOpening && HELPS.test(asked) && isCovered(query, terms, heading);
}

function hasEffect(query: Query, terms: Query['terms'], asked: string, said: string): boolean {
  const [, auxiliary, verb = ''] = EFFECT.exec(asked) ?? [];
  const [, own = '', object = ''] = SAYS_EFFECT.exec(said) ?? [];
  if (auxiliary === undefined || stemsOf(verb)[0] !== stemsOf(own)[0] || LIMITED.test(said)) {
    return false;
  }
  const isFirm = auxiliary !== 'does' || !HEDGED.test(said);
  return isFirm && isCovered(query, terms, `${own} ${object}`);
}

/** "Is it X" where the sentence says "dry needling is X" and takes nothing back. */
function isStated(asked: string, said: string): boolean {
  const of = new RegExp(`^(?:is|are) ${SUBJECT} (?:an? )?(\\w+)$`).exec(asked)?.[1];
  if (of === undefined || LIMITED.test(said) || HEDGED.test(said)) return false;
  return new RegExp(`^(?:dry needling|the needles?|it) (?:is|are) (?:an? )?${of}\\b`, 'i').test(
    said,
  );
}
