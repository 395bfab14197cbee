/** One message: what it says of itself, the values that it would give, and what a person decides. */
import { useState } from 'react';
import type { MessageContent, MessageShown, WaitingMessage } from '../../app/contract/calls/messages.ts';
import { holdReasonText, rejectReasonText, vitalName } from '../../app/language/language.ts';
import { Button, Field, Panel, Table, WithSubscripts } from '../design/index.ts';
import { dateTime } from '../patients/date-time.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { byBed, go, useKeptText, useWard, useWords } from '../shell/index.ts';
import { reasonText } from './reason-text.ts';

export interface MessagePageProps {
  readonly message: WaitingMessage;
  readonly onDecided: (said: string) => void;
}

export function MessagePage({ message, onDecided }: MessagePageProps) {
  const { words } = useWords();
  const asked = useQuery('message.show', { messageId: message.id });
  return (
    <div className="patient-page">
      <ReadNotice asked={asked} what={words.messages.one} />
      {asked.value !== null && <Shown shown={asked.value} />}
      {asked.value !== null && asked.value.onlyDiscard === null && (
        <Release shown={asked.value} onDecided={onDecided} />
      )}
      <Discard message={message} shown={asked.value} onDecided={onDecided} />
    </div>
  );
}

function Shown({ shown }: { readonly shown: MessageShown }) {
  const { words, language } = useWords();
  const { messages } = words;
  return (
    <>
      <Panel title={messages.says}>
        <Facts
          facts={[
            [messages.why, reasonText(language, shown)],
            ...whoseFacts(shown),
            [messages.received, dateTime(language, shown.receivedAt)],
            [messages.from, shown.sender],
            [messages.type, shown.type],
          ]}
        />
        {shown.absorbed !== null && (
          <>
            <h3>{messages.absorbed}</h3>
            <Facts
              facts={[
                [messages.number, shown.absorbed.identifier],
                [messages.name, shown.absorbed.name],
                [messages.born, shown.absorbed.birthDate],
                [messages.bed, shown.absorbed.bed],
              ]}
            />
            <p>{messages.absorbedNote}</p>
          </>
        )}
        {shown.onlyDiscard !== null && <p>{messages.onlyDiscard(whyOnly(shown.onlyDiscard))}</p>}
      </Panel>
      <Values of={shown} receivedAt={shown.receivedAt} title={messages.values} />
      {shown.earlier !== null && (
        <>
          <Panel title={messages.earlier} note={messages.earlierNote}>
            <Facts
              facts={[
                ...whoseFacts(shown.earlier),
                [messages.received, dateTime(language, shown.earlier.receivedAt)],
              ]}
            />
          </Panel>
          <Values of={shown.earlier} receivedAt={shown.earlier.receivedAt} title={messages.earlierValues} />
        </>
      )}
    </>
  );

  function whoseFacts({ bed, name, identifier, birthDate }: MessageContent) {
    return [
      [messages.bed, bed],
      [messages.name, name],
      [messages.number, identifier],
      [messages.born, birthDate],
    ] as const;
  }

  function whyOnly(code: string): string {
    if (code === 'no-longer-kept') return messages.notKept;
    return code === 'not-production' ? holdReasonText(language, code) : rejectReasonText(language, code);
  }
}

interface FactsProps {
  readonly facts: readonly (readonly [string, string | null])[];
}

function Facts({ facts }: FactsProps) {
  const { words } = useWords();
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value ?? words.messages.notTold}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ValuesProps {
  readonly of: MessageContent;
  /** The time of a value that tells none. */
  readonly receivedAt: string;
  readonly title: string;
}

function Values({ of, receivedAt, title }: ValuesProps) {
  const { words, language } = useWords();
  const { messages } = words;
  return (
    <Panel title={title}>
      {of.values.length === 0 ? (
        <p>{messages.noValues}</p>
      ) : (
        <Table
          caption={title}
          columns={[
            { key: 'vital', title: messages.vital },
            { key: 'value', title: messages.value, align: 'end' },
            { key: 'at', title: messages.measured, align: 'end' },
          ]}
          rows={of.values.map(({ vital, value, observedAt }, index) => ({
            key: `${vital} ${index}`,
            cells: {
              vital: <WithSubscripts text={vitalName(language, vital, 'long')} />,
              value: <b>{String(value)}</b>,
              at: dateTime(language, observedAt ?? receivedAt),
            },
          }))}
        />
      )}
    </Panel>
  );
}

interface ReleaseProps {
  readonly shown: MessageShown;
  readonly onDecided: (said: string) => void;
}

