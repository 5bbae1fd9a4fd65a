import type { Rule, RuleSet } from '../../knowledge/rule.ts';
import type { Signoff, Wording } from '../../knowledge/signoff.ts';
import { describeSignoff } from '../../knowledge/signoff.ts';

/** The page names the wording it shows, so that only what was on a page can be signed. */
const HASH_LINE = 'name="wording" content="';

/** Where numbers go into a reply. */
const PLACES: Readonly<Record<string, string>> = {
  EMERGENCY: 'emergency number',
  CRISIS: 'crisis line',
  POISON: 'poison line',
  ABUSE: 'abuse helpline',
  CLINIC_PHONE: 'the clinic',
  AFTER_HOURS: 'out-of-hours service',
  NAMES: 'what was mentioned',
};

const STYLE = `
body { font: 11pt/1.45 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c2523; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #8a9a95; } h3 { margin-bottom: .3rem; }
section.card { break-inside: avoid-page; margin-bottom: 1.8rem; }
blockquote { margin: .3rem 0; padding: .3rem .8rem; border-left: 3px solid #7a8f88; background: #f3f6f4; }
.place { color: #7a3b12; white-space: nowrap; } .quiet { color: #52615c; font-size: 10pt; }
table { border-collapse: collapse; font-size: 10pt; } td, th { border: 1px solid #b9c4c0; padding: .25rem .5rem; text-align: left; vertical-align: top; }
.patterns { font: 8pt/1.35 ui-monospace, monospace; overflow-wrap: anywhere; }
.sign td { height: 3rem; width: 16rem; } ul { margin: .2rem 0 .6rem; padding-left: 1.2rem; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }`;

/** Whether a page shows the wording as it is now. */
export function isPageOf(page: string, { hash }: Wording): boolean {
  return page.includes(`${HASH_LINE}${hash}"`);
}

