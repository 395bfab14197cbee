/** The character set of a message's bytes: what MSH-18 says, checked against what the bytes are. */

export interface DecodedText {
  readonly text: string;
  /** The set the text was read in, as an IANA name. */
  readonly charset: string;
  /** False where the announced set is not known here or does not fit the bytes, so that another was taken. */
  readonly asAnnounced: boolean;
}

/** HL7 table 0211 to what the platform's decoder calls it. ISO-8859-1 is read byte by byte (see below). */
const DECODERS: ReadonlyMap<string, string> = new Map([
  ['8859/2', 'iso-8859-2'],
  ['8859/3', 'iso-8859-3'],
  ['8859/4', 'iso-8859-4'],
  ['8859/5', 'iso-8859-5'],
  ['8859/6', 'iso-8859-6'],
  ['8859/7', 'iso-8859-7'],
  ['8859/8', 'iso-8859-8'],
  ['8859/15', 'iso-8859-15'],
  ['GB 18030-2000', 'gb18030'],
  ['BIG-5', 'big5'],
  ['KS X 1001', 'euc-kr'],
]);
const UTF8_NAMES = new Set(['UNICODE UTF-8', 'UNICODE UTF8', 'UTF-8', 'UTF8', 'UNICODE']);
const LATIN1_NAMES = new Set(['8859/1', 'ISO-8859-1', 'ISO8859-1', 'ISO IR100', 'ISO_IR 100']);

/** MSH-18 (first repetition) of raw bytes; '' where there is none. Separators are ASCII in every set here. */
function announcedCharset(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  const end = start.indexOf('\r');
  // Nearly every message begins with its header, at once.
  if (start.startsWith('MSH') && end > 0) {
    const header = start.slice(0, end);
    if (!header.includes('\n')) return charsetOf(header);
  }
  const lines = start.replace(/^\u00EF\u00BB\u00BF/, '').split(/\r|\n/);
  // A batch's envelope stands before the first message and names no set.
  const line = lines.find((one) => !/^(?:FHS|BHS|\s*$)/.test(one)) ?? '';
  return charsetOf(line);
}

function charsetOf(line: string): string {
  const separator = line.charAt(3);
  if (!line.startsWith('MSH') || separator === '') return '';
  // MSH-1 is the separator itself, so MSH-18 is the eighteenth piece.
  return (line.split(separator)[17] ?? '').split('~', 1)[0] ?? '';
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** Real ISO-8859-1: the platform's "latin1" decoder is Windows-1252 and would turn 0x80–0x9F into signs. */
function asLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** UTF-8 where the bytes are UTF-8, else ISO-8859-1, which reads any bytes. */
function bySight(bytes: Uint8Array, asAnnounced: boolean): DecodedText {
  const text = asUtf8(bytes);
  return text === null
    ? { text: asLatin1(bytes), charset: 'iso-8859-1', asAnnounced }
    : { text, charset: 'utf-8', asAnnounced };
}

/**
 * The text of a message's bytes. `msh18` overrides the message's own MSH-18 (a site may know better). Bytes are
 * never refused: a set that does not fit gives way to UTF-8 or ISO-8859-1, and the result says so.
 */
export function decodeHl7Bytes(bytes: Uint8Array, msh18?: string): DecodedText {
  const announced = (msh18 ?? announcedCharset(bytes)).trim().toUpperCase();
  if (announced === '') return bySight(bytes, true);
  if (LATIN1_NAMES.has(announced)) return { text: asLatin1(bytes), charset: 'iso-8859-1', asAnnounced: true };
  if (UTF8_NAMES.has(announced)) {
    const decoded = bySight(bytes, true);
    return { ...decoded, asAnnounced: decoded.charset === 'utf-8' };
  }
  const decoder = DECODERS.get(announced);
  if (decoder !== undefined)
    return { text: new TextDecoder(decoder).decode(bytes), charset: decoder, asAnnounced: true };
  const isAscii = bytes.every((byte) => byte < 0x80);
  return bySight(bytes, announced === 'ASCII' && isAscii);
}
