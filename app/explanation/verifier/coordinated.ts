/** Vitals that are named together: what is said of "the pressure and the pulse" is said of each. */
import type { Mention, NamedVital } from './vitals-named.ts';

const JOINED = new RegExp(
  /^,?(?: (?:and|or|nor|as well as|और|या|तथा|व|एवं|न))?(?: (?:the|its|his|her|their|also))? $/u.source.normalize(
    'NFKC',
  ),
  'u',
);

/** The vital last named before an offset, with all that are joined to it. */
export function coordinated(
  mentions: readonly Mention[],
  text: string,
  vital: NamedVital,
  start: number,
): readonly NamedVital[] {
  const last = mentions.findLastIndex(({ end }) => end <= start);
  if (mentions[last]?.vital !== vital) return [vital];
  const said = [vital];
  for (let index = last; index > 0; index--) {
    const [one, next] = [mentions[index - 1], mentions[index]];
    if (one === undefined || next === undefined) break;
    if (!JOINED.test(text.slice(one.end, next.start))) break;
    said.push(one.vital);
  }
  return said;
}
