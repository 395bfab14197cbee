/** Asynchronous changes of one thing, one after the other: each finds what the one before it left. */

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that fails fails for its caller alone; the next begins all the same. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
