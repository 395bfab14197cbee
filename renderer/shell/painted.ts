/**
 * Tells by the window's title that the ward has been painted with what the core knows. The shell and the
 * measurements of the start wait for it, so it must not be said before the values stand on the screen.
 */
import { useEffect } from 'react';
import { useWard } from './ward-store.ts';

export function usePaintedTitle(): void {
  const wardName = useWard((state) => state.system?.wardName);
  useEffect(() => {
    if (wardName === undefined || wardName === '') return;
    let second = 0;
    // The first frame lays the change out, the second comes after it has been painted.
    const first = requestAnimationFrame(() => {
      second = requestAnimationFrame(() => {
        document.title = `MedObsMind – ${wardName}`;
      });
    });
    return () => {
      cancelAnimationFrame(first);
      cancelAnimationFrame(second);
    };
  }, [wardName]);
}
