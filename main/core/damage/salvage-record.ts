/**
 * Sets a damaged record aside, whole and under a name of its own, and makes a new one of what can be read. The damaged
 * file is never written to and never removed.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  constants as fileConstants,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { ChainHead } from '../audit/audit.ts';
import { copyChain } from '../audit/copy-chain.ts';
import { type Clock, isoTime } from '../clock.ts';
import { RECORD_FILE } from '../record-files.ts';
import { ENVELOPES_FILE, type Envelope, readEnvelopesFile } from '../sealing/envelopes.ts';
import { openKeys } from '../sealing/key-envelope.ts';
import type { KeyWrapper } from '../sealing/key-wrapper.ts';
import { createKeyring, type Sealing } from '../sealing/sealing.ts';
import { MIGRATIONS, NEWEST_SCHEMA } from '../store/migrations.ts';
import { type SalvageCount, salvageTables, type Unfinished } from './salvage.ts';
import { type LeafCount, salvageLeaves } from './salvage-leaves.ts';
import { readSalvageNote, type SalvageNote, writeSalvageNote } from './salvage-note.ts';

/** The ward has to be at work within 10 s of a start; this much of it is for taking rows out. Ours. */
const FIRST_STAGE_MS = 4_000;
/** The first of the newest rows that only their own pages still show. Ours. */
const PAGES_MS = 1_500;
const SUFFIXES = ['-wal', '-shm', ''] as const;

export interface SalvageOrder {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly wrappers: readonly KeyWrapper[];
  readonly clock: Clock;
  readonly reason: string;
}

export interface Salvaged {
  readonly note: SalvageNote;
  /** The newest audit row that could be seen in the damaged file. */
  readonly oldHead: ChainHead | null;
}
export type SalvageResult =
  | ({ readonly ok: true } & Salvaged)
  /** The keys are there but do not open now: nothing was taken out yet, and the next start tries again. */
  | { readonly ok: false; readonly detail: string };

/** Makes a new record in place of the damaged one, with what the ward needs first. */
export async function salvageRecord(order: SalvageOrder): Promise<SalvageResult> {
  const { userDataDir, nativeBinding, clock } = order;
  const binding = nativeBinding === null ? {} : { nativeBinding };
  const damagedFile = setAside(order);
  const damaged = join(userDataDir, damagedFile);
  const views = viewsOf(damaged, binding);
  const fresh = join(userDataDir, `${RECORD_FILE}.new`);
  try {
    const keys = await keysOf(order, views);
    if (!keys.ok) return { ok: false, detail: keys.detail };
    for (const suffix of SUFFIXES) rmSync(`${fresh}${suffix}`, { force: true });
    const target = newDatabase(fresh, schemaOf(views), binding);
    const untilMs = performance.now() + FIRST_STAGE_MS;
    let count: SalvageCount = { taken: 0, refused: 0, gaps: 0, tablesLost: [] };
    let unfinished: readonly Unfinished[] = [];
    let oldHead: ChainHead | null = null;
    let leaves: LeafCount | null = null;
    let looked = 0;
    let grafted = false;
    try {
      for (;;) {
        let view = views[looked];
        if (view === undefined && !grafted) {
          grafted = true;
          const made = graftedView(damaged, binding);
          if (made !== null) views.push(made);
          view = views[looked];
        }
        if (view === undefined) break;
        looked += 1;
        if (isForeign(view, keys.envelopes)) continue;
        const run = salvageTables({ source: view, target, sealing: keys.sealing, untilMs, resume: null });
        const seen = copyChain(view, target);
        if (seen !== null && (oldHead === null || seen.sequence > oldHead.sequence)) oldHead = seen;
        if (unfinished.length === 0) unfinished = run.unfinished;
        count = {
          taken: count.taken + run.count.taken,
          refused: count.refused + run.count.refused,
          gaps: run.count.gaps + count.gaps,
          tablesLost: run.count.tablesLost,
        };
        // Another view of the file may still show what this one could not.
        if (run.count.gaps === 0 && run.count.tablesLost.length === 0) break;
      }
      if (looked === 0 || count.gaps > 0 || count.refused > 0 || count.tablesLost.length > 0)
        leaves = salvageLeaves({
          file: damaged,
          withLog: ownLog(views, damaged, keys.envelopes),
          target,
          sealing: keys.sealing,
          untilMs: Math.max(untilMs, performance.now()) + PAGES_MS,
          first: true,
        });
    } finally {
      target.close();
    }
    syncFile(fresh);
    for (const suffix of SUFFIXES.slice(0, 2))
      rmSync(join(userDataDir, `${RECORD_FILE}${suffix}`), { force: true });
    renameSync(fresh, join(userDataDir, RECORD_FILE));
    const note: SalvageNote = {
      format: 1,
      stage: unfinished.length === 0 && leaves?.complete !== false ? 'done' : 'rest',
      at: isoTime(clock.wall()),
      reason: order.reason,
      damagedFile,
      pagesLeft: leaves?.complete === false || (unfinished.length > 0 && leaves !== null),
      unfinished: [...unfinished],
      taken: count.taken + (leaves?.taken ?? 0),
      // Rows that the keys led to are looked at again on their pages: what is refused there is what is not here.
      refused: leaves?.complete ? leaves.refused : count.refused,
      gaps: count.gaps + count.tablesLost.length,
    };
    writeSalvageNote(userDataDir, note);
    return { ok: true, note, oldHead };
  } finally {
    for (const view of views) view.close();
    removeViews(damaged);
  }
}

