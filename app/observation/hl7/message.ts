/**
 * The text of one HL7 v2 message as segments, fields, repetitions, components and subcomponents, split by the
 * message's own separators. Raw text is kept; a value is unescaped only when it is read, after all splitting.
 */
import { type Delimiters, decodeEscapes } from './escapes.ts';

export interface Segment {
  readonly name: string;
  /** The whole segment as it was sent. */
  readonly line: string;
  /**
   * Where each field begins in the line, the name first. A field becomes a text of its own when it is asked for: of
   * the twenty of an OBX a reading needs six.
   */
  readonly starts: readonly number[];
  readonly delimiters: Delimiters;
}

export interface Message {
  readonly header: Segment;
  /** Every segment in order, the header first. */
  readonly segments: readonly Segment[];
  /** Lines that are no segment (text broken over lines by a sender). They are passed over, never joined. */
  readonly strayLines: number;
}

/** Why a text is not a message that can be worked with. None of them goes away by sending it again. */
export const MESSAGE_FAULTS = [
  'not-hl7',
  'delimiters-invalid',
  'several-messages',
  'no-message-type',
  'no-control-id',
] as const;
export type MessageFault = (typeof MESSAGE_FAULTS)[number];

export type ParsedMessage =
  | { readonly ok: true; readonly message: Message }
  /** The header, where there is a readable one, serves the negative acknowledgement. */
  | { readonly ok: false; readonly fault: MessageFault; readonly header: Segment | null };

