/**
 * The ways to look at a damaged file through SQLite: with its log, without it, and with a new first page in place of
 * one that is gone. Read-only connections leave file and log as they were found; only the log's index is SQLite's to
 * make anew.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  constants as fileConstants,
  linkSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import type { Envelope } from '../sealing/envelopes.ts';
import { NEWEST_SCHEMA } from '../store/migrations.ts';
import { PAGE_BYTES } from './damaged-pages.ts';
import { type Binding, FILE_SUFFIXES, newRecordFile } from './new-record-file.ts';
import { isForeign } from './salvage-keys.ts';

const BARE = '.without-log';
const GRAFTED = '.new-first-page';
/** A longer file is not copied for this while the ward waits: its pages tell the same, one by one. Ours. */
const MOST_COPIED_BYTES = 128 * 1024 * 1024;

/** The damaged file with its log (first, where that can be opened) and without it. Close with `closeViews`. */
export function openViews(damaged: string, binding: Binding): Database.Database[] {
  if (!existsSync(damaged)) return [];
  const whole = openView(damaged, binding);
  const views = whole === null ? [] : [whole];
  if (!existsSync(`${damaged}-wal`)) return views;
  // A second name of the same file has no log beside it.
  rmSync(`${damaged}${BARE}`, { force: true });
  linkSync(damaged, `${damaged}${BARE}`);
  const bare = openView(`${damaged}${BARE}`, binding);
  return bare === null ? views : [...views, bare];
}

/** A copy with a first page like the one that a new record has; null where that shows nothing or would take long. */
export function openGraftedView(damaged: string, binding: Binding): Database.Database | null {
  const size = statSync(damaged, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > MOST_COPIED_BYTES) return null;
  const copy = `${damaged}${GRAFTED}`;
  copyFileSync(damaged, copy, fileConstants.COPYFILE_FICLONE);
  graftFirstPage(copy, binding);
  return openView(copy, binding);
}

/** Closes the views and removes the files that they needed; the damaged file and its log stay. */
export function closeViews(damaged: string, views: readonly Database.Database[]): void {
  for (const view of views) view.close();
  for (const view of [BARE, GRAFTED])
    for (const suffix of FILE_SUFFIXES) rmSync(`${damaged}${view}${suffix}`, { force: true });
}

/** True where the log beside the file is this ward's: seen through it, the file shows this ward's keys. */
export function ownLog(
  views: readonly Database.Database[],
  damaged: string,
  envelopes: readonly Envelope[],
): boolean {
  const whole = views.find(({ name }) => name === damaged);
  return whole !== undefined && !isForeign(whole, envelopes);
}

/** Null where nothing can be seen in it. */
function openView(file: string, binding: Binding): Database.Database | null {
  let view: Database.Database | null = null;
  try {
    view = new Database(file, { readonly: true, fileMustExist: true, ...binding });
    view.pragma('cell_size_check = ON');
    view.prepare('SELECT count(*) FROM sqlite_schema').get();
    return view;
  } catch {
    view?.close(); // another view may still show something
    return null;
  }
}

/** New records of one schema have the same first page but for counters that SQLite works out from the file's size. */
function graftFirstPage(file: string, binding: Binding): void {
  const model = `${file}.model`;
  try {
    newRecordFile(model, NEWEST_SCHEMA, binding).close();
    const source = openSync(model, 'r');
    const target = openSync(file, 'r+');
    try {
      const page = Buffer.alloc(PAGE_BYTES);
      readSync(source, page, 0, page.length, 0);
      // Change counter and version-valid-for differ: the size in the header then counts for nothing; no free pages.
      page.writeUInt32BE(1, 24);
      page.writeUInt32BE(0, 92);
      page.writeUInt32BE(0, 32);
      page.writeUInt32BE(0, 36);
      writeSync(target, page, 0, page.length, 0);
    } finally {
      closeSync(source);
      closeSync(target);
    }
  } finally {
    for (const suffix of FILE_SUFFIXES) rmSync(`${model}${suffix}`, { force: true });
  }
}
