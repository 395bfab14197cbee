/**
 * Damaged monitor traffic, the same for the same seed: whole messages in MLLP frames, changed in what gateways,
 * networks and hostile senders get wrong. For tests and the `fuzz` verification only.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FOLDERS = [
  join(ROOT, 'app', 'observation', 'hl7', 'fixtures'),
  // A site's own messages, where it has some.
  join(ROOT, '..', 'shared', 'data', 'hl7'),
];
const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

/** The messages that are changed: raw bytes without their frame. */
export function fuzzSeeds(): Buffer[] {
  return FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.hl7'))
      .sort()
      .map((name) =>
        Buffer.from(readFileSync(join(folder, name)).filter((byte) => byte !== VT && byte !== FS)),
      ),
  );
}

export interface Chance {
  /** A whole number from 0 up to, but not with, `below`. */
  below(below: number): number;
  of<T>(choices: readonly T[]): T;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough to choose what to damage. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    of: (choices) => {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('nothing to choose from');
      return chosen;
    },
  };
}

/** Texts here are ISO-8859-1, one letter a byte, so that every change is one of bytes. */
type Mutation = (text: string, chance: Chance) => string;

const NUMBERS = [
  ...['', '-0', '0', '00', '+7', '1e308', '0x10', 'NaN', 'Infinity', '37,1', '.5', '5.', '9'.repeat(400)],
  ...[
    '-1',
    '-100',
    '8388607',
    '65535',
    '-99.9',
    '99999999.999999',
    '1'.repeat(9),
    '38.4^',
    '<5',
    '""',
    '\xd9\xa3',
  ],
];
const STAMPS = [
  ...['', '0', '00000000000000', '99991231235959+1400', '20991231000000', '19691231235959', '20260229120000'],
  ...['20260329023000', '20261025023000', '20250611120000+9999', '20250611', '202506111', 'yesterday'],
  '20250611120060',
];
const DELIMITERS = ['|^~\\&', '|^~\\&#', '$%~?!', '||~\\&', '|^^^^', '|\\^~&', '\\|^~&', '|', '|^~'];
const CHARSETS = [
  'UNICODE UTF-8',
  '8859/1',
  '8859/5',
  'GB 18030-2000',
  'BIG-5',
  'KS X 1001',
  'ASCII',
  'X',
  '8859/1~',
];
const ESCAPES = [
  '\\F\\',
  '\\S\\',
  '\\T\\',
  '\\E\\',
  '\\X410D\\',
  '\\Xzz\\',
  '\\.br\\',
  '\\C2842\\',
  '\\',
  '\\\\',
  '\\H\\',
];

function replaceAt(text: string, at: number, length: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + length);
}

/** Changes one line: of the given name where there is one, else any. */
function inLine(text: string, chance: Chance, name: string, change: (line: string) => string): string {
  const lines = text.split('\r');
  const fitting = lines.flatMap((line, index) => (line.startsWith(name) ? [index] : []));
  const index = fitting.length === 0 ? chance.below(lines.length) : chance.of(fitting);
  lines[index] = change(lines[index] ?? '');
  return lines.join('\r');
}

function inField(line: string, field: number, put: string): string {
  const fields = line.split('|');
  while (fields.length <= field) fields.push('');
  fields[field] = put;
  return fields.join('|');
}