/** Takes out what the first stage left, while the ward is at work on the new record. Blocks: for a worker. */
export function salvageRest(order: {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** How long (ms) before it comes back with what is still to do. */
  readonly sliceMs: number;
}): SalvageNote | null {
  const { userDataDir, nativeBinding } = order;
  const note = readSalvageNote(userDataDir);
  if (note?.stage !== 'rest' || note.damagedFile === null) return note;
  const binding = nativeBinding === null ? {} : { nativeBinding };
  const damaged = join(userDataDir, note.damagedFile);
  const views = viewsOf(damaged, binding);
  const envelopes = readEnvelopesFile(join(userDataDir, ENVELOPES_FILE)) ?? [];
  const view = views.find((one) => !isForeign(one, envelopes));
  const target = new Database(join(userDataDir, RECORD_FILE), binding);
  // What is left has no sealed value that the ward opens by itself; each is checked when it is asked for.
  const sealing = null;
  try {
    let done: SalvageNote = note;
    if (view !== undefined) {
      const untilMs = performance.now() + order.sliceMs;
      const run = salvageTables({ source: view, target, sealing, untilMs, resume: note.unfinished });
      done = {
        ...note,
        pagesLeft: note.pagesLeft || run.count.gaps + run.count.tablesLost.length + run.count.refused > 0,
        unfinished: [...run.unfinished],
        taken: note.taken + run.count.taken,
        refused: note.refused + run.count.refused,
        gaps: note.gaps + run.count.gaps,
      };
    }
    // Without a view nothing can be asked for by its key: the pages tell all there is.
    if (view === undefined || (done.unfinished.length === 0 && done.pagesLeft)) {
      const leaves = salvageLeaves({
        file: damaged,
        withLog: ownLog(views, damaged, envelopes),
        target,
        sealing,
        untilMs: Number.POSITIVE_INFINITY,
        first: false,
      });
      done = {
        ...done,
        pagesLeft: false,
        unfinished: [],
        taken: done.taken + leaves.taken,
        refused: leaves.refused,
      };
    }
    const after: SalvageNote = { ...done, stage: done.unfinished.length === 0 ? 'done' : 'rest' };
    writeSalvageNote(userDataDir, after);
    return after;
  } finally {
    target.close();
    for (const one of views) one.close();
    removeViews(damaged);
  }
}

/** True where the log beside the file is this ward's: seen through it, the file shows this ward's keys. */
function ownLog(
  views: readonly Database.Database[],
  damaged: string,
  envelopes: readonly Envelope[],
): boolean {
  const whole = views.find(({ name }) => name === damaged);
  return whole !== undefined && !isForeign(whole, envelopes);
}

/** Renames the record with its log and index, and says so beforehand. Returns the new name. */
function setAside(order: SalvageOrder): string {
  const { userDataDir } = order;
  const at = isoTime(order.clock.wall());
  const begun = readSalvageNote(userDataDir);
  const stamp = at.replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  let name = begun?.stage === 'first' ? begun.damagedFile : null;
  if (name === null) {
    name = `ward.damaged-${stamp}.db`;
    for (let count = 2; existsSync(join(userDataDir, name)); count++)
      name = `ward.damaged-${stamp}-${count}.db`;
    writeSalvageNote(userDataDir, {
      format: 1,
      stage: 'first',
      at,
      reason: order.reason,
      damagedFile: name,
      pagesLeft: false,
      unfinished: [],
      taken: 0,
      refused: 0,
      gaps: 0,
    });
  }
  for (const suffix of SUFFIXES) {
    const from = join(userDataDir, `${RECORD_FILE}${suffix}`);
    const to = join(userDataDir, `${name}${suffix}`);
    if (existsSync(from) && !existsSync(to)) renameSync(from, to);
  }
  return name;
}

