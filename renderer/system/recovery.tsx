/** Making the recovery key: shown once, printed, and in force when a group of it was typed again. */
import { type FormEvent, useState } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';
import { whenText } from './when.ts';

export function RecoveryKey({
  madeAt,
  onDone,
}: {
  readonly madeAt: string | null;
  readonly onDone: () => void;
}) {
  const { words, language } = useWords();
  const [shown, setShown] = useState<{ readonly key: string; readonly group: number } | null>(null);
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const { storage } = words;

  const create = () => {
    setSaid(null);
    void core.command('recovery-key.create', {}).then((answer) => {
      if (answer.ok) setShown(answer.value);
      else setSaid(errorText(language, answer.error));
    });
  };
  async function confirm(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await core.command('recovery-key.confirm', { typed });
    setTyped('');
    if (!answer.ok) return setSaid(errorText(language, answer.error));
    setShown(null);
    setSaid(storage.recoveryDone);
    onDone();
  }

  return (
    <Panel title={storage.recovery}>
      <p className="system-lead">{storage.recoveryWhy}</p>
      <p className={madeAt === null ? 'system-note system-warned' : 'system-note num'}>
        {madeAt === null ? storage.recoveryNone : storage.recoveryMade(whenText(language, madeAt))}
      </p>
      {shown === null ? (
        <>
          {madeAt !== null && <p className="system-note">{storage.recoveryReplaceNote}</p>}
          <Button onPress={create}>
            {madeAt === null ? storage.recoveryCreate : storage.recoveryReplace}
          </Button>
        </>
      ) : (
        <form className="recovery-form" onSubmit={(event) => void confirm(event)}>
          <ol className="recovery-key mono">
            {groupsOf(shown.key).map(({ position, letters }) => (
              <li key={position}>{letters}</li>
            ))}
          </ol>
          <div className="system-row recovery-actions">
            <Button onPress={() => window.print()}>{storage.recoveryPrint}</Button>
            <Button onPress={() => setShown(null)}>{storage.recoveryCancel}</Button>
          </div>
          <Field label={storage.recoveryType(shown.group)} value={typed} onChange={setTyped} maxLength={16} />
          <Button type="submit" variant="primary" isDisabled={typed.trim() === ''}>
            {storage.recoveryConfirm}
          </Button>
        </form>
      )}
      {said !== null && <output>{said}</output>}
    </Panel>
  );
}

/** Groups by their place: two may be alike. */
function groupsOf(key: string): { readonly position: number; readonly letters: string }[] {
  return key.split('-').map((letters, index) => ({ position: index + 1, letters }));
}
