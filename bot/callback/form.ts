import { z } from 'zod';
import type { CallbackForm } from '../store/callback-book.ts';

const MOST_NAME_LENGTH = 120;
const MOST_NOTE_LENGTH = 1000;
const FEWEST_DIGITS = 5;
const MOST_DIGITS = 20;
/** Of a number with all its spaces and brackets. */
const MOST_PHONE_LENGTH = 60;

type Read =
  | { readonly kind: 'form'; readonly form: CallbackForm }
  /** Nobody could dial it. */
  | { readonly kind: 'phone-unreadable'; readonly note: string | null }
  | { readonly kind: 'unreadable' };

const optional = (length: number) =>
  z
    .string()
    .transform((text) => shown(text).trim())
    .pipe(z.string().max(length))
    .transform((text) => text || null)
    .nullish()
    .transform((text) => text ?? null);

const formSchema = z.object({
  name: optional(MOST_NAME_LENGTH).transform((name) => name && name.replace(/\s+/g, ' ')),
  note: optional(MOST_NOTE_LENGTH),
});

/** The value of a `callback` event: `{ phone, name?, note? }`. Lengths in UTF-16 code units. */
export function readCallbackForm(value: unknown): Read {
  const rest = formSchema.safeParse(value);
  if (!rest.success) return { kind: 'unreadable' };
  const given = z.object({ phone: z.string() }).safeParse(value);
  const phone = given.success ? readPhone(given.data.phone) : undefined;
  return phone === undefined
    ? { kind: 'phone-unreadable', note: rest.data.note }
    : { kind: 'form', form: { phone, ...rest.data } };
}

/** As typed, with plain spaces and dashes: what is copied from a contact brings others along. */
function readPhone(typed: string): string | undefined {
  if (typed.length > MOST_PHONE_LENGTH) return undefined;
  const phone = shown(typed)
    .normalize('NFKC')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim();
  const digits = phone.replace(/\D/g, '').length;
  return /^\(?\+?[\d ().-]+$/.test(phone) && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS
    ? phone
    : undefined;
}

/** Without control characters, which rewrite a terminal, and direction marks, which turn a number round. */
function shown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(
      /(?![\n\t])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu,
      '',
    );
}
