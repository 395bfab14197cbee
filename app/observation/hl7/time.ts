/**
 * HL7 v2 time stamps (DTM/TS: YYYYMMDDHHMM[SS[.SSSS]][±ZZZZ]) as ISO 8601.
 * A stamp without a zone stays without one: only the site's configuration can say what it meant.
 */

export type TimeReading =
  /** `local` has no offset; `iso` carries it where the message told one. */
  | { readonly kind: 'time'; readonly iso: string; readonly zoned: boolean }
  /** Nothing there. */
  | { readonly kind: 'absent' }
  /** All zeros: the device says that there was no measurement. */
  | { readonly kind: 'zero' }
  /** No time of the day: too coarse to tell how old a reading is. */
  | { readonly kind: 'imprecise' }
  | { readonly kind: 'invalid' };

/** A reading is refused when it claims to be from later than this after it was received. Ours. */
export const FAR_FUTURE_MS = 5 * 60_000;

/** The date line: no zone is further ahead of UTC, so no local time can be earlier than this in UTC. */
const EASTERNMOST_OFFSET_MINUTES = 14 * 60;

const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:\.?(\d{1,6}))?)?([+-]\d{4})?$/;

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `+0530` as `+05:30`; null where it is no offset in use. */
function isoOffset(zone: string): string | null {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  return hours > 14 || minutes > 59 ? null : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/**
 * One stamp. `defaultZone` is the zone of MSH-7 (`+0530`), which by the standard holds for every stamp of the
 * message that tells none; '' where MSH-7 tells none either.
 */
export function readTime(text: string, defaultZone = ''): TimeReading {
  if (text === '') return { kind: 'absent' };
  if (/^0+(?:\.0+)?(?:[+-]0{4})?$/.test(text)) return { kind: 'zero' };
  if (/^\d{4}(?:\d{2}(?:\d{2}(?:\d{2})?)?)?(?:[+-]\d{4})?$/.test(text)) return { kind: 'imprecise' };
  const parts = STAMP.exec(text);
  if (parts === null) return { kind: 'invalid' };
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', own = ''] =
    parts;
  const [y, mo, d] = [Number(year), Number(month), Number(day)];
  const isDate = y >= 1970 && mo >= 1 && mo <= 12 && d >= 1 && (d <= 28 || d <= daysIn(y, mo));
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { kind: 'invalid' };
  const zone = own === '' ? defaultZone : own;
  const offset = zone === '' ? '' : isoOffset(zone);
  if (offset === null) return { kind: 'invalid' };
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}${milliseconds === '000' ? '' : `.${milliseconds}`}`;
  return { kind: 'time', iso: `${local}${offset}`, zoned: offset !== '' };
}

/** The zone that a stamp ends with (`+0530`), '' where it has none or has none that can be. */
export function zoneOf(text: string): string {
  const zone = /^\d{8,}(?:\.\d+)?([+-]\d{4})$/.exec(text)?.[1] ?? '';
  return zone !== '' && isoOffset(zone) !== null ? zone : '';
}

function isZoned(iso: string): boolean {
  return /[+-]\d{2}:\d{2}$|Z$/.test(iso);
}

/**
 * The offset of the site at a local time, in minutes east of UTC: a number, or a rule with summer time in it. The
 * rule gives null for a local time that never was (the hour that is left out in spring).
 */
export type SiteZone = number | ((localIso: string) => number | null);

/** A local time with the site's offset; a time that has one already stays. Null where it never was at the site. */
export function withSiteZone(iso: string, zone: SiteZone): string | null {
  if (isZoned(iso)) return iso;
  const offset = typeof zone === 'number' ? zone : zone(iso);
  return offset === null ? null : withOffset(iso, offset);
}

function withOffset(iso: string, offsetMinutes: number): string {
  const minutes = Math.trunc(offsetMinutes);
  const size = Math.abs(minutes);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${iso}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * True where a time lies more than five minutes after the receipt. A time without a zone is far in the future
 * only where it would be in every zone of the world.
 */
export function isFarFuture(iso: string, receivedAt: string): boolean {
  const at = Date.parse(isZoned(iso) ? iso : withOffset(iso, EASTERNMOST_OFFSET_MINUTES));
  return at - Date.parse(receivedAt) > FAR_FUTURE_MS;
}
