/**
 * The event stream's source. Alerts, explanations and people go out at once; what changes with every message
 * (a bed, the system's counters) is merged to at most four a second each, the last state always being sent.
 */
import type { SentWardEvent } from '../../../app/contract/contract.ts';

/** At most four updates a second (design: "updates merge to at most 4 a second a bed"). */
const LEAST_PAUSE_MS = 250;

export interface EventHub {
  /** Adds a terminal; returns the way to leave. */
  join(receive: (event: SentWardEvent) => void): () => void;
  sendNow(event: SentWardEvent): void;
  /** Sends what `make` gives, now or when the pause since the last of this key is over. Null: nothing to send. */
  sendMerged(key: string, make: () => SentWardEvent | null): void;
  close(): void;
}

export function createEventHub(now: () => number): EventHub {
  const receivers = new Set<(event: SentWardEvent) => void>();
  const lastSent = new Map<string, number>();
  const waiting = new Map<string, NodeJS.Timeout>();

  const sendNow = (event: SentWardEvent): void => {
    for (const receive of receivers) receive(event);
  };
  const sendMade = (key: string, make: () => SentWardEvent | null): void => {
    waiting.delete(key);
    lastSent.set(key, now());
    const event = receivers.size === 0 ? null : make();
    if (event !== null) sendNow(event);
  };

  return {
    join: (receive) => {
      receivers.add(receive);
      return () => void receivers.delete(receive);
    },
    sendNow,
    sendMerged: (key, make) => {
      if (waiting.has(key)) return;
      const since = now() - (lastSent.get(key) ?? Number.NEGATIVE_INFINITY);
      if (since >= LEAST_PAUSE_MS) sendMade(key, make);
      else
        waiting.set(
          key,
          setTimeout(() => sendMade(key, make), LEAST_PAUSE_MS - since),
        );
    },
    close: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      receivers.clear();
    },
  };
}
