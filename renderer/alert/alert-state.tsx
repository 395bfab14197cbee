/** Where an alert stands, with whom, and what comes next. */
import type { AlertView as Alert } from '../../app/contract/views.ts';
import { alertActionText, formatTime } from '../../app/language/language.ts';
import { countdown, stateLine } from '../shell/alert-texts.ts';
import { isOpen, useNow, useWords } from '../shell/index.ts';

/** In words, beside the colour; the time that is left counts down. */
export function AlertState({ alert }: { readonly alert: Alert }) {
  const { words, language } = useWords();
  useNow();
  const time = (iso: string) => formatTime(language, iso);
  const { lastAction, nextEscalationAt } = alert;
  return (
    <div className="alert-state">
      <b>{stateLine(words, language, alert, Date.now())}</b>
      {lastAction !== null && <span>{lastActionText(lastAction)}</span>}
      <span>{words.alert.fired(formatTime(language, alert.firedAt, { seconds: true }))}</span>
      {isOpen(alert) && (
        <span>
          {nextEscalationAt === null
            ? words.alert.noNextStep
            : words.alert.nextStep(
                time(nextEscalationAt),
                countdown(language, Date.parse(nextEscalationAt) - Date.now()),
              )}
        </span>
      )}
    </div>
  );

  function lastActionText({ action, by, at, reason }: NonNullable<Alert['lastAction']>): string {
    const done = words.alert.lastAction(alertActionText(language, action), by, time(at));
    return reason === null || reason === '' ? done : `${done}: ${reason}`;
  }
}
