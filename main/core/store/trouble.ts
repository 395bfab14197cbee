/** What an error of the store means for the disk and the file. */
import Database from 'better-sqlite3';
import { LogNotDurable } from './log-sync.ts';

export type StoreTrouble = 'full' | 'unwritable' | 'damaged';

/** What an error of the store means; null where it is none of the disk's. */
export function troubleOf(error: unknown): StoreTrouble | null {
  if (error instanceof LogNotDurable) return isOfFullDisk(error.cause) ? 'full' : 'unwritable';
  if (!(error instanceof Database.SqliteError)) return null;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return 'damaged';
  if (error.code.startsWith('SQLITE_FULL')) return 'full';
  return /^SQLITE_(READONLY|IOERR|CANTOPEN)/.test(error.code) ? 'unwritable' : null;
}

function isOfFullDisk(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
}
