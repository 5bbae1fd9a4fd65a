// 3GPP TS 23.038 (the alphabet) and 23.040 (the parts of a long message).

/** One septet each; the default alphabet without its escape. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Two septets each: an escape and the character, never split over two parts. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Of a message sent whole, and of each part of a long one, less the 7 septets of its header. */
export const SEPTETS = { whole: 160, part: 153 } as const;
/** The same in UTF-16 code units, for a message with any character outside the alphabet. */
const CODE_UNITS = { whole: 70, part: 67 } as const;

/** What people read the same, for characters outside the alphabet. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '`': "'", '´': "'", ʼ: "'",
  '“': '"', '”': '"', '„': '"', '‟': '"', '″': '"', '«': '"', '»': '"',
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '•': '-', '·': '-',
  '⁄': '/', '×': 'x', '÷': '/', '±': '+/-', '≤': '<=', '≥': '>=', '≈': '~', '→': '->',
  '°': ' deg', µ: 'u', '©': '(c)', '®': '(R)', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i',
  œ: 'oe', Œ: 'OE', '\t': ' ', '\v': '\n', '\u2028': '\n', '\u2029': '\n',
}; // prettier-ignore

/** Invisible marks and pictures: dropped, since one of them would halve the room for all the rest. */
const DROPPED =
  /\u00ad|\u200b|\u2060|\ufeff|(?![©®])\p{Extended_Pictographic}(?:\ufe0e|\ufe0f|\u200d|\p{Emoji_Modifier})*/gu;

/** Puts what it can into the alphabet; characters it has no likeness for stay as they are. */
export function toGsm7(text: string): string {
  let written = '';
  for (const character of text.normalize('NFC').replace(DROPPED, '')) {
    written += isGsm7(character) ? character : likeness(character, written);
  }
  return written;
}

function likeness(character: string, before: string): string {
  const known = LOOKALIKES[character];
  if (known !== undefined) return known;
  // "á" is "a" and a mark; "½" is "1⁄2"; a no-break space is a space.
  const plain = Array.from(
    character.normalize('NFKD').replace(/\p{M}+/gu, ''),
    (part) => LOOKALIKES[part] ?? part,
  ).join('');
  if (plain === '' || !isGsm7(plain)) return character;
  // "1½" must not become "11/2", nor "10³" 103.
  if (!/\d$/.test(before)) return plain;
  return `${plain.includes('/') ? ' ' : /[²³¹⁰-⁹]/.test(character) ? '^' : ''}${plain}`;
}

function isGsm7(text: string): boolean {
  for (const character of text) {
    if (!BASIC.has(character) && !EXTENDED.has(character)) return false;
  }
  return true;
}

/** How many SMS a text is sent as. */
export function countSegments(text: string): number {
  const gsm7 = isGsm7(text);
  const limit = gsm7 ? SEPTETS : CODE_UNITS;
  const sizes = Array.from(text, (character) =>
    gsm7 ? (EXTENDED.has(character) ? 2 : 1) : character.length,
  );
  if (sizes.reduce((sum, size) => sum + size, 0) <= limit.whole) return 1;

  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > limit.part) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
