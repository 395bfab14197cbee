/** When an observation was made: its own time, else that of its order, else that of its message. */
import { rawField, type Segment, valueAt } from './message.ts';
import type { RejectionReason } from './rejection.ts';
import { isFarFuture, readTime, type SiteZone, type TimeReading, withSiteZone } from './time.ts';

/** What the time of an observation is told from, beside itself. */
export interface TimeSurroundings {
  readonly obr: Segment | null;
  readonly header: Segment;
  /** The zone of MSH-7 (`+0530`), '' where it has none. */
  readonly defaultZone: string;
  readonly siteZone: SiteZone | null;
  /** ISO 8601 with an offset. */
  readonly receivedAt: string;
  /** The stamps of this message's values and where they fall: most of them are the same. */
  readonly times: Map<string, TimeReading>;
  readonly places: Map<TimeReading, Placed>;
  /** OBX-14 of the value before, where it told anything: nearly always it is that of the next one too. */
  last: { readonly raw: string; readonly time: TimeReading } | null;
}

/** The time of a reading as it counts here, or why it is none. `at` is null where the message tells no time. */
export type Placed = { readonly at: string | null } | { readonly reason: RejectionReason };

/** OBX-14, else its own OBR-7, else OBR-14, else MSH-7. The first that is there decides, good or bad. */
export function observedTime(obx: Segment, around: TimeSurroundings): TimeReading {
  const { obr, last } = around;
  if (last !== null && standsIn(obx, 14, last.raw)) return last.time;
  const own = valueAt(obx, 14);
  if (own) {
    const time = readStamp(own, around);
    around.last = { raw: rawField(obx, 14), time };
    return time;
  }
  const stamp = obr === null ? '' : valueAt(obr, 7) || valueAt(obr, 14);
  const time = readStamp(stamp ?? '', around);
  if (time.kind !== 'absent') return time;
  // The message's own time says nothing of the measurement: where it is unusable the receipt has to do.
  const sent = readTime(valueAt(around.header, 7) ?? '');
  return sent.kind === 'time' ? sent : ABSENT;
}

const ABSENT: TimeReading = { kind: 'absent' };

/** Whether a field of a segment is this text, letter by letter: cutting it out first would take longer. */
function standsIn({ line, starts }: Segment, field: number, text: string): boolean {
  const from = starts[field];
  if (from === undefined) return false;
  if ((starts[field + 1] ?? line.length + 1) - 1 - from !== text.length) return false;
  for (let at = text.length - 1; at >= 0; at--)
    if (line.charCodeAt(from + at) !== text.charCodeAt(at)) return false;
  return true;
}

function readStamp(stamp: string, around: TimeSurroundings): TimeReading {
  const known = around.times.get(stamp);
  if (known !== undefined) return known;
  const time = readTime(stamp, around.defaultZone);
  around.times.set(stamp, time);
  return time;
}

/** Where a time falls at the site; refused where it cannot be, or lies ahead. */
export function placed(time: TimeReading, around: TimeSurroundings): Placed {
  const known = around.places.get(time);
  if (known !== undefined) return known;
  const place = placeOf(time, around);
  around.places.set(time, place);
  return place;
}

/** As `placed`, without what is remembered of the message. */
export function placeOf(
  time: TimeReading,
  around: Pick<TimeSurroundings, 'siteZone' | 'receivedAt'>,
): Placed {
  if (time.kind === 'invalid' || time.kind === 'zero') return { reason: 'time-invalid' };
  if (time.kind === 'imprecise') return { reason: 'time-imprecise' };
  if (time.kind === 'absent') return { at: null };
  const at = around.siteZone === null ? time.iso : withSiteZone(time.iso, around.siteZone);
  if (at === null) return { reason: 'time-invalid' };
  return isFarFuture(at, around.receivedAt) ? { reason: 'time-in-future' } : { at };
}
