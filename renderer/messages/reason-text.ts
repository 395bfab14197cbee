/** Why a message waits, in words. */
import type { WaitingMessage } from '../../app/contract/calls/messages.ts';
import { holdReasonText, type LanguageCode, rejectReasonText } from '../../app/language/language.ts';

export function reasonText(language: LanguageCode, { state, reason }: WaitingMessage): string {
  if (reason === null) return '';
  return state === 'held' ? holdReasonText(language, reason) : rejectReasonText(language, reason);
}
