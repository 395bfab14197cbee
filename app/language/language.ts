/**
 * The words of the screens and of the program's codes, in the languages that it has. Digits stay Latin and
 * units untranslated in every language: a number must read the same on the screen, the monitor and the chart.
 */
import type { Role } from '../access/access.ts';
import type { AlertAction, AlertRule, AlertState } from '../alerting/alert.ts';
import type { EngineStatus } from '../contract/engine.ts';
import type { AppError } from '../contract/outcome.ts';
import type { LanguageCode } from '../contract/views.ts';
import type { RulesOnlyReason } from '../explanation/explanation.ts';
import type { Vital } from '../observation/vital.ts';
import type { CodeWords } from './code-words.ts';
import { englishCodes } from './en/codes.ts';
import { english } from './en/screens.ts';
import { hindiCodes } from './hi/codes.ts';
import { hindi } from './hi/screens.ts';
import type { ScreenWords } from './screen-words.ts';

export type { LanguageCode } from '../contract/views.ts';
export { formatNumber } from './number.ts';
export type { ScreenWords } from './screen-words.ts';
export { formatAge, formatDate, formatTime } from './time.ts';

const SCREENS: Record<LanguageCode, ScreenWords> = { en: english, hi: hindi };
const CODES: Record<LanguageCode, CodeWords> = { en: englishCodes, hi: hindiCodes };

/** Every word of the screens, in groups; words with a parameter are functions. */
export function screenWords(language: LanguageCode): ScreenWords {
  return SCREENS[language];
}

/** The words of the program's codes: scores, readings, states, reasons. */
export function codeWords(language: LanguageCode): CodeWords {
  return CODES[language];
}

/** What went wrong and what helps, as one or two sentences. */
export function errorText(language: LanguageCode, error: AppError): string {
  return CODES[language].errors[error.code](error.parameters);
}

/** How the explanation engine is, in a few words, and what a person can do about it. */
export function engineStateText(
  language: LanguageCode,
  status: EngineStatus,
): { readonly title: string; readonly whatToDo: string } {
  return CODES[language].engine[status.state];
}

/** Why an explanation has only its rule text. */
export function rulesOnlyText(language: LanguageCode, reason: RulesOnlyReason): string {
  return CODES[language].rulesOnly[reason];
}

export function ruleName(language: LanguageCode, rule: AlertRule): string {
  return CODES[language].rules[rule];
}

export function alertStateText(language: LanguageCode, state: AlertState): string {
  return CODES[language].alertStates[state];
}

/** What a person did to an alert. An action that a newer core knows is shown as it is named. */
export function alertActionText(language: LanguageCode, action: AlertAction | string): string {
  return lookUp(CODES[language].actions, action) ?? action;
}

export function roleName(language: LanguageCode, role: Role): string {
  return CODES[language].roles[role];
}

/** A vital's name: `short` for heads and tiles, `long` for sentences. SpO2 comes as plain text. */
export function vitalName(language: LanguageCode, vital: Vital, form: 'short' | 'long' = 'short'): string {
  return CODES[language].vitals[vital][form];
}

/** Why a message waits for a person. */
export function holdReasonText(language: LanguageCode, code: string): string {
  return lookUp(CODES[language].held, code) ?? CODES[language].unknownReason(code);
}

/** Why a message was refused, or a value of it was not taken. */
export function rejectReasonText(language: LanguageCode, code: string): string {
  return lookUp(CODES[language].rejected, code) ?? CODES[language].unknownReason(code);
}

/** A word by a code that came from elsewhere; undefined where the words do not have it. */
function lookUp(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
