/**
 * What messages of one monitor have in common. A monitor sends the same message day and night, but for its control id,
 * its stamps and its numbers: once such a message has been read, the next one is held against it piece by piece, and
 * only what differs is read anew. Where anything else differs there is no likeness, and the message is read in full; so
 * a message read by likeness says exactly what it says when it is read in full (the property test holds the two
 * together).
 */
import type { TakenValue } from '../observation.ts';
import { type NumericVital, VITAL_RANGES } from '../vital.ts';
import { USUAL_DELIMITERS } from './escapes.ts';
import type { Message, Segment } from './message.ts';
import { kindOf, owned } from './observation-kind.ts';
import { isTakenAsPlainNumber } from './observation-segment.ts';
import { placeOf } from './observed-time.ts';
import type { OruReading, ReadingOptions } from './oru.ts';
import { readTime, zoneOf } from './time.ts';
import { plainValue } from './units.ts';

/** What stands between two pieces that are the same in every such message. */
type Differing =
  | { readonly kind: 'control-id'; readonly length: number }
  /** Stamps that were the same in one message are the same in the next. */
  | { readonly kind: 'stamp'; readonly group: number; readonly length: number }
  | { readonly kind: 'number'; readonly measurement: Measurement }
  /** Fields that nothing is read from: up to the next separator, or to the end of the segment. */
  | { readonly kind: 'unread-field' }
  | { readonly kind: 'unread-rest' };

/** A value without its number and time. `group`: its stamp's. */
interface Measurement {
  readonly vital: NumericVital;
  readonly source: string | null;
  readonly code: string;
  readonly unit: string;
  readonly group: number;
}

interface Step {
  readonly same: string;
  readonly differing: Differing;
}

/** A message with its differing places left open. */
export interface Likeness {
  readonly steps: readonly Step[];
  /** What follows the last differing place. */
  readonly end: string;
  readonly header: Segment;
  readonly headerLength: number;
  /** The stamp of MSH-7, which tells the zone of those that tell none; null where it is empty. */
  readonly sentGroup: number | null;
  /** All but what differs. */
  readonly reading: OruReading;
  readonly siteZone: ReadingOptions['siteZone'];
  readonly siteCodes: ReadingOptions['siteCodes'];
}

/** Letters of a message that is remembered; larger ones no monitor sends twice a second. Ours. */
const LONGEST = 8192;
/** No separator, escape or padding can stand in it. */
const PLAIN_ID = /^[A-Za-z0-9_.-]+$/;
const SEPARATOR = USUAL_DELIMITERS.field;
const END = '\r';
const OTHER_END = '\n';

/**
 * The likeness of a message that was read in full; null where its next one may say something that only reading in full
 * tells (corrections, refused values, values that contradict each other), or its separators are unusual.
 */
export function likenessOf(
  text: string,
  { header, segments }: Message,
  reading: OruReading,
  options: ReadingOptions,
): Likeness | null {
  const isSimple =
    text.length <= LONGEST &&
    reading.refusal === null &&
    !reading.held &&
    reading.taken.length > 0 &&
    reading.rejected.length + reading.withdrawn.length + reading.ambiguous.length === 0 &&
    new Set(reading.taken.map(({ vital }) => vital)).size === reading.taken.length;
  if (!isSimple || !hasUsualDelimiters(header)) return null;
  const lines = segments.map(({ line }) => line).join(END);
  // Blank lines, other line ends and lines that are no segment are for reading in full.
  if (text !== lines && text !== `${lines}${END}`) return null;

  const opening = createOpening(text);
  let at = 0;
  let ownGroup: number | null = null;
  let sentGroup: number | null = null;
  let numbers = 0;
  for (const segment of segments) {
    const { name } = segment;
    const place = (field: number): Place | null => placeIn(segment, field, at);
    const rest = (field: number): void => {
      const first = place(field);
      if (first !== null)
        opening.leave({ from: first.from, end: at + segment.line.length }, { kind: 'unread-rest' });
    };
    if (name === 'MSH') {
      sentGroup = opening.stamp(place(7));
      const id = place(10);
      opening.leave(id, { kind: 'control-id', length: id === null ? 0 : id.end - id.from });
    } else if (name === 'PID') ownGroup = null;
    else if (name === 'OBR') {
      for (const field of [2, 3]) opening.leave(place(field), { kind: 'unread-field' });
      ownGroup = opening.stamp(place(7));
      rest(15);
    } else if (name === 'OBX') {
      const kind = kindOf(segment, options.siteCodes ?? null);
      const { measurement } = kind;
      const isNone = kind.meaning.kind === 'other';
      if (isNone) opening.leave(place(5), { kind: 'unread-field' });
      else if (measurement !== null && isTakenAsPlainNumber(segment, kind)) {
        const { vital, source, code } = measurement;
        const group = opening.groupOf(place(14)) ?? ownGroup;
        if (group === null || vital === 'on_oxygen' || vital === 'acvpu') return null;
        const { unit } = VITAL_RANGES[vital];
        opening.leave(place(5), { kind: 'number', measurement: { vital, source, code, unit, group } });
        numbers += 1;
      }
      if (isNone) opening.leave(place(14), { kind: 'unread-field' });
      else opening.stamp(place(14));
      rest(15);
    }
    at += segment.line.length + END.length;
  }
  // Every value has its place, or one of them is no plain number.
  if (numbers !== reading.taken.length) return null;
  return {
    ...opening.close(),
    header: { ...header, line: '' },
    headerLength: header.line.length,
    sentGroup,
    reading: { ...reading, taken: [], controlId: '' },
    siteZone: options.siteZone,
    siteCodes: options.siteCodes,
  };
}

