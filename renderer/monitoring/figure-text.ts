/** A measure's figures as a person reads them: seconds below one in milliseconds, shares in per cent, sizes in MB. */
import { formatNumber, type LanguageCode, type ScreenWords } from '../../app/language/language.ts';
import {
  MEASURES,
  type MeasureDefinition,
  type MeasureId,
  type MeasureUnit,
} from '../../app/monitoring/measures.ts';

type Words = ScreenWords['monitoring'];

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const KILO = 1_000;

/** Three figures that count, and no zeros behind them. */
function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

export function figureText(words: Words, language: LanguageCode, unit: MeasureUnit, value: number): string {
  const { units } = words;
  switch (unit) {
    case 'seconds':
      return durationText(words, value);
    case 'share':
      return `${rounded(value * 100)}\u00a0%`;
    case 'bytes':
      return sizeText(value);
    case 'per-second':
    case 'per-minute':
    case 'points':
      return units[unit](rounded(value));
    case 'count':
      return formatNumber(language, Math.round(value));
    case 'per-bed-day':
      return rounded(value);
  }
}

function durationText({ units }: Words, seconds: number): string {
  if (seconds < 1) return units.milliseconds(rounded(seconds * 1000));
  if (seconds < 2 * MINUTE_S) return units.seconds(rounded(seconds));
  if (seconds < 2 * HOUR_S) return units.minutes(rounded(seconds / MINUTE_S));
  return seconds < 2 * DAY_S ? units.hours(rounded(seconds / HOUR_S)) : units.days(rounded(seconds / DAY_S));
}

function sizeText(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let place = 0;
  let value = bytes;
  while (value >= KILO && place < names.length - 1) {
    value /= KILO;
    place += 1;
  }
  return `${rounded(value)}\u00a0${names[place] ?? ''}`;
}

/** "at most 2.5 s"; null where there is no target. */
export function targetText(words: Words, language: LanguageCode, id: MeasureId): string | null {
  const { target, unit }: MeasureDefinition = MEASURES[id];
  if (target === null) return null;
  const value = figureText(words, language, unit, target.value);
  return target.at === 'most' ? words.atMost(value) : words.atLeast(value);
}
