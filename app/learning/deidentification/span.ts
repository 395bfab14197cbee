/** What de-identification finds: a stretch of the text and what kind of identifier it is. */
export const IDENTIFIER_KINDS = [
  'name',
  'mrn',
  'aadhaar',
  'abha',
  'pan',
  'phone',
  'email',
  'date',
  'age-over-89',
  'address',
  'location',
  'device',
  'url',
  'ip',
  'vehicle',
  'licence',
  'insurance',
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Offsets in UTF-16 units of the original text; `end` is past the last unit. */
export interface IdentifierSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: IdentifierKind;
}

/** Finds identifiers of some kinds in a folded text (`foldForIdentifiers`). Offsets are in that text. */
export type Recogniser = (text: string) => IdentifierSpan[];

/** Every match of a pattern as a span of one kind; `keep` may refuse a match that the pattern cannot. */
export function spansOfPattern(
  text: string,
  pattern: RegExp,
  kind: IdentifierKind,
  keep: (match: RegExpExecArray) => boolean = () => true,
): IdentifierSpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    if (!keep(match)) return [];
    // A group called `id`, the last of its pattern, is the identifier itself; without one it is the whole match.
    const id = match.groups?.id;
    const start = match.index + (id === undefined ? 0 : match[0].lastIndexOf(id));
    return [{ start, end: start + (id ?? match[0]).length, kind }];
  });
}
