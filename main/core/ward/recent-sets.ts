/**
 * The sets from which a bed's readings can be made again after a restart: for each source and vital the newest
 * value and the minute before it. The summaries of the minutes find them, whatever the rate of the feed; what is not
 * summarised yet is looked at row by row.
 */
import { z } from 'zod';
import { VITALS, type Vital } from '../../../app/observation/vital.ts';
import type { Reader } from '../store/database.ts';
import { MINUTE_MS, minuteOf } from '../summaries/minute-summary.ts';
import { readMark } from '../summaries/summariser.ts';
import { SAMPLES_KEPT_MS } from './minute-samples.ts';
import { readSetsBetween, readSetsThinned, type StoredSet } from './observations-table.ts';

/** A value that is older was missing long ago; its time is no longer told. */
const LOOK_BACK_MS = 12 * 3_600_000;
/** A streamed vital scores by the median of a minute. */
const MEDIAN_MS = 60_000;

const newestRow = z.looseObject({});

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

/**
 * The last set of each minute and source of the hours that signals and trends look back on, oldest first; of a clock
 * that is ahead what it stamped so far as well.
 */
export function readSamples(read: Reader, patientId: string, nowMs: number): StoredSet[] {
  const fromMs = nowMs - SAMPLES_KEPT_MS;
  return readSetsThinned(read, patientId, fromMs, Number.MAX_SAFE_INTEGER, MEDIAN_MS);
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
  const found = new Map<number, StoredSet>();
  for (const moment of newestMoments(read, patientId, span))
    for (const set of readSetsBetween(read, patientId, moment.fromMs - MEDIAN_MS, moment.toMs))
      if (set.observedMs >= fromMs - MEDIAN_MS && set.observedMs <= toMs)
        if (set.receivedMs <= latestReceipt || (set.bootId !== null && set.bootId === now?.bootId))
          found.set(set.id, set);
  return inOrder(found);
}

interface Moments {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where the newest value of each source and vital lies: to the moment by the rows, to the minute by the summaries. */
function newestMoments(read: Reader, patientId: string, span: Span): Moments[] {
  const { fromMs, toMs, now } = span;
  const latestReceipt = now?.wallMs ?? Number.MAX_SAFE_INTEGER;
  // Only whole minutes: the value of a minute at the edge may lie outside the span.
  const firstMinute = Math.ceil(fromMs / MINUTE_MS);
  const lastMinute = minuteOf(toMs + 1) - 1;
  const summaries = read.all(
    newestRow,
    `SELECT sum(received_delta + minute * ${MINUTE_MS} > ?) AS unsure,
       ${VITALS.map((vital) => newest(vital, summaryColumn(vital), 'minute')).join(', ')}
     FROM minute_summaries WHERE ${OF_PATIENT} AND minute BETWEEN ? AND ? GROUP BY source`,
    latestReceipt,
    patientId,
    firstMinute,
    lastMinute,
  );
  // A receipt that is later than now may be of another start of the machine, which only the rows can tell.
  const unsure = summaries.some((row) => typeof row.unsure === 'number' && row.unsure > 0);
  const rows = read.all(
    newestRow,
    `SELECT ${VITALS.map((vital) => newest(vital, `o.${vital}`, 'o.observed_ms')).join(', ')}
     FROM observations o CROSS JOIN starts b ON b.id = o.start
     WHERE o.${OF_PATIENT} AND o.observed_ms BETWEEN ? AND ?
       AND (+o.id > ? OR o.observed_ms < ? OR o.observed_ms >= ?) AND (o.observed_ms + o.received_delta <= ? OR b.boot_id = ?) GROUP BY o.source`,
    patientId,
    fromMs,
    toMs,
    unsure ? 0 : readMark(read),
    firstMinute * MINUTE_MS,
    (lastMinute + 1) * MINUTE_MS,
    latestReceipt,
    now?.bootId ?? '',
  );
  const moments = timesOf(rows).map((ms) => ({ fromMs: ms, toMs: ms }));
  if (unsure) return moments;
  return [
    ...moments,
    ...timesOf(summaries).map((minute) => ({
      fromMs: minute * MINUTE_MS,
      toMs: minute * MINUTE_MS + MINUTE_MS - 1,
    })),
  ];
}

const OF_PATIENT = 'patient = (SELECT number FROM patient_numbers WHERE patient_id = ?)';

function summaryColumn(vital: Vital): string {
  return vital === 'on_oxygen' || vital === 'acvpu' ? vital : `${vital}_last`;
}

function newest(vital: Vital, column: string, time: string): string {
  return `max(CASE WHEN ${column} IS NOT NULL THEN ${time} END) AS ${vital}`;
}

/** The different times of some rows, however many vitals share them. */
function timesOf(rows: readonly { readonly [column: string]: unknown }[]): number[] {
  return [
    ...new Set(
      rows.flatMap((row) => VITALS.flatMap((vital) => (typeof row[vital] === 'number' ? [row[vital]] : []))),
    ),
  ];
}

function inOrder(sets: ReadonlyMap<number, StoredSet>): StoredSet[] {
  return [...sets.values()].sort((a, b) => a.observedMs - b.observedMs || a.id - b.id);
}
