/**
 * What a person can do with an alert: acknowledge, escalate to somebody or up the ladder, snooze or dismiss it with a
 * reason. In the flow.
 */
import { useRef, useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AlertAction } from '../../app/alerting/alert.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type { AlertView } from '../../app/contract/views.ts';
import { errorText } from '../../app/language/language.ts';
import { Button } from '../design/index.ts';
import { core, isOpen, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import { DismissForm, EscalateForm, SnoozeForm } from './act-forms.tsx';
import { useActKeys, useEscape } from './act-keys.ts';
import './act-panel.css';

export interface ActPanelProps {
  readonly alert: AlertView;
}

export function ActPanel({ alert }: ActPanelProps) {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const [asking, setAsking] = useState<'escalated-to' | 'snoozed' | 'dismissed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly error: AppError } | { readonly done: AlertAction } | null>(
    null,
  );
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
    d: () => setAsking('dismissed'),
  });
  useEscape(asking !== null, () => setAsking(null));

  async function act(action: AlertAction, reason: string | null, minutes: number | null): Promise<void> {
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
          <Button
            critical
            isDisabled={disabled}
            {...why}
            detail={words.alert.dismissDetail}
            shortcut="D"
            onPress={() => requireSignIn(() => setAsking('dismissed'))}
          >
            {words.alert.dismiss}
          </Button>
        </>
      )}
      {asking === 'escalated-to' && (
        <EscalateForm
          next={alert.nextOwner ?? null}
          onClimb={() => requireSignIn(() => void act('escalate', null, null))}
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
      {asking === 'dismissed' && (
        <DismissForm
          busy={busy}
          onBack={() => setAsking(null)}
          onDismiss={(reason) => requireSignIn(() => void act('dismissed', reason, null))}
        />
      )}
      <p className="act-said" role="status">
        {said === null ? '' : 'error' in said ? errorText(language, said.error) : words.alert.done[said.done]}
      </p>
    </div>
  );
}
