/** The SQL of `fhir_resources` and `fhir_contents`. */
import { z } from 'zod';
import { MESSAGE_STATES } from '../intake/message-counts.ts';
import type { Reader, Writer } from '../store/database.ts';

const blob = z.instanceof(Uint8Array);
const resourceRow = z
  .object({
    content: blob,
    version: z.string().nullable(),
    message_id: z.number().int(),
    observed_ms: z.number().int(),
    source_name: z.string(),
    vitals: z.number().int(),
    state: z.enum(MESSAGE_STATES),
    patient_id: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .transform((row) => ({
    content: row.content,
    version: row.version,
    messageId: row.message_id,
    observedMs: row.observed_ms,
    sourceName: row.source_name,
    vitals: row.vitals,
    state: row.state,
    patientId: row.patient_id,
    reason: row.reason,
  }));

/** A resource as it was taken last. */
export type KnownResource = z.output<typeof resourceRow>;

export function findResource(read: Reader, identity: Uint8Array): KnownResource | null {
  return read.one(
    resourceRow,
    `SELECT f.content, f.version, f.message_id, f.observed_ms, f.source_name, f.vitals, m.state, m.patient_id, m.reason
     FROM fhir_resources f JOIN messages m ON m.id = f.message_id WHERE f.identity = ?`,
    identity,
  );
}

const anyRow = z.object({ known: z.literal(1) });

/** True where the resource ever had this content. */
export function hadContent(read: Reader, identity: Uint8Array, content: Uint8Array): boolean {
  const sql = 'SELECT 1 AS known FROM fhir_contents WHERE identity = ? AND content = ?';
  return read.one(anyRow, sql, identity, content) !== null;
}

export interface ResourceInForce {
  readonly identity: Uint8Array;
  readonly content: Uint8Array;
  readonly version: string | null;
  readonly messageId: number;
  readonly observedMs: number;
  readonly sourceName: string;
  readonly vitals: number;
}

export function saveResource(write: Writer, one: ResourceInForce): void {
  write.run(
    `INSERT INTO fhir_resources (identity, content, version, message_id, observed_ms, source_name, vitals)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (identity) DO UPDATE SET content = excluded.content, version = excluded.version,
       message_id = excluded.message_id, observed_ms = excluded.observed_ms, source_name = excluded.source_name,
       vitals = excluded.vitals`,
    one.identity,
    one.content,
    one.version,
    one.messageId,
    one.observedMs,
    one.sourceName,
    one.vitals,
  );
  write.run(
    'INSERT INTO fhir_contents (identity, content) VALUES (?, ?) ON CONFLICT DO NOTHING',
    one.identity,
    one.content,
  );
}

/** A held message whose resource was replaced waits for nobody any more. False where a person decided before. */
export function dropHeld(write: Writer, messageId: number, atMs: number): boolean {
  const { changes } = write.run(
    `UPDATE messages SET state = 'discarded', version = version + 1, resolved_ms = ? WHERE id = ? AND state = 'held'`,
    atMs,
    messageId,
  );
  return changes > 0;
}