function hasUsualDelimiters({ delimiters }: Segment): boolean {
  const usual = USUAL_DELIMITERS;
  return (
    delimiters.field === usual.field &&
    delimiters.component === usual.component &&
    delimiters.repetition === usual.repetition &&
    delimiters.escape === usual.escape &&
    delimiters.subcomponent === usual.subcomponent
  );
}

/** A place in the text of a message. */
interface Place {
  readonly from: number;
  readonly end: number;
}

/** Where a field of the segment that begins at `at` stands; null where the segment ends before it. */
function placeIn({ name, starts, line }: Segment, field: number, at: number): Place | null {
  // MSH-1 is the separator itself, so what follows the name is MSH-2.
  const index = name === 'MSH' ? field - 1 : field;
  const start = starts[index];
  if (start === undefined) return null;
  return { from: at + start, end: at + (starts[index + 1] ?? line.length + 1) - 1 };
}

/** Leaves places of a text open, one after the other. */
function createOpening(text: string) {
  const steps: Step[] = [];
  const groups = new Map<string, number>();
  let done = 0;
  const leave = (place: Place | null, differing: Differing): void => {
    if (place === null) return;
    // Letters of its own: pieces of the message's text would keep all of the message in memory.
    steps.push({ same: owned(text.slice(done, place.from)), differing });
    done = place.end;
  };
  const groupOf = (place: Place | null): number | null => {
    if (place === null || place.from === place.end) return null;
    const stamp = text.slice(place.from, place.end);
    const group = groups.get(stamp) ?? groups.size;
    groups.set(stamp, group);
    return group;
  };
  return {
    leave,
    groupOf,
    stamp: (place: Place | null): number | null => {
      const group = groupOf(place);
      if (place !== null && group !== null)
        leave(place, { kind: 'stamp', group, length: place.end - place.from });
      return group;
    },
    close: () => ({ steps, end: owned(text.slice(done)) }),
  };
}

/**
 * What a message says, where it is like an earlier one: the same as reading it in full gives. Null where it is not, or
 * where one of its numbers or stamps is of a kind that only reading in full judges.
 */
export function readByLikeness(
  text: string,
  likeness: Likeness,
  options: ReadingOptions,
): { readonly header: Segment; readonly reading: OruReading } | null {
  if (likeness.siteZone !== options.siteZone || likeness.siteCodes !== options.siteCodes) return null;
  const differing = differingIn(text, likeness);
  if (differing === null) return null;
  const times = timesOf(differing.stamps, likeness, options);
  if (times === null) return null;
  const taken: TakenValue[] = [];
  for (const { measurement, value } of differing.values) {
    const { vital, source, code, unit, group } = measurement;
    taken.push({ vital, observedAt: times[group] ?? null, source, code, value, unit });
  }
  return {
    header: { ...likeness.header, line: text.slice(0, likeness.headerLength) },
    reading: { ...likeness.reading, taken, controlId: differing.controlId },
  };
}

interface Found {
  controlId: string;
  readonly stamps: string[];
  readonly values: { readonly measurement: Measurement; readonly value: number }[];
}

/** What stands in the open places; null where anything else differs. */
function differingIn(text: string, { steps, end }: Likeness): Found | null {
  // A line end in a place that is not read would make another segment of what follows.
  if (text.includes(OTHER_END)) return null;
  const found: Found = { controlId: '', stamps: [], values: [] };
  let at = 0;
  for (const { same, differing } of steps) {
    if (text.slice(at, at + same.length) !== same) return null;
    const next = read(text, at + same.length, differing, found);
    if (next === null) return null;
    at = next;
  }
  return text.slice(at) === end ? found : null;
}

/** Reads one open place; returns where it ends, null where what stands there is for reading in full. */
function read(text: string, from: number, differing: Differing, found: Found): number | null {
  if (differing.kind === 'number') {
    const end = text.indexOf(SEPARATOR, from);
    const { measurement } = differing;
    const value = end < 0 ? null : plainValue(measurement.vital, text, from, end);
    if (value === null) return null;
    found.values.push({ measurement, value });
    return end;
  }
  if (differing.kind === 'stamp') {
    const { group, length } = differing;
    const stamp = text.slice(from, from + length);
    const known = found.stamps[group];
    if (known === undefined) found.stamps[group] = stamp;
    else if (known !== stamp) return null;
    return from + length;
  }
  if (differing.kind === 'control-id') {
    found.controlId = text.slice(from, from + differing.length);
    return PLAIN_ID.test(found.controlId) ? from + differing.length : null;
  }
  const lineEnd = text.indexOf(END, from);
  const end = lineEnd < 0 ? text.length : lineEnd;
  if (differing.kind === 'unread-rest') return end;
  const field = text.indexOf(SEPARATOR, from);
  return field < 0 || field > end ? end : field;
}

/** The observed times of the stamps, as they fall at the site; null where one is for reading in full. */
function timesOf(
  stamps: readonly string[],
  { sentGroup }: Likeness,
  { siteZone, receivedAt }: ReadingOptions,
): readonly (string | null)[] | null {
  const sent = sentGroup === null ? '' : (stamps[sentGroup] ?? '');
  const zone = zoneOf(sent);
  const times: (string | null)[] = [];
  for (const stamp of stamps) {
    const time = readTime(stamp, zone);
    // Only of a stamp that is a time is it certain that nothing but its digits was read from it.
    if (time.kind !== 'time') return null;
    const place = placeOf(time, { siteZone: siteZone ?? null, receivedAt });
    if ('reason' in place) return null;
    times.push(place.at);
  }
  return times;
}
