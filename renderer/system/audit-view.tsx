/** The entries of the audit chain: who did what and when, whether the chain is whole, and a file of them for others. */
import { useId, useState } from 'react';
import { AUDIT_KINDS, type AuditKind, auditKindOf } from '../../app/audit/audit-kinds.ts';
import type { AuditFilter } from '../../app/contract/calls/storage.ts';
import { errorText, formatDate, formatTime } from '../../app/language/language.ts';
import { Button, Field, Panel, Table, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWard, useWords } from '../shell/index.ts';
import { verdictText } from './audit.tsx';
import { SaveAudit } from './audit-save.tsx';
import './audit.css';
import { useMay } from './intake-form.tsx';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function AuditView() {
  const { words, language } = useWords();
  const may = useMay('read-audit');
  const [kind, setKind] = useState<AuditKind | ''>('');
  const [actor, setActor] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [before, setBefore] = useState<number | null>(null);
  const people = useWard((state) => state.people);
  const { storage } = words;
  const filter: AuditFilter = {
    kind: kind === '' ? null : kind,
    actor: actor === '' ? null : actor,
    from: timeOf(from, '00:00:00'),
    to: timeOf(to, '23:59:59.999'),
  };
  const allowed = may === true;
  const verdict = useQuery('audit.verify', {}, { enabled: allowed });
  const asked = useQuery('audit.list', { before, filter }, { enabled: allowed });
  const anew = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setBefore(null);
    };
  };
  const nameOf = (id: string): string =>
    id === 'system'
      ? storage.auditSystem
      : id === 'nobody'
        ? storage.auditNobody
        : (people.find((person) => person.id === id)?.name ?? id);

  if (!allowed)
    return (
      <Panel title={storage.auditTitle}>
        <p className="system-lead">
          {errorText(language, {
            code: may === null ? 'not-signed-in' : 'not-permitted',
            parameters: {},
          })}
        </p>
        {may === null && <Button onPress={() => openSignIn()}>{words.signIn.signIn}</Button>}
      </Panel>
    );
  const entries = asked.value?.entries ?? [];
  return (
    <Panel
      title={storage.auditTitle}
      className="audit"
      actions={
        <Tag tone={verdict.value?.ok === false ? 'tech' : 'plain'}>
          {verdict.value === null ? storage.auditVerifying : verdictText(storage, verdict.value)}
        </Tag>
      }
    >
      <div className="audit-filter">
        <Choosing
          label={storage.auditKind}
          value={kind}
          onChange={anew((value) => setKind(AUDIT_KINDS.find((one) => one === value) ?? ''))}
          options={AUDIT_KINDS.map((one) => [one, storage.auditKinds[one]])}
        />
        <Choosing
          label={storage.auditActor}
          value={actor}
          onChange={anew(setActor)}
          options={[
            ['system', storage.auditSystem],
            ['nobody', storage.auditNobody],
            ...people.map(({ id, name }) => [id, name] as const),
          ]}
        />
        <Field label={storage.auditFrom} type="date" value={from} onChange={anew(setFrom)} />
        <Field label={storage.auditTo} type="date" value={to} onChange={anew(setTo)} />
      </div>
      {entries.length === 0 && (
        <ReadNotice asked={asked} what={storage.auditTitle} empty={storage.auditNone} />
      )}
      {entries.length > 0 && (
        <div className="audit-entries">
          <Table
            caption={storage.auditTitle}
            columns={[
              { key: 'sequence', title: storage.auditSequence, align: 'end' },
              { key: 'at', title: storage.at },
              { key: 'actor', title: storage.auditActor },
              { key: 'kind', title: storage.auditKind },
              { key: 'action', title: storage.auditAction },
              { key: 'subject', title: storage.auditSubject },
              { key: 'detail', title: storage.auditDetail },
            ]}
            rows={entries.map((entry) => {
              const of = auditKindOf(entry.action);
              return {
                key: String(entry.sequence),
                cells: {
                  sequence: <span className="num">{entry.sequence}</span>,
                  at: (
                    <span className="num">
                      {formatDate(language, entry.at)}, {formatTime(language, entry.at, { seconds: true })}
                    </span>
                  ),
                  actor: <b>{nameOf(entry.actor)}</b>,
                  kind: of === null ? '' : storage.auditKinds[of],
                  action: <span className="mono">{entry.action}</span>,
                  subject: <span className="mono audit-long">{entry.subject ?? ''}</span>,
                  detail: (
                    <span className="mono audit-long">{entry.detail === '{}' ? '' : entry.detail}</span>
                  ),
                },
              };
            })}
          />
        </div>
      )}
      <div className="system-row">
        <Button isDisabled={before === null} onPress={() => setBefore(null)}>
          {storage.auditNewest}
        </Button>
        <Button
          isDisabled={asked.value?.more !== true}
          onPress={() => setBefore(entries.at(-1)?.sequence ?? null)}
        >
          {storage.auditOlder}
        </Button>
      </div>
      <SaveAudit filter={filter} />
    </Panel>
  );
}

/** The moment at which a day of this workstation begins or ends; null where no whole day is given. */
function timeOf(day: string, time: string): string | null {
  return DAY.test(day) ? new Date(`${day}T${time}`).toISOString() : null;
}

function Choosing({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  const { words } = useWords();
  const fieldId = useId();
  return (
    <div className="field">
      <label htmlFor={fieldId}>{label}</label>
      <select
        id={fieldId}
        className="field-input"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        <option value="">{words.storage.auditAll}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
