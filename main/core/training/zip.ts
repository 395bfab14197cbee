/** Writes a zip (PKWARE's APPNOTE 6.3), always the same bytes for the same files: its hash can be its name. */
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

/** On a thread of its own: a data set of a hundred megabytes would hold the core for seconds. */
const pack = promisify<Buffer, Buffer>(deflateRaw);

export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  readonly bytes: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Deflate needs 2.0. */
const VERSION = 20;
/** Made on Unix, so that the modes below count. */
const MADE_ON_UNIX = (3 << 8) | VERSION;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1 January 1980, the format's beginning: a package tells no time. */
const NO_DATE = 0x0021;
const READABLE_FILE = (0o100_644 << 16) >>> 0;
/** Without the 64-bit form. */
const ENTRIES_MOST = 65_535;
const BYTES_MOST = 0xffff_ffff;

/** Throws where the plain form of a zip cannot hold it: 65,535 files, 4 GiB. */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const sorted = [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of sorted) {
    const packed = await pack(bytes);
    const encoded = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(NO_DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(encoded.length, 22);
    parts.push(uint32(LOCAL), common, encoded, packed);
    const behind = Buffer.alloc(14);
    behind.writeUInt32LE(READABLE_FILE, 6);
    behind.writeUInt32LE(offset, 10);
    directory.push(uint32(CENTRAL), uint16(MADE_ON_UNIX), common, behind, encoded);
    offset += 4 + common.length + encoded.length + packed.length;
  }
  const central = Buffer.concat(directory);
  if (sorted.length > ENTRIES_MOST || offset + central.length > BYTES_MOST)
    throw new Error('too much for a plain zip');
  const end = Buffer.alloc(18);
  end.writeUInt16LE(sorted.length, 4);
  end.writeUInt16LE(sorted.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, uint32(END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
