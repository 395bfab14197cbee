/** Whether the sign-in panel is docked, and what goes on once somebody has signed in. */
import { useCallback } from 'react';
import { create } from 'zustand';
import { core } from './core.ts';
import { useWard } from './ward-store.ts';

interface SignInState {
  readonly open: boolean;
  readonly goOn: (() => void) | null;
}

export const useSignInState = create<SignInState>(() => ({ open: false, goOn: null }));

/** Docks the sign-in panel. Nothing goes on afterwards unless `then` is given. */
export function openSignIn(then: (() => void) | null = null): void {
  useSignInState.setState({ open: true, goOn: then });
}

export function closeSignIn(): void {
  useSignInState.setState({ open: false, goOn: null });
}

/** To be called when somebody has signed in: closes the panel and goes on with what was waiting. */
export function signedIn(): void {
  const { goOn } = useSignInState.getState();
  closeSignIn();
  goOn?.();
}

/** Goes on at once when somebody is signed in; else docks the sign-in panel and goes on after it. */
export function useRequireSignIn(): (then: () => void) => void {
  return useCallback((then: () => void) => {
    if (useWard.getState().session.person === null) openSignIn(then);
    else then();
  }, []);
}

/** Locks the terminal: actions go, vitals and alarms stay. The panel is docked for whoever comes next. */
export async function lockTerminal(): Promise<void> {
  const answer = await core.command('session.lock', {});
  if (answer.ok) openSignIn();
}