type Binding = { readonly nativeBinding?: string };

const BARE = '.without-log';
const GRAFTED = '.new-first-page';

/**
 * The damaged file as it can be looked at: with its log and without it. Read-only connections leave both as they were
 * found; only the log's index is SQLite's to make anew.
 */
function viewsOf(damaged: string, binding: Binding): Database.Database[] {
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

/** A copy with a first page like the one that a new record has, for a file whose own is gone. */
function graftedView(damaged: string, binding: Binding): Database.Database | null {
  if (!existsSync(damaged)) return null;
  const copy = `${damaged}${GRAFTED}`;
  copyFileSync(damaged, copy, fileConstants.COPYFILE_FICLONE);
  graftFirstPage(copy, binding);
  return openView(copy, binding);
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

function removeViews(damaged: string): void {
  for (const view of [BARE, GRAFTED])
    for (const suffix of SUFFIXES) rmSync(`${damaged}${view}${suffix}`, { force: true });
}

/** New records of one schema have the same first page but for counters that SQLite works out from the file's size. */
function graftFirstPage(file: string, binding: Binding): void {
  const model = `${file}.model`;
  try {
    newDatabase(model, NEWEST_SCHEMA, binding).close();
    const source = openSync(model, 'r');
    const target = openSync(file, 'r+');
    try {
      const page = Buffer.alloc(4096);
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
    for (const suffix of SUFFIXES) rmSync(`${model}${suffix}`, { force: true });
  }
}

async function keysOf(
  order: SalvageOrder,
  views: readonly Database.Database[],
): Promise<
  | { readonly ok: true; readonly sealing: Sealing | null; readonly envelopes: readonly Envelope[] }
  | { readonly ok: false; readonly detail: string }
> {
  const envelopes =
    readEnvelopesFile(join(order.userDataDir, ENVELOPES_FILE)) ??
    views.map(envelopesOf).find((found) => found.length > 0) ??
    [];
  if (envelopes.length === 0) return { ok: true, sealing: null, envelopes };
  const opened = await openKeys(envelopes, order.wrappers);
  return opened.ok
    ? { ok: true, sealing: createKeyring(opened.keys, opened.opener.kind), envelopes }
    : { ok: false, detail: `${opened.wrappedBy}: ${opened.detail}` };
}

const envelopeRow = z.object({
  key_version: z.number().int(),
  wrapped_by: z.enum(['os-keystore', 'passphrase', 'permissions-only', 'recovery']),
  wrapped: z.instanceof(Uint8Array),
  created_ms: z.number().int(),
});

function envelopesOf(view: Database.Database): Envelope[] {
  try {
    return view
      .prepare('SELECT * FROM key_envelope')
      .all()
      .map((row) => envelopeRow.parse(row))
      .map((row) => ({
        keyVersion: row.key_version,
        wrappedBy: row.wrapped_by,
        wrapped: row.wrapped,
        createdMs: row.created_ms,
      }));
  } catch {
    return []; // that page is gone; the copy beside the database is what counts
  }
}

/** A log of another record shows that one's keys: nothing of it may be taken for this ward's. */
function isForeign(view: Database.Database, envelopes: readonly Envelope[]): boolean {
  const shown = envelopesOf(view);
  return (
    envelopes.length > 0 &&
    shown.length > 0 &&
    !shown.some((one) => envelopes.some((kept) => Buffer.compare(kept.wrapped, one.wrapped) === 0))
  );
}

function schemaOf(views: readonly Database.Database[]): number {
  for (const view of views) {
    const found = view.pragma('user_version', { simple: true });
    if (MIGRATIONS.some(({ version }) => version === found)) return Number(found);
  }
  return NEWEST_SCHEMA;
}

/** An empty database of a schema. Nothing in it counts until it is renamed, so it is not synced on the way. */
function newDatabase(file: string, schema: number, binding: Binding): Database.Database {
  const database = new Database(file, binding);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  for (const { version, sql } of MIGRATIONS) if (version <= schema) database.exec(sql);
  database.pragma(`user_version = ${schema}`);
  return database;
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
