/** Files that were imported: by whom, when, and what became of their rows. */
import { ROW_OUTCOMES } from '../../app/import/row.ts';
import { Panel, Table } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';

const ASK_EVERY_MS = 2_000;

export function PastImports({ again }: { readonly again: string | null }) {
  const { words, language } = useWords();
  const { imports } = words;
  const asked = useQuery('import.list', {}, { again, everyMs: ASK_EVERY_MS });
  const past = asked.value ?? [];
  return (
    <Panel title={imports.past}>
      {past.length === 0 ? (
        <ReadNotice asked={asked} what={imports.what} empty={imports.none} />
      ) : (
        <Table
          caption={imports.past}
          columns={[
            { key: 'name', title: imports.file },
            { key: 'when', title: imports.when },
            { key: 'who', title: imports.who },
            { key: 'state', title: imports.state },
            ...ROW_OUTCOMES.map((key) => ({ key, title: imports.outcomes[key], align: 'end' as const })),
          ]}
          rows={past.map(({ id, name, startedAt, startedBy, state, account }) => ({
            key: id,
            cells: {
              name: <b>{name}</b>,
              when: <span className="num">{whenText(language, startedAt)}</span>,
              who: startedBy,
              state: imports.states[state],
              ...Object.fromEntries(
                ROW_OUTCOMES.map((key) => [
                  key,
                  <span key={key} className="num">
                    {account[key]}
                  </span>,
                ]),
              ),
            },
          }))}
        />
      )}
    </Panel>
  );
}
