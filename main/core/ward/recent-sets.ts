/**
 * The sets from which a bed's readings can be made again after a restart: for each source and vital the newest
 * value and the minute before it. One pass over the recent rows finds them, whatever the rate of the feed.
 */
import { z } from 'zod';
import { VITALS } from '../../../app/observation/vital.ts';
import type { Reader } from '../store/database.ts';
import { readSetsBetween, type StoredSet } from './observations-table.ts';

/** A value that is older was missing long ago; its time is no longer told. */
const LOOK_BACK_MS = 12 * 3_600_000;
/** A streamed vital scores by the median of a minute. */
const MEDIAN_MS = 60_000;

const newestRow = z.looseObject({ source_kind: z.string(), source_name: z.string() });

/** The sets that make the patient's readings as of `asOfMs`, oldest first. */
export function readRecentSets(read: Reader, patientId: string, asOfMs: number): StoredSet[] {
  const newest = VITALS.map(
    (vital) => `max(CASE WHEN ${vital} IS NOT NULL THEN observed_ms END) AS ${vital}`,
  );
  const sources = read.all(
    newestRow,
    `SELECT source_kind, source_name, ${newest.join(', ')} FROM observations
     WHERE patient_id = ? AND observed_ms BETWEEN ? AND ? GROUP BY source_kind, source_name`,
    patientId,
    asOfMs - LOOK_BACK_MS,
    asOfMs,
  );
  const found = new Map<number, StoredSet>();
  for (const source of sources) {
    const moments = new Set(
      VITALS.flatMap((vital) => (typeof source[vital] === 'number' ? [source[vital]] : [])),
    );
    for (const moment of moments)
      for (const set of readSetsBetween(read, patientId, moment - MEDIAN_MS, moment)) found.set(set.id, set);
  }
  return [...found.values()].sort((a, b) => a.observedMs - b.observedMs || a.id - b.id);
}
