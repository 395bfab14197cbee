/** Files of vitals: looked at first, tried without a trace, and only then taken into the record. */
import { z } from 'zod';
import { ROW_OUTCOMES } from '../../import/row.ts';
import { TABLE_FIELDS } from '../../replay/columns.ts';
import { DECIMAL_MARKS } from '../../replay/decimal.ts';
import { type Commands, id, name, nothing, type Queries } from './shapes.ts';

const permission = 'import-observations';
/** Letters of a file. Ours: a year of hourly sets of a small ward. */
export const LARGEST_IMPORT = 8_000_000;

const fieldSchema = z.enum(TABLE_FIELDS).nullable();
const columnSchema = z.object({ name: z.string(), field: fieldSchema });
const count = z.number().int().nonnegative();

const previewSchema = z.object({
  importId: id,
  kind: z.enum(['csv', 'fhir']),
  rows: count,
  /** As they are recognised by their names; none of a bundle. */
  columns: z.array(columnSchema.extend({ samples: z.array(z.string()) })),
  /** The decimal mark that its values tell. `unclear`: a person has to say it before a dry run. */
  decimals: z.enum([...DECIMAL_MARKS, 'unclear']),
});
export type ImportPreview = z.infer<typeof previewSchema>;

const accountSchema = z.record(z.enum(ROW_OUTCOMES), count);
export const IMPORT_PHASES = ['opened', 'trying', 'tried', 'importing', 'done', 'stopped', 'failed'] as const;
const stateSchema = z.object({
  phase: z.enum(IMPORT_PHASES),
  rows: count,
  /** Rows that are through in this phase; they are counted in `account`. */
  through: count,
  account: accountSchema,
  /** How often each reason stands, the most frequent first. */
  reasons: z.array(z.object({ reason: z.string(), count })),
  /** The first rows of which something was not taken. */
  problems: z.array(z.object({ row: count, column: z.string(), reason: z.string() })),
});
export type ImportState = z.infer<typeof stateSchema>;

const importSchema = z.object({
  id,
  kind: z.enum(['csv', 'fhir']),
  name: z.string(),
  startedAt: z.string(),
  startedBy: z.string(),
  state: z.enum(['running', 'done', 'stopped', 'failed', 'interrupted']),
  account: accountSchema,
});

export const importsCommands = {
  /** Looks at a file and keeps it in memory for a while. `file-unreadable` with why where it is none. */
  'import.open': {
    permission,
    params: z.object({ name, text: z.string().max(LARGEST_IMPORT) }),
    result: previewSchema,
  },
  /** Begins a dry run: every row is read and judged, and nothing is written. `import.state` tells how far it is. */
  'import.try': {
    permission,
    params: z.object({
      importId: id,
      /** One for each column whose recognised meaning is to be another one. */
      columns: z.array(columnSchema).max(500),
      /** IANA name of the zone of times that tell none; null: this machine's. */
      zone: z.string().max(64).nullable(),
      /** Whose a table without a column of patients is. */
      patientId: id.nullable(),
      /** Null: as the values tell. */
      decimals: z.enum(DECIMAL_MARKS).nullable(),
    }),
    result: nothing,
  },
  /** Takes into the record what the dry run before it found, as it was mapped there. */
  'import.commit': { permission, params: z.object({ importId: id }), result: nothing },
  /** Ends a run after the rows that are under way, and forgets the file. What was taken stays. */
  'import.close': { permission, params: z.object({ importId: id }), result: nothing },
} as const satisfies Commands;

export const importsQueries = {
  'import.state': { permission, params: z.object({ importId: id }), result: stateSchema },
  'import.list': { permission, params: nothing, result: z.array(importSchema) },
} as const satisfies Queries;
