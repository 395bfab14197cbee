/** Approving and withdrawing, by whoever is signed in and may. */
import { useState } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button, Field } from '../design/index.ts';
import { core, openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

export interface DecideProps {
  readonly subject: 'card' | 'guideline';
  readonly id: string;
  readonly version: number;
  readonly canApprove: boolean;
  readonly canWithdraw: boolean;
  readonly onDone: () => void;
}

export function Decide({ subject, id, version, canApprove, canWithdraw, onDone }: DecideProps) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const may = useMay('manage-knowledge');
  const [reason, setReason] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  if (may === null) return <Button onPress={() => openSignIn()}>{knowledge.signIn}</Button>;
  if (!may || (!canApprove && !canWithdraw)) return null;

  const answered = (
    answer: { readonly ok: true } | { readonly ok: false; readonly error: Parameters<typeof errorText>[1] },
  ) => {
    if (!answer.ok) return setSaid(errorText(language, answer.error));
    setSaid(null);
    setReason(null);
    onDone();
  };
  return (
    <div className="knowledge-decide">
      {said !== null && <p role="alert">{said}</p>}
      {reason === null ? (
        <div className="knowledge-actions">
          {canApprove && (
            <Button
              variant="primary"
              detail={knowledge.approveHint}
              onPress={() => void core.command('knowledge.approve', { subject, id, version }).then(answered)}
            >
              {knowledge.approve}
            </Button>
          )}
          {canWithdraw && <Button onPress={() => setReason('')}>{knowledge.withdraw}</Button>}
        </div>
      ) : (
        <>
          <Field
            label={knowledge.reason}
            hint={knowledge.withdrawHint}
            value={reason}
            maxLength={256}
            autoFocus
            onChange={setReason}
          />
          <div className="knowledge-actions">
            <Button
              variant="primary"
              isDisabled={reason.trim() === ''}
              onPress={() =>
                void core.command('knowledge.withdraw', { subject, id, version, reason }).then(answered)
              }
            >
              {knowledge.withdraw}
            </Button>
            <Button variant="ghost" onPress={() => setReason(null)}>
              {knowledge.cancel}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
