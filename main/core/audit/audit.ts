/**
 * The audit chain: append-only, each row hashed together with the hash of the row before it, so that a row
 * that was altered, taken out or put in breaks every later one. It names actors and subjects by id and holds
 * no name, identifier or free text.
 *
 * A cut at the end is not visible from the rows alone; heads that are signed and kept elsewhere close that.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Reader, Writer } from '../store/database.ts';

/** Codes and numbers only. */
export type AuditDetail = { readonly [field: string]: string | number | boolean | null };

export interface AuditEntry {
  /** A person's id, or `system` where the program acted by itself, or `nobody` for a failed sign-in. */
  readonly actor: string;
  /** A command's name, or what the program did. */
  readonly action: string;
  readonly subject: string | null;
  readonly detail: AuditDetail;
}

const GENESIS = new Uint8Array(32);

export const auditRow = z.object({
  sequence: z.number().int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.string(),
  previous_hash: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
});
export type AuditRow = z.infer<typeof auditRow>;

const COLUMNS = 'sequence, at, actor, action, subject, detail, previous_hash, hash';

/** Appends an entry in the caller's transaction, so that a change and its audit row stand or fall together. */
export function appendAudit(write: Writer, at: string, entry: AuditEntry): void {
  const last = write.one(auditRow, `SELECT ${COLUMNS} FROM audit ORDER BY sequence DESC LIMIT 1`);
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at,
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    detail: JSON.stringify(entry.detail),
    previous_hash: last?.hash ?? GENESIS,
  };
  write.run(
    `INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.sequence,
    row.at,
    row.actor,
    row.action,
    row.subject,
    row.detail,
    row.previous_hash,
    hashOf(row),
  );
}

export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  /** `sequence`: the first row that does not fit. */
  | {
      readonly ok: false;
      readonly sequence: number;
      readonly problem: 'altered' | 'missing' | 'not-chained';
    };

/**
 * Walks the whole chain, row by row: a long one is never held at once. `onRow` sees each row that fits. Nothing else
 * may run on the store meanwhile.
 */
export function verifyAudit(
  read: Reader,
  onRow: (row: Readonly<AuditRow>) => void = () => undefined,
): AuditVerdict {
  let previous: Uint8Array = GENESIS;
  let expected = 1;
  for (const row of read.each(auditRow, `SELECT ${COLUMNS} FROM audit ORDER BY sequence`)) {
    if (row.sequence !== expected) return { ok: false, sequence: expected, problem: 'missing' };
    if (!sameBytes(row.previous_hash, previous))
      return { ok: false, sequence: expected, problem: 'not-chained' };
    if (!sameBytes(row.hash, hashOf(row))) return { ok: false, sequence: expected, problem: 'altered' };
    onRow(row);
    previous = row.hash;
    expected += 1;
  }
  return { ok: true, rows: expected - 1, head: Buffer.from(previous).toString('hex') };
}

/** Tells of each row in turn whether the chain goes on with it. */
export function chainWalk(): (row: AuditRow) => boolean {
  let previous: Uint8Array = GENESIS;
  let expected = 1;
  return (row) => {
    const fits =
      row.sequence === expected && sameBytes(row.previous_hash, previous) && sameBytes(row.hash, hashOf(row));
    previous = row.hash;
    expected += 1;
    return fits;
  };
}

/** The end of the chain. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

/** The last row's number and hash; null while the chain is empty. */
export function readChainHead(read: Reader): ChainHead | null {
  return read.one(
    auditRow.pick({ sequence: true, hash: true }),
    'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1',
  );
}

/** What the program wrote when a record came back from a backup or out of a damaged file: its action's name. */
export const RECORD_RESTORED = 'record.restored';

/** SHA-256 over the previous hash and the fields as a JSON array: no two different rows have the same text. */
function hashOf(row: Omit<AuditRow, 'hash'>): Uint8Array {
  return createHash('sha256')
    .update(row.previous_hash)
    .update(JSON.stringify([row.sequence, row.at, row.actor, row.action, row.subject, row.detail]))
    .digest();
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
