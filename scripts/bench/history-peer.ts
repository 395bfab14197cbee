/**
 * The peer of `bench -- history`: the same sets in the long format, a row a value, as it is commonly built. It is kept
 * lean: numbers for patient, vital and source, the same three times, and one index that finds a patient's vital in time.
 */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { VITALS } from '../../app/observation/vital.ts';
import { BEDS, timeOf, valuesOf } from './history-record.ts';
import { quantile } from './statistics.ts';

export const LONG_SCHEMA = `CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL,
  vital INTEGER NOT NULL,
  observed_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  committed_ms INTEGER NOT NULL,
  source INTEGER NOT NULL,
  message INTEGER NOT NULL,
  value REAL NOT NULL
) STRICT;
CREATE INDEX readings_of_patient ON readings (patient, vital, observed_ms);`;

export interface PeerFigures {
  readonly rows: number;
  readonly values: number;
  /** Of one set of vitals: all its values with their index. */
  readonly bytesARow: number;
  /** The last 24 h of a bed, all its vitals (or as much as there is), ms. */
  readonly trendP99Ms: number;
}

const sizeRow = z.object({ bytes: z.number() });

/** Writes the first `rows` sets in the long format into `file` (made anew), measures and removes it. */
export function measureLongFormat(file: string, rows: number): PeerFigures {
  const remove = (): void => {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  };
  remove();
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    // Its durability is not measured, only its size and its reading.
    database.pragma('synchronous = OFF');
    database.exec(LONG_SCHEMA);
    const insert = database.prepare(
      'INSERT INTO readings (patient, vital, observed_ms, received_ms, committed_ms, source, message, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    let values = 0;
    for (let row = 0; row < rows; )
      database.transaction(() => {
        for (const end = Math.min(rows, row + 20_000); row < end; row++) {
          const bed = row % BEDS;
          const ms = timeOf(row);
          const set = valuesOf(bed, ms);
          const receivedMs = ms + 180 + ((row * 7919) % 90);
          VITALS.forEach((vital, number) => {
            const value = set[vital];
            if (typeof value !== 'number') return;
            insert.run(bed + 1, number, ms, receivedMs, receivedMs + 4, bed + 1, row + 1, value);
            values++;
          });
        }
      })();
    database.pragma('wal_checkpoint(TRUNCATE)');
    const { bytes } = sizeRow.parse(
      database
        .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()')
        .get(),
    );
    const read = database.prepare(
      'SELECT vital, observed_ms, value FROM readings WHERE patient = ? AND vital IN (0, 1, 3, 5, 6, 10, 11, 12, 18, 19) AND observed_ms BETWEEN ? AND ? ORDER BY observed_ms',
    );
    const until = timeOf(rows - 1);
    const times: number[] = [];
    for (let turn = 0; turn < BEDS; turn++) {
      const began = performance.now();
      read.all(1 + ((turn * 37) % BEDS), until - 24 * 3_600_000, until);
      times.push(performance.now() - began);
    }
    return { rows, values, bytesARow: bytes / rows, trendP99Ms: quantile(times, 0.99) };
  } finally {
    database.close();
    remove();
  }
}
