/** The key that seals what comes: its number, its age, and a new one where a person has the printed recovery key. */
import { type FormEvent, useState } from 'react';
import type { StorageState } from '../../app/contract/calls/storage.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';
import { whenText } from './when.ts';

export function DataKey({
  dataKey,
  hasRecoveryKey,
  onDone,
}: {
  readonly dataKey: StorageState['dataKey'];
  readonly hasRecoveryKey: boolean;
  readonly onDone: () => void;
}) {
  const { words, language } = useWords();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const { storage } = words;

  async function renew(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await core.command('data-key.renew', { recoveryKey: typed });
    setTyped('');
    setSaid(answer.ok ? storage.dataKeyDone(answer.value.version) : errorText(language, answer.error));
    onDone();
  }
  return (
    <Panel title={storage.dataKey}>
      <p className="system-note num">
        {storage.dataKeyNow(dataKey.version, whenText(language, dataKey.madeAt))}
      </p>
      {hasRecoveryKey && (
        <form className="storage-form" onSubmit={(event) => void renew(event)}>
          <p className="system-note">{storage.dataKeyWhy}</p>
          <Field label={storage.recoveryTyped} value={typed} onChange={setTyped} maxLength={200} />
          <div className="system-row">
            <Button type="submit" isDisabled={typed.trim() === ''}>
              {storage.dataKeyRenew}
            </Button>
          </div>
        </form>
      )}
      {said !== null && <output>{said}</output>}
    </Panel>
  );
}