function Release({ shown, onDecided }: ReleaseProps) {
  const { words } = useWords();
  const { messages } = words;
  const sending = useCommand();
  const beds = useWard((state) => state.beds);
  const [chosen, setChosen] = useState<string | null>(null);
  const seen = { messageId: shown.id, expectedVersion: shown.version };
  if (shown.type?.startsWith('ADT') === true)
    return (
      <Panel title={messages.doIt}>
        <div className="patients-form">
          <Said sending={sending} />
          <Button
            detail={messages.doItDetail}
            isDisabled={sending.busy}
            onPress={() =>
              sending.send('message.release', { ...seen, patientId: null }, () =>
                onDecided(messages.doneEvent),
              )
            }
          >
            {messages.doIt}
          </Button>
        </div>
      </Panel>
    );
  const here = Object.values(beds)
    .map(({ view }) => view)
    .filter(({ patient }) => !patient.demonstration)
    .sort(byBed);
  const whose = here.find(({ patient }) => patient.id === chosen);
  const releaseAll = (patientId: string, after: number | null, before: number): void =>
    sending.send('message.release-alike', { messageId: shown.id, patientId, after }, (answer) => {
      const count = before + answer.messages;
      onDecided(messages.releasedAll(count));
      if (answer.next !== null) releaseAll(patientId, answer.next, count);
    });
  return (
    <Panel title={messages.whose} note={messages.whoseNote}>
      <div className="patients-form">
        {here.length === 0 && <p>{messages.noBeds}</p>}
        <ul className="patients-list">
          {here.map(({ bed, patient }) => (
            <li key={patient.id}>
              <button
                type="button"
                className="patients-one"
                aria-pressed={patient.id === chosen}
                onClick={() => setChosen(patient.id)}
              >
                <b className="num">
                  {words.patients.here(bed)} · {patient.name}
                  {patient.id === shown.likely && ` (${messages.likely})`}
                </b>
                <span className="num">{patient.identifier}</span>
              </button>
            </li>
          ))}
        </ul>
        <Button onPress={() => go({ view: 'patients', patientId: null })}>{messages.admit}</Button>
        <Said sending={sending} />
        {whose !== undefined && (
          <Button
            critical
            variant="primary"
            isDisabled={sending.busy}
            detail={messages.releaseDetail}
            onPress={() =>
              sending.send('message.release', { ...seen, patientId: whose.patient.id }, ({ taken }) =>
                onDecided(messages.released(taken)),
              )
            }
          >
            {messages.release(whose.patient.name, whose.bed)}
          </Button>
        )}
        {whose !== undefined && shown.state === 'held' && (
          <Button
            critical
            isDisabled={sending.busy}
            detail={messages.releaseAllDetail}
            onPress={() => releaseAll(whose.patient.id, null, 0)}
          >
            {messages.releaseAll(shown.sender, shown.bed)}
          </Button>
        )}
      </div>
    </Panel>
  );
}

interface DiscardProps extends MessagePageProps {
  /** Null while it is not read yet, or cannot be. */
  readonly shown: MessageShown | null;
}

function Discard({ message, shown, onDecided }: DiscardProps) {
  const { words } = useWords();
  const { messages } = words;
  const sending = useCommand();
  const { id: messageId, version: expectedVersion } = message;
  const { text: reason, set: setReason, forget } = useKeptText(`discard ${messageId}`);
  const isReasonMissing = reason.trim() === '';
  const discardAll = (after: number | null, before: number): void =>
    sending.send('message.discard-alike', { messageId, reason: reason.trim(), after }, (answer) => {
      const count = before + answer.messages;
      onDecided(messages.discardedAll(count));
      if (answer.next !== null) discardAll(answer.next, count);
      else forget();
    });
  return (
    <Panel title={messages.discard}>
      <div className="patients-form">
        <Field label={messages.discardReason} value={reason} onChange={setReason} maxLength={4096} />
        <Said sending={sending} />
        <Button
          isDisabled={isReasonMissing || sending.busy}
          disabledReason={isReasonMissing ? words.patients.reasonNeeded : undefined}
          onPress={() =>
            sending.send('message.discard', { messageId, expectedVersion, reason: reason.trim() }, () => {
              forget();
              onDecided(messages.discarded);
            })
          }
        >
          {messages.discard}
        </Button>
        {shown?.state === 'held' && shown.type?.startsWith('ADT') !== true && (
          <Button
            isDisabled={isReasonMissing || sending.busy}
            disabledReason={isReasonMissing ? words.patients.reasonNeeded : undefined}
            onPress={() => discardAll(null, 0)}
          >
            {messages.discardAll(shown.sender, shown.bed)}
          </Button>
        )}
      </div>
    </Panel>
  );
}
