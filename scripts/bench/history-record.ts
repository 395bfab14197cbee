/**
 * The record that `bench -- history` measures on: a full ward of invented patients whose monitors sent a set each five
 * seconds, written by the program's own statements, summaries and scores with it. What a row holds follows from its
 * bed and its time alone, so that a run that ended early goes on where it was.
 */
import { mkdirSync, statfsSync } from 'node:fs';
import { z } from 'zod';
import type { VitalValues } from '../../app/observation/vital.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';
import { systemClock } from '../../main/core/clock.ts';
import { openRecord, type WardRecord } from '../../main/core/open-record.ts';
import type { Writer } from '../../main/core/store/database.ts';
import { MINUTE_MS, minuteOf, summarise } from '../../main/core/summaries/minute-summary.ts';
import { insertSummary } from '../../main/core/summaries/summaries-table.ts';
import { createSummariser, setMark } from '../../main/core/summaries/summariser.ts';
import { appendSet, newestId, type StoredSet } from '../../main/core/ward/observations-table.ts';
import { insertPatient, openStay } from '../../main/core/ward/patients-table.ts';
import { appendScore } from '../../main/core/ward/scores-table.ts';
import { SetUpError, say } from '../setup/report.ts';

export const BEDS = 64;
export const EVERY_MS = 5_000;
/** 30 days of 64 beds with a row each 5 s. */
export const ALL_ROWS = BEDS * ((30 * 24 * 3_600_000) / EVERY_MS);
/** The first set of every record: the time that a row tells follows from its number. */
export const FIRST_MS = Date.UTC(2026, 7, 1);
/** Room for a row with its share of indices, summaries and log, and for the peer's part. Measured, rounded up. */
const BYTES_A_ROW = 220;
const ROWS_A_MINUTE = BEDS * (MINUTE_MS / EVERY_MS);
const ROWS_A_TRANSACTION = 50 * ROWS_A_MINUTE;

export const patientOf = (bed: number): string => `bench-patient-${bed}`;
export const bedNameOf = (bed: number): string => `ICU-${bed + 1}`;
const monitorOf = (bed: number): string => `MON${bed + 1}`;
export const identifierOf = (bed: number): string => `BENCH${bed + 1}`;
/** The time of the set with this number, counted over all beds (wall ms). */
export const timeOf = (row: number): number => FIRST_MS + Math.floor(row / BEDS) * EVERY_MS;

/** Opens the record in `folder`, made as far as `rows` sets. Throws where the disk has no room for it. */
export async function openHistoryRecord(folder: string, rows: number): Promise<WardRecord> {
  mkdirSync(folder, { recursive: true });
  const opened = await openRecord({
    userDataDir: folder,
    nativeBinding: null,
    keyWrapper: null,
    clock: systemClock(),
  });
  if (!opened.ok) throw new SetUpError(`The record in ${folder} cannot be opened: ${opened.failure.detail}`);
  const { record } = opened;
  const done = newestId(record.store.read);
  const free = statfsSync(folder);
  const needed = (rows - done) * BYTES_A_ROW;
  if (needed > free.bavail * free.bsize) {
    record.store.close();
    throw new SetUpError(
      `${rows} rows need ${Math.ceil(needed / 1e9)} GB of free disk in ${folder}. Ask for fewer with --rows.`,
    );
  }
  if (done === 0) admitAll(record);
  fill(record, rows);
  return record;
}

function admitAll({ store, sealing }: WardRecord): void {
  store.transaction((write) => {
    for (let bed = 0; bed < BEDS; bed++) {
      insertPatient(
        write,
        sealing,
        {
          id: patientOf(bed),
          // As the load's messages tell them: one of somebody else would be held for a person.
          name: 'TESTPATIENT, ASHA',
          identifier: identifierOf(bed),
          birthDate: '1958-04-12',
          sex: 'F',
          pregnant: false,
          spo2Scale: 1,
          demonstration: false,
        },
        FIRST_MS,
      );
      openStay(write, {
        patientId: patientOf(bed),
        bed: bedNameOf(bed),
        demonstration: false,
        at: FIRST_MS,
      });
    }
  });
}

const newestRow = z.object({ score: z.string(), number: z.number() });

function fill(record: WardRecord, rows: number): void {
  const { store } = record;
  const { read } = store;
  let row = newestId(read);
  if (row >= rows) return;
  const began = Date.now();
  const first = row;
  let told = began;
  // The last score of each patient, so that a step is written only where it changes.
  const scores = new Map(
    read
      .all(
        newestRow,
        'SELECT score, patient AS number FROM scores WHERE id IN (SELECT max(id) FROM scores GROUP BY patient)',
      )
      .map(({ score, number }) => [number - 1, score]),
  );
  while (row < rows) {
    const end = Math.min(rows, row - (row % ROWS_A_TRANSACTION) + ROWS_A_TRANSACTION);
    appendRows(record, row, end, scores);
    row = end;
    if (Date.now() - told > 10_000) {
      told = Date.now();
      const rate = (row - first) / ((told - began) / 1000);
      say(`  ${row} of ${rows} rows, ${Math.round((rows - row) / rate)} s left`);
    }
  }
  summariseRest(record, rows);
}

