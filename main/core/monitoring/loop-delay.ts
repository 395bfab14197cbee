/** Tells ten times a second by how much the event loop was late. */

const EVERY_MS = 100;

/** @param tell is given seconds, 0 or more. Returns what ends it. */
export function watchLoopDelay(
  tell: (seconds: number) => void,
  now: () => number = () => performance.now(),
): () => void {
  let due = now() + EVERY_MS;
  const timer = setInterval(() => {
    const at = now();
    tell(Math.max(0, at - due) / 1000);
    due = at + EVERY_MS;
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
