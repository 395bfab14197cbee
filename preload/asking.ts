/** Asks again while no answer comes: the shell passes over requests that come too fast, and says nothing then. */

export interface Asking {
  ask(): void;
  /** The answer is there; nothing is asked any more. */
  answered(): void;
}

/** `again` is in milliseconds, and longer than the time over which the shell counts requests. */
export function createAsking(send: () => void, again: number): Asking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function ask(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, again);
    send();
  }
  return { ask, answered: () => clearTimeout(timer) };
}
