/**
 * The SQL of `observations`. A row is never changed: more values of the same moment and source, or a correction, are
 * a new row of the same slot with the next revision, and the greatest revision is in force.
 */
import { z } from 'zod';
import { type ObservationSet, SOURCE_KINDS } from '../../../app/observation/observation.ts';
import { VITALS, type Vital, type VitalValues } from '../../../app/observation/vital.ts';
import type { Reader, SqlValue, Writer } from '../store/database.ts';
import { maskOfVitals, vitalColumnValues, vitalsOfMask, vitalsOfRow } from '../store/vital-columns.ts';

/** A committed set with what its age is counted from. */
export interface StoredSet extends ObservationSet {
  readonly id: number;
  readonly observedMs: number;
  readonly receivedMs: number;
  /** Boot time of the receipt; comparable while `bootId` is the machine's. */
  readonly receivedBootMs: number;
  readonly bootId: string | null;
  readonly committedMs: number;
  /** Vitals that the source contradicted within one message; absent where there are none. */
  readonly ambiguous?: readonly Vital[];
  /** Vitals that the source said with this set that it cannot measure. Known in memory only, until the next set. */
  readonly unavailable?: readonly Vital[];
  /** Vitals whose value of this moment and source is another one since this set, or none. Known in memory only. */
  readonly changed?: readonly Vital[];
}

/** A set that is to be committed; the ward stamps it with the time of its commit. */
export interface NewSet extends Omit<StoredSet, 'id' | 'committedMs' | 'changed'> {
  readonly messageId: number | null;
  readonly enteredBy: string | null;
  /** True where the source says that these values take the place of what it said before of this moment. */
  readonly corrects?: boolean;
  /** Vitals whose value of this moment the source takes back: the row in force has none of them from now on. */
  readonly withdraws?: readonly Vital[];
}

const setRow = z
  .looseObject({
    id: z.number().int(),
    patient_id: z.string(),
    observed_ms: z.number().int(),
    zone_min: z.number().int().nullable(),
    source_kind: z.enum(SOURCE_KINDS),
    source_name: z.string(),
    revision: z.number().int(),
    boot_id: z.string(),
    base_ms: z.number().int(),
    received_delta: z.number().int(),
    committed_delta: z.number().int(),
    boot_delta: z.number().int(),
    ambiguous: z.number().int(),
  })
  .transform((row) => {
    const receivedMs = row.observed_ms + row.received_delta;
    const set: StoredSet = {
      id: row.id,
      patientId: row.patient_id,
      observedAt: isoTimeIn(row.zone_min, row.observed_ms),
      observedMs: row.observed_ms,
      receivedAt: new Date(receivedMs).toISOString(),
      receivedMs,
      receivedBootMs: receivedMs - row.base_ms + row.boot_delta,
      bootId: row.boot_id === '' ? null : row.boot_id,
      committedMs: receivedMs + row.committed_delta,
      source: { kind: row.source_kind, name: row.source_name },
      values: vitalsOfRow(row),
      ...(row.ambiguous === 0 ? {} : { ambiguous: vitalsOfMask(row.ambiguous) }),
    };
    return { set, revision: row.revision };
  });
const onlySet = setRow.transform(({ set }) => set);

const COLUMNS = `o.id, p.patient_id, o.observed_ms, o.zone_min, s.kind AS source_kind, s.name AS source_name,
  o.revision, b.boot_id, b.base_ms, o.received_delta, o.committed_delta, o.boot_delta, o.ambiguous,
  ${VITALS.map((name) => `o.${name}`).join(', ')}`;
// CROSS JOIN keeps SQLite from starting at one of the small tables.
const ROWS = `observations o CROSS JOIN patient_numbers p ON p.number = o.patient
  CROSS JOIN sources s ON s.id = o.source CROSS JOIN starts b ON b.id = o.start`;
const OF_PATIENT = 'o.patient = (SELECT number FROM patient_numbers WHERE patient_id = ?)';
const IN_FORCE = `NOT EXISTS (SELECT 1 FROM observations n WHERE n.patient = o.patient
  AND n.observed_ms = o.observed_ms AND n.source = o.source AND n.revision > o.revision)`;

