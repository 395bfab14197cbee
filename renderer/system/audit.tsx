/** The audit chain: how long it is, what was signed, where heads go, and whether it is whole. */
import { type FormEvent, useState } from 'react';
import type { StorageState } from '../../app/contract/calls/storage.ts';
import type { QueryResult } from '../../app/contract/contract.ts';
import { errorText, type ScreenWords } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { core, go, useWords } from '../shell/index.ts';
import { useMay } from './intake-form.tsx';
import { whenText } from './when.ts';

export function AuditChain({
  chain,
  onDone,
}: {
  readonly chain: StorageState['chain'];
  readonly onDone: () => void;
}) {
  const { words, language } = useWords();
  const may = useMay('read-audit');
  const [folder, setFolder] = useState(chain.exportFolder ?? '');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { storage } = words;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await core.command('audit.export', {
      folder: folder.trim() === '' ? null : folder.trim(),
    });
    setSaid(answer.ok ? storage.saved : errorText(language, answer.error));
    onDone();
  }
  const verify = () => {
    setBusy(true);
    setSaid(storage.auditVerifying);
    void core.query('audit.verify', {}).then((answer) => {
      setBusy(false);
      setSaid(answer.ok ? verdictText(storage, answer.value) : errorText(language, answer.error));
    });
  };

  return (
    <Panel title={storage.audit}>
      <dl className="facts">
        <div>
          <dt>{storage.auditRows}</dt>
          <dd className="num">{chain.rows}</dd>
        </div>
        <div>
          <dt>{storage.auditSigned}</dt>
          <dd className="num">
            {chain.lastSigned === null
              ? storage.auditNever
              : storage.auditSignedAt(chain.lastSigned.sequence, whenText(language, chain.lastSigned.at))}
          </dd>
        </div>
      </dl>
      {may === true && (
        <div className="system-row">
          <Button onPress={() => go({ view: 'audit' })}>{storage.auditRead}</Button>
          <Button onPress={verify} isDisabled={busy}>
            {storage.auditVerify}
          </Button>
        </div>
      )}
      <form className="storage-form" onSubmit={(event) => void save(event)}>
        <Field
          label={storage.auditFolder}
          value={folder}
          onChange={setFolder}
          hint={storage.auditFolderHint}
        />
        <Button type="submit">{storage.auditFolderSave}</Button>
      </form>
      {said !== null && <output>{said}</output>}
    </Panel>
  );
}

/** What walking the chain found, in words. */
export function verdictText(storage: ScreenWords['storage'], verdict: QueryResult<'audit.verify'>): string {
  if (!verdict.ok) return storage.auditBroken(verdict.sequence, storage.auditProblems[verdict.problem]);
  const whole = storage.auditWhole(verdict.rows, verdict.heads);
  return verdict.restoredAt.length === 0
    ? whole
    : `${whole} ${storage.auditRestored(verdict.restoredAt.length)}`;
}
