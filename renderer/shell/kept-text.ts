/**
 * Words that somebody is typing and has not sent: an alert may call them away to another screen, and what they typed
 * is there when they come back. It is theirs alone: whoever is next at this terminal finds nothing.
 */
import { useCallback } from 'react';
import { create } from 'zustand';
import { useWard } from './ward-store.ts';

const kept = create<{ readonly texts: Readonly<Record<string, string>> }>(() => ({ texts: {} }));

useWard.subscribe((state, before) => {
  const was = before.session.person?.id;
  if (was !== undefined && was !== state.session.person?.id) kept.setState({ texts: {} });
});

export interface KeptText {
  readonly text: string;
  readonly set: (text: string) => void;
  /** It was sent, or is wanted no longer. */
  readonly forget: () => void;
}

/** @param key of the field, and of the patient or message that it is about; `initial` until something is typed. */
export function useKeptText(key: string, initial = ''): KeptText {
  const text = kept((state) => state.texts[key] ?? initial);
  const set = useCallback(
    (typed: string) => kept.setState(({ texts }) => ({ texts: { ...texts, [key]: typed } })),
    [key],
  );
  const forget = useCallback(
    () =>
      kept.setState(({ texts }) => ({
        texts: Object.fromEntries(Object.entries(texts).filter(([other]) => other !== key)),
      })),
    [key],
  );
  return { text, set, forget };
}
