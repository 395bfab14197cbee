/** The keys of an alert. A, X, Z and D each open a choice and none acts alone; Esc closes the choice that is open. */
import { useEffect, useRef } from 'react';
import { useSidePanel } from '../shell/side-panel.ts';
import { useSignInState } from '../shell/sign-in-state.ts';

/** As long as the frame waits for the second key after G. */
const CHORD_MS = 1_500;

/** @param open by key in lower case: what it opens. */
export function useActKeys(enabled: boolean, open: Readonly<Record<string, () => void>>): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    if (!enabled) return;
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      const lower = key.toLowerCase();
      // "G A" goes to the alerts: its second key is not an acknowledgement.
      const chord = event.timeStamp < chordUntil;
      chordUntil = lower === 'g' ? event.timeStamp + CHORD_MS : 0;
      const opened = chord ? undefined : latest.current[lower];
      if (opened === undefined) return;
      event.preventDefault();
      opened();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

/** The parts of a key press that decide whether it is this form's. */
export interface EscapePress {
  readonly key: string;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
}

/** Whether a key press closes the open form. What is docked over it at the side goes first. */
export function closesForm(press: EscapePress, docked: boolean): boolean {
  return press.key === 'Escape' && !press.defaultPrevented && !press.isComposing && !docked;
}

/** While a form is open, the first Esc closes it and nothing else; the next one is the frame's again. */
export function useEscape(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const docked = useSignInState.getState().open || useSidePanel.getState().help;
      if (!closesForm(event, docked)) return;
      event.preventDefault();
      latest.current();
    };
    // In the capture phase: before the frame takes Esc for "leave this view".
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isOpen]);
}
