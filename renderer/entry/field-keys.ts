/** The keyboard's digits belong to the marked field of the form, not to the search for a bed. */
import { useEffect, useRef } from 'react';

export function useFieldKeys(onCharacter: (character: string) => void, onDelete: () => void): void {
  const latest = useRef({ onCharacter, onDelete });
  latest.current = { onCharacter, onDelete };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      if (/^[0-9.]$/.test(key)) latest.current.onCharacter(key);
      else if (key === 'Backspace') latest.current.onDelete();
      else return;
      event.preventDefault();
    };
    // In the capture phase: before the frame's own keys.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}
