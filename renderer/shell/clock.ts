/**
 * The terminal's clock, in milliseconds: it never runs backwards and it counts time spent asleep.
 *
 * `performance.now` may stand still while a machine sleeps and the time of day may be set back, so each step is
 * the larger of the two clocks' steps: a value may look too old by a clock set forward, never too fresh.
 */
import { useSyncExternalStore } from 'react';

/** It begins at the steady clock's own reading, and is ahead of it by what that clock slept through. */
export function createClock(steady: () => number, timeOfDay: () => number): () => number {
  let lastSteady = steady();
  let elapsed = lastSteady;
  let lastTimeOfDay = timeOfDay();
  return () => {
    const nowSteady = steady();
    const nowTimeOfDay = timeOfDay();
    elapsed += Math.max(0, nowSteady - lastSteady, nowTimeOfDay - lastTimeOfDay);
    lastSteady = nowSteady;
    lastTimeOfDay = nowTimeOfDay;
    return elapsed;
  };
}

/** Milliseconds on the terminal's clock, now. */
export const clockNow = createClock(
  () => performance.now(),
  () => Date.now(),
);

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let shown = clockNow();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    shown = clockNow();
    for (const one of listeners) one();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The terminal's clock (ms), one tick a second: what it is compared with is `ShownBed.receivedAt`. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => shown);
}
