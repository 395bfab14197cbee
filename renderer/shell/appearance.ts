/** Language, theme and density on the page's root, where the styles read them. */
import { useEffect, useSyncExternalStore } from 'react';
import { useWard } from './ward-store.ts';

/** Below this the ward is a list and the frame is dense (design board). */
const DENSE = '(max-width: 1499px), (max-height: 1069px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(DENSE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the window is too small for tiles. */
export function useDense(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(DENSE).matches);
}

export function useAppearance(): void {
  const theme = useWard((state) => state.system?.theme ?? 'ward-light');
  const language = useWard((state) => state.system?.language ?? 'en');
  const dense = useDense();
  useEffect(() => {
    const { documentElement } = document;
    documentElement.dataset.theme = theme;
    documentElement.lang = language;
    if (dense) documentElement.dataset.density = 'station';
    else delete documentElement.dataset.density;
  }, [theme, language, dense]);
}