const MUTATIONS: readonly Mutation[] = [
  // Bytes.
  (text, chance) => replaceAt(text, chance.below(text.length + 1), 1, String.fromCharCode(chance.below(256))),
  (text, chance) => replaceAt(text, chance.below(text.length + 1), chance.below(12), ''),
  (text, chance) => text.slice(0, chance.below(text.length + 1)),
  (text, chance) => {
    const from = chance.below(text.length + 1);
    return replaceAt(text, chance.below(text.length + 1), 0, text.slice(from, from + chance.below(200)));
  },
  (text, chance) =>
    replaceAt(text, chance.below(text.length + 1), 0, chance.of(['\v', '\x1c', '\x1c\r', '\0', '\r\r'])),
  // Segments.
  (text, chance) => inLine(text, chance, chance.of(['PID', 'PV1', 'OBR', 'OBX', 'MSH']), () => ''),
  (text, chance) => inLine(text, chance, chance.of(['OBX', 'PID', 'OBR']), (line) => `${line}\r${line}`),
  (text, chance) => inLine(text, chance, 'OBX', (line) => Array.from({ length: 60 }, () => line).join('\r')),
  (text) => text.split('\r').reverse().join('\r'),
  (text, chance) => text.replaceAll('\r', chance.of(['\n', '\r\n', '\n\r', '\r\r'])),
  (text) => `FHS|^~\\&\rBHS|^~\\&\r${text}\r${text}\rBTS|2\rFTS|1\r`,
  (text) => `${text}\r${text}`,
  // Separators, escapes, character sets.
  (text, chance) => text.replace('|^~\\&', chance.of(DELIMITERS)),
  (text, chance) => replaceAt(text, chance.below(text.length + 1), 0, chance.of(ESCAPES)),
  (text, chance) => inLine(text, chance, 'MSH', (line) => inField(line, 17, chance.of(CHARSETS))),
  (text, chance) => `${chance.of(['\xef\xbb\xbf', '\xff\xfe', ' ', '\r\n'])}${text}`,
  (text, chance) =>
    replaceAt(text, chance.below(text.length + 1), 0, chance.of(['\xc3', '\xe0\xa4', '\xf0\x9f\x98\x80'])),
  // What is said.
  (text, chance) => inLine(text, chance, 'OBX', (line) => inField(line, 5, chance.of(NUMBERS))),
  (text, chance) => inLine(text, chance, 'OBX', (line) => inField(line, 5, String(chance.below(500) - 20))),
  (text, chance) =>
    inLine(text, chance, 'OBX', (line) =>
      inField(line, 6, chance.of(['', '%', 'kPa', 'Cel', '[degF]', 'x'])),
    ),
  (text, chance) =>
    inLine(text, chance, 'OBX', (line) => inField(line, 11, chance.of(['C', 'D', 'W', 'X', 'F', 'Z', '']))),
  (text, chance) => inLine(text, chance, 'OBX', (line) => inField(line, 14, chance.of(STAMPS))),
  (text, chance) =>
    inLine(text, chance, 'OBX', (line) => inField(line, 4, chance.of(['', '1', '1.1.1.1', '2.1']))),
  (text, chance) =>
    inLine(text, chance, chance.of(['OBR', 'MSH']), (line) =>
      inField(line, chance.of([6, 7, 14]), chance.of(STAMPS)),
    ),
  (text, chance) =>
    inLine(text, chance, 'MSH', (line) =>
      inField(line, chance.of([8, 9, 10, 11, 14, 15]), chance.of(['', 'AL', 'ORU^R01', 'T', '""'])),
    ),
  (text, chance) =>
    inLine(text, chance, chance.of(['PID', 'PV1']), (line) =>
      inField(line, 3, chance.of(['', '""', '9', '^^B-9', '~~x'])),
    ),
];

/** Most changes of one message; half of all get no more than two, so that most of it stays understood. */
const MOST_CHANGES = 8;
/** Now; stamps of this form are sometimes made the present, so that values count. */
const STAMP = /20\d{12}(?:\.\d{1,4})?(?=[|\r]|$)/g;

/** The damaged message of a seed and number, without its frame. */
export function fuzzedMessage(seeds: readonly Buffer[], number: number, nowMs: number): Buffer {
  const chance = chanceOf(number + 1);
  let text = chance.of(seeds).toString('latin1').replaceAll('\r\n', '\r').replaceAll('\n', '\r');
  if (chance.below(2) === 0) {
    const now = new Date(nowMs - chance.below(120_000)).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
    text = text.replace(STAMP, `${now}+0000`);
  }
  // Each message has a control id of its own, or the first damage would make all others "sent before".
  if (chance.below(8) !== 0) text = inLine(text, chance, 'MSH', (line) => inField(line, 9, `F${number}`));
  const changes = chance.below(2) === 0 ? chance.below(3) : chance.below(MOST_CHANGES);
  for (let count = 0; count < changes; count++) text = chance.of(MUTATIONS)(text, chance);
  return Buffer.from(text, 'latin1');
}

/** A message as a sender puts it on the wire, its frame damaged now and then. */
export function fuzzedFrame(seeds: readonly Buffer[], number: number, nowMs: number): Buffer {
  const message = fuzzedMessage(seeds, number, nowMs);
  const chance = chanceOf(number ^ 0x5f5f5f5f);
  const whole = [Buffer.from([VT]), message, Buffer.from([FS, CR])];
  if (chance.below(10) !== 0) return Buffer.concat(whole);
  return chance.of([
    Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n\r\n'), ...whole]),
    Buffer.concat([Buffer.from([VT, VT]), message, Buffer.from([FS, CR, FS, CR])]),
    Buffer.concat([Buffer.from([VT]), message.subarray(0, message.length >> 1)]),
    Buffer.concat([Buffer.from([VT]), message, Buffer.from([FS])]),
    Buffer.concat([Buffer.from([FS, CR]), ...whole]),
    message,
  ]);
}
