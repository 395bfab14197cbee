/** Signs the end of the audit chain now and then, and puts the signed heads where the ward wants them. */
import { type Clock, isoTime } from '../clock.ts';
import { reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { StorageConditions } from '../storage/conditions.ts';
import type { Store } from '../store/database.ts';
import { readChainHead } from './audit.ts';
import { exportHeads, lastHead, signHead } from './audit-heads.ts';

/** A head is signed after so many rows, or so long after the last one, whatever comes first. Ours. */
const ROWS_A_HEAD = 1000;
const HEAD_EVERY_MS = 3_600_000;

export interface HeadKeeper {
  /** To be called now and then. */
  tick(): void;
  /** Signs whatever is not signed yet. */
  sign(): void;
  /** Writes what the folder lacks; returns how many files. Throws where the folder cannot be written. */
  export(folder: string): number;
}

export function createHeadKeeper(ports: {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly conditions: StorageConditions;
  /** Null: heads stay in the record. */
  readonly folder: () => string | null;
}): HeadKeeper {
  const { store, sealing, clock, conditions } = ports;
  const toFolder = (folder: string): number => {
    try {
      const written = exportHeads(store.read, folder);
      conditions.clear('heads-not-exported');
      return written;
    } catch (error) {
      conditions.raise('heads-not-exported', reasonOf(error));
      throw error;
    }
  };
  const exportWhereSet = (): void => {
    const folder = ports.folder();
    if (folder === null) {
      conditions.clear('heads-not-exported');
      return;
    }
    try {
      toFolder(folder);
    } catch {
      // The condition says it, and the next tick tries again.
    }
  };
  const sign = (): void => {
    store.transaction((write) => signHead(write, sealing, isoTime(clock.wall())));
    exportWhereSet();
  };
  return {
    tick: () => {
      const end = readChainHead(store.read)?.sequence ?? 0;
      const last = lastHead(store.read);
      const rows = end - (last?.sequence ?? 0);
      const due = last === null || clock.wall() - Date.parse(last.at) >= HEAD_EVERY_MS;
      if (rows >= ROWS_A_HEAD || (rows > 0 && due)) sign();
      else exportWhereSet();
    },
    sign,
    export: toFolder,
  };
}