/** Rows from one number to another (excluded) in one transaction; where they are whole minutes, with their summaries. */
function appendRows({ store }: WardRecord, from: number, to: number, scores: Map<number, string>): void {
  const wholeMinutes = from % ROWS_A_MINUTE === 0 && to % ROWS_A_MINUTE === 0;
  if (wholeMinutes) summariseRest({ store }, from);
  store.transaction((write) => {
    const minutes = minutesOfBeds();
    for (let row = from; row < to; row++) {
      const bed = row % BEDS;
      const set = appendRow(write, row);
      if (wholeMinutes) minutes.add(write, bed, set);
      if (set.observedMs % 15_000 !== 0) continue;
      const score = scoreNews2(set.values, { age_years: 68, pregnant: false });
      const text = JSON.stringify(score);
      if (scores.get(bed) === text) continue;
      scores.set(bed, text);
      appendScore(write, patientOf(bed), { atMs: set.committedMs, score });
    }
    if (!wholeMinutes) return;
    minutes.end(write);
    setMark(write, to);
  });
}

function appendRow(write: Writer, row: number): StoredSet {
  const bed = row % BEDS;
  const observedMs = timeOf(row);
  const receivedMs = observedMs + 180 + ((row * 7919) % 90);
  const iso = new Date(observedMs).toISOString();
  return appendSet(
    write,
    {
      patientId: patientOf(bed),
      observedAt: iso,
      observedMs,
      receivedAt: iso,
      receivedMs,
      receivedBootMs: receivedMs - FIRST_MS,
      bootId: 'bench',
      source: { kind: 'monitor', name: monitorOf(bed) },
      values: valuesOf(bed, observedMs),
      messageId: row + 1,
      enteredBy: null,
    },
    receivedMs + 4,
  );
}

const keyRow = z.object({ patient: z.number(), source: z.number() });

/**
 * The minutes of the beds whose rows are being appended, summarised as the ward does it. It would read the rows back
 * for that, which takes as long as the record itself.
 */
function minutesOfBeds(): {
  add(write: Writer, bed: number, set: StoredSet): void;
  end(write: Writer): void;
} {
  const sets = new Map<number, StoredSet[]>();
  const keys = new Map<number, z.infer<typeof keyRow>>();
  const keyOf = (write: Writer, bed: number): z.infer<typeof keyRow> => {
    const key =
      keys.get(bed) ??
      write.one(
        keyRow,
        `SELECT p.number AS patient, s.id AS source FROM patient_numbers p, sources s
         WHERE p.patient_id = ? AND s.name = ? AND s.kind = 'monitor'`,
        patientOf(bed),
        monitorOf(bed),
      );
    if (key === null) throw new Error('a bed without numbers in the store');
    keys.set(bed, key);
    return key;
  };
  const keep = (write: Writer, bed: number): void => {
    const summary = summarise(sets.get(bed) ?? []);
    if (summary !== null) insertSummary(write, { ...keyOf(write, bed), minute: summary.minute }, summary);
  };
  return {
    add: (write, bed, set) => {
      const open = sets.get(bed);
      if (open?.[0] !== undefined && minuteOf(open[0].observedMs) === minuteOf(set.observedMs)) {
        open.push(set);
        return;
      }
      keep(write, bed);
      sets.set(bed, [set]);
    },
    end: (write) => {
      for (const bed of sets.keys()) keep(write, bed);
    },
  };
}

/** Lets the ward's own summariser tell of what was appended so far and is not told of yet. */
function summariseRest({ store }: Pick<WardRecord, 'store'>, rows: number): void {
  const wall = timeOf(rows - 1) + 2 * MINUTE_MS;
  // Without a limit to its slices: nobody waits here.
  const summariser = createSummariser({ store, wall: () => wall, steady: () => 0 });
  while (summariser.step());
}

/** What a bed's monitor shows at a moment: slow waves, faster ones, and a little noise, the same at every run. */
export function valuesOf(bed: number, ms: number): VitalValues {
  const hours = ms / 3_600_000;
  const wave = (period: number, phase: number): number =>
    Math.sin((hours / period + phase + bed / 7) * 6.283);
  const noise = (salt: number): number => {
    let mixed = Math.imul(Math.floor(ms / EVERY_MS) + salt * 7919 + bed * 104_729, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 0xffffffff - 0.5;
  };
  const hr = Math.round(86 + 16 * wave(9, 0) + 5 * wave(0.4, 0.2) + 4 * noise(1));
  const sbp = Math.round(118 + 16 * wave(11, 0.3) + 5 * wave(0.5, 0.6) + 5 * noise(2));
  const dbp = Math.round(64 + 8 * wave(11, 0.3) + 3 * noise(3));
  return {
    hr,
    pulse: hr + Math.round(noise(4)),
    rr: Math.round(18 + 4 * wave(7, 0.1) + 3 * noise(5)),
    spo2: Math.min(100, Math.round(95.5 + 2 * wave(13, 0.7) + 1.5 * noise(6))),
    temp_c: Math.round((37.1 + 0.7 * wave(26, 0.5)) * 10) / 10,
    sbp_art: sbp,
    dbp_art: dbp,
    map_art: Math.round((sbp + 2 * dbp) / 3 + noise(7)),
    cvp: Math.round(8 + 3 * wave(17, 0.2) + 2 * noise(8)),
    etco2: Math.round(38 + 4 * wave(5, 0.4) + 2 * noise(9)),
  };
}
