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
  /** By raw OBX-14, where it tells anything. */
  readonly ownTimes: Map<string, TimeReading>;
  readonly stamps: Map<string, Placed>;
}

/** The time of a reading as it counts here, or why it is none. `at` is null where the message tells no time. */
export type Placed = { readonly at: string | null } | { readonly reason: RejectionReason };

/** OBX-14, else its own OBR-7, else OBR-14, else MSH-7. The first that is there decides, good or bad. */
export function observedTime(obx: Segment, around: TimeSurroundings): TimeReading {
  const { obr } = around;
  // The values of one message are nearly always of one time.
  const raw = rawField(obx, 14);
  const known = around.ownTimes.get(raw);
  if (known !== undefined) return known;
  const own = valueAt(obx, 14);
  if (own) {
    const time = readStamp(own, around);
    around.ownTimes.set(raw, time);
    return time;
  }
  const stamp = obr === null ? '' : valueAt(obr, 7) || valueAt(obr, 14);
  const time = readStamp(stamp ?? '', around);
  if (time.kind !== 'absent') return time;
  // The message's own time says nothing of the measurement: where it is unusable the receipt has to do.
  const sent = readTime(valueAt(around.header, 7) ?? '');
  return sent.kind === 'time' ? sent : { kind: 'absent' };
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
  if (time.kind !== 'time') return placeOf(time, around);
  const known = around.stamps.get(time.iso);
  if (known !== undefined) return known;
  const place = placeOf(time, around);
  around.stamps.set(time.iso, place);
  return place;
}

function placeOf(time: TimeReading, around: TimeSurroundings): Placed {
  if (time.kind === 'invalid' || time.kind === 'zero') return { reason: 'time-invalid' };
  if (time.kind === 'imprecise') return { reason: 'time-imprecise' };
  if (time.kind === 'absent') return { at: null };
  const at = around.siteZone === null ? time.iso : withSiteZone(time.iso, around.siteZone);
  if (at === null) return { reason: 'time-invalid' };
  return isFarFuture(at, around.receivedAt) ? { reason: 'time-in-future' } : { at };
}
