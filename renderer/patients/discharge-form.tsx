/** The stay ends. With an unanswered alert the record says why nobody answered it. */
import type { FormEvent } from 'react';
import { Button, Field, Panel } from '../design/index.ts';
import { useKeptText, useWords } from '../shell/index.ts';
import { Said } from './said.tsx';
import { useCommand } from './use-command.ts';

export interface DischargeFormProps {
  readonly patientId: string;
  readonly bed: string;
  /** Open alerts that nobody has answered. */
  readonly unanswered: number;
}

export function DischargeForm({ patientId, bed, unanswered }: DischargeFormProps) {
  const { words } = useWords();
  const sending = useCommand();
  const { text: reason, set: setReason, forget } = useKeptText(`discharge ${patientId}`);
  const needed = unanswered > 0 && reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (needed) return;
    const given = reason.trim() === '' ? null : reason.trim();
    sending.send('patient.discharge', { patientId, reason: given }, forget);
  };
  return (
    <Panel title={words.patients.discharge}>
      <form className="patients-form" onSubmit={submit} noValidate>
        {unanswered > 0 && <p className="patients-warned">{words.patients.unanswered(unanswered)}</p>}
        <Field label={words.patients.reason} value={reason} onChange={setReason} maxLength={4096} multiline />
        <Said sending={sending} />
        <Button
          type="submit"
          isDisabled={needed || sending.busy}
          disabledReason={needed ? words.patients.unanswered(unanswered) : undefined}
          detail={words.patients.dischargeDetail(bed)}
        >
          {words.patients.discharge}
        </Button>
      </form>
    </Panel>
  );
}