/** All that a clinician signs, on one page that prints and runs nothing. */
export function signoffPage(rules: RuleSet, wording: Wording, signoff: Signoff): string {
  const state = signoff.kind === 'changed' ? list(signoff.changed.map(escape)) : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta ${HASH_LINE}${wording.hash}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Safety wording to sign</title><style>${STYLE}</style></head><body>
<h1>Safety wording to sign</h1>
<p><strong>${escape(describeSignoff(signoff))}</strong></p>${state}
<p>These are the fixed words that the assistant says in an emergency, when something is urgent, and
before an answer that needs care. No model writes or changes them. Below each reply stand the rules
that use it and what makes each of them fire. Words in <span class="place">[brackets]</span> are filled
in from the tables of numbers. At the end stand the phrases that are listened for.</p>
<table class="sign"><tr><th>Name and role</th><th>Date</th><th>Signature</th></tr><tr><td></td><td></td><td></td></tr></table>
<p class="quiet">SHA-256 of this wording: ${wording.hash}</p>
<h2>Replies</h2>
${Object.keys(rules.cards)
  .map((card) => cardSection(card, rules))
  .join('\n')}
<h2>Lines</h2>
${Object.entries(rules.lines)
  .map(
    ([name, { en, es }]) => `<h3>${escape(name)}</h3>${said('English', en)}${said('Spanish', es)}`,
  )
  .join('\n')}
<h2>The question under the red flags</h2>
${Object.entries(rules.check)
  .map(
    ([name, { en, es }]) => `<h3>${escape(name)}</h3>${said('English', en)}${said('Spanish', es)}`,
  )
  .join('\n')}
<h2>Numbers</h2>
${numbers(rules)}
<h2>What is listened for</h2>
${patterns(wording)}
</body></html>
`;
}

function cardSection(name: string, rules: RuleSet): string {
  const card = rules.cards[name];
  if (!card) return '';
  const users = rules.rules.filter((rule) => rule.card === name);
  const used =
    users.length > 0
      ? users.map((rule) => ruleSection(rule, rules)).join('\n')
      : '<p class="quiet">Said in place of another card when self-harm is raised together with it.</p>';
  return `<section class="card"><h3>${escape(name)}</h3>
${said('English', card.text.en)}${said('Spanish', card.text.es)}
${said('English, text message', card.sms.en)}${said('Spanish, text message', card.sms.es)}
<p class="quiet">Buttons: ${card.contacts.map(escape).join(', ') || 'none'}. The closing line follows, but not in a text message.</p>
</section>${used}`;
}

function ruleSection(rule: Rule, rules: RuleSet): string {
  const examples = (utterances: readonly string[]) =>
    list(utterances.map((utterance) => `“${escape(utterance)}”`));
  const own =
    rule.names && rule.line
      ? said('Said of it in English', `${rule.names.en}: ${rule.line.en}`) +
        said('Said of it in Spanish', `${rule.names.es}: ${rule.line.es}`)
      : '';
  const { by, on } = rule.reviewed;
  return `<section><h3>${rule.id} <span class="quiet">(${rule.level})</span></h3>
<p>Fires when somebody reports:</p>${list(firesOn(rule, rules).map(escape))}${own}
<p>For example:</p>${examples(rule.catches)}
<p>But not:</p>${examples(rule.ignores)}
<p class="quiet">When it is over: ${escape(decayOf(rule))}. ${rule.staysOpen ? 'A bare “no” does not end it. ' : ''}Reviewed by: ${escape(by ? `${by}, ${on ?? ''}` : 'nobody')}.</p>
<p class="quiet">Sources:</p>${list(rule.sources.map(sourceOf))}</section>`;
}

/** Each way to meet a rule, in the words that its concepts are described with. */
function firesOn(rule: Rule, { concepts }: RuleSet): string[] {
  const says = (ids: readonly string[], join: string) =>
    ids.map((id) => concepts.get(id)?.says ?? id).join(join);
  const silent = rule.silencedBy.length > 0 ? `; never with ${says(rule.silencedBy, ' or ')}` : '';
  return rule.hears.map(({ any, all, near, unless }) => {
    const parts = [
      all.length > 0 && says(all, ', and '),
      any.length > 0 && `${any.length > 1 ? 'any of: ' : ''}${says(any, '; ')}`,
    ].filter(Boolean);
    const close = near === undefined ? '' : `, within ${near} words`;
    const but = unless.length > 0 ? `; not with ${says(unless, ' or ')}` : '';
    return `${parts.join(', together with ')}${close}${but}${silent}`;
  });
}

function decayOf({ level, decay }: Rule): string {
  if (decay) return `${decay.recent} within ${decay.recentDays} days, then ${decay.older}`;
  return level === 'emergency' ? 'urgent within 2 days, then nothing' : 'nothing';
}

function sourceOf(source: Rule['sources'][number]): string {
  if ('origin' in source) return `Article ${escape(source.origin)}, “${escape(source.section)}”`;
  const { guideline, address, verified } = source;
  const isWeb = address !== null && /^https?:\/\//.test(address);
  const where = isWeb ? ` <a href="${escape(address)}">${escape(address)}</a>` : '';
  return `${escape(guideline)}${where}${verified ? '' : ' <strong>(to be verified)</strong>'}`;
}

function numbers({ regions: { regions, neutral } }: RuleSet): string {
  const rows = Object.entries(regions).map(
    ([name, { emergency, crisis, poison, abuse, afterHours, checked }]) =>
      row([
        name,
        emergency.label,
        ...[crisis, poison, abuse].map(({ label, tel, sms }) =>
          [label, tel && `dials ${tel}`, sms && `texts ${sms}`].filter(Boolean).join('; '),
        ),
        `${afterHours.en} / ${afterHours.es}`,
        checked ?? 'to be verified',
      ]),
  );
  const head = ['Region', 'Emergency', 'Crisis', 'Poison', 'Abuse', 'After hours', 'Last checked'];
  const plain = (['emergency', 'crisis', 'poison', 'abuse'] as const).map((key) => {
    const { en, es, sms } = neutral[key];
    return `${escape(key)}: ${escape(en)} / ${escape(es)} / ${escape(sms)}`;
  });
  const { en, es } = neutral.afterHours;
  return `<table><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr>${rows.join('')}</table>
<p>Where no region is set (English / Spanish / text message):</p>
${list([...plain, `after hours: ${escape(en)} / ${escape(es)}`])}`;
}

/** Every pattern, so that what is signed is what was shown. */
function patterns({ parts }: Wording): string {
  return parts
    .filter(({ kind }) => kind === 'concept' || kind === 'list')
    .map(
      ({ kind, name, content }) =>
        `<p class="patterns"><strong>${kind} ${escape(name)}</strong> ${escape(JSON.stringify(content))}</p>`,
    )
    .join('\n');
}

function said(label: string, text: string): string {
  const filled = escape(text).replace(
    /\{([A-Z_]+)\}/g,
    (whole, name: string) => `<span class="place">[${PLACES[name] ?? whole}]</span>`,
  );
  return `<p class="quiet">${label}:</p><blockquote>${filled}</blockquote>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
