/** The words of the terminal's language. */
import type { LanguageCode } from '../../app/contract/views.ts';
import { type ScreenWords, screenWords } from '../../app/language/language.ts';
import { useWard } from './ward-store.ts';

/** Words and language of this terminal; English until the first snapshot says otherwise. */
export function useWords(): { readonly words: ScreenWords; readonly language: LanguageCode } {
  const language = useWard((state) => state.system?.language ?? 'en');
  return { words: screenWords(language), language };
}
