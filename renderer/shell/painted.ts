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
    return onFramePresented(() => {
      document.title = `MedObsMind – ${wardName}`;
    });
  }, [wardName]);
}

/**
 * Calls back once what stands there now has been laid out and a frame with content has reached the screen; a hidden
 * window presents none. Only the ward's content counts: what is laid out before it is not visible. Returns the way
 * to stop.
 */
function onFramePresented(callback: () => void): () => void {
  const observer = new PerformanceObserver(() => {
    if (performance.getEntriesByName('first-contentful-paint').length === 0) return;
    observer.disconnect();
    callback();
  });
  let second = 0;
  // The first frame lays the change out, the second comes after it has been drawn.
  const first = requestAnimationFrame(() => {
    // `buffered` tells of a paint that was before: a ward that is named later has its window on the screen already.
    second = requestAnimationFrame(() => observer.observe({ type: 'paint', buffered: true }));
  });
  return () => {
    cancelAnimationFrame(first);
    cancelAnimationFrame(second);
    observer.disconnect();
  };
}
