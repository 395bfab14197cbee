/**
 * The decimal mark of a table. Whole numbers tell none; where a table writes both, or a number could be read in two
 * ways, nothing is guessed: a person says which mark it is, and what stays unclear is refused.
 */
export const DECIMAL_MARKS = ['point', 'comma'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

const WITH_POINT = /^-?\d*\.\d+$/;
const WITH_COMMA = /^-?\d+,\d+$/;
/** One to three digits and a group of three: as well a thousand as a fraction. */
const GROUPED = /^-?[1-9]\d{0,2}[.,]\d{3}$/;

/** Which mark the cells are written with; `unclear` where they disagree, or one alone could be a group of thousands. */
export function decimalMarkOf(cells: Iterable<string>): DecimalMark | 'unclear' {
  let points = 0;
  let commas = 0;
  let grouped = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (WITH_POINT.test(text)) points += 1;
    else if (WITH_COMMA.test(text)) {
      commas += 1;
      if (GROUPED.test(text)) grouped += 1;
    }
  }
  if (commas === 0) return 'point';
  return points > 0 || grouped === commas ? 'unclear' : 'comma';
}

/** A number as the program writes it, or why it is none: a mark that is not the table's could mean anything. */
export function numberText(
  text: string,
  mark: DecimalMark,
): string | { readonly refused: 'decimal-mark-unclear' } {
  if (mark === 'point') return WITH_COMMA.test(text) ? { refused: 'decimal-mark-unclear' } : text;
  if (WITH_POINT.test(text) || (WITH_COMMA.test(text) && GROUPED.test(text)))
    return { refused: 'decimal-mark-unclear' };
  return WITH_COMMA.test(text) ? text.replace(',', '.') : text;
}
