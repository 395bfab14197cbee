/** Notices what a store's errors mean: a disk that takes nothing, a file that is damaged, and that it works again. */
import { type Log, reasonOf } from '../log.ts';
import type { Reader, Store } from './database.ts';
import { type StoreTrouble, troubleOf } from './trouble.ts';

/**
 * The same store; `onTrouble` hears of an error before it is thrown on, `onWritten` of each durable change. Neither can
 * change what the caller is told: where `onWritten` throws, the change stands all the same.
 */
export function watchStore(
  store: Store,
  onTrouble: (trouble: StoreTrouble, detail: string) => void,
  onWritten: () => void,
  log: Log,
): Store {
  const tell = (one: () => void): void => {
    try {
      one();
    } catch (error) {
      log('error', 'storage-not-told', { reason: reasonOf(error) });
    }
  };
  const watched = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== null) tell(() => onTrouble(trouble, error instanceof Error ? error.message : ''));
      throw error;
    }
  };
  const { read } = store;
  const watchedRead: Reader = {
    ...read,
    all: (row, sql, ...parameters) => watched(() => read.all(row, sql, ...parameters)),
    one: (row, sql, ...parameters) => watched(() => read.one(row, sql, ...parameters)),
    lists: (sql, ...parameters) => watched(() => read.lists(sql, ...parameters)),
  };
  return {
    read: watchedRead,
    transaction: (work) => {
      const done = watched(() => store.transaction(work));
      tell(onWritten);
      return done;
    },
    commitAhead: (work) => watched(() => store.commitAhead(work)),
    durable: async () => {
      try {
        await store.durable();
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble !== null) tell(() => onTrouble(trouble, error instanceof Error ? error.message : ''));
        throw error;
      }
      tell(onWritten);
    },
    takeLog: (where) => watched(() => store.takeLog(where)),
    close: () => store.close(),
  };
}