/**
 * Kinds of rows whose statement is kept: each of the ward's monitors sends the same vitals again and again, and a NULL
 * that is bound costs as much as a value. Other kinds go through one statement that names every column. Ours.
 */
const MOST_STATEMENTS = 64;
const statements = new Map<number, string>();
const EVERY_COLUMN = -1;
const ZONE = 1 << VITALS.length;
const PERSON = 2 << VITALS.length;

function insertOf(kind: number): string {
  const known = statements.get(kind);
  if (known !== undefined) return known;
  if (kind !== EVERY_COLUMN && statements.size >= MOST_STATEMENTS) return insertOf(EVERY_COLUMN);
  const more = [
    'ambiguous',
    ...(kind & ZONE ? ['zone_min'] : []),
    ...(kind & PERSON ? ['entered_by'] : []),
    ...VITALS.filter((_, bit) => kind & (1 << bit)),
  ];
  // The numbers of patient, source and start are looked up by the statement itself: nothing is remembered outside the
  // transaction that a rollback would make wrong. Where one of them is new, or the slot is taken, no row is added (a
  // join in place of the four look-ups takes five times as long).
  const statement = `INSERT OR IGNORE INTO observations (patient, observed_ms, source, revision, corrects, start,
      received_delta, committed_delta, boot_delta, message_id, ${more.join(', ')})
    VALUES ((SELECT number FROM patient_numbers WHERE patient_id = ?), ?,
      (SELECT id FROM sources WHERE name = ? AND kind = ?), ?, ?, (SELECT id FROM starts WHERE boot_id = ?), ?, ?,
      ? + (SELECT base_ms FROM starts WHERE boot_id = ?), ?, ${more.map(() => '?').join(', ')})`;
  statements.set(kind, statement);
  return statement;
}

/**
 * Appends a set and returns the row as it stands. Where the patient already has one of this moment and source,
 * the new row supersedes it and carries the values of both, the new ones first and without those that were
 * withdrawn. Every message that was taken has its row, so that what was acknowledged can be found.
 */
export function appendSet(write: Writer, set: NewSet, committedMs: number): StoredSet {
  const first = insertSet(write, set, committedMs, null);
  if (first !== null) return first;
  nameParts(write, set);
  const before = setInForce(write, set);
  const row = insertSet(write, set, committedMs, before);
  if (row === null) throw new Error('a set found no place');
  return row;
}

interface InForce {
  readonly set: StoredSet;
  readonly revision: number;
}

function insertSet(
  write: Writer,
  set: NewSet,
  committedMs: number,
  before: InForce | null,
): StoredSet | null {
  const values: VitalValues = { ...before?.set.values, ...set.values };
  for (const vital of set.withdraws ?? []) delete values[vital];
  const ambiguous = stillAmbiguous(set, before, values);
  const zoneMin = zoneOf(set.observedAt);
  const { changes, rowId } = insertRow(write, set, committedMs, {
    revision: before === null ? 0 : before.revision + 1,
    ambiguous: maskOfVitals(ambiguous),
    zoneMin,
    values,
  });
  if (changes === 0) return null;
  const { messageId: _, enteredBy: __, corrects: ___, withdraws: ____, ambiguous: _____, ...stored } = set;
  const old = before?.set.values ?? {};
  const changed = VITALS.filter((vital) => old[vital] !== undefined && old[vital] !== values[vital]);
  return {
    ...stored,
    observedAt: isoTimeIn(zoneMin, set.observedMs),
    id: rowId,
    committedMs,
    values,
    ...(ambiguous.length === 0 ? {} : { ambiguous }),
    ...(changed.length === 0 ? {} : { changed }),
  };
}

