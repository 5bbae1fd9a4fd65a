import type { Rule, RuleSet } from '../knowledge/rule.ts';
import { adviceOf } from './advice.ts';
import { contactsOf } from './clinic-contact.ts';
import type { Channel } from './conversation.ts';
import type { Notice, Reply } from './reply.ts';
import { cautionNotices, fixedReply } from './safety/escalation.ts';
import { judge } from './safety/judge.ts';
import { listen } from './safety/listen.ts';
import type { Screened } from './safety/screen.ts';
import type { TurnDeps } from './turn.ts';

type ProcedureDeps = Pick<TurnDeps, 'rules' | 'clinic' | 'region' | 'retriever'>;

/**
 * To one of the staff who asks what to do about a sign: what a patient who reports it is told, with
 * its source, and behind it what an article says. undefined where nothing such is asked.
 */
export function procedureReply(
  utterance: string,
  screened: Screened,
  deps: ProcedureDeps,
): Reply | undefined {
  const rule = ruleAskedAbout(utterance, deps.rules);
  const source = rule && sourceOf(rule, deps.retriever);
  if (!rule || source === undefined) return undefined;
  const { language } = screened;
  const told = fixedReply(rule, language, deps.rules, deps);
  const text = deps.rules.lines.procedure[language]
    .replace('{REPLY}', () => told)
    .replace('{SOURCE}', () => source);
  const notices = cautionNotices(screened, deps.rules);
  const said = {
    safety: { level: screened.level, rules: screened.rules, open: screened.open },
    differences: [],
    suggestions: [],
    confidence: 0,
    query: utterance.trim(),
    language,
  };
  const advice = language === 'en' ? adviceOf(rule, deps.retriever) : undefined;
  if (advice) {
    const procedure: Notice = { kind: 'procedure', text };
    return {
      ...said,
      ...advice,
      kind: 'answer',
      reason: null,
      notices: [...notices, procedure],
      contacts: [],
    };
  }
  const contacts = contactsOf(deps.clinic, language);
  return { ...said, kind: 'handoff', reason: 'procedure', text, notices, citations: [], contacts };
}

/**
 * In doubt, both: an escalation of what asks about policy too says whose words these are, but for a
 * text message, where the card is all that fits.
 */
export function withSource(
  reply: Reply,
  utterance: string,
  channel: Channel,
  deps: ProcedureDeps,
): Reply {
  const [raised] = reply.safety.rules;
  const rule = raised === undefined ? undefined : deps.rules.byId.get(raised);
  if (!rule || channel === 'sms' || !asksOfPolicy(utterance, deps.rules)) return reply;
  const source = sourceOf(rule, deps.retriever);
  if (source === undefined) return reply;
  const language = reply.language === 'es' ? 'es' : 'en';
  const line = deps.rules.lines['procedure-above'][language];
  const notice: Notice = { kind: 'procedure', text: line.replace('{SOURCE}', () => source) };
  return { ...reply, notices: [...reply.notices, notice] };
}

function asksOfPolicy(utterance: string, rules: RuleSet): boolean {
  return listen(utterance, rules).markers.has('policy');
}

/** The most serious rule whose signs are asked about, and reported of nobody, in words of policy. */
export function ruleAskedAbout(utterance: string, rules: RuleSet): Rule | undefined {
  const { words, markers, hits } = listen(utterance, rules);
  if (!markers.has('policy')) return undefined;
  const asked = hits.map((hit) =>
    hit.status === 'supposed' ? { ...hit, status: 'present' as const } : hit,
  );
  const [first] = judge(asked, new Set(), rules, words, null);
  return first && first.rule.level !== 'caution' ? first.rule : undefined;
}

/** A guideline with its address, one that somebody has opened before others; else an article, if it is there. */
function sourceOf({ sources }: Rule, retriever: TurnDeps['retriever']): string | undefined {
  const guidelines = sources.flatMap((source) => ('guideline' in source ? [source] : []));
  const guideline = guidelines.find(({ verified }) => verified) ?? guidelines[0];
  if (guideline) {
    return [guideline.guideline, guideline.address].filter((part) => part !== null).join(', ');
  }
  return retriever.snapshot.articles.find(({ origin }) =>
    sources.some((source) => 'origin' in source && source.origin === origin),
  )?.title;
}
