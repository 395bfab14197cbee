/**
 * A circuit breaker: a server that fails several times in a row is left alone for a while, so that no alert waits
 * for it; then one request tries it again. Nygard, Release It!, "Circuit Breaker".
 */

import { SERVER_REST } from '../../../app/contract/engine-choice.ts';

export interface Circuit {
  /** Whether the server may be asked now. True once in each rest's end: that one is the trial. */
  mayAsk(): boolean;
  isOpen(): boolean;
  succeeded(): void;
  failed(): void;
}

/** @param now milliseconds of a clock for durations. */
export function createCircuit(now: () => number): Circuit {
  let failures = 0;
  let restUntil: number | null = null;
  return {
    mayAsk() {
      if (restUntil === null) return true;
      if (now() < restUntil) return false;
      restUntil = now() + SERVER_REST.restMs;
      return true;
    },
    isOpen: () => restUntil !== null,
    succeeded() {
      failures = 0;
      restUntil = null;
    },
    failed() {
      failures += 1;
      if (failures >= SERVER_REST.failures || restUntil !== null) restUntil = now() + SERVER_REST.restMs;
    },
  };
}
