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

/** The sets that made the patient's readings at an earlier moment (wall ms), oldest first. */
export function readSetsAsOf(read: Reader, patientId: string, asOfMs: number): StoredSet[] {
  return newestSets(read, patientId, { fromMs: asOfMs - LOOK_BACK_MS, toMs: asOfMs, now: null });
}

/**
 * The sets that make the patient's readings now, oldest first. A device whose clock is ahead stamps its values
 * later than now, and they count all the same; beside them stand the newest that are not ahead, so that a stamp
 * from a time when a clock was wrong hides nothing.
 */
export function readRecentSets(read: Reader, patientId: string, now: RestoreMoment): StoredSet[] {
  const fromMs = now.wallMs - LOOK_BACK_MS;
  const found = new Map<number, StoredSet>();
  for (const toMs of [now.wallMs, Number.MAX_SAFE_INTEGER])
    for (const set of newestSets(read, patientId, { fromMs, toMs, now })) found.set(set.id, set);
  return inOrder(found);
}

export interface RestoreMoment {
  readonly wallMs: number;
  /** The start of the machine; null where it is not known. */
  readonly bootId: string | null;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** Leaves out what was received later than now before an earlier start of the machine: its age is unknown. */
  readonly now: RestoreMoment | null;
}

function newestSets(read: Reader, patientId: string, span: Span): StoredSet[] {
  const { fromMs, toMs, now } = span;
  const latestReceipt = now?.wallMs ?? Number.MAX_SAFE_INTEGER;
  const newest = VITALS.map(
    (vital) => `max(CASE WHEN ${vital} IS NOT NULL THEN observed_ms END) AS ${vital}`,
  );
  const sources = read.all(
    newestRow,
    `SELECT source_kind, source_name, ${newest.join(', ')} FROM observations
     WHERE patient_id = ? AND observed_ms BETWEEN ? AND ? AND (received_ms <= ? OR boot_id = ?) GROUP BY source_kind, source_name`,
    patientId,
    fromMs,
    toMs,
    latestReceipt,
    now?.bootId ?? null,
  );
  const found = new Map<number, StoredSet>();
  for (const source of sources) {
    const moments = new Set(
      VITALS.flatMap((vital) => (typeof source[vital] === 'number' ? [source[vital]] : [])),
    );
    for (const moment of moments)
      for (const set of readSetsBetween(read, patientId, moment - MEDIAN_MS, moment))
        if (set.receivedMs <= latestReceipt || (set.bootId !== null && set.bootId === now?.bootId))
          found.set(set.id, set);
  }
  return inOrder(found);
}

function inOrder(sets: ReadonlyMap<number, StoredSet>): StoredSet[] {
  return [...sets.values()].sort((a, b) => a.observedMs - b.observedMs || a.id - b.id);
}
