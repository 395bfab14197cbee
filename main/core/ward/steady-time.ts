/**
 * The ward's time, without the trembling of its clocks. Boot time has steps of 10 ms where the system tells it so, wall
 * time steps of 1 ms, and what is known of a device's clock moves by fractions: none of that is a change, but each
 * would make ages grow by different times, and every bed would have to be worked out in full again and again.
 */
import { type Clock, type Moment, momentOf } from '../clock.ts';

/** Boot and wall time that went apart by less than this were only read at different steps. Ours. */
const CLOCKS_AGREE_MS = 100;
/** A device's clock is taken for further behind only where it is so by this much; until then values look older. Ours. */
const OFFSET_STEP_MS = 250;
/** Names come off the wire, so there is a limit to what is remembered. Ours. */
const MOST_NAMES = 1024;

/**
 * Moments whose boot time goes on in step with the wall clock for as long as the two agree; where one of them was set,
 * or the machine slept, it is what the clock says. It never goes back, and is never far from the clock.
 */
export function steadyMoments(clock: Clock): () => Moment {
  let from = momentOf(clock);
  let lastBootMs = from.bootMs;
  return () => {
    const now = momentOf(clock);
    const steady = from.bootMs + (now.wallMs - from.wallMs);
    const agrees = Math.abs(steady - now.bootMs) <= CLOCKS_AGREE_MS && steady >= lastBootMs;
    if (!agrees) from = { ...now, bootMs: Math.max(now.bootMs, lastBootMs) };
    lastBootMs = agrees ? steady : from.bootMs;
    return { ...now, bootMs: lastBootMs };
  };
}

/** Offsets of source clocks (ms) that go down at once, which makes values look older, and up in steps. */
export function steadyOffsets(offsetOf: (sourceName: string) => number): (sourceName: string) => number {
  const used = new Map<string, number>();
  return (name) => {
    const offset = offsetOf(name);
    const before = used.get(name);
    if (before !== undefined && offset >= before && offset - before < OFFSET_STEP_MS) return before;
    if (used.size >= MOST_NAMES) used.clear();
    used.set(name, offset);
    return offset;
  };
}
