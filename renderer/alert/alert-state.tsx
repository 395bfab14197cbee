/** Where an alert stands, with whom, and what comes next. */
import type { AlertView as Alert } from '../../app/contract/views.ts';
import { alertActionText, formatAge, formatTime } from '../../app/language/language.ts';
import { isOpen, useNow, useWords } from '../shell/index.ts';

/** Who has it, since when, and what comes next: in words, beside the colour. */
export function AlertState({ alert }: { readonly alert: Alert }) {
  const { words, language } = useWords();
  useNow();
  const time = (iso: string) => formatTime(language, iso);
  const since = formatAge(language, Date.now() - Date.parse(alert.firedAt));
  return (
    <div className="alert-state" role="status">
      <b>{stateText()}</b>
      <span>{words.alert.fired(formatTime(language, alert.firedAt, { seconds: true }))}</span>
      {isOpen(alert) && (
        <span>
          {alert.nextEscalationAt === null
            ? words.alert.noNextStep
            : words.alert.nextStep(
                time(alert.nextEscalationAt),
                formatAge(language, Math.max(0, Date.parse(alert.nextEscalationAt) - Date.now())),
              )}
        </span>
      )}
    </div>
  );

  function stateText(): string {
    if (alert.state === 'snoozed' && alert.snoozedUntil !== null)
      return words.alert.snoozedUntil(time(alert.snoozedUntil));
    if (alert.lastAction !== null) {
      const { action, by, at, reason } = alert.lastAction;
      const done = words.alert.lastAction(alertActionText(language, action), by, time(at));
      return reason === null || reason === '' ? done : `${done}: ${reason}`;
    }
    return words.alert.notAcknowledged(since);
  }
}