const SPACE = 0x20;
const LINE_END = /\r\n|\r|\n/;
/** No separator can stand in it (see `SEPARATOR_SIGN`). */
const PLAIN = /^[A-Za-z0-9]+$/;
const SEPARATOR_SIGN = /^[!-/:-@[-`{-~]$/;

/** A single split serves where segments end as the standard says. */
function linesOf(text: string): string[] {
  return text.includes('\n') ? text.split(LINE_END) : text.split('\r');
}

/** Blank lines are passed over; nearly every line is told to be none by its first letter. */
function isBlank(line: string): boolean {
  return !(line.charCodeAt(0) > SPACE) && line.trim() === '';
}

/** The first line that is not blank; '' where there is none. */
function firstLine(text: string): string {
  const end = text.indexOf('\r');
  const line = end < 0 ? text : text.slice(0, end);
  // Nearly every message begins with its header, at once.
  if (!isBlank(line) && !line.includes('\n')) return line;
  return text.split(LINE_END).find((one) => !isBlank(one)) ?? '';
}

/** Text cut by a separator; an undeclared separator (empty) cuts nothing. */
function cut(text: string, separator: string): string[] {
  return separator === '' ? [text] : text.split(separator);
}

/** One piece of a text cut by a separator, counted from 1; '' where there are not so many. Cuts no more than it needs. */
function piece(text: string, separator: string, number: number): string {
  if (separator === '') return number === 1 ? text : '';
  let from = 0;
  for (let passed = 1; passed < number; passed++) {
    const at = text.indexOf(separator, from);
    if (at < 0) return '';
    from = at + separator.length;
  }
  const end = text.indexOf(separator, from);
  return end < 0 ? text.slice(from) : text.slice(from, end);
}

function delimitersOf(line: string): Delimiters | null {
  const field = line.charAt(3);
  const signs = cut(line.slice(4), field)[0] ?? '';
  // MSH-2 has four signs; version 2.7 adds a fifth (truncation), old senders may leave the last ones out.
  const all = [field, ...signs];
  if (signs.length < 1 || signs.length > 5 || new Set(all).size !== all.length) return null;
  if (!all.every((sign) => SEPARATOR_SIGN.test(sign))) return null;
  const [component = '', repetition = '', mark = '', subcomponent = ''] = signs;
  return { field, component, repetition, escape: mark, subcomponent };
}

/** The names that are met in every message, told at a glance. */
const USUAL_NAMES = new Set(['MSH', 'PID', 'PV1', 'OBR', 'OBX', 'NTE', 'EVN', 'ORC']);

function isSegmentName(name: string): boolean {
  return USUAL_NAMES.has(name) || /^[A-Z][A-Z0-9]{2}$/.test(name);
}

function startsIn(line: string, separator: string): number[] {
  const starts = [0];
  if (separator === '') return starts;
  for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, at + 1)) starts.push(at + 1);
  return starts;
}

/** The part of a line between two separators, counted from 0. */
function part(line: string, starts: readonly number[], index: number): string {
  const start = starts[index];
  if (start === undefined) return '';
  const next = starts[index + 1];
  return line.slice(start, next === undefined ? line.length : next - 1);
}

/** A segment from its line; null where it has no name of one. */
export function segmentOf(line: string, delimiters: Delimiters): Segment | null {
  const starts = startsIn(line, delimiters.field);
  const name = part(line, starts, 0);
  return isSegmentName(name) ? { name, line, starts, delimiters } : null;
}

/**
 * One message from its text (segment ends CR, LF or CRLF; blank lines are passed over).
 * Errors are values: see `MESSAGE_FAULTS`.
 */
export function parseMessage(text: string): ParsedMessage {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const first = firstLine(whole);
  if (!first.startsWith('MSH') || first.length < 5) return { ok: false, fault: 'not-hl7', header: null };
  const delimiters = delimitersOf(first);
  if (delimiters === null) return { ok: false, fault: 'delimiters-invalid', header: null };
  const header = segmentOf(first, delimiters);
  if (header === null) return { ok: false, fault: 'not-hl7', header: null };

  const walked = walk(whole, delimiters);
  if (walked === null) return { ok: false, fault: 'several-messages', header };
  if (!valueAt(header, 9)) return { ok: false, fault: 'no-message-type', header };
  if (!valueAt(header, 10)) return { ok: false, fault: 'no-control-id', header };
  const { segments, strayLines } = walked;
  segments[0] = header;
  return { ok: true, message: { header, segments, strayLines } };
}

/** The segments of a text; null where a second message begins in it. */
function walk(
  text: string,
  delimiters: Delimiters,
): { readonly segments: Segment[]; readonly strayLines: number } | null {
  const segments: Segment[] = [];
  let strayLines = 0;
  for (const line of linesOf(text)) {
    if (isBlank(line)) continue;
    const segment = segmentOf(line, delimiters);
    if (segment === null) strayLines += 1;
    else if (segment.name === 'MSH' && segments.length > 0) return null;
    else segments.push(segment);
  }
  return { segments, strayLines };
}

/** The raw text of a field with everything in it, '' where it is absent. */
export function rawField(segment: Segment, field: number): string {
  const { name, line, starts, delimiters } = segment;
  // MSH-1 is the separator itself, so what follows the name is MSH-2.
  if (name !== 'MSH' || field === 0) return part(line, starts, field);
  return field === 1 ? delimiters.field : part(line, starts, field - 1);
}

/** The raw repetitions of a field; an absent field has one, empty. */
export function repetitionsOf(segment: Segment, field: number): readonly string[] {
  const raw = rawField(segment, field);
  return isSeparatorField(segment, field) ? [raw] : cut(raw, segment.delimiters.repetition);
}

/**
 * One subcomponent, unescaped and trimmed of padding. All numbers count from 1, as the standard does.
 * '' where it is absent; null where the sender wrote `""`, the HL7 null ("delete what you have").
 */
export function valueAt(
  segment: Segment,
  field: number,
  component = 1,
  subcomponent = 1,
  repetition = 1,
): string | null {
  if (isSeparatorField(segment, field)) return rawField(segment, field);
  const { delimiters } = segment;
  const whole = rawField(segment, field);
  if (whole === '') return '';
  // Letters and digits alone: there is nothing to cut, to trim or to unescape.
  if (PLAIN.test(whole)) return component === 1 && subcomponent === 1 && repetition === 1 ? whole : '';
  const one = piece(whole, delimiters.repetition, repetition);
  const whichever = piece(one, delimiters.component, component);
  const raw = piece(whichever, delimiters.subcomponent, subcomponent).trim();
  return raw === '""' ? null : decodeEscapes(raw, delimiters);
}

/** The first subcomponent of one component in every repetition of a field, as `valueAt` gives each. */
export function valuesAt(segment: Segment, field: number, component = 1): readonly (string | null)[] {
  const { delimiters } = segment;
  return repetitionsOf(segment, field).map((one) => {
    const raw = piece(piece(one, delimiters.component, component), delimiters.subcomponent, 1).trim();
    return raw === '""' ? null : decodeEscapes(raw, delimiters);
  });
}

/** The unescaped subcomponents of one component (of the first repetition). */
export function subcomponentsOf(segment: Segment, field: number, component: number): readonly string[] {
  const { delimiters } = segment;
  const one = repetitionsOf(segment, field)[0] ?? '';
  const whole = cut(one, delimiters.component)[component - 1] ?? '';
  return cut(whole, delimiters.subcomponent).map((raw) =>
    raw.trim() === '""' ? '' : decodeEscapes(raw.trim(), delimiters),
  );
}

/** MSH-1 and MSH-2 are the separators: splitting them by themselves would lose them. */
function isSeparatorField(segment: Segment, field: number): boolean {
  return segment.name === 'MSH' && field <= 2;
}

export interface Batch {
  /** The text of each message, segments ended by CR. A text without any MSH comes back whole, to be refused. */
  readonly messages: readonly string[];
  /** True where a file or batch envelope (FHS, BHS, BTS, FTS) stood around the messages. */
  readonly enveloped: boolean;
  /** How many messages BTS-1 announces, null where it says nothing. A difference means that some are lost. */
  readonly announced: number | null;
}

/**
 * The messages of a batch, or the one message of a plain text. Envelope segments belong to no message, nor does
 * what follows them before the next MSH.
 */
export function splitBatch(text: string): Batch {
  const messages: string[][] = [];
  let enveloped = false;
  let announced: number | null = null;
  let open = false;
  for (const line of text.replace(/^\uFEFF/, '').split(LINE_END)) {
    if (/^(?:FHS|BHS|BTS|FTS)(?![A-Za-z0-9])/.test(line)) {
      enveloped = true;
      open = false;
      const count = line.startsWith('BTS') ? /^BTS[^0-9A-Za-z](\d{1,6})(?!\d)/.exec(line)?.[1] : undefined;
      if (count !== undefined) announced = (announced ?? 0) + Number(count);
    } else if (/^MSH(?![A-Za-z0-9])/.test(line)) {
      open = true;
      messages.push([line]);
    } else if (open && line.trim() !== '') messages.at(-1)?.push(line);
  }
  if (messages.length === 0) return { messages: [text], enveloped, announced };
  return { messages: messages.map((lines) => `${lines.join('\r')}\r`), enveloped, announced };
}
