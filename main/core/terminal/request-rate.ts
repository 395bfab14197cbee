/** How many calls a terminal may make: far more than a person can, far fewer than a loop does. Ours. */
const BURST = 200;
const PER_SECOND = 50;

/** A token bucket; `now` is milliseconds of a clock that never goes back. Returns whether the call may pass. */
export function requestRate(now: () => number): () => boolean {
  let left = BURST;
  let at = now();
  return () => {
    const time = now();
    left = Math.min(BURST, left + ((time - at) / 1000) * PER_SECOND);
    at = time;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
