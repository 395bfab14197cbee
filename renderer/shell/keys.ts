/** Keys that work on every screen. Those of an alert (A, X, Z) belong to its view. */
import { useEffect } from 'react';
import { go, goBack, type Route, useRoute } from './route.ts';
import { focusSearch } from './search.ts';
import { useSidePanel } from './side-panel.ts';
import { closeSignIn, lockTerminal, useSignInState } from './sign-in-state.ts';
import { useWard } from './ward-store.ts';

/** How long after G its second key counts. */
const CHORD_MS = 1_500;

export function useKeys(): void {
  const route = useRoute();
  useEffect(() => {
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.ctrlKey && event.key.toLowerCase() === 'l') {
        event.preventDefault();
        if (useWard.getState().session.person !== null) void lockTerminal();
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') {
        back(route);
        return;
      }
      if (isTyping(event.target)) return;
      const chord = event.timeStamp < chordUntil;
      chordUntil = event.key.toLowerCase() === 'g' ? event.timeStamp + CHORD_MS : 0;
      if (act(event.key.toLowerCase(), chord, route)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [route]);
}

/** Does what a key asks for. False where the key means nothing here. */
function act(key: string, chord: boolean, route: Route): boolean {
  if (chord && key === 'w') go({ view: 'ward' });
  else if (chord && key === 'a') go({ view: 'alerts' });
  else if (chord && key === 'r') go({ view: 'review' });
  else if (key === 'e') go({ view: 'entry', patientId: patientOf(route) });
  else if (key === '/') focusSearch();
  else if (/^[0-9]$/.test(key)) focusSearch(key);
  else if (key === '?') useSidePanel.getState().toggleHelp();
  else return false;
  return true;
}

function back(route: Route): void {
  if (useSignInState.getState().open) closeSignIn();
  else if (useSidePanel.getState().help) useSidePanel.getState().close();
  else if (route.view !== 'ward') goBack();
}

/** Whose vitals are on the screen. */
function patientOf(route: Route): string | null {
  if (route.view === 'bed' || route.view === 'entry') return route.patientId;
  if (route.view === 'alert') return useWard.getState().alerts[route.alertId]?.patientId ?? null;
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
