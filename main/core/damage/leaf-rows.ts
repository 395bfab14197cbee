/**
 * The rows of one table-leaf page, without the table's tree: cells, records and overflow pages.
 *
 * Reference: SQLite, "Database File Format", sections 1.6 (b-tree pages), 1.7 (overflow) and 2.1 (records).
 */
import { type DamagedPages, PAGE_BYTES } from './damaged-pages.ts';

const TABLE_LEAF = 0x0d;
const LEAF_HEADER = 8;
/** Longer than any row of the program (a message of 1 MiB, sealed, a few times over). Ours. */
const LONGEST_ROW = 16 * 1024 * 1024;

export interface LeafRow {
  readonly rowId: number;
  /** One value a column as it is stored: the column that is the row id holds null. */
  readonly values: readonly unknown[];
}

/** Rows that can be read, from the least row id; none where it is no table leaf. A broken cell costs its row alone. */
export function leafRows(pages: DamagedPages, number: number, most = Number.POSITIVE_INFINITY): LeafRow[] {
  const page = number === 1 ? null : pages.page(number);
  if (page === null || page[0] !== TABLE_LEAF) return [];
  const cells = page.readUInt16BE(3);
  const firstCell = LEAF_HEADER + 2 * cells;
  if (cells === 0 || firstCell > PAGE_BYTES) return [];
  const rows: LeafRow[] = [];
  for (let cell = 0; cell < cells && rows.length < most; cell++) {
    const at = page.readUInt16BE(LEAF_HEADER + 2 * cell);
    if (at < firstCell || at > PAGE_BYTES - 4) continue;
    try {
      const row = rowOf(pages, page, at);
      // Within a page row ids ascend.
      if (row !== null && row.rowId > (rows.at(-1)?.rowId ?? Number.NEGATIVE_INFINITY)) rows.push(row);
    } catch (error) {
      // Reading past the end of what is there: the cell is broken, the others may not be.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return rows;
}

/**
 * The whole number in one column of each row of a leaf, without reading what else the row holds. Rows whose lengths do
 * not fit together, and those that hold something else there, are left out.
 */
export function leafNumbers(pages: DamagedPages, number: number, column: number): number[] {
  const page = number === 1 ? null : pages.page(number);
  if (page === null || page[0] !== TABLE_LEAF) return [];
  const cells = page.readUInt16BE(3);
  const firstCell = LEAF_HEADER + 2 * cells;
  if (firstCell > PAGE_BYTES) return [];
  const found: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const at = page.readUInt16BE(LEAF_HEADER + 2 * cell);
    if (at < firstCell || at > PAGE_BYTES - 4) continue;
    try {
      const value = numberIn(page, at, column);
      if (value !== null) found.push(value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // a broken cell costs its row alone
    }
  }
  return found;
}

function numberIn(page: Buffer, cell: number, column: number): number | null {
  const size = varint(page, cell);
  const record = varint(page, size.next).next;
  const header = varint(page, record);
  let at = header.next;
  let body = record + header.value;
  let value: number | null = null;
  for (let index = 0; at < record + header.value; index++) {
    const type = varint(page, at);
    at = type.next;
    const length = lengthOf(type.value);
    if (length === null) return null;
    if (index === column && type.value >= 1 && type.value <= 5) value = page.readIntBE(body, length);
    else if (index === column && (type.value === 8 || type.value === 9)) value = type.value - 8;
    body += length;
  }
  return body === record + size.value ? value : null;
}

function rowOf(pages: DamagedPages, page: Buffer, at: number): LeafRow | null {
  const size = varint(page, at);
  const rowId = varint(page, size.next);
  if (size.value > LONGEST_ROW || !Number.isSafeInteger(rowId.value)) return null;
  const payload = payloadOf(pages, page, rowId.next, size.value);
  const values = payload === null ? null : recordOf(payload);
  return values === null ? null : { rowId: rowId.value, values };
}

/** The cell's bytes with those on its overflow pages; null where one of these is not there. */
function payloadOf(pages: DamagedPages, page: Buffer, at: number, size: number): Buffer | null {
  const most = PAGE_BYTES - 35;
  const least = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
  const spread = least + ((size - least) % (PAGE_BYTES - 4));
  const here = size <= most ? size : spread <= most ? spread : least;
  if (at + here > PAGE_BYTES) return null;
  if (here === size) return page.subarray(at, at + size);
  const parts = [page.subarray(at, at + here)];
  let next = page.readUInt32BE(at + here);
  for (let left = size - here; left > 0; ) {
    const overflow = next > 1 && next <= pages.count ? pages.page(next) : null;
    if (overflow === null) return null;
    const part = overflow.subarray(4, 4 + Math.min(left, PAGE_BYTES - 4));
    parts.push(part);
    left -= part.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function recordOf(payload: Buffer): unknown[] | null {
  const header = varint(payload, 0);
  if (header.value > payload.length) return null;
  const values: unknown[] = [];
  let at = header.next;
  let body = header.value;
  while (at < header.value) {
    const type = varint(payload, at);
    at = type.next;
    const length = lengthOf(type.value);
    if (length === null || body + length > payload.length) return null;
    values.push(stored(payload, type.value, body, length));
    body += length;
  }
  // A record fills its cell: anything else is a header that was written over.
  return at === header.value && body === payload.length ? values : null;
}

const LENGTHS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function lengthOf(type: number): number | null {
  return type < 12 ? (LENGTHS[type] ?? null) : Math.floor((type - 12) / 2);
}

function stored(payload: Buffer, type: number, at: number, length: number): unknown {
  if (type === 0) return null;
  if (type <= 5) return payload.readIntBE(at, length);
  if (type === 6) return Number(payload.readBigInt64BE(at));
  if (type === 7) return payload.readDoubleBE(at);
  if (type < 10) return type - 8;
  const bytes = payload.subarray(at, at + length);
  return type % 2 === 1 ? bytes.toString('utf8') : Buffer.from(bytes);
}

/** A number of one to nine bytes, seven bits in each but the ninth. Beyond 2^53 it is told inexactly. */
function varint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(from + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: from + index + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(from + 8), next: from + 9 };
}
