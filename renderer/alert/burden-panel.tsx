/** How much the ward is asked by its alerts, and how much of it is acted on. */
import { useState } from 'react';
import { type BurdenFigures, type Estimate, LEAST_WATCHED_MS } from '../../app/alerting/burden.ts';
import { ruleName } from '../../app/language/language.ts';
import { Panel, Segmented, Table, type TableProps } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';

const HOUR_MS = 3_600_000;
const DAYS = ['1', '7', '30'] as const;

export function BurdenPanel() {
  const { words, language } = useWords();
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const asked = useQuery('alert.burden', { days: Number(days) }, { about: days });
  const { value } = asked;
  const row = (key: string, name: string, figures: BurdenFigures): TableProps['rows'][number] => ({
    key,
    cells: {
      rule: name,
      fired: <span className="num">{figures.fired}</span>,
      perBedDay: <span className="num">{perBedDay(figures.perBedDay)}</span>,
      actedOn: (
        <span className="num">
          {estimate(figures.shareActedOn, (one) => `${Math.round(one * 100)}\u00a0%`)}
        </span>
      ),
      toAnswer: (
        <span className="num">
          {estimate(figures.minutesToAnswer, (one) => `${one.toFixed(1)}\u00a0min`)}
        </span>
      ),
    },
  });
  const fired = value?.byRule.filter((rule) => rule.fired > 0) ?? [];
  return (
    <Panel title={words.burden.title} note={words.burden.note(Number(days))}>
      <Segmented
        label={words.burden.days}
        value={days}
        options={DAYS.map((one) => ({ value: one, label: `${one} d` }))}
        onChange={setDays}
      />
      <ReadNotice
        asked={asked}
        what={words.burden.title}
        {...(value !== null && fired.length === 0 ? { empty: words.burden.none } : {})}
      />
      {value !== null && fired.length > 0 && (
        <Table
          caption={`${words.burden.title}, ${words.burden.bedDays(value.bedDays.toFixed(1))}${value.all.perBedDay === null ? `; ${words.burden.tooShortNote(LEAST_WATCHED_MS / HOUR_MS)}` : ''}`}
          columns={[
            { key: 'rule', title: words.burden.rule },
            { key: 'fired', title: words.burden.fired, align: 'end' },
            { key: 'perBedDay', title: words.burden.perBedDay, align: 'end' },
            { key: 'actedOn', title: words.burden.actedOn, align: 'end' },
            { key: 'toAnswer', title: words.burden.toAnswer, align: 'end' },
          ]}
          rows={[
            row('all', words.burden.all, value.all),
            ...fired.map((rule) => row(rule.rule, ruleName(language, rule.rule), rule)),
          ]}
        />
      )}
    </Panel>
  );

  function perBedDay(of: Estimate | null): string {
    // Only the time that beds were watched can be too short: the table stands where something fired.
    return of === null ? words.burden.tooShort : estimate(of, (one) => one.toFixed(1));
  }

  function estimate(of: Estimate | null, format: (value: number) => string): string {
    return of === null ? '—' : words.burden.interval(format(of.value), format(of.low), format(of.high));
  }
}
