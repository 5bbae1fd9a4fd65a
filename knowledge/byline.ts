/** What a byline says about who wrote or checked the article, where it says so plainly. */
export interface Byline {
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
}

/** Characters. */
const LONGEST_BIO = 700;
const NAME =
  "\\p{Lu}[\\p{L}'\\u2019-]+(?: \\p{Lu}\\.)?(?: (?:de|van|von|del|la|bin))?(?: \\p{Lu}[\\p{L}'\\u2019-]+){1,3}";
const DEGREE =
  '(?:M\\.?D|D\\.?O|Ph\\.?D|DPT|PT|MSPT|OTR(?:-L|/L)?|OT|MS|MSc|BSc|MPH|RN|NP|PA-C|LAc|L\\.Ac|DC|D\\.?C|DAOM|ATC|CSCS|OCS|SCS|FAAOMPT|MBBS|FRCS|RMT|LMT|CCTP|BPhty|MCSP|HCPC|DACM)\\.?';
const DEGREES = `(?:, ?${DEGREE})+`;
const ROLE =
  'board-certified|physician|doctor|(?:physio)?therapist|writer|journalist|author|editor|consultant|professor|practitioner|orthop\\w+|surgeon|nurse|chiropractor|osteopath|acupuncturist|specialist|reviewer|researcher|trainer|coach';

/** Words of the byline itself in any case; names keep their capitals, which is what tells them apart. */
const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const BY_LINE = new RegExp(
  `^(?:(?:${anyCase('written')}|${anyCase('words')}|${anyCase('posted')}|${anyCase('published')}|${anyCase('author')}):? )?(?:${anyCase('by')}:? )(${NAME})(?:${DEGREES})?(?: ?[|\\u00b7,-] ?.{0,80}| on .{0,30})?\\.?$`,
  'u',
);
const REVIEW_LINE = new RegExp(
  `^(?:(?:${anyCase('medically')}|${anyCase('clinically')}|${anyCase('fact')})[ -])?(?:${anyCase('reviewed')}|${anyCase('checked')}|${anyCase('approved')}|${anyCase('verified')}) ${anyCase('by')}:? (?:Dr\\.? )?(${NAME})(?:${DEGREES})?(?:[ ,|\\u00b7-].{0,80})?\\.?$`,
  'u',
);
const BIO = new RegExp(
  `^(?:${anyCase('by')} )?(?:Dr\\.? )?(${NAME})${DEGREES},? (?:is|works as|has worked as) (?:an? |the )?.{0,120}?\\b(?:${ROLE})\\b`,
  'u',
);
/** Without a degree only what no treatment could be said to be: "Dry Needling is a specialist skill" is none. */
const PLAIN_BIO = new RegExp(
  `^(${NAME}),? is (?:an? |the )(?:[\\p{L}-]+ ){0,4}(?:physician|therapist|physiotherapist|writer|journalist|author|editor|nurse|chiropractor|osteopath|acupuncturist|researcher)(?:[,.]| who| and| at| in| based| with| for)`,
  'u',
);
const DATE_LINE =
  /^(?:(?:last )?(?:updated|published|posted|modified|reviewed)(?: on)?:?\s+)(?:\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2} \w{3,9} \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b.{0,60}$/i;
const READING_TIME = /^\d{1,2} min(?:ute)?s?\.? read(?:ing time)?$/i;
const CREDIT =
  /\b(?:Getty ?Images|iStock|Shutterstock|Unsplash|Pexels|Pixabay|Adobe ?Stock|Alamy|Freepik|Depositphotos|Dreamstime|Envato|Canva)\b/i;
const CREDIT_LINE =
  /^(?:photos?|images?|pictures?|illustrations?|graphics?|photography|photograph)(?: credits?| source| courtesy(?: of)?)? ?(?::|by|from|via|\u00a9|courtesy)\s?.{2,100}$/i;

/** A line that names where a picture comes from. Prose that mentions photographs is longer or ends in a stop. */
export function isPhotoCredit(text: string): boolean {
  if (text.length > 120) return false;
  if (CREDIT.test(text)) return !/[.!?]$/.test(text) || text.split(/\s+/).length <= 6;
  return (
    CREDIT_LINE.test(text) &&
    !/[.!?]\s+\S/.test(text) &&
    !/\b(?:is|are|show|shows|was|were)\b/i.test(text)
  );
}

/** Names in a byline or in the lines about the author; null where the text is neither. */
export function readByline(text: string): Byline | null {
  if (text.length > LONGEST_BIO) return null;
  const review = nameIn(REVIEW_LINE, text);
  if (review) return { authors: [], reviewers: [review] };
  const by = nameIn(BY_LINE, text);
  if (by) return { authors: [by], reviewers: [] };
  const bio = nameIn(BIO, text) ?? nameIn(PLAIN_BIO, text);
  if (bio && (text.match(/[.!?](?:\s|$)/g)?.length ?? 0) <= 4) {
    return { authors: /^by /i.test(text) ? [bio] : [], reviewers: [] };
  }
  return DATE_LINE.test(text) || READING_TIME.test(text) ? { authors: [], reviewers: [] } : null;
}

function nameIn(pattern: RegExp, text: string): string | null {
  const found = pattern.exec(text)?.[1];
  return found ? undoubled(found) : null;
}

/** "Ada LoveAda Love", which scrapers make of a name and its link, is "Ada Love". */
function undoubled(name: string): string {
  const half = /^(.{4,}?)\1$/u.exec(name);
  return half?.[1] ?? name;
}
