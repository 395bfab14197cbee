/** What became of the rows: counts that add up to the file, reasons, and the rows that have one. */
import type { ImportState } from '../../app/contract/calls/imports.ts';
import { ROW_OUTCOMES } from '../../app/import/row.ts';
import { type LanguageCode, rejectReasonText, type ScreenWords } from '../../app/language/language.ts';
import { Table } from '../design/index.ts';
import { useWords } from '../shell/index.ts';

export function ImportAccount({ state }: { readonly state: ImportState }) {
  const { words, language } = useWords();
  const { rows, through, account, reasons, problems, phase } = state;
  return (
    <section className="imports-account" aria-label={words.imports.phases[phase]}>
      <output>
        {words.imports.phases[phase]} <span className="num">{words.imports.through(through, rows)}</span>
      </output>
      <progress value={through} max={rows} aria-label={words.imports.phases[phase]} />
      <dl className="facts">
        {ROW_OUTCOMES.map((outcome) => (
          <div key={outcome}>
            <dt>{words.imports.outcomes[outcome]}</dt>
            <dd className="num">{account[outcome]}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 && (
        <>
          <h3>{words.imports.reasonsTitle}</h3>
          <ul>
            {reasons.map(({ reason, count }) => (
              <li key={reason}>
                <b className="num">{words.imports.times(count)}</b> {reasonText(words, language, reason)}
              </li>
            ))}
          </ul>
          <h3>
            {words.imports.problemRows}{' '}
            <small className="num">{words.imports.firstRows(problems.length)}</small>
          </h3>
          <div className="imports-rows">
            <Table
              caption={words.imports.problemRows}
              columns={[
                { key: 'row', title: words.imports.row, align: 'end' },
                { key: 'column', title: words.imports.column },
                { key: 'reason', title: words.imports.reason },
              ]}
              rows={problems.map(({ row, column, reason }, index) => ({
                key: String(index),
                cells: {
                  row: <span className="num">{row}</span>,
                  column: <span className="mono">{column}</span>,
                  reason: reasonText(words, language, reason),
                },
              }))}
            />
          </div>
        </>
      )}
    </section>
  );
}

function reasonText(words: ScreenWords, language: LanguageCode, reason: string): string {
  return words.imports.reasons[reason] ?? rejectReasonText(language, reason);
}
