/** One data set: what is in it, what was left out and why, whether it may leave. */
import { useState } from 'react';
import type { DataSetView } from '../../app/contract/calls/learning.ts';
import { formatNumber } from '../../app/language/language.ts';
import { Button, Field, Panel, Table, Tag } from '../design/index.ts';
import { dateTime } from '../patients/date-time.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWords } from '../shell/index.ts';
import { Preview } from './preview.tsx';

interface DataSetProps {
  readonly dataSet: DataSetView;
  readonly onChange: () => void;
}

export function DataSet({ dataSet, onChange }: DataSetProps) {
  const { words, language } = useWords();
  const { learning } = words;
  const [isOpen, setOpen] = useState(false);
  const { counts, balance, rejected, repeated, withdrawn } = dataSet;
  const told = (count: number): string => formatNumber(language, count);
  return (
    <Panel
      title={learning.examples(told(dataSet.examples))}
      note={learning.built(dataSet.builtBy, dateTime(language, dataSet.builtAt))}
      actions={
        <Button onPress={() => setOpen(!isOpen)}>{isOpen ? learning.hidePreview : learning.preview}</Button>
      }
    >
      <ul className="learning-facts num">
        <li>{learning.splits(told(counts.train), told(counts.validation), told(counts.test))}</li>
        <li>{balance.toLeast > 0 ? learning.toLeast(told(balance.toLeast)) : learning.enough}</li>
        {rejected.map(({ name, count }) => (
          <li key={name}>{learning.rejected(learning.reasons[name] ?? name, told(count))}</li>
        ))}
        {repeated > 0 && <li>{learning.repeated(told(repeated))}</li>}
      </ul>
      {isOpen && <Preview id={dataSet.id} all={dataSet.preview} />}
      <Balance balance={balance} />
      {withdrawn > 0 ? (
        <p role="alert">{learning.withdrawn(told(withdrawn))}</p>
      ) : (
        <Leaving dataSet={dataSet} onChange={onChange} />
      )}
    </Panel>
  );
}

function Balance({ balance }: { readonly balance: DataSetView['balance'] }) {
  const { words, language } = useWords();
  const { learning } = words;
  const percent = (share: number): string => `${formatNumber(language, Math.round(100 * share))} %`;
  const lists = [
    [learning.scenarios, balance.scenarios.map(({ name, count }) => [learning.scenario[name], count])],
    [learning.sources, balance.sources.map(({ name, count }) => [learning.source[name], count])],
    [learning.languages, balance.languages.map(({ name, count }) => [learning.language[name], count])],
  ] as const;
  return (
    <>
      <Table
        caption={learning.balance}
        columns={[
          { key: 'kind', title: learning.kind },
          { key: 'count', title: learning.count, align: 'end' },
          { key: 'share', title: learning.share, align: 'end' },
          { key: 'target', title: learning.target, align: 'end' },
          { key: 'even', title: '' },
        ]}
        rows={balance.kinds.map(({ kind, count, share, target, even }) => ({
          key: kind,
          cells: {
            kind: learning.kinds[kind],
            count: formatNumber(language, count),
            share: percent(share),
            target: percent(target),
            even: even ? null : <Tag tone="tech">{learning.uneven}</Tag>,
          },
        }))}
      />
      <div className="learning-lists">
        {lists.map(([title, list]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="num">
              {list.map(([name, count]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{formatNumber(language, Number(count))}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

function Leaving({ dataSet, onChange }: DataSetProps) {
  const { words, language } = useWords();
  const { learning } = words;
  const approving = useCommand();
  const exporting = useCommand();
  const [folder, setFolder] = useState('');
  const [exported, setExported] = useState<string | null>(null);
  const { id, sha256, approvedAt, approvedBy } = dataSet;
  if (approvedAt === null)
    return (
      <div className="learning-form">
        <Button
          detail={learning.approveHint}
          isDisabled={approving.busy}
          onPress={() => approving.send('data-set.approve', { id, sha256 }, onChange)}
        >
          {learning.approve}
        </Button>
        {approving.error !== null && <Said sending={approving} />}
      </div>
    );
  return (
    <div className="learning-form">
      <p>{learning.approved(approvedBy ?? '', dateTime(language, approvedAt))}</p>
      <Field
        label={learning.folder}
        hint={learning.folderHint}
        value={folder}
        maxLength={4096}
        onChange={setFolder}
      />
      <Button
        isDisabled={exporting.busy || folder.trim() === ''}
        onPress={() =>
          exporting.send('data-set.export', { id, folder: folder.trim() }, (answer) =>
            setExported(learning.exported(answer.folder, answer.files)),
          )
        }
      >
        {learning.export}
      </Button>
      <Button
        isDisabled={exporting.busy}
        onPress={() =>
          exporting.send('exchange.send', { id }, ({ bundle, files }) =>
            setExported(words.exchange.published(bundle, files)),
          )
        }
      >
        {words.exchange.send}
      </Button>
      {(exporting.error !== null || exported !== null) && (
        <Said sending={exporting} {...(exported === null ? {} : { text: exported })} />
      )}
    </div>
  );
}
