/** The SQL of `imports`. */
import { z } from 'zod';
import { type ImportAccount, ROW_OUTCOMES } from '../../../app/import/row.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

export type ImportKind = 'csv' | 'fhir';
const STATES = ['running', 'done', 'stopped', 'failed'] as const;
export type ImportRunState = (typeof STATES)[number];

const accountSchema = z.record(z.enum(ROW_OUTCOMES), z.number().int());
const row = z.object({
  id: z.string(),
  kind: z.enum(['csv', 'fhir']),
  name_sealed: z.instanceof(Uint8Array),
  started_ms: z.number(),
  started_by: z.string(),
  state: z.enum(STATES),
  account: z.string().transform((text) => accountSchema.parse(JSON.parse(text))),
});

export interface KeptImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly name: string;
  readonly startedMs: number;
  /** Id of a person. */
  readonly startedBy: string;
  readonly state: ImportRunState;
  readonly account: ImportAccount;
}

export function insertImport(write: Writer, sealing: Sealing, one: KeptImport): void {
  write.run(
    `INSERT INTO imports (id, kind, name_sealed, started_ms, started_by, state, account)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    one.id,
    one.kind,
    sealing.seal('imports.name', one.name),
    one.startedMs,
    one.startedBy,
    one.state,
    JSON.stringify(one.account),
  );
}

/** How far an import has come. */
export function updateImport(write: Writer, id: string, state: ImportRunState, account: ImportAccount): void {
  write.run('UPDATE imports SET state = ?, account = ? WHERE id = ?', state, JSON.stringify(account), id);
}

/** The last imports, newest first. */
export function readImports(read: Reader, sealing: Sealing, most: number): KeptImport[] {
  return read
    .all(row, 'SELECT * FROM imports ORDER BY started_ms DESC, id LIMIT ?', most)
    .map(({ id, kind, name_sealed, started_ms, started_by, state, account }) => ({
      id,
      kind,
      name: sealing.openText('imports.name', name_sealed),
      startedMs: started_ms,
      startedBy: started_by,
      state,
      account,
    }));
}
