/** How long raw messages and streams are kept. What a change would remove is said before it is made. */
import { useState } from 'react';
import { RETENTION_DAYS } from '../../app/contract/calls/storage.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { useQuery } from '../query/use-query.ts';
import { core, useWords } from '../shell/index.ts';
import { whenText } from './when.ts';

export function Retention({ days, onDone }: { readonly days: number; readonly onDone: () => void }) {
  const { words, language } = useWords();
  const [typed, setTyped] = useState(String(days));
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const { storage } = words;
  const wanted = Number(typed);
  const { least, most } = RETENTION_DAYS;
  const isRight = /^\d+$/.test(typed) && wanted >= least && wanted <= most;
  const preview = useQuery('retention.preview', { days: isRight ? wanted : days }, { enabled: asking });

  async function save(): Promise<void> {
    const answer = await core.command('retention.configure', { days: wanted });
    setAsking(false);
    setSaid(answer.ok ? storage.saved : errorText(language, answer.error));
    onDone();
  }
  return (
    <Panel title={storage.retention}>
      <p className="system-note">{storage.retentionLead}</p>
      <Field
        label={storage.retentionDays}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setAsking(false);
          setSaid(null);
        }}
        error={isRight ? null : `${least}–${most}`}
        maxLength={5}
      />
      {asking && preview.error !== null && <p role="alert">{errorText(language, preview.error)}</p>}
      {asking && preview.value !== null && (
        <p className="system-lead system-warned" role="status">
          {storage.retentionSoon(
            whenText(language, preview.value.before),
            preview.value.rows,
            preview.value.blocks,
          )}
        </p>
      )}
      <div className="system-row">
        {asking ? (
          <>
            <Button variant="primary" isDisabled={preview.value === null} onPress={() => void save()}>
              {storage.retentionConfirm}
            </Button>
            <Button onPress={() => setAsking(false)}>{storage.retentionCancel}</Button>
          </>
        ) : (
          <Button isDisabled={!isRight || wanted === days} onPress={() => setAsking(true)}>
            {storage.retentionSave}
          </Button>
        )}
      </div>
      {said !== null && <output>{said}</output>}
    </Panel>
  );
}
