/**
 * One flash for the whole screen: high 2 times a second, medium 0.6 times (IEC 60601-1-8 habits), all in one
 * phase and always under 3 a second, so that many open alerts do not flicker against each other.
 *
 * The phase is an attribute of the root element; styles swap solid and tint by it. A change repaints only the
 * few flashing elements, and nothing runs while nothing flashes.
 */
import { useEffect } from 'react';
import type { Priority } from './priority.tsx';
import './flash.css';

/** Half a period in milliseconds: `--flash-high` 500 ms and `--flash-med` 1667 ms of the tokens. */
const HALF_PERIOD_MS = { high: 250, medium: 833 } as const;
type Flashing = keyof typeof HALF_PERIOD_MS;

const watchers: Record<Flashing, number> = { high: 0, medium: 0 };
const timers: Record<Flashing, number | null> = { high: null, medium: null };

/** The class of an element that flashes; '' for one that is owned, low or technical. */
export function useFlash(priority: Priority, isOwned: boolean): string {
  const flashing = !isOwned && (priority === 'high' || priority === 'medium') ? priority : null;
  useEffect(() => (flashing === null ? undefined : keepFlashing(flashing)), [flashing]);
  return flashing === null ? '' : `flash-${flashing}`;
}

/** Flashes until the returned function is called; the phase is shared by all. */
export function keepFlashing(flashing: Flashing): () => void {
  watchers[flashing] += 1;
  timers[flashing] ??= window.setInterval(() => turn(flashing), HALF_PERIOD_MS[flashing]);
  return () => {
    watchers[flashing] -= 1;
    const timer = timers[flashing];
    if (watchers[flashing] > 0 || timer === null) return;
    window.clearInterval(timer);
    timers[flashing] = null;
    document.documentElement.removeAttribute(attributeOf(flashing));
  };
}

function turn(flashing: Flashing): void {
  // People who asked for less motion get the solid colour, steady.
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.documentElement.toggleAttribute(attributeOf(flashing), still ? false : undefined);
}

function attributeOf(flashing: Flashing): string {
  return `data-tint-${flashing}`;
}
