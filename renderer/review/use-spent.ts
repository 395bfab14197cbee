/** How long somebody has really had an item before them: a pause without a key or a touch counts for a minute at most. */
import { useEffect, useRef } from 'react';
import { SPENT_MOST_MS } from '../../app/contract/calls/review.ts';

const PAUSE_MOST_MS = 60_000;

/** @param about what is looked at: another item begins at zero. Returns the milliseconds so far. */
export function useSpent(about: string | null): () => number {
  const spent = useRef({ about, total: 0, last: performance.now() });
  if (spent.current.about !== about) spent.current = { about, total: 0, last: performance.now() };
  const now = () => {
    const at = performance.now();
    const { total, last } = spent.current;
    spent.current = { about, total: total + Math.min(at - last, PAUSE_MOST_MS), last: at };
    return Math.min(Math.round(spent.current.total), SPENT_MOST_MS);
  };
  const latest = useRef(now);
  latest.current = now;
  useEffect(() => {
    const onInput = () => void latest.current();
    const names = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const name of names) window.addEventListener(name, onInput, { passive: true });
    return () => {
      for (const name of names) window.removeEventListener(name, onInput);
    };
  }, []);
  return now;
}
