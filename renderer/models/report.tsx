/** The gates' report as two people read it before they sign. */
import { useState } from 'react';
import type { GateReport } from '../../app/learning/gates/report.ts';
import { gateNumber } from '../../app/learning/gates/report-page.ts';
import { Button, Table, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';

export function Report({ id, sha256 }: { readonly id: string; readonly sha256: string }) {
  const { words } = useWords();
  const told = words.models;
  const [samples, setSamples] = useState(false);
  const asked = useQuery('adapter.report', { id }, { again: sha256 });
  const report = asked.value?.report ?? null;
  if (report === null) return <ReadNotice asked={asked} what={told.report} />;
  const { reportColumns: columns } = told;
  return (
    <section aria-label={told.report} className="models-part">
      <h3>
        {told.report}:{' '}
        <Tag tone={report.passed ? 'plain' : 'tech'}>{report.passed ? told.passed : told.notPassed}</Tag>
      </h3>
      <Table
        caption={told.report}
        columns={[
          { key: 'gate', title: columns.gate },
          { key: 'value', title: columns.value, align: 'end' },
          { key: 'bound', title: columns.bound, align: 'end' },
          { key: 'limit', title: columns.limit, align: 'end' },
          { key: 'of', title: columns.of, align: 'end' },
          { key: 'verdict', title: columns.verdict },
        ]}
        rows={report.verdicts.map(({ gate, value, bound, limit, of, passed }) => ({
          key: gate,
          cells: {
            gate: told.gateNames[gate],
            value: gateNumber(gate, value),
            bound: gateNumber(gate, bound),
            limit: gateNumber(gate, limit),
            of: String(of),
            verdict: <Tag tone={passed ? 'plain' : 'tech'}>{passed ? told.passed : told.notPassed}</Tag>,
          },
        }))}
      />
      <div className="models-row">
        <Button onPress={() => setSamples(!samples)}>{samples ? told.hideSamples : told.showSamples}</Button>
      </div>
      {samples && <Samples report={report} />}
    </section>
  );
}

function Samples({ report }: { readonly report: GateReport }) {
  const { words } = useWords();
  const told = words.models;
  const { sampleColumns: columns } = told;
  return (
    <>
      {report.breaches.length > 0 && (
        <>
          <h4>{told.breaches}</h4>
          <ul className="models-breaches" lang="en">
            {report.breaches.map(({ kind, rule, raw }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
              <li key={index}>
                <b>
                  {kind}, {rule}:
                </b>{' '}
                {raw}
              </li>
            ))}
          </ul>
        </>
      )}
      <h4>{told.samples}</h4>
      {report.samples.map(({ scenario, language, sentences }, sample) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
        <div key={sample} lang={language}>
          <Table
            caption={scenario}
            columns={[
              { key: 'mine', title: columns.mine },
              { key: 'other', title: columns.other },
              { key: 'read', title: columns.read },
            ]}
            rows={sentences.map(({ candidate, inUse, shown }, index) => ({
              key: String(index),
              cells: { mine: candidate, other: inUse, read: shown ? told.wouldRead : told.withheld },
            }))}
          />
        </div>
      ))}
    </>
  );
}
