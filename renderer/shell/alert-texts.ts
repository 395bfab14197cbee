/** What a line about an alert says: its rule text's first sentence, its state, its owner and its next step. */
import type { AlertRule } from '../../app/alerting/alert.ts';
import type { AlertView, LanguageCode } from '../../app/contract/views.ts';
import {
  alertStateText,
  formatAge,
  formatTime,
  ruleName,
  type ScreenWords,
} from '../../app/language/language.ts';
import { isOwned } from './ward-order.ts';

const HOUR_MS = 3_600_000;
/** A sentence ends at a full stop (or a danda) that a space or the end follows: not within a number. */
const FIRST_SENTENCE = /^.*?[.।](?=\s|$)/su;

/**
 * The rule text's first sentence behind the time at which it was true: the score may be another one by now. The
 * rule's name until the text has come.
 */
export function headlineOf(language: LanguageCode, alert: AlertView, ruleText: string | undefined): string {
  // A rule text begins with the score, which is not what such an alert is about.
  if (alert.signal !== undefined)
    return `${formatTime(language, alert.firedAt)}: ${ruleName(language, alert.rule)}, ${signalFigure(alert.rule, alert.signal.value)}`;
  if (ruleText === undefined) return ruleName(language, alert.rule);
  return `${formatTime(language, alert.firedAt)}: ${FIRST_SENTENCE.exec(ruleText)?.[0] ?? ruleText}`;
}

/** Units of the signals, never translated; the others are counts and ratios. */
const UNIT_OF_SIGNAL: { readonly [rule in AlertRule]?: string } = {
  'map-low': '\u00a0mmHg',
  'spo2-fall': '\u00a0%',
  'hr-rise': '/min',
  qsofa: '/3',
};

/** The value or the limit of a rule on a signal with its unit, two decimals at most. */
export function signalFigure(rule: AlertRule, value: number): string {
  return `${Math.round(value * 100) / 100}${UNIT_OF_SIGNAL[rule] ?? ''}`;
}

/** "1:12" below an hour, then as an age. Milliseconds in; a time that has passed counts as 0. */
export function countdown(language: LanguageCode, ms: number): string {
  const whole = Math.max(0, ms);
  if (whole >= HOUR_MS) return formatAge(language, whole);
  const seconds = Math.floor(whole / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Where the alert stands and with whom. `now` is the time of day (ms). */
export function stateLine(words: ScreenWords, language: LanguageCode, alert: AlertView, now: number): string {
  switch (alert.state) {
    case 'active':
      return isOwned(alert)
        ? words.ward.acknowledgedBy(alert.owner ?? '')
        : words.ward.notAcknowledged(countdown(language, now - Date.parse(alert.firedAt)));
    case 'acknowledged':
      return words.ward.acknowledgedBy(alert.owner ?? '');
    case 'snoozed':
      return words.ward.snoozedTo(
        alert.snoozedUntil === null ? '—' : formatTime(language, alert.snoozedUntil),
      );
    case 'escalated': {
      const escalated = words.ward.escalatedTo(alert.escalationLevel);
      return alert.owner === null ? escalated : `${escalated}, ${alert.owner}`;
    }
    case 'resolved':
    case 'dismissed':
      return alertStateText(language, alert.state);
  }
}

/** When the next step of the ladder comes; null where none is due. `now` is the time of day (ms). */
export function nextStepLine(
  words: ScreenWords,
  language: LanguageCode,
  alert: AlertView,
  now: number,
): string | null {
  if (alert.nextEscalationAt === null) return null;
  const left = Date.parse(alert.nextEscalationAt) - now;
  return left <= 0 ? words.ward.nextStepDue : words.ward.next(countdown(language, left));
}
