/** Ports for tests: clocks and identities that stand still, a store in a fresh folder, a log that is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Ids } from '../clock.ts';
import type { Log } from '../log.ts';
import { createSealing, type Sealing } from '../sealing/sealing.ts';
import { openDatabase, type Store } from '../store/database.ts';

/** 12 September 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 8, 12, 12);

export interface TestClock extends Clock {
  /** Both clocks go on by so many milliseconds. */
  advance(ms: number): void;
  /** Only the wall clock is set. */
  setWall(ms: number): void;
  /** The machine was started again: boot times begin anew. */
  startAgain(): void;
}

export function testClock(start = NOON): TestClock {
  let wall = start;
  let boot = 1_000_000;
  let starts = 1;
  return {
    wall: () => wall,
    boot: () => boot,
    bootId: () => `start-${starts}`,
    advance: (ms) => {
      wall += ms;
      boot += ms;
    },
    setWall: (ms) => {
      wall = ms;
    },
    startAgain: () => {
      boot = 1_000_000;
      starts += 1;
    },
  };
}

export function countingIds(): Ids {
  let count = 0;
  return { next: () => `id-${String(++count).padStart(4, '0')}` };
}

export const silentLog: Log = () => undefined;

export function testSealing(): Sealing {
  return createSealing(new Uint8Array(32).fill(7), 1, 'permissions-only');
}

/** A folder that is taken away by `remove`. */
export function testFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'medobsmind-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function openTestStore(file: string): Store {
  const opened = openDatabase({ file });
  if (!opened.ok) throw new Error(`the test store did not open: ${opened.failure.kind}`);
  return opened.store;
}