function insertRow(
  write: Writer,
  set: NewSet,
  committedMs: number,
  row: {
    readonly revision: number;
    readonly ambiguous: number;
    readonly zoneMin: number | null;
    readonly values: VitalValues;
  },
) {
  const columns = vitalColumnValues(row.values);
  let kind = (row.zoneMin === null ? 0 : ZONE) | (set.enteredBy === null ? 0 : PERSON);
  for (const [bit, value] of columns.entries()) if (value !== null) kind |= 1 << bit;
  const statement = insertOf(kind);
  const isWhole = statement === statements.get(EVERY_COLUMN);
  const more: SqlValue[] = [row.ambiguous];
  if (isWhole || row.zoneMin !== null) more.push(row.zoneMin);
  if (isWhole || set.enteredBy !== null) more.push(set.enteredBy);
  for (const value of columns) if (isWhole || value !== null) more.push(value);
  const bootId = set.bootId ?? '';
  return write.run(
    statement,
    set.patientId,
    set.observedMs,
    set.source.name,
    set.source.kind,
    row.revision,
    Number(set.corrects === true || (set.withdraws?.length ?? 0) > 0),
    bootId,
    set.receivedMs - set.observedMs,
    committedMs - set.receivedMs,
    set.receivedBootMs - set.receivedMs,
    bootId,
    set.messageId,
    ...more,
  );
}

/** What was contradicted stays so until the same vital is told anew. */
function stillAmbiguous(set: NewSet, before: InForce | null, values: VitalValues): readonly Vital[] {
  const earlier = before?.set.ambiguous ?? [];
  if (earlier.length === 0) return set.ambiguous ?? [];
  const kept = earlier.filter((vital) => set.values[vital] === undefined && values[vital] !== undefined);
  return VITALS.filter((vital) => kept.includes(vital) || set.ambiguous?.includes(vital) === true);
}

/** Gives patient, source and start their numbers, where they have none yet. */
function nameParts(write: Writer, set: NewSet): void {
  numberPatient(write, set.patientId);
  write.run(
    'INSERT INTO sources (name, kind) VALUES (?, ?) ON CONFLICT DO NOTHING',
    set.source.name,
    set.source.kind,
  );
  write.run(
    'INSERT INTO starts (boot_id, base_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
    set.bootId ?? '',
    set.receivedMs - set.receivedBootMs,
  );
}

/** Gives a patient a number in the long tables, where there is none yet. */
export function numberPatient(write: Writer, patientId: string): void {
  write.run('INSERT INTO patient_numbers (patient_id) VALUES (?) ON CONFLICT DO NOTHING', patientId);
}

const OF_SLOT = `SELECT ${COLUMNS} FROM ${ROWS} WHERE ${OF_PATIENT} AND o.observed_ms = ?
  AND o.source = (SELECT id FROM sources WHERE name = ? AND kind = ?) ORDER BY o.revision DESC LIMIT 1`;

function setInForce(read: Reader, slot: Pick<NewSet, 'patientId' | 'observedMs' | 'source'>): InForce | null {
  return read.one(setRow, OF_SLOT, slot.patientId, slot.observedMs, slot.source.name, slot.source.kind);
}

/** The set in force of a patient at exactly this time (wall ms) from exactly this source; null where there is none. */
export function findSet(
  read: Reader,
  slot: Pick<NewSet, 'patientId' | 'observedMs' | 'source'>,
): StoredSet | null {
  return setInForce(read, slot)?.set ?? null;
}

/** The sets in force of a patient observed from one moment to another (wall ms, both included), oldest first. */
export function readSetsBetween(read: Reader, patientId: string, fromMs: number, toMs: number): StoredSet[] {
  return read.all(
    onlySet,
    `SELECT ${COLUMNS} FROM ${ROWS} WHERE ${OF_PATIENT} AND o.observed_ms BETWEEN ? AND ?
     AND ${IN_FORCE} ORDER BY o.observed_ms, o.id`,
    patientId,
    fromMs,
    toMs,
  );
}

/**
 * The sets in force that no message brought (hand entries, files, demonstrations) and that were observed from one
 * moment to another (wall ms, both included), oldest first.
 */
export function readSetsWithoutMessage(
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
): StoredSet[] {
  return read.all(
    onlySet,
    `SELECT ${COLUMNS} FROM ${ROWS.replace('observations o', 'observations o INDEXED BY observations_without_message')}
     WHERE ${OF_PATIENT} AND o.observed_ms BETWEEN ? AND ? AND o.message_id IS NULL
     AND ${IN_FORCE} ORDER BY o.observed_ms, o.id`,
    patientId,
    fromMs,
    toMs,
  );
}

