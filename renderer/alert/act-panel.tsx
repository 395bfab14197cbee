/** What a person can do with an alert: acknowledge, escalate to somebody, or snooze with a reason. In the flow. */
import { useEffect, useRef, useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AcknowledgementAction } from '../../app/alerting/alert.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type { AlertView } from '../../app/contract/views.ts';
import { errorText } from '../../app/language/language.ts';
import { Button } from '../design/index.ts';
import { core, isOpen, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import { EscalateForm, SnoozeForm } from './act-forms.tsx';
import './act-panel.css';

export interface ActPanelProps {
  readonly alert: AlertView;
}

export function ActPanel({ alert }: ActPanelProps) {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const [asking, setAsking] = useState<'escalated-to' | 'snoozed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<
    { readonly error: AppError } | { readonly done: AcknowledgementAction } | null
  >(null);
  const acknowledgeHost = useRef<HTMLDivElement>(null);
  const closed = !isOpen(alert);
  const refusal = closed
    ? words.alert.closedNow
    : person !== null && !mayDo(person.role, 'act-on-alerts')
      ? errorText(language, { code: 'not-permitted', parameters: {} })
      : undefined;
  useActKeys(refusal === undefined, {
    a: () => acknowledgeHost.current?.querySelector('button')?.focus(),
    x: () => setAsking('escalated-to'),
    z: () => setAsking('snoozed'),
  });

  async function act(
    action: AcknowledgementAction,
    reason: string | null,
    minutes: number | null,
  ): Promise<void> {
    setBusy(true);
    const answer = await core.command('alert.act', {
      alertId: alert.id,
      expectedVersion: alert.version,
      action,
      reason,
      minutes,
    });
    setBusy(false);
    setSaid(answer.ok ? { done: action } : { error: answer.error });
    if (answer.ok) setAsking(null);
  }

  const disabled = refusal !== undefined || busy;
  const why = refusal === undefined ? {} : { disabledReason: refusal };
  return (
    <div className="act">
      {asking === null && (
        <>
          <div ref={acknowledgeHost} className="act-row">
            <Button
              variant="primary"
              critical
              isDisabled={disabled}
              {...why}
              detail={person === null ? words.alert.signInToAct : words.alert.acknowledgeDetail}
              shortcut="A"
              onPress={() => requireSignIn(() => void act('reviewed', null, null))}
            >
              {words.alert.acknowledge}
            </Button>
          </div>
          <Button
            variant="primary"
            critical
            isDisabled={disabled}
            {...why}
            detail={words.alert.escalateDetail}
            shortcut="X"
            onPress={() => requireSignIn(() => setAsking('escalated-to'))}
          >
            {words.alert.escalate}
          </Button>
          <Button
            critical
            isDisabled={disabled}
            {...why}
            detail={words.alert.snoozeDetail}
            shortcut="Z"
            onPress={() => requireSignIn(() => setAsking('snoozed'))}
          >
            {words.alert.snooze}
          </Button>
        </>
      )}
      {asking === 'escalated-to' && (
        <EscalateForm
          busy={busy}
          onBack={() => setAsking(null)}
          onEscalate={(to) => requireSignIn(() => void act('escalated-to', to, null))}
        />
      )}
      {asking === 'snoozed' && (
        <SnoozeForm
          priority={alert.priority}
          busy={busy}
          onBack={() => setAsking(null)}
          onSnooze={(reason, minutes) => requireSignIn(() => void act('snoozed', reason, minutes))}
        />
      )}
      <p className="act-said" role="status">
        {said === null ? '' : 'error' in said ? errorText(language, said.error) : words.alert.done[said.done]}
      </p>
    </div>
  );
}

/** A, X and Z: each opens its choice and none acts alone. */
function useActKeys(enabled: boolean, keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      const lower = key.toLowerCase();
      // "G A" goes to the alerts: its second key is not an acknowledgement.
      const chord = event.timeStamp < chordUntil;
      chordUntil = lower === 'g' ? event.timeStamp + CHORD_MS : 0;
      const open = chord ? undefined : latest.current[lower];
      if (open === undefined) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

/** As long as the frame waits for the second key after G. */
const CHORD_MS = 1_500;
