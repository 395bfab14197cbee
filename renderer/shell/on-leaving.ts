/** What one person left on a screen is not the next person's. */
import { useEffect, useRef } from 'react';
import { useWard } from './ward-store.ts';

/**
 * Calls `forget` when the person who was signed in locks or is followed by another. Signing in where nobody was
 * signed in forgets nothing: what was begun then belongs to whoever signs for it.
 */
export function useOnLeaving(forget: () => void): void {
  const personId = useWard((state) => state.session.person?.id ?? null);
  const before = useRef(personId);
  const latest = useRef(forget);
  latest.current = forget;
  useEffect(() => {
    if (before.current !== null && before.current !== personId) latest.current();
    before.current = personId;
  }, [personId]);
}
