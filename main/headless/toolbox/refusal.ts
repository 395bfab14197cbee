/** An error of the program as a line of the toolbox: the code for scripts, the words for people, in English. */
import type { AppError } from '../../../app/contract/outcome.ts';
import { errorText } from '../../../app/language/language.ts';
import type { LineError } from './json-lines.ts';

export function errorLine(error: AppError): LineError {
  return { code: error.code, message: errorText('en', error) };
}