const countRow = z.object({ n: z.number() });

/** Rows of a patient observed from one moment to another (wall ms, both included), superseded ones too, up to `most`. */
export function countSets(
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
  most: number,
): number {
  const found = read.one(
    countRow,
    `SELECT count(*) AS n FROM (SELECT 1 FROM observations o WHERE ${OF_PATIENT} AND o.observed_ms BETWEEN ? AND ?
     LIMIT ?)`,
    patientId,
    fromMs,
    toMs,
    most,
  );
  return found?.n ?? 0;
}

/**
 * The sets in force from one moment to another (wall ms, both included), thinned: the last set of a monitor in each
 * stretch of `stretchMs`, and every set that no message brought, oldest first.
 */
export function readSetsThinned(
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
  stretchMs: number,
): StoredSet[] {
  const span = [patientId, fromMs, toMs] as const;
  const where = `${OF_PATIENT} AND o.observed_ms BETWEEN ? AND ?`;
  const monitors = "(SELECT id FROM sources WHERE kind = 'monitor')";
  return read.all(
    onlySet,
    `SELECT ${COLUMNS} FROM ${ROWS} WHERE o.id IN (
       SELECT max(o.id) FROM observations o WHERE ${where} AND o.source IN ${monitors}
       GROUP BY o.source, o.observed_ms / CAST(? AS INTEGER)
       UNION ALL SELECT o.id FROM observations o WHERE ${where} AND o.source NOT IN ${monitors})
     AND ${IN_FORCE} ORDER BY o.observed_ms, o.id`,
    ...span,
    stretchMs,
    ...span,
  );
}

export interface CommittedSet {
  readonly set: StoredSet;
  readonly committedMs: number;
  /** MSH-10 of the message it came with. */
  readonly controlId: string | null;
  /** True where a later row stands in its place. */
  readonly superseded: boolean;
}

const committedRow = z
  .looseObject({ control_id: z.string().nullable(), superseded: z.number() })
  .transform((row): CommittedSet => {
    const set = onlySet.parse(row);
    return {
      set,
      committedMs: set.committedMs,
      controlId: row.control_id,
      superseded: row.superseded === 1,
    };
  });

/** The id of the newest row; 0 where there is none. */
export function newestId(read: Reader): number {
  return read.one(countRow, 'SELECT coalesce(max(id), 0) AS n FROM observations')?.n ?? 0;
}

/** Everything committed since `sinceMs` up to a row, in the order of the commits, one by one, for the toolbox. */
export function eachCommitted(read: Reader, sinceMs: number, lastId: number): Iterable<CommittedSet> {
  return read.each(
    committedRow,
    `SELECT ${COLUMNS}, m.control_id, (NOT ${IN_FORCE}) AS superseded FROM ${ROWS}
     LEFT JOIN messages m ON m.id = o.message_id
     WHERE o.observed_ms + o.received_delta + o.committed_delta >= ? AND o.id <= ? ORDER BY o.id`,
    sinceMs,
    lastId,
  );
}

/** As `eachCommitted`, all at once: for records that are known to be short. */
export function readCommitted(read: Reader, sinceMs: number): CommittedSet[] {
  return [...eachCommitted(read, sinceMs, newestId(read))];
}

const OFFSET = /([+-])(\d\d):(\d\d)$/;

/** Minutes east of UTC that a time tells; null where it is in UTC. */
function zoneOf(observedAt: string): number | null {
  if (observedAt.endsWith('Z')) return null;
  const [, sign, hours, minutes] = OFFSET.exec(observedAt) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes));
}

/** A moment as its source told it: in its zone, with milliseconds only where there are any or where it is UTC. */
function isoTimeIn(zoneMin: number | null, ms: number): string {
  if (zoneMin === null) return new Date(ms).toISOString();
  const local = new Date(ms + zoneMin * 60_000).toISOString().slice(0, ms % 1000 === 0 ? 19 : 23);
  const minutes = Math.abs(zoneMin);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${local}${zoneMin < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
