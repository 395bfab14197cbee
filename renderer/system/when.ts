import { formatDate, formatTime, type LanguageCode } from '../../app/language/language.ts';

/** Day and time of something that may have been long ago. */
export function whenText(language: LanguageCode, iso: string): string {
  return `${formatDate(language, iso)}, ${formatTime(language, iso)}`;
}
