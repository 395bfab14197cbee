/**
 * Damages a copy of a ward's record in a way that a seed tells, starts the ward on it and holds what it finds against
 * what was in the undamaged pages.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import { readSalvageNote, wantSalvage } from '../damage/salvage-note.ts';
import { RECORD_FILE } from '../record-files.ts';
import { doRecordJob } from '../storage/record-jobs.ts';
import { connectSender, framed, granted, oruText, startCore } from './running-core.ts';

const PAGE = 4096;
const BEDS = 6;
/** 300 observations: five leaves, so that some are lost and some are not. */
const SETS_A_BED = 50;
/** The other ward only has to have a log with frames of its own. */
const SETS_OF_THE_OTHER = 3;
/** The ward has to be at work again within this. */
export const START_LIMIT_MS = 10_000;

export const DAMAGES = [
  'flipped-bits',
  'zeroed-pages',
  'random-page',
  'truncated',
  'lost-log',
  'foreign-log',
  'flipped-log',
  'empty',
] as const;
export type DamageKind = (typeof DAMAGES)[number];

export interface DamageWards {
  /** The record as a program that ended in order leaves it. */
  readonly closed: string;
  /** As it stands on the disk while the program runs: much of it in the log. */
  readonly running: string;
  /** The same of another ward. */
  readonly foreign: string;
  remove(): void;
}

export interface TrialResult {
  readonly kind: DamageKind;
  readonly salvaged: boolean;
  readonly startMs: number;
  /** What should not be; empty where all is well. */
  readonly faults: readonly string[];
}

/** Makes the wards whose copies are damaged. */
export async function makeDamageWards(): Promise<DamageWards> {
  const root = mkdtempSync(join(tmpdir(), 'medobsmind-damage-'));
  const wards = {
    closed: join(root, 'closed'),
    running: join(root, 'running'),
    foreign: join(root, 'foreign'),
  };
  await makeWard(wards.closed, wards.running, 'OWN', SETS_A_BED);
  await makeWard(join(root, 'other'), wards.foreign, 'FOREIGN', SETS_OF_THE_OTHER);
  return { ...wards, remove: () => rmSync(root, { recursive: true, force: true }) };
}

async function makeWard(folder: string, copyWhileRunning: string, name: string, sets: number): Promise<void> {
  mkdirSync(folder);
  const ward = await startCore(folder);
  const terminal = ward.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: name,
      language: 'en',
      administrator: { name: 'Mira', pin: '1234' },
    }),
  );
  const sender = await connectSender(ward.port);
  const now = Date.now();
  for (let set = 0; set < sets; set++)
    for (let bed = 0; bed < BEDS; bed++) {
      sender.write(
        framed(
          oruText({
            controlId: `${name}-${set}-${bed}`,
            patient: `${name}${bed}`,
            bed: `B${bed}`,
            at: now - (sets - set) * 5_000,
          }),
        ),
      );
      await sender.answer();
    }
  sender.end();
  cpSync(folder, copyWhileRunning, { recursive: true });
  rmSync(join(copyWhileRunning, 'ward.lock'), { force: true });
  await ward.core.close();
}

