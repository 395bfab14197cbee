/** Whether the monitors of a ward send. It is told by the values themselves, not by open connections. */
import { readingAt } from '../../app/observation/reading.ts';
import { VITALS } from '../../app/observation/vital.ts';
import { observedOf } from './readings.ts';
import type { ShownBed } from './ward-state.ts';

export type Feed =
  | { readonly state: 'none' }
  /** A monitor sent single sets, charted like an entry: whether it is silent cannot be told. */
  | { readonly state: 'single' }
  | { readonly state: 'sending' }
  /** Something streamed is still valid, but nothing of it is current. */
  | { readonly state: 'late' }
  /** Nothing that was streamed is valid any more; the newest of it is this old (ms). */
  | { readonly state: 'silent'; readonly forMs: number };

/** The feed of a bed at `now` of the terminal's clock. A bed without streamed values has none. */
export function feedOf(bed: ShownBed, now: number): Feed {
  const observed = observedOf(bed.view);
  const elapsed = Math.max(0, now - bed.receivedAt);
  let newest: number | null = null;
  let single = false;
  let valid = false;
  for (const vital of VITALS) {
    const value = observed[vital];
    if (value === undefined) continue;
    single ||= value.source.kind === 'monitor';
    if (value.source.mode !== 'streamed') continue;
    const { state } = readingAt(value, elapsed);
    if (state === 'current') return { state: 'sending' };
    if (state === 'stale') valid = true;
    newest = Math.min(newest ?? Number.POSITIVE_INFINITY, value.ageMs + elapsed);
  }
  if (valid) return { state: 'late' };
  return newest === null ? { state: single ? 'single' : 'none' } : { state: 'silent', forMs: newest };
}
