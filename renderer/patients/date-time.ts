/** A moment with its day. */
import { formatDate, formatTime, type LanguageCode } from '../../app/language/language.ts';

export function dateTime(language: LanguageCode, iso: string): string {
  return `${formatDate(language, iso)} ${formatTime(language, iso)}`;
}
