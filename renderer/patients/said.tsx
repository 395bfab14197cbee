/** What came of a command, where it was given. */
import { errorText } from '../../app/language/language.ts';
import { useWords } from '../shell/index.ts';
import type { Sending } from './use-command.ts';

export function Said({ sending, text }: { readonly sending: Sending; readonly text?: string }) {
  const { words, language } = useWords();
  if (sending.error !== null) return <p role="alert">{errorText(language, sending.error)}</p>;
  return sending.done ? <p role="status">{text ?? words.patients.done}</p> : null;
}
