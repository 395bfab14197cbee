/** The choices behind Escalate, Snooze and Dismiss: to whom, and why and for how long. */
import { useState } from 'react';
import type { Role } from '../../app/access/access.ts';
import type { AlertPriority } from '../../app/alerting/alert.ts';
import { roleName } from '../../app/language/language.ts';
import { Button, Choice, Field, Segmented } from '../design/index.ts';
import { useWard, useWords } from '../shell/index.ts';

/** Who is offered by name: the roles that answer an escalation. */
const CALLED: readonly Role[] = ['doctor', 'attending'];
const OTHER = 'other';

const LADDER = 'ladder';

export interface EscalateFormProps {
  /** Whose it is at the next step of the ladder; null at the top. */
  readonly next: Role | null;
  /** Up the ladder without an answer. */
  readonly onClimb: () => void;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onEscalate: (to: string) => void;
}

export function EscalateForm({ next, onClimb, busy, onBack, onEscalate }: EscalateFormProps) {
  const { words, language } = useWords();
  const people = useWard((state) => state.people).filter(({ role }) => CALLED.includes(role));
  const [chosen, setChosen] = useState<string | null>(people.length === 0 && next === null ? OTHER : null);
  const [other, setOther] = useState('');
  const person = people.find(({ id }) => id === chosen);
  const to = person === undefined ? other.trim() : `${person.name}, ${roleName(language, person.role)}`;
  return (
    <>
      {(people.length > 0 || next !== null) && (
        <Choice
          label={words.alert.escalateTo}
          columns={1}
          value={chosen}
          options={[
            ...people.map(({ id, name, role }) => ({
              value: id,
              label: name,
              detail: roleName(language, role),
            })),
            ...(next === null
              ? []
              : [
                  {
                    value: LADDER,
                    label: words.alert.climb,
                    detail: words.alert.climbDetail(roleName(language, next)),
                  },
                ]),
            { value: OTHER, label: words.alert.escalateOther },
          ]}
          onChange={setChosen}
        />
      )}
      {chosen === OTHER && (
        <Field label={words.alert.escalateTo} value={other} onChange={setOther} maxLength={256} autoFocus />
      )}
      <Confirm
        label={words.alert.confirmEscalate}
        missing={chosen !== LADDER && to === ''}
        busy={busy}
        onBack={onBack}
        onConfirm={() => (chosen === LADDER ? onClimb() : onEscalate(to))}
      />
    </>
  );
}

/** Minutes that a snooze may last, by priority: high 10 and medium 30 at most (site policy, checked by the core). */
const SNOOZE_MINUTES: { readonly [priority in AlertPriority]: readonly number[] } = {
  high: [3, 5, 10],
  medium: [5, 15, 30],
  low: [15, 30, 60],
};

export interface SnoozeFormProps {
  readonly priority: AlertPriority;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onSnooze: (reason: string, minutes: number) => void;
}

export function SnoozeForm({ priority, busy, onBack, onSnooze }: SnoozeFormProps) {
  const { words } = useWords();
  const offered = SNOOZE_MINUTES[priority];
  const [chosen, setChosen] = useState<string | null>(null);
  const [other, setOther] = useState('');
  const [minutes, setMinutes] = useState(String(offered[0]));
  const reason = chosen === OTHER ? other.trim() : (chosen ?? '');
  return (
    <>
      <Choice
        label={words.alert.snoozeReason}
        columns={1}
        value={chosen}
        options={[
          ...words.alert.snoozeReasons.map((one) => ({ value: one, label: one })),
          { value: OTHER, label: words.alert.snoozeOther },
        ]}
        onChange={setChosen}
      />
      {chosen === OTHER && (
        <Field
          label={words.alert.snoozeReason}
          value={other}
          onChange={setOther}
          maxLength={4096}
          autoFocus
        />
      )}
      <div className="act-minutes">
        <span>{words.alert.snoozeFor}</span>
        <Segmented
          label={words.alert.snoozeFor}
          value={minutes}
          options={offered.map((one) => ({ value: String(one), label: words.common.minutes(one) }))}
          onChange={setMinutes}
        />
      </div>
      <Confirm
        label={words.alert.confirmSnooze}
        missing={reason === ''}
        busy={busy}
        onBack={onBack}
        onConfirm={() => onSnooze(reason, Number(minutes))}
      />
    </>
  );
}

export interface DismissFormProps {
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onDismiss: (reason: string) => void;
}

/** Why the alert was not true: closing one without a reason is refused. */
export function DismissForm({ busy, onBack, onDismiss }: DismissFormProps) {
  const { words } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [other, setOther] = useState('');
  const reason = chosen === OTHER ? other.trim() : (chosen ?? '');
  return (
    <>
      <Choice
        label={words.alert.dismissReason}
        columns={1}
        value={chosen}
        options={[
          ...words.alert.dismissReasons.map((one) => ({ value: one, label: one })),
          { value: OTHER, label: words.alert.snoozeOther },
        ]}
        onChange={setChosen}
      />
      {chosen === OTHER && (
        <Field
          label={words.alert.dismissReason}
          value={other}
          onChange={setOther}
          maxLength={4096}
          autoFocus
        />
      )}
      <Confirm
        label={words.alert.confirmDismiss}
        missing={reason === ''}
        busy={busy}
        onBack={onBack}
        onConfirm={() => onDismiss(reason)}
      />
    </>
  );
}

interface ConfirmProps {
  readonly label: string;
  readonly missing: boolean;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
}

function Confirm({ label, missing, busy, onBack, onConfirm }: ConfirmProps) {
  const { words } = useWords();
  return (
    <div className="act-confirm">
      <Button critical onPress={onBack}>
        {words.common.back}
      </Button>
      <Button
        variant="primary"
        critical
        isDisabled={missing || busy}
        {...(missing ? { disabledReason: words.alert.reasonNeeded } : {})}
        onPress={onConfirm}
      >
        {label}
      </Button>
    </div>
  );
}
