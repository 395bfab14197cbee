/** Whole numbers as a person reads them: groups of the language, Latin digits. */
import type { LanguageCode } from '../contract/views.ts';

const FORMATS: Readonly<Record<LanguageCode, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en-GB-u-nu-latn'),
  hi: new Intl.NumberFormat('hi-IN-u-nu-latn'),
};

/** "12,400"; in Hindi "1,24,000". */
export function formatNumber(language: LanguageCode, value: number): string {
  return FORMATS[language].format(value);
}
