/** What is wrong with monitors, clock and storage: a list of its own, never among the patients' alerts. */
import { useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, formatTime } from '../../app/language/language.ts';
import type { TechnicalAlert } from '../../app/technical/technical.ts';
import { Button, Panel, PriorityShape, Table, type TableProps } from '../design/index.ts';
import { core, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import { technicalText } from '../shell/technical-texts.ts';

export function TechnicalList() {
  const { words, language } = useWords();
  const technical = useWard((state) => state.technical);
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const [error, setError] = useState<AppError | null>(null);
  if (technical.length === 0) return null;
  const refusal =
    person !== null && !mayDo(person.role, 'acknowledge-technical')
      ? errorText(language, { code: 'not-permitted', parameters: {} })
      : undefined;
  async function acknowledge(id: string): Promise<void> {
    const answer = await core.command('technical.acknowledge', { id });
    setError(answer.ok ? null : answer.error);
  }
  const rows: TableProps['rows'] = technical.map((alert) => ({
    key: alert.id,
    cells: {
      what: (
        <span className="technical-what">
          <PriorityShape priority="technical" size={16} />
          <span>
            <b>{technicalText(words, language, alert)}</b>
            <small>{words.technical.code[alert.code].whatToDo}</small>
          </span>
        </span>
      ),
      since: <span className="num">{formatTime(language, alert.raisedAt)}</span>,
      state: seenBy(alert) ?? (
        <Button
          isDisabled={refusal !== undefined}
          {...(refusal === undefined ? {} : { disabledReason: refusal })}
          onPress={() => requireSignIn(() => void acknowledge(alert.id))}
        >
          {words.technical.acknowledge}
        </Button>
      ),
    },
  }));
  return (
    <Panel title={words.technical.title} note={words.technical.note}>
      <Table
        caption={words.technical.title}
        columns={[
          { key: 'what', title: words.technical.title },
          { key: 'since', title: words.common.time, align: 'end' },
          { key: 'state', title: words.common.state },
        ]}
        rows={rows}
      />
      <p role="status">{error === null ? '' : errorText(language, error)}</p>
    </Panel>
  );

  function seenBy({ acknowledgedBy, acknowledgedAt }: TechnicalAlert): string | null {
    if (acknowledgedBy === null || acknowledgedAt === null) return null;
    return words.technical.seenBy(acknowledgedBy, formatTime(language, acknowledgedAt));
  }
}
