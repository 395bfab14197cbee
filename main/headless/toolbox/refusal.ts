/** An error of the program as a line of the toolbox: the code for scripts, the words for people, in English. */
import type { AppError } from '../../../app/contract/outcome.ts';
import { errorText } from '../../../app/language/language.ts';
import type { LineError } from './json-lines.ts';

/** What a field of the vitals must be, where it is no number. */
const MUST_BE: Readonly<Record<string, string>> = {
  spo2_scale: '1 or 2',
  on_oxygen: 'true or false',
  pregnant: 'true or false',
  acvpu: 'one of A, C, V, P, U',
  age_years: 'a number of years from 0 to 130',
};

/**
 * The line of an error. A script's author has no form in front of them: the field is named as the line names it, where
 * the window's words would point at a box.
 */
export function errorLine(error: AppError): LineError {
  return { code: error.code, message: fieldText(error) ?? errorText('en', error) };
}

function fieldText({ code, parameters }: AppError): string | null {
  const { field, value, least, most } = parameters;
  if (code === 'invalid-request' && field === '') return 'The line is no JSON object of vitals.';
  if (field === undefined || field === '') return null;
  if (code === 'invalid-request')
    return `"${field}" must be ${MUST_BE[String(field)] ?? 'a number'}, or null.`;
  if (code === 'value-implausible')
    return `"${field}" is ${value}: outside ${least} to ${most}, it cannot be a reading.`;
  return null;
}
