/**
 * Which rows of a damaged file may be taken. SQLite keeps no checksum of a value, so a row is held against what the
 * program can check: sealed values must open, and texts that are read back as JSON must have their shape.
 */
import { z } from 'zod';
import { factsSchema, sentenceSchema } from '../../../app/explanation/explanation.ts';
import { scoreSchema } from '../../../app/scoring/score.ts';
import type { SealedPlace, Sealing } from '../sealing/sealing.ts';
import { readableSetting } from '../store/settings.ts';
import type { FoundRow } from './rows-downward.ts';

const JSON_COLUMNS: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  scores: { score: scoreSchema },
  alerts: { facts: factsSchema },
  explanations: {
    facts: factsSchema,
    plan: z.unknown(),
    confidence: z.unknown(),
    engine_timing: z.unknown(),
  },
  sentences: { sentence: sentenceSchema },
};
/** What text of ours never holds, and a page that was written over does: control characters, broken UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_TEXT = /[\u0000-\u0008\ufffd]/;

/** Tables whose sealed values are opened before a row is taken: the ward shows them as soon as it starts. */
const OPENED = new Set([
  'people',
  'patients',
  'patient_policies',
  'alert_state',
  'alerts',
  'workstation_keys',
]);

/** True where the row may be taken. `sealing` null: the keys are lost, and what they sealed can never be read here. */
export function mayTake(table: string, row: FoundRow, sealing: Sealing | null): boolean {
  if (Object.values(row).some((value) => typeof value === 'string' && NO_TEXT.test(value))) return false;
  if (table === 'settings') return readableSetting(row);
  for (const [column, schema] of Object.entries(JSON_COLUMNS[table] ?? {}))
    if (!fits(schema, row[column])) return false;
  if (!OPENED.has(table)) return true;
  if (sealing === null) return false;
  return Object.entries(row).every(
    ([column, value]) =>
      !column.endsWith('_sealed') || !(value instanceof Uint8Array) || opens(sealing, table, column, value),
  );
}

function fits(schema: z.ZodType, value: unknown): boolean {
  if (typeof value !== 'string') return value === null;
  try {
    return schema.safeParse(JSON.parse(value)).success;
  } catch {
    return false; // no JSON at all
  }
}

function opens(sealing: Sealing, table: string, column: string, value: Uint8Array): boolean {
  try {
    sealing.open(placeOf(table, column), value);
    return true;
  } catch {
    return false; // altered, or of another ward's record
  }
}

/** Columns are named after the place that their values are bound to. */
function placeOf(table: string, column: string): SealedPlace {
  return `${table}.${column.slice(0, -'_sealed'.length)}` as SealedPlace;
}
