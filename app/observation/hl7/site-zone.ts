/**
 * The zone of a site as a rule: from a local stamp to its offset, with summer time as the zone has it. The site's
 * zone is a setting and not the machine's, because a ward's server may stand, or be set up, somewhere else.
 */
import type { SiteZone } from './time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** No zone changes its offset but at a whole quarter of an hour of UTC, so one look-up serves all of it. */
const STRETCH_MS = 15 * MINUTE_MS;
/** Stretches remembered; a feed's stamps lie close together. Ours. */
const MOST_REMEMBERED = 512;

/** True where the platform knows the zone (an IANA name, say `Asia/Kolkata`). */
export function isZoneName(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The rule of an IANA zone; null where the platform does not know it.
 *
 * In autumn one hour comes twice: a stamp in it is taken as the first, so that a value looks an hour too old
 * rather than fresh by mistake. In spring one hour is left out: a stamp in it never was, and the rule gives null.
 */
export function siteZone(name: string): SiteZone | null {
  if (!isZoneName(name)) return null;
  const offsetAt = offsetsOf(name);
  return (localIso) => {
    const localMs = Date.parse(`${localIso}Z`);
    if (Number.isNaN(localMs)) return null;
    // Any change lies within a day of the local time, so its offsets before and after are the only candidates.
    const candidates = [offsetAt(localMs - DAY_MS), offsetAt(localMs), offsetAt(localMs + DAY_MS)];
    const fitting = candidates.filter((offset) => offsetAt(localMs - offset * MINUTE_MS) === offset);
    return fitting.length === 0 ? null : Math.max(...fitting);
  };
}

/** Minutes east of UTC at a moment (ms), remembered by stretch. */
function offsetsOf(name: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const known = new Map<number, number>();
  return (utcMs) => {
    const stretch = Math.floor(utcMs / STRETCH_MS);
    const before = known.get(stretch);
    if (before !== undefined) return before;
    const startMs = stretch * STRETCH_MS;
    const part = new Map(format.formatToParts(startMs).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
    const localMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    const offset = Math.round((localMs - startMs) / MINUTE_MS);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(stretch, offset);
    return offset;
  };
}
