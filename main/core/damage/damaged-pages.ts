/**
 * The pages of a damaged file as they lie on the disk, with what its log says of them. SQLite gives a page only where
 * every page on the way to it is whole; here each is looked at by itself.
 *
 * Reference: SQLite, "Database File Format", sections 1.3 (header), 1.5 (freelist), 4.1 and 4.2 (log).
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** What records of this program are made with. */
export const PAGE_BYTES = 4096;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;
const LOG_MAGIC = 0x377f0682;
/** Far more trunk pages than a record of hundreds of gigabytes has; ends a list that leads round. Ours. */
const MOST_TRUNKS = 1_000_000;

export interface DamagedPages {
  /** Pages there are, numbered from 1. */
  readonly count: number;
  /** Null where the file ends before it. A page that was cut is filled up with zeros. */
  page(number: number): Buffer | null;
  close(): void;
}

/** Opens the file for reading only. `withLog`: false where the log beside it is of another record. */
export function openDamagedPages(file: string, withLog: boolean): DamagedPages {
  const handle = openSync(file, 'r');
  const inLog: ReadonlyMap<number, Buffer> =
    withLog && existsSync(`${file}-wal`) ? pagesOfLog(readFileSync(`${file}-wal`)) : new Map();
  let count = Math.ceil(fstatSync(handle).size / PAGE_BYTES);
  for (const number of inLog.keys()) count = Math.max(count, number);
  const pageOfFile = readInWindows(handle);
  return {
    count,
    page: (number) => inLog.get(number) ?? pageOfFile(number),
    close: () => closeSync(handle),
  };
}

/** Pages read at once: neighbours are nearly always asked for next, upwards or downwards. Ours. */
const WINDOW_PAGES = 64;
/** Windows that are held: a long row's pages lie in another place than the rows around it. Ours. */
const WINDOWS = 16;

interface Window {
  readonly bytes: Buffer;
  readonly length: number;
}

function readInWindows(handle: number): (number: number) => Buffer | null {
  const windows = new Map<number, Window>();
  const windowAt = (index: number): Window => {
    const held = windows.get(index);
    if (held !== undefined) return held;
    const bytes = Buffer.alloc(WINDOW_PAGES * PAGE_BYTES);
    const length = readSync(handle, bytes, 0, bytes.length, index * bytes.length);
    const [oldest] = windows.keys();
    if (windows.size >= WINDOWS && oldest !== undefined) windows.delete(oldest);
    windows.set(index, { bytes, length });
    return { bytes, length };
  };
  return (number) => {
    const index = Math.floor((number - 1) / WINDOW_PAGES);
    const { bytes, length } = windowAt(index);
    const at = (number - 1 - index * WINDOW_PAGES) * PAGE_BYTES;
    return at >= length ? null : bytes.subarray(at, at + PAGE_BYTES);
  };
}

/** The newest committed content of each page in a log, as far as its chain of checksums holds. */
function pagesOfLog(log: Buffer): Map<number, Buffer> {
  const pages = new Map<number, Buffer>();
  if (log.length < LOG_HEADER) return pages;
  const magic = log.readUInt32BE(0);
  if (magic >>> 1 !== LOG_MAGIC >>> 1 || log.readUInt32BE(8) !== PAGE_BYTES) return pages;
  const bigEndian = (magic & 1) === 1;
  let sums = checksum(log.subarray(0, 24), bigEndian, [0, 0]);
  let open = new Map<number, Buffer>();
  for (let at = LOG_HEADER; at + FRAME_HEADER + PAGE_BYTES <= log.length; at += FRAME_HEADER + PAGE_BYTES) {
    // The salts of the header tell this run of the log from frames of an earlier one.
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) break;
    const page = log.subarray(at + FRAME_HEADER, at + FRAME_HEADER + PAGE_BYTES);
    sums = checksum(page, bigEndian, checksum(log.subarray(at, at + 8), bigEndian, sums));
    if (sums[0] !== log.readUInt32BE(at + 16) || sums[1] !== log.readUInt32BE(at + 20)) break;
    open.set(log.readUInt32BE(at), page);
    if (log.readUInt32BE(at + 4) === 0) continue;
    for (const [number, content] of open) pages.set(number, content);
    open = new Map();
  }
  return pages;
}

function checksum(bytes: Buffer, bigEndian: boolean, from: readonly [number, number]): [number, number] {
  let [first, second] = from;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + second + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))) >>> 0;
    second = (second + first + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4))) >>> 0;
  }
  return [first, second];
}

/**
 * Pages that the file no longer uses: what stands on them was removed, and must not come back. As far as the list can
 * be followed; SQLite leaves the content of a freed page in place.
 */
export function freePages(pages: DamagedPages): ReadonlySet<number> {
  const free = new Set<number>();
  const header = pages.page(1);
  if (header?.toString('latin1', 0, 16) !== 'SQLite format 3\0') return free;
  let trunk = header.readUInt32BE(32);
  for (let seen = 0; trunk > 1 && trunk <= pages.count && seen < MOST_TRUNKS; seen++) {
    const page = pages.page(trunk);
    if (page === null || free.has(trunk)) break;
    free.add(trunk);
    const leaves = page.readUInt32BE(4);
    if (leaves > PAGE_BYTES / 4 - 2) break;
    for (let leaf = 0; leaf < leaves; leaf++) free.add(page.readUInt32BE(8 + 4 * leaf));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
