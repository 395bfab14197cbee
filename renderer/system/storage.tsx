/** The record's keeping: what is wrong with the disk, the recovery key, backups and the audit chain. */
import { useState } from 'react';
import type { StorageState } from '../../app/contract/calls/storage.ts';
import { bytesText } from '../../app/language/duration.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel } from '../design/index.ts';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWard, useWords } from '../shell/index.ts';
import { AuditChain } from './audit.tsx';
import { BackupForm } from './backups.tsx';
import { DataKey } from './data-key.tsx';
import { useMay } from './intake-form.tsx';
import { RecoveryKey } from './recovery.tsx';
import { Retention } from './retention.tsx';
import './storage.css';
import { whenText } from './when.ts';

const REFRESH_MS = 10_000;

export function StoragePanels() {
  const { words, language } = useWords();
  const may = useMay('manage-storage');
  const [changes, setChanges] = useState(0);
  const conditions = useWard((state) => state.system?.storageConditions ?? null);
  const asked = useQuery('storage.state', {}, { again: changes, everyMs: REFRESH_MS, enabled: may === true });
  const { storage } = words;
  const changed = (): void => setChanges((before) => before + 1);
  return (
    <>
      <Panel title={storage.title}>
        {conditions?.length === 0 && <p className="system-lead">{storage.fine}</p>}
        <ul className="storage-conditions" aria-live="polite">
          {conditions?.map(({ code, detail }) => (
            <li key={code}>
              {storage.conditions[code]}
              {may === true && detail !== null && <span className="mono">{detail}</span>}
            </li>
          ))}
        </ul>
        {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
        {asked.error !== null && <p role="alert">{errorText(language, asked.error)}</p>}
        {asked.value !== null && may === true && <Sizes state={asked.value} />}
      </Panel>
      {may === true && asked.value !== null && (
        <>
          <RecoveryKey madeAt={asked.value.recoveryKeyMadeAt} onDone={changed} />
          <DataKey
            dataKey={asked.value.dataKey}
            hasRecoveryKey={asked.value.recoveryKeyMadeAt !== null}
            onDone={changed}
          />
          <BackupForm
            backup={asked.value.backup}
            hasKey={asked.value.recoveryKeyMadeAt !== null}
            onDone={changed}
          />
          <Retention key={asked.value.retentionDays} days={asked.value.retentionDays} onDone={changed} />
          <AuditChain chain={asked.value.chain} onDone={changed} />
        </>
      )}
    </>
  );
}

function Sizes({ state }: { readonly state: StorageState }) {
  const { words, language } = useWords();
  const { storage } = words;
  const { bytes, walBytes, freeBytes, checkedAt } = state.record;
  return (
    <dl className="facts">
      <div>
        <dt>{storage.size}</dt>
        <dd className="num">{bytesText(bytes + walBytes)}</dd>
      </div>
      <div>
        <dt>{storage.free}</dt>
        <dd className="num">{freeBytes === null ? storage.unknown : bytesText(freeBytes)}</dd>
      </div>
      <div>
        <dt>{storage.checked}</dt>
        <dd className="num">
          {checkedAt === null ? storage.notChecked : storage.checkedSound(whenText(language, checkedAt))}
        </dd>
      </div>
    </dl>
  );
}
