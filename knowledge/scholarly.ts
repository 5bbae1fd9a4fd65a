/** Longer blocks are prose that mentions a study. */
const LONGEST_REFERENCE = 600;
const REFERENCE_HEADING =
  /^(?:references?|sources|bibliography|citations|works cited|literature|article sources|footnotes|further reading)(?: (?:and|&) (?:sources|further reading|references))?:?$/i;

const AUTHOR_FIRST =
  /^(?:\[?\d{1,3}[.\])]?\s*)?\p{Lu}[\p{L}'\u2019-]+(?:[ -]\p{Lu}[\p{L}'\u2019-]+)? \p{Lu}{1,3}(?:,|\.|\s&| and )/u;
const AUTHOR_INITIALS = /^(?:\[?\d{1,3}[.\])]?\s*)?\p{Lu}[\p{L}'\u2019-]+, (?:\p{Lu}\. ?){1,3}/u;
const IDENTIFIER = /\b(?:doi:?\s*10\.|10\.\d{4,9}\/|PMID:? ?\d|PMCID|ISBN|arXiv)/i;
const VOLUME =
  /\b(?:19|20)\d{2};\s?\d+(?:\s?\([^)]*\))?\s?[:,]\s?[\w-]+|\b\d{1,3}\(\d{1,3}\)[:,]\s?\d+/;
const ENDS_IN_ADDRESS = /(?:https?:\/\/|www\.)\S+$/;

/**
 * How much a block looks like an entry of a reference list: 3 or more is one, 2 is one among others.
 * "Ruiz et al. found …" alone is worth 1: prose quotes studies too.
 */
export function referenceScore(text: string): number {
  if (text.length > LONGEST_REFERENCE) return 0;
  let score = 0;
  if (AUTHOR_FIRST.test(text) || AUTHOR_INITIALS.test(text)) score += 2;
  if (IDENTIFIER.test(text)) score += /\bdoi\S*$|10\.\S+$|PMC?ID:? ?\w+\.?$/i.test(text) ? 3 : 1;
  if (VOLUME.test(text)) score += 2;
  if (/\bet al\b/.test(text)) score += 1;
  if (ENDS_IN_ADDRESS.test(text)) score += 1;
  if (/^\[?\d{1,3}[.\])]\s/.test(text)) score += 1;
  return score;
}

/** "Some Association. Title of the page." in the company of references. */
export function isShortReference(text: string): boolean {
  const parts = /^([^.?!]{2,90})\. ([^.?!]{3,140})\.$/u.exec(text);
  if (!parts?.[1]) return false;
  const words = parts[1].split(/\s+/).filter((word) => word.length > 3);
  return words.length > 0 && words.every((word) => /^\p{Lu}/u.test(word));
}

export function isReferenceHeading(heading: string): boolean {
  return REFERENCE_HEADING.test(heading.trim());
}
