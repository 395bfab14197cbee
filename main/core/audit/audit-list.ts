/**
 * Entries of the audit chain for a person to read, and as a file for somebody else to check: each line carries the
 * hashes, so that a stretch of the chain can be held together without this program.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AuditFilter, auditEntryViewSchema } from '../../../app/contract/calls/storage.ts';
import type { Reader, SqlValue } from '../store/database.ts';
import { auditRow } from './audit.ts';

const PAGE = 100;

export const auditPageSchema = z.object({ entries: z.array(auditEntryViewSchema), more: z.boolean() });
export type AuditPage = z.infer<typeof auditPageSchema>;

/** The newest entries before `before` (null: of all) that fit. Looks through the chain: for a worker. */
export function listAudit(read: Reader, filter: AuditFilter, before: number | null): AuditPage {
  const { where, values } = conditionsOf(filter);
  const found = read.all(
    auditEntryViewSchema,
    `SELECT sequence, at, actor, action, subject, detail FROM audit WHERE sequence < ?${where}
     ORDER BY sequence DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    ...values,
    PAGE + 1,
  );
  return { entries: found.slice(0, PAGE), more: found.length > PAGE };
}

export interface SavedList {
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Writes the entries that fit, oldest first, one JSON object a line; whole or not at all. Throws where it cannot. */
export function saveAuditList(read: Reader, filter: AuditFilter, folder: string, at: string): SavedList {
  const { where, values } = conditionsOf(filter);
  const file = join(folder, `audit-${at.replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z')}.jsonl`);
  const part = `${file}.part`;
  const sum = createHash('sha256');
  let rows = 0;
  try {
    const handle = openSync(part, 'wx', 0o600);
    try {
      for (const row of read.each(
        auditRow,
        `SELECT * FROM audit WHERE sequence > 0${where} ORDER BY sequence`,
        ...values,
      )) {
        const line = `${JSON.stringify({
          ...row,
          detail: JSON.parse(row.detail),
          previous_hash: Buffer.from(row.previous_hash).toString('hex'),
          hash: Buffer.from(row.hash).toString('hex'),
        })}\n`;
        sum.update(line);
        writeSync(handle, line);
        rows += 1;
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  return { file, rows, sha256: sum.digest('hex') };
}

/** An action's name is its kind, a dot and the rest. */
function conditionsOf({ kind, actor, from, to }: AuditFilter): {
  readonly where: string;
  readonly values: readonly SqlValue[];
} {
  const parts: (readonly [string, SqlValue])[] = [];
  if (kind !== null) parts.push(["substr(action, 1, instr(action, '.') - 1) = ?", kind]);
  if (actor !== null) parts.push(['actor = ?', actor]);
  // Every entry's time is told in UTC and to the millisecond, so that its text is in the order of time.
  if (from !== null) parts.push(['at >= ?', new Date(from).toISOString()]);
  if (to !== null) parts.push(['at <= ?', new Date(to).toISOString()]);
  return {
    where: parts.map(([sql]) => ` AND ${sql}`).join(''),
    values: parts.map(([, value]) => value),
  };
}
