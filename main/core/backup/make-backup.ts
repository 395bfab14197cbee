/**
 * Makes a backup beside a core that is at work: a consistent copy through SQLite (`VACUUM INTO`, on a connection that
 * only reads), opened and checked, then bundled with what is needed to open it elsewhere.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { readChainHead } from '../audit/audit.ts';
import { readEnvelopes } from '../sealing/envelopes.ts';
import { failureText, openReadOnly, type Reader } from '../store/database.ts';
import { NEWEST_SCHEMA } from '../store/migrations.ts';
import { checkBundle, writeBundle } from './bundle.ts';

export interface BackupOrder {
  /** The record's database. */
  readonly file: string;
  /** Must not be there. */
  readonly out: string;
  readonly nativeBinding: string | null;
  readonly program: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export const backupResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), sha256: z.string(), bytes: z.number(), auditRows: z.number() }),
  z.object({
    ok: z.literal(false),
    /** `no-recovery-key`: nobody could open it on another machine, so none is made. */
    problem: z.enum(['no-recovery-key', 'file-exists', 'record-unreadable', 'not-written', 'not-verified']),
    detail: z.string(),
  }),
]);
export type BackupResult = z.infer<typeof backupResultSchema>;

/** Blocks until it is done: call it from a worker or the toolbox, never from the core's own thread. */
export function makeBackup(order: BackupOrder): BackupResult {
  if (existsSync(order.out)) return failed('file-exists', order.out);
  const binding = order.nativeBinding === null ? {} : { nativeBinding: order.nativeBinding };
  const opened = openReadOnly({ file: order.file, ...binding });
  if (!opened.ok) return failed('record-unreadable', failureText(opened.failure));
  const recovery = readEnvelopes(opened.store.read).some(({ wrappedBy }) => wrappedBy === 'recovery');
  opened.store.close();
  if (!recovery) return failed('no-recovery-key', 'make a recovery key first');
  const copy = `${order.out}.database`;
  try {
    removeDatabase(copy);
    const source = new Database(order.file, { readonly: true, fileMustExist: true, ...binding });
    try {
      source.prepare('VACUUM INTO ?').run(copy);
    } finally {
      source.close();
    }
    const checked = checkedCopy(copy, binding);
    if (!checked.ok) return failed('not-verified', checked.detail);
    const { sha256, bytes } = writeBundle(copy, order.out, {
      createdAt: order.createdAt,
      program: order.program,
      schema: NEWEST_SCHEMA,
      auditHead: checked.head,
      envelopes: checked.envelopes,
    });
    // Read again from the disk: what was written is what was meant.
    if (checkBundle(order.out).sha256 !== sha256) throw new Error('the written backup differs');
    return { ok: true, sha256, bytes, auditRows: checked.head?.sequence ?? 0 };
  } catch (error) {
    return failed('not-written', error instanceof Error ? error.message : 'unknown error');
  } finally {
    removeDatabase(copy);
  }
}

type Binding = { readonly nativeBinding?: string };

function checkedCopy(copy: string, binding: Binding) {
  const opened = openReadOnly({ file: copy, ...binding });
  if (!opened.ok) return { ok: false as const, detail: failureText(opened.failure) };
  try {
    const problem = integrityProblem(opened.store.read);
    if (problem !== null) return { ok: false as const, detail: problem };
    const end = readChainHead(opened.store.read);
    const head =
      end === null ? null : { sequence: end.sequence, hash: Buffer.from(end.hash).toString('hex') };
    return { ok: true as const, head, envelopes: readEnvelopes(opened.store.read) };
  } finally {
    opened.store.close();
  }
}

/** SQLite's whole check; null where nothing is wrong. Throws where not even that can be read. */
export function integrityProblem(read: Reader): string | null {
  const row = z.object({ integrity_check: z.string() });
  const [first] = read.all(row, 'PRAGMA integrity_check(1)');
  return first === undefined || first.integrity_check === 'ok' ? null : first.integrity_check;
}

/** Size of a database file with what stands in its log (bytes). */
export function sizeOf(file: string): { readonly bytes: number; readonly walBytes: number } {
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { bytes: size(file), walBytes: size(`${file}-wal`) };
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

function failed(problem: Extract<BackupResult, { ok: false }>['problem'], detail: string): BackupResult {
  return { ok: false, problem, detail };
}
