type Kind = 'phone' | 'email' | 'date' | 'address' | 'number' | 'link';

/**
 * What tells who somebody is, taken out of a text before it leaves the process: phone numbers, email
 * addresses, dates of birth and other full dates, street addresses, record and card numbers, links.
 * Figures that belong to a question ("24 to 48 hours", "10/10 pain", "in 2017") stay.
 *
 * Patterns, so no promise: a name, or a number written out in words, is not found.
 */
export function redact(text: string): string {
  let redacted = text.normalize('NFKC');
  for (const [kind, pattern] of PATTERNS) {
    redacted = redacted.replace(pattern, (found) =>
      isHarmless(found, kind) ? found : `[${kind}]`,
    );
  }
  return redacted;
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)';
const STREET =
  '(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|dr(?:ive)?|lane|ln|blvd|boulevard|c(?:our)?t|way|place|pl|terrace|ter|square|sq|highway|hwy|circle|cir|close|crescent|parkway|pkwy)';

/** In this order: what is found first is no longer there for the next. */
const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['email', /[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}.-]+\.[\p{L}]{2,}/giu],
  ['link', /\b(?:https?:\/\/|www\.)\S+/gi],
  // 04/12/1983, 4-12-83, 1983-04-12, April 12 1983, 12th of April, 1983, el 12 de abril de 1983
  ['date', /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b/g],
  ['date', new RegExp(`\\b${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{2,4}\\b`, 'gi')],
  [
    'date',
    new RegExp(
      `\\b\\d{1,2}(?:st|nd|rd|th)?(?:\\s+(?:of|de))?\\s+${MONTH}(?:\\s+(?:of|de|del))?,?\\s+\\d{2,4}\\b`,
      'gi',
    ),
  ],
  [
    'date',
    /\b(?:born|dob|d\.o\.b\.?|birth ?(?:day|date)|date of birth|nac(?:ido|ida|í)|fecha de nacimiento)\b[^.?!\n]{0,20}?\b\d{1,4}(?:[/.\s-]+\d{1,4}){0,2}\b/gi,
  ],
  // 12 Elm Street, 4B; calle Mayor 5; ZIP codes with their state; UK postcodes; PO boxes
  [
    'address',
    new RegExp(
      `\\b\\d{1,6}[a-z]?\\s+(?:[\\p{L}\\d.'’]+\\s+){1,4}${STREET}\\b\\.?(?:,?\\s*(?:apt|apartment|suite|unit|flat|#)\\.?\\s*[\\w-]+)?`,
      'giu',
    ),
  ],
  [
    'address',
    /\b(?:calle|avenida|avda\.?|plaza|paseo|carretera)\s+[\p{L}\s.'’]{2,40}?,?\s*(?:n[uú]mero\s*|n[º°o.]\s*)?\d{1,5}\b/giu,
  ],
  ['address', /\b(?:p\.?\s?o\.?\s*box|apartado)\s*\d+\b/gi],
  ['address', /\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b/g],
  ['address', /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/g],
  ['number', /\b\d{3}-\d{2}-\d{4}\b/g],
  [
    'number',
    /\b(?:mrn|medical record|record|chart|patient|member|policy|insurance|claim|account|case|nhs|medicare|ssn|social security|passport|license|licence|id|expediente|p[oó]liza|dni|nie|seguro)(?:\s+(?:number|no|num|id|card|n[uú]mero|social))*\.?\s*(?:is|es|:|#|nº)?\s*#?\s*(?=[a-z-]{0,4}\d)[a-z\d][a-z\d-]{3,}\b/gi,
  ],
  // Thirteen digits and more are a card, not a phone.
  ['number', /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g],
  ['phone', /(?<![\d.])(?:\+|00)\d[\d\s().-]{6,18}\d\b/g],
  ['phone', /(?<![\d.])\(?\d{3,5}\)?[\s.-]+\d{3,4}[\s.-]+\d{3,4}\b/g],
  ['phone', /(?<![\d.])\d{3}[\s.-]\d{4}\b/g],
  ['phone', /(?<![\d.])\d{2,3}(?:[\s.-]\d{2,3}){3,4}\b/g],
  // Seven digits and more in a row are nobody's question; letters among them make a reference.
  ['number', /\b(?:[A-Z]{1,4}-?)?\d[\d -]{5,22}\d\b/g],
  ['number', /\b[A-Z]{1,4}\d{5,}\b/g],
];

/** "10/10", "24-48", "1.5": too few digits to be anybody's. */
function isHarmless(found: string, kind: Kind): boolean {
  const digits = found.replace(/\D/g, '').length;
  if (kind === 'phone' || kind === 'number') return digits < 6 && !/[a-z]{2,}.*\d/i.test(found);
  return kind === 'date' && digits < 4 && !/birth|born|dob|nac/i.test(found);
}
