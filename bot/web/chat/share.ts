import { orderNotices } from '../../channels/notice-order.ts';
import type { Reply } from '../../reply.ts';
import type { Texts } from '../i18n/en.ts';
import { fill } from '../i18n/language.ts';

/** Longest `mailto:` that every mail program takes, in UTF-16 code units. */
const LONGEST_MAIL = 1_900;

/** Half a character, at which `encodeURIComponent` throws. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** An answer as it can be pasted anywhere: with its warnings, its sources and what it is. */
export function answerAsText(reply: Reply, question: string, texts: Texts): string {
  const { before, after } = orderNotices(reply.notices);
  const sources = reply.citations.map(
    ({ marker, title, origin, section, publisher }) =>
      `[${marker}] ${[title || origin, section, publisher].filter(Boolean).join(', ')}`,
  );
  return [
    question && fill(texts.asked, { text: question }),
    ...before.map(({ text }) => text),
    reply.text,
    ...after.map(({ text }) => text),
    sources.length > 0 && [`${texts.sources}:`, ...sources].join('\n'),
    `${texts.automated}. ${texts.standing}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Whether it is in the clipboard now. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Where a frame or a browser has no clipboard to write to. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}

export function mailAddress(subject: string, text: string): string {
  let body = text;
  const address = () =>
    `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replace(LONE_SURROGATE, '\ufffd'))}`;
  while (address().length > LONGEST_MAIL) body = `${body.slice(0, -40).trimEnd()}…`;
  return address();
}

/** Prints the one message that `inside` stands in (print.css hides the others). */
export function printMessage(inside: Element | null): void {
  const message = inside?.closest('.message');
  if (!message) return;
  const question = message.previousElementSibling;
  const parts = [message, ...(question?.matches('.message-visitor') ? [question] : [])];
  for (const part of parts) part.classList.add('printed');
  document.documentElement.classList.add('prints-one');
  window.addEventListener(
    'afterprint',
    () => {
      for (const part of parts) part.classList.remove('printed');
      document.documentElement.classList.remove('prints-one');
    },
    { once: true },
  );
  window.print();
}
