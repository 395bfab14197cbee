/** Where an alert stands, with whom, and what comes next. */
import type { AlertView as Alert } from '../../app/contract/views.ts';
import { alertActionText, formatTime, roleName } from '../../app/language/language.ts';
import { countdown, signalFigure, stateLine } from '../shell/alert-texts.ts';
import { isOpen, useNow, useWords } from '../shell/index.ts';

/** In words, beside the colour; the time that is left counts down. */
export function AlertState({ alert }: { readonly alert: Alert }) {
  const { words, language } = useWords();
  useNow();
  const time = (iso: string) => formatTime(language, iso);
  const {
    lastAction,
    nextEscalationAt,
    levelOwner,
    nextOwner,
    signal,
    reraised = 0,
    correctedAt,
    closedAs,
  } = alert;
  return (
    <div className="alert-state">
      <b>{stateLine(words, language, alert, Date.now())}</b>
      {lastAction !== null && <span>{lastActionText(lastAction)}</span>}
      <span>{words.alert.fired(formatTime(language, alert.firedAt, { seconds: true }))}</span>
      {signal !== undefined && (
        <span>
          {words.alert.firedAt(
            signalFigure(alert.rule, signal.value),
            signalFigure(alert.rule, signal.threshold),
          )}
        </span>
      )}
      {correctedAt !== undefined && <span>{words.alert.corrected(time(correctedAt))}</span>}
      {closedAs !== undefined && <span>{words.alert.closedAs[closedAs]}</span>}
      {reraised > 0 && <span>{words.alert.reraised(reraised)}</span>}
      {isOpen(alert) && levelOwner !== undefined && (
        <span>{words.alert.levelOf(alert.escalationLevel, roleName(language, levelOwner))}</span>
      )}
      {isOpen(alert) && (
        <span>{nextEscalationAt === null ? words.alert.noNextStep : next(nextEscalationAt)}</span>
      )}
    </div>
  );

  function next(at: string): string {
    const left = countdown(language, Date.parse(at) - Date.now());
    return nextOwner === undefined
      ? words.alert.nextStep(time(at), left)
      : words.alert.nextStepTo(time(at), left, roleName(language, nextOwner));
  }

  function lastActionText({ action, by, at, reason }: NonNullable<Alert['lastAction']>): string {
    const done = words.alert.lastAction(alertActionText(language, action), by, time(at));
    return reason === null || reason === '' ? done : `${done}: ${reason}`;
  }
}
