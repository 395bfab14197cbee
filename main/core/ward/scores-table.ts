/** The SQL of `scores`: a patient's score at each moment it became another one. */
import { z } from 'zod';
import { isApplicable, leastTotal, type Score, scoreSchema } from '../../../app/scoring/score.ts';
import type { Reader, Writer } from '../store/database.ts';
import { numberPatient } from './observations-table.ts';

/** A score at the moment it became the patient's. */
export interface ScoreStep {
  readonly atMs: number;
  readonly score: Score;
}

const INSERT = `INSERT INTO scores (patient, at_ms, least, complete, score)
  SELECT number, ?, ?, ?, ? FROM patient_numbers WHERE patient_id = ?`;

export function appendScore(write: Writer, patientId: string, step: ScoreStep): void {
  const { score } = step;
  const row = [
    step.atMs,
    leastTotal(score),
    Number(isApplicable(score) && score.complete),
    JSON.stringify(score),
    patientId,
  ] as const;
  if (write.run(INSERT, ...row).changes > 0) return;
  // A score before the first row: a patient of whom nothing but time is known.
  numberPatient(write, patientId);
  write.run(INSERT, ...row);
}

const OF_PATIENT = 'patient = (SELECT number FROM patient_numbers WHERE patient_id = ?)';
const IN_FORCE_AT = `SELECT id FROM scores WHERE ${OF_PATIENT} AND at_ms < ? ORDER BY at_ms DESC, id DESC LIMIT 1`;

/** The patient's scores since `sinceMs` with the one in force then, oldest first. */
export function readScores(read: Reader, patientId: string, sinceMs: number): ScoreStep[] {
  const rows = read.all(
    plainRow,
    // Two look-ups in the index: joined by OR they would walk through all of the patient's scores.
    `SELECT at_ms, score FROM scores WHERE id IN (SELECT id FROM scores WHERE ${OF_PATIENT} AND at_ms >= ?
       UNION ALL SELECT * FROM (${IN_FORCE_AT})) ORDER BY id`,
    patientId,
    sinceMs,
    patientId,
    sinceMs,
  );
  return stepsOf(rows);
}

/**
 * As `readScores`, thinned for a line over hours: of each stretch of `stretchMs` the score that says `which`, and the
 * one in force at the beginning and at the end. `worst`: of several equal ones the last.
 */
export function readScoresThinned(
  read: Reader,
  patientId: string,
  sinceMs: number,
  stretchMs: number,
  which: 'last' | 'worst',
): ScoreStep[] {
  const best = which === 'last' ? 'max(id) AS id' : 'max(coalesce(least, -1) * 1000000000000 + id), id';
  const rows = read.all(
    plainRow,
    `SELECT at_ms, score FROM scores WHERE id IN (
       SELECT id FROM (SELECT ${best} FROM scores WHERE ${OF_PATIENT} AND at_ms >= ?
         GROUP BY at_ms / CAST(? AS INTEGER))
       UNION ALL SELECT * FROM (${IN_FORCE_AT}) UNION ALL SELECT * FROM (${IN_FORCE_AT})) ORDER BY id`,
    patientId,
    sinceMs,
    Math.max(1, stretchMs),
    patientId,
    sinceMs,
    patientId,
    Number.MAX_SAFE_INTEGER,
  );
  return stepsOf(rows);
}

/** A patient's scores repeat: each wording is read once. */
function stepsOf(rows: readonly Row[]): ScoreStep[] {
  const known = new Map<string, Score>();
  return rows.map((row) => {
    const score = known.get(row.score) ?? scoreSchema.parse(JSON.parse(row.score));
    known.set(row.score, score);
    return { atMs: row.at_ms, score };
  });
}

interface Row {
  readonly at_ms: number;
  readonly score: string;
}

// By hand: a day of a bed is more than a thousand of them, and a schema takes several times as long.
function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at_ms' in value &&
    Number.isSafeInteger(value.at_ms) &&
    'score' in value &&
    typeof value.score === 'string'
  );
}

const plainRow = z.custom<Row>(isRow);
