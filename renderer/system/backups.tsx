/** Backups: the plan, one now, and what became of the last. */
import { type FormEvent, useState } from 'react';
import type { StorageState } from '../../app/contract/calls/storage.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel, Table } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';
import { whenText } from './when.ts';

const HOURS_MOST = 168;
const KEEP_MOST = 366;

export function BackupForm({
  backup,
  hasKey,
  onDone,
}: {
  readonly backup: StorageState['backup'];
  readonly hasKey: boolean;
  readonly onDone: () => void;
}) {
  const { words, language } = useWords();
  const { plan } = backup;
  const [folder, setFolder] = useState(plan.folder ?? '');
  const [hours, setHours] = useState(plan.everyHours === null ? '' : String(plan.everyHours));
  const [keep, setKeep] = useState(String(plan.keep));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const { storage } = words;
  const hoursError = hours === '' || isWhole(hours, HOURS_MOST) ? null : `1–${HOURS_MOST}`;
  const keepError = isWhole(keep, KEEP_MOST) ? null : `1–${KEEP_MOST}`;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await core.command('backup.configure', {
      folder: folder.trim() === '' ? null : folder.trim(),
      everyHours: hours === '' ? null : Number(hours),
      keep: Number(keep),
    });
    setSaid(answer.ok ? storage.saved : errorText(language, answer.error));
    onDone();
  }
  const backUp = () => {
    setBusy(true);
    setSaid(storage.backupRunning);
    void core.command('backup.now', {}).then((answer) => {
      setBusy(false);
      setSaid(answer.ok ? storage.backupMade(answer.value.file) : errorText(language, answer.error));
      onDone();
    });
  };

  return (
    <Panel title={storage.backups}>
      {!hasKey && <p className="system-lead system-warned">{storage.backupNeedsKey}</p>}
      <form className="storage-form" onSubmit={(event) => void save(event)}>
        <Field label={storage.folder} value={folder} onChange={setFolder} hint={storage.folderHint} />
        <Field
          label={storage.everyHours}
          value={hours}
          onChange={setHours}
          error={hoursError}
          hint={storage.everyHoursHint}
          maxLength={5}
        />
        <Field label={storage.keep} value={keep} onChange={setKeep} error={keepError} maxLength={5} />
        <div className="system-row">
          <Button type="submit" isDisabled={hoursError !== null || keepError !== null}>
            {storage.backupSave}
          </Button>
          <Button onPress={backUp} isDisabled={!hasKey || plan.folder === null || busy || backup.running}>
            {storage.backupNow}
          </Button>
        </div>
      </form>
      {said !== null && <output>{said}</output>}
      {backup.last.length === 0 ? (
        <p className="system-note">{storage.backupNever}</p>
      ) : (
        <Table
          caption={storage.backupLast}
          columns={[
            { key: 'at', title: storage.at },
            { key: 'file', title: storage.file },
            { key: 'outcome', title: storage.outcome },
          ]}
          rows={backup.last.map((one) => ({
            key: one.at,
            cells: {
              at: <span className="num">{whenText(language, one.at)}</span>,
              file: <span className="mono">{one.file}</span>,
              outcome: one.problem ?? storage.verified,
            },
          }))}
        />
      )}
    </Panel>
  );
}

function isWhole(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}
