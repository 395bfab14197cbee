/** The time of a row: seconds from a start, or a date and time with or without a zone. */

export interface TableTime {
  readonly atMs: number;
  /** As the table means it: without a zone where it has none. */
  readonly at: string;
}

const SECONDS = /^\d{1,10}(?:\.\d{1,6})?$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Null for what is no time. A time without a zone is ordered as UTC and written again without one. */
export function readTime(text: string, isSeconds: boolean): TableTime | null {
  if (isSeconds) {
    if (!SECONDS.test(text)) return null;
    const atMs = Math.round(Number(text) * 1000);
    return { atMs, at: new Date(atMs).toISOString() };
  }
  const parts = DATE_TIME.exec(text);
  if (parts === null) return null;
  const [, date = '', clock = '', seconds = ':00', zone] = parts;
  const offset = zone === undefined || zone === 'Z' ? 'Z' : zone.replace(/^(.\d{2}):?(\d{2})$/, '$1:$2');
  const atMs = Date.parse(`${date}T${clock}${seconds}${offset}`);
  if (Number.isNaN(atMs)) return null;
  // JavaScript takes 31 February for a day in March.
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return null;
  return { atMs, at: zone === undefined ? withoutZone(atMs) : new Date(atMs).toISOString() };
}

/** A moment of a table without zones, as such a table writes it. */
export function withoutZone(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, atMs % 1000 === 0 ? 19 : 23);
}
