/** Times, dates and ages as the ward reads them: 24 hours, the workstation's zone, Latin digits. */
import type { LanguageCode } from '../contract/views.ts';
import type { CodeWords } from './code-words.ts';
import { englishCodes } from './en/codes.ts';
import { hindiCodes } from './hi/codes.ts';

const AGE_WORDS: Record<LanguageCode, CodeWords['age']> = { en: englishCodes.age, hi: hindiCodes.age };

/** Latin digits and the 24-hour clock in every language. */
const LOCALES: Record<LanguageCode, string> = { en: 'en-GB-u-nu-latn-hc-h23', hi: 'hi-IN-u-nu-latn-hc-h23' };

const DASH = '—';
const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_MIN = 60;
const DAY_H = 24;
/** From here an age is told in days: hours alone would have to be divided in one's head. Ours. */
const DAYS_FROM_H = 48;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, using it is not; a ward of tiles asks for hundreds a second. */
function formatOf(language: LanguageCode, kind: 'time' | 'seconds' | 'date'): Intl.DateTimeFormat {
  const key = `${language} ${kind}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(
    LOCALES[language],
    kind === 'date'
      ? { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
      : { hour: '2-digit', minute: '2-digit', ...(kind === 'seconds' ? { second: '2-digit' } : {}) },
  );
  formats.set(key, made);
  return made;
}

/** "14:32", or "14:32:05" with seconds. A time that cannot be read is a dash, never a wrong time. */
export function formatTime(language: LanguageCode, iso: string, options: { seconds?: boolean } = {}): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return DASH;
  return formatOf(language, options.seconds === true ? 'seconds' : 'time').format(at);
}

/** "Sun, 22 Nov 2026" in the language's own order. */
export function formatDate(language: LanguageCode, iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? DASH : formatOf(language, 'date').format(at);
}

/** An age: "4 s", "3 min", "2 h 5 min", "3 d". Rounded down; a negative age counts as 0. Milliseconds in. */
export function formatAge(language: LanguageCode, ms: number): string {
  if (!Number.isFinite(ms)) return DASH;
  const words = AGE_WORDS[language];
  const seconds = Math.floor(Math.max(0, ms) / SECOND_MS);
  if (seconds < MINUTE_S) return words.seconds(seconds);
  const minutes = Math.floor(seconds / MINUTE_S);
  if (minutes < HOUR_MIN) return words.minutes(minutes);
  const hours = Math.floor(minutes / HOUR_MIN);
  if (hours < DAYS_FROM_H) return words.hours(hours, minutes % HOUR_MIN);
  return words.days(Math.floor(hours / DAY_H));
}
