/**
 * Comma-separated tables (RFC 4180) as hospitals export them: quotes, line ends of either kind, a byte order mark, and
 * `;` or a tab where the decimal sign is a comma. Text in, records out; what a cell means is decided elsewhere.
 */

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const BYTE_ORDER_MARK = '\uFEFF';
const SEPARATORS = [',', ';', '\t'] as const;

/** The separator that stands most often in the first line outside of quotes; a comma where none does. */
export function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const first = (end === -1 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => first.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best), SEPARATORS[0]);
}

/**
 * The records of a table. Blank lines are passed over. A quote that is never closed takes the rest of the text into
 * its cell, as RFC 4180 leaves it: the record then has too few cells, which its reader refuses.
 */
export function readCsv(given: string, separator = separatorOf(given)): CsvRecord[] {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  const records: CsvRecord[] = [];
  let line = 1;
  let began = 1;
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let wasQuoted = false;
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
    wasQuoted = false;
  };
  const endRecord = (): void => {
    const isBlank = cells.length === 0 && cell === '' && !wasQuoted;
    endCell();
    if (!isBlank) records.push({ line: began, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\n' || (letter === '\r' && text.charAt(at + 1) !== '\n')) line += 1;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '' && !wasQuoted) {
      isQuoted = true;
      wasQuoted = true;
    } else if (letter === separator) endCell();
    else if (letter === '\n' || (letter === '\r' && text.charAt(at + 1) !== '\n')) {
      endRecord();
      began = line;
    } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || cells.length > 0 || wasQuoted) endRecord();
  return records;
}
