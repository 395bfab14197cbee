/**
 * When bursts begin and end, as a state machine of moments: what must sound in, what to start and stop out.
 *
 * What it promises:
 * - Two bursts never sound at once.
 * - While the same level must sound its bursts follow each other at their interval. A second alert of the level neither
 *   starts one anew midway nor brings the next one forward.
 * - A graver level interrupts and sounds at once.
 * - What must not sound any more stops at once, midway too.
 */
import { BURSTS, isGraver, type SoundLevel } from './pattern.ts';

/** All moments in ms of one clock that never runs backwards. */
export interface SoundSequence {
  /** What must sound. */
  readonly level: SoundLevel | null;
  /** When its next burst is due. */
  readonly nextMs: number | null;
  /** The burst that was begun last, and when it is over; earlier where it was stopped. */
  readonly last: { readonly level: SoundLevel; readonly endMs: number } | null;
}

export const SILENT: SoundSequence = { level: null, nextMs: null, last: null };

export interface SoundStep {
  readonly sequence: SoundSequence;
  /** The burst that sounds is cut off. */
  readonly stop: boolean;
  /** A burst of this level begins now. */
  readonly start: SoundLevel | null;
}

/** Between a burst and one that is no graver, so that two of them are never heard as one. Ours. */
export const LEAST_GAP_MS = 1_000;

/** @param wanted what must sound at `nowMs`. */
export function stepSound(before: SoundSequence, wanted: SoundLevel | null, nowMs: number): SoundStep {
  const { last } = before;
  const isSounding = last !== null && nowMs < last.endMs;
  if (wanted === before.level) {
    if (wanted === null || before.nextMs === null || nowMs < before.nextMs)
      return { sequence: before, stop: false, start: null };
    return begun(wanted, nowMs, isSounding);
  }
  const ended = last !== null && isSounding ? { ...last, endMs: nowMs } : last;
  if (wanted === null)
    return { sequence: { level: null, nextMs: null, last: ended }, stop: isSounding, start: null };
  const freeMs = ended === null || isGraver(wanted, ended.level) ? nowMs : ended.endMs + LEAST_GAP_MS;
  if (nowMs >= freeMs) return begun(wanted, nowMs, isSounding);
  return { sequence: { level: wanted, nextMs: freeMs, last: ended }, stop: isSounding, start: null };
}

function begun(level: SoundLevel, nowMs: number, stop: boolean): SoundStep {
  const { durationMs, intervalMs } = BURSTS[level];
  const endMs = nowMs + durationMs;
  return {
    sequence: { level, nextMs: endMs + intervalMs, last: { level, endMs } },
    stop,
    start: level,
  };
}
