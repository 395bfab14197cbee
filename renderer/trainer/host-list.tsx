/** The hosts, each with a way to ask whether it answers. */
import { useState } from 'react';
import type { TrainingHostView } from '../../app/contract/calls/training.ts';
import type { QueryResult } from '../../app/contract/contract.ts';
import type { Outcome } from '../../app/contract/outcome.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel, Tag } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { core, useWords } from '../shell/index.ts';
import { moneyText } from './money.ts';

export interface HostListProps {
  readonly hosts: readonly TrainingHostView[];
  /** Null: a new one. */
  readonly onEdit: (host: TrainingHostView | null) => void;
  readonly onChange: () => void;
}

export function HostList({ hosts, onEdit, onChange }: HostListProps) {
  const { words } = useWords();
  const told = words.trainer;
  return (
    <Panel title={told.hosts} actions={<Button onPress={() => onEdit(null)}>{told.addHost}</Button>}>
      {hosts.length === 0 ? (
        <p className="trainer-quiet">{told.noHosts}</p>
      ) : (
        <ul className="trainer-hosts">
          {hosts.map((kept) => (
            <HostRow key={kept.id} kept={kept} onEdit={() => onEdit(kept)} onChange={onChange} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface HostRowProps {
  readonly kept: TrainingHostView;
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

function HostRow({ kept, onEdit, onChange }: HostRowProps) {
  const { words, language } = useWords();
  const told = words.trainer;
  const sending = useCommand();
  const [answer, setAnswer] = useState<Outcome<QueryResult<'training-host.check'>> | 'asking' | null>(null);
  const { id, host } = kept;
  const check = (): void => {
    setAnswer('asking');
    void core.query('training-host.check', { id }).then(setAnswer);
  };
  const said = (): string | null => {
    if (answer === null) return null;
    if (answer === 'asking') return told.checking;
    if (!answer.ok) return errorText(language, answer.error);
    const { version, trouble } = answer.value;
    return trouble === null ? told.answers(version ?? '') : words.training.troubles[trouble.code];
  };
  const report = answer !== null && answer !== 'asking' && answer.ok ? answer.value.report : null;
  return (
    <li>
      <div>
        <b>{host.name}</b> {kept.active > 0 && <Tag>{told.busyWith(kept.active)}</Tag>}
        <p className="trainer-quiet">
          {told.reaches[host.reach.kind]}
          {host.price.anHour > 0 && ` · ${moneyText(host.price.anHour, host.price.currency)} / h`}
        </p>
      </div>
      <div className="system-row">
        <Button onPress={check}>{told.check}</Button>
        <Button onPress={onEdit}>{told.edit}</Button>
        <Button
          isDisabled={sending.busy || kept.active > 0}
          onPress={() => sending.send('training-host.remove', { id }, onChange)}
        >
          {told.remove}
        </Button>
      </div>
      {answer !== null && <p role="status">{said()}</p>}
      {report !== null && (
        <div>
          <b>{told.fits[report.fit]}</b>
          <ul className="trainer-findings">
            {report.findings.map(({ what, ok, found, words: why }) => (
              <li key={what} data-ok={ok}>
                <b>{told.findings[what]}</b> <span lang="en">{why === '' ? found : why}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Said sending={sending} />
    </li>
  );
}
