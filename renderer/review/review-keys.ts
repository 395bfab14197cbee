/** The keys of the review desk: they come before the frame's, which would search or enter vitals by them. */
import { useEffect, useRef } from 'react';
import { useSidePanel } from '../shell/side-panel.ts';
import { useSignInState } from '../shell/sign-in-state.ts';

/** @param keys by name in lower case: what a key does */
export function useReviewKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey)
        return;
      if (useSignInState.getState().open || useSidePanel.getState().help) return;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      // Arrows that move along a chooser which has the focus are the chooser's.
      if (key.startsWith('Arrow') && target instanceof HTMLElement && target.closest('.segmented') !== null)
        return;
      const act = latest.current[key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // In the capture phase: before the frame takes digits for a search and E for entry.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}