/** A seeded stream of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One trial; the same seed does the same damage to the same wards. */
export async function damageTrial(wards: DamageWards, seed: number): Promise<TrialResult> {
  const random = seeded(seed);
  const kind = DAMAGES[seed % DAMAGES.length] ?? 'flipped-bits';
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-trial-'));
  const faults: string[] = [];
  try {
    const fromLog = kind === 'lost-log' || kind === 'foreign-log' || kind === 'flipped-log';
    cpSync(fromLog ? wards.running : wards.closed, folder, { recursive: true });
    const file = join(folder, RECORD_FILE);
    const sound = fromLog ? null : readSound(file);
    const touched = damage(file, kind, random, wards.foreign);
    const found = readFileSync(file);

    const begun = performance.now();
    let ward = await startCore(folder);
    let startMs = performance.now() - begun;
    const problem = integrityOf(folder);
    if (problem !== null) {
      // As the check does it that runs behind the ward: noted, and the core starts again.
      await ward.core.close();
      wantSalvage(folder, problem, isoTime(Date.now()));
      const again = performance.now();
      ward = await startCore(folder);
      startMs = Math.max(startMs, performance.now() - again);
    }
    try {
      const note = readSalvageNote(folder);
      faults.push(...(await lookAtWard(ward)));
      if (startMs > START_LIMIT_MS) faults.push(`the start took ${Math.round(startMs)} ms`);
      const after = integrityOf(folder);
      if (after !== null) faults.push(`the new record is not sound: ${after}`);
      if (note !== null) faults.push(...kept(folder, note.damagedFile, problem === null ? found : null));
      if (sound !== null) faults.push(...missingRows(folder, sound, touched));
      return { kind, salvaged: note !== null, startMs, faults };
    } finally {
      await ward.core.close();
    }
  } catch (error) {
    faults.push(`not started: ${error instanceof Error ? error.message : String(error)}`);
    return { kind, salvaged: false, startMs: 0, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Does the damage; returns the page numbers (from 1) that are no longer what they were. */
function damage(file: string, kind: DamageKind, random: () => number, foreign: string): ReadonlySet<number> {
  const pages = new Set<number>();
  const inPlace = (path: string, change: (bytes: Buffer) => void): void => {
    const bytes = readFileSync(path);
    change(bytes);
    writeFileSync(path, bytes);
  };
  const flip = (bytes: Buffer): void => {
    for (let count = 1 + Math.floor(random() * 8); count > 0; count--) {
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      pages.add(1 + Math.floor(at / PAGE));
    }
  };
  const overwrite = (bytes: Buffer, byte: () => number): void => {
    for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
      const page = Math.floor((random() * bytes.length) / PAGE);
      for (let at = page * PAGE; at < (page + 1) * PAGE; at++) bytes[at] = byte();
      pages.add(page + 1);
    }
  };
  switch (kind) {
    case 'flipped-bits':
      inPlace(file, flip);
      break;
    case 'zeroed-pages':
      inPlace(file, (bytes) => overwrite(bytes, () => 0));
      break;
    case 'random-page':
      inPlace(file, (bytes) => overwrite(bytes, () => Math.floor(random() * 256)));
      break;
    case 'truncated': {
      const { size } = statSync(file);
      const length = Math.floor(random() * size);
      truncateSync(file, length);
      for (let page = 1 + Math.floor(length / PAGE); page <= size / PAGE; page++) pages.add(page);
      break;
    }
    case 'empty': {
      const { size } = statSync(file);
      truncateSync(file, 0);
      for (let page = 1; page <= size / PAGE; page++) pages.add(page);
      break;
    }
    case 'lost-log':
      rmSync(`${file}-wal`, { force: true });
      rmSync(`${file}-shm`, { force: true });
      break;
    case 'foreign-log':
      copyFileSync(join(foreign, `${RECORD_FILE}-wal`), `${file}-wal`);
      rmSync(`${file}-shm`, { force: true });
      break;
    case 'flipped-log':
      inPlace(`${file}-wal`, flip);
      rmSync(`${file}-shm`, { force: true });
      break;
  }
  return pages;
}

interface Sound {
  /** The observations that stand on each page. */
  readonly leaves: readonly { readonly page: number; readonly rows: readonly number[] }[];
}

const statRow = z.object({ pageno: z.number(), pagetype: z.string(), ncell: z.number() });
const idRow = z.object({ id: z.number() });

/** Which observations stand on which page, by SQLite's own account. */
function readSound(file: string): Sound {
  const database = new Database(file, { readonly: true });
  try {
    const pagesOf = (name: string) =>
      database
        .prepare('SELECT pageno, pagetype, ncell FROM dbstat WHERE name = ? ORDER BY path')
        .all(name)
        .map((row) => statRow.parse(row));
    const ids = database
      .prepare('SELECT id FROM observations ORDER BY id')
      .all()
      .map((row) => idRow.parse(row).id);
    const leaves: { page: number; rows: number[] }[] = [];
    let at = 0;
    for (const { pageno, pagetype, ncell } of pagesOf('observations')) {
      if (pagetype !== 'leaf') continue;
      leaves.push({ page: pageno, rows: ids.slice(at, at + ncell) });
      at += ncell;
    }
    if (at !== ids.length) throw new Error('the pages do not account for all rows');
    return { leaves };
  } finally {
    database.close();
  }
}

/** Every observation of an untouched page must be in the record, whatever was lost of the way to it or its patient. */
function missingRows(folder: string, sound: Sound, touched: ReadonlySet<number>): string[] {
  const database = new Database(join(folder, RECORD_FILE), { readonly: true });
  try {
    const there = new Set(
      database
        .prepare('SELECT id FROM observations')
        .all()
        .map((row) => idRow.parse(row).id),
    );
    const missing = sound.leaves
      .filter(({ page }) => !touched.has(page))
      .flatMap(({ rows }) => rows.filter((id) => !there.has(id)));
    return missing.length === 0 ? [] : [`${missing.length} rows of untouched pages are not there`];
  } finally {
    database.close();
  }
}

async function lookAtWard(ward: Awaited<ReturnType<typeof startCore>>): Promise<string[]> {
  const snapshot = granted(await ward.terminal().query('ward.snapshot', {}));
  const foreign = snapshot.beds.filter(({ patient }) => patient.identifier.startsWith('FOREIGN'));
  const sender = await connectSender(ward.port);
  sender.write(framed(oruText({ controlId: 'AFTER', patient: 'AFTER', bed: 'B9' })));
  const answer = await sender.answer();
  sender.end();
  return [
    ...(foreign.length > 0 ? [`${foreign.length} patients of another ward`] : []),
    ...(answer.includes('MSA|AA|AFTER') ? [] : [`the ward does not take a message: ${answer}`]),
  ];
}

/** The damaged file must still be there, byte for byte where nothing had written to it meanwhile. */
function kept(folder: string, damagedFile: string | null, found: Buffer | null): string[] {
  if (damagedFile === null || !existsSync(join(folder, damagedFile)))
    return [`the damaged file was not kept: ${readdirSync(folder).join(' ')}`];
  if (found === null || readFileSync(join(folder, damagedFile)).equals(found)) return [];
  return ['the damaged file was changed'];
}

function integrityOf(folder: string): string | null {
  const answer = doRecordJob({ kind: 'integrity', userDataDir: folder, nativeBinding: null });
  if (answer.kind === 'integrity') return answer.problem;
  return answer.kind === 'failed' ? answer.detail : 'no answer';
}
