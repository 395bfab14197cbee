/** What a line about a technical alert says. */
import type { LanguageCode } from '../../app/contract/views.ts';
import { type ScreenWords, vitalName } from '../../app/language/language.ts';
import { VITALS } from '../../app/observation/vital.ts';
import type { TechnicalAlert } from '../../app/technical/technical.ts';

/** What is wrong, with its bed and its vitals in the language's words. */
export function technicalText(words: ScreenWords, language: LanguageCode, alert: TechnicalAlert): string {
  const { bed, vitals } = alert.parameters;
  const names = String(vitals ?? '')
    .split(' ')
    .flatMap((name) => VITALS.find((vital) => vital === name) ?? [])
    .map((vital) => vitalName(language, vital));
  const what = words.technical.code[alert.code].what({ ...alert.parameters, vitals: names.join(', ') });
  return bed === undefined ? what : `${words.common.bedNumber(String(bed))}: ${what}`;
}
