/**
 * An address is one hit from its house to its PIN: the parts beside each other are joined, and what stands between
 * commas inside it belongs to it though no list has it.
 */
import { isKnownWord } from '../names/known-words.ts';
import type { IdentifierSpan } from '../span.ts';

const NEXT_PART =
  /^(?:,\s*|\s+-\s*|\s*-\s*(?=\d{6})|,?\s+(?:near|opp\.?|opposite|behind|next\s+to|post|po|ps|dist\.?|tehsil)\s+)(?<part>(?:(?:Near|Opp\.?|Opposite|Behind|Post|PO|PS|Dist\.?|Tehsil)[:\s]+)?(?:[A-Z]?-?\d{1,4}(?:[-/]\d{1,4})*[A-Z]?,\s*)?\p{Lu}[\p{L}'.]+(?:\s+\p{Lu}[\p{L}'.]*){0,3}(?:\s*-?\s*\d{6}(?!\d))?)(?![\p{L}\p{M}]|\s*[:=]?\s*\d)/u;
const BETWEEN =
  /^(?:[ ,./-]{1,4}|[ ,./-]{0,3}(?:teh(?:sil)?|tal(?:uka)?|dist+|post|po|p\.o|ps|p\.s|thana|block|mandal|vill|via|city|state|तह|जि|पो)[.:]{0,2}\s*[:-]?\s*|,?\s+(?:near|opp\.?|opposite|behind|at|of|in|mohalla|muhalla|के पास|ke paas|में)\s+|,?\s+(?:near|opp\.?|opposite|behind)\s+(?:\p{Ll}+\s?){1,3},\s+)$/u;

/** Words of an address that are known for something else. */
const PART_WORD =
  /^(?:near|opp|opposite|behind|post|po|ps|dist|tehsil|water|tank|bus|stand|old|new|east|west|north|south|main|road|cross|stage|block|phase|tower|gate|temple|mandir|masjid|church|school|market|station|park|hill|hills|city|town)\.?$/iu;

function partIsPlace(part: string): boolean {
  const words = part.match(/\p{L}[\p{L}'.]*/gu) ?? [];
  return words.every(
    (word) =>
      PART_WORD.test(word) ||
      (!isKnownWord(word.toLowerCase().replace(/\.$/u, '')) && !/^\p{Lu}{2,}$/u.test(word)),
  );
}

/** The spans with every address taken on through the parts that follow it. Towns alone are not taken on. */
export function joinedAddresses(text: string, spans: readonly IdentifierSpan[]): IdentifierSpan[] {
  const sorted = [...spans].sort((one, other) => one.start - other.start || other.end - one.end);
  const joined: IdentifierSpan[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && (span.start <= last.end || BETWEEN.test(text.slice(last.end, span.start)))) {
      const kind = last.kind === 'location' && span.kind === 'location' ? 'location' : 'address';
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, span.end), kind };
    } else joined.push(span);
    const whole = joined[joined.length - 1];
    if (whole !== undefined && whole.kind === 'address')
      joined[joined.length - 1] = { ...whole, end: reach(text, whole.end) };
  }
  return joined;
}

function reach(text: string, from: number): number {
  let end = from;
  for (;;) {
    const next = NEXT_PART.exec(text.slice(end, end + 200));
    if (next === null || !partIsPlace(next.groups?.part ?? '')) return end;
    end += next[0].length;
  }
}
