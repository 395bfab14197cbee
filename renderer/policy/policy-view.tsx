/** The ward's policy: what is in force, a draft of another one, its simulation, its activation, and every version. */
import { useMemo, useState } from 'react';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText } from '../../app/language/language.ts';
import { type PolicyFault, policyChanges, type SitePolicy } from '../../app/policy/site-policy.ts';
import { Button, Field, Panel, Table } from '../design/index.ts';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useKeptText, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { whenText } from '../system/when.ts';
import { fieldName } from './field-name.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { policyForm, policyFormLeft } from './policy-form.ts';
import { SimulationPanel } from './simulation-panel.tsx';
import './policy.css';

/** How often is asked whether the draft has been simulated. */
const SIMULATION_EVERY_MS = 1_000;

export function PolicyView() {
  const { words, language } = useWords();
  const own = words.policy;
  const [round, setRound] = useState(0);
  const asked = useQuery('policy.current', {}, { again: round });
  const may = useMay('configure-policy') !== false;
  if (asked.value === null) return <ReadNotice asked={asked} what={own.what} />;
  const { current, draft, unreadable = [] } = asked.value;
  const changed = () => setRound((before) => before + 1);
  return (
    <div className="page policy">
      <Panel title={own.title} note={own.note} className="policy-wide">
        <p className="system-lead">{own.inForce(current.version)}</p>
        <p>
          {current.activatedAt === null
            ? own.own
            : `${own.by(current.activatedBy ?? '', whenText(language, current.activatedAt))}: ${current.reason ?? ''}`}
        </p>
        {unreadable.map(({ version, faults }) => (
          <div key={version} role="alert">
            <b>{own.unreadable(version, current.version)}</b>
            <ul>
              {faults.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{own.fault(path, message)}</li>
              ))}
            </ul>
          </div>
        ))}
        {!may && <p className="system-note">{own.needsPermission}</p>}
        {asked.error !== null && <ReadNotice asked={asked} what={own.what} brief />}
      </Panel>
      <Drafting
        key={`${current.version} ${draft?.savedAt ?? ''}`}
        version={current.version}
        inForce={current.policy}
        draft={draft}
        may={may}
        onChanged={changed}
      />
      <Versions round={round} />
    </div>
  );
}

interface DraftingProps {
  readonly version: number;
  readonly inForce: SitePolicy;
  readonly draft: { readonly policy: SitePolicy; readonly savedAt: string; readonly savedBy: string } | null;
  readonly may: boolean;
  readonly onChanged: () => void;
}

function Drafting({ version, inForce, draft, may, onChanged }: DraftingProps) {
  const { words, language } = useWords();
  const own = words.policy;
  const left = useKeptText(`policy ${version} ${draft?.savedAt ?? ''}`);
  const form = useMemo(
    () => (left.text === '' ? policyForm(draft?.policy ?? inForce) : policyFormLeft(left.text)),
    [left.text, draft, inForce],
  );
  const { text: reason, set: setReason, forget: forgetReason } = useKeptText('policy reason');
  const saved = () => {
    left.forget();
    onChanged();
  };
  const command = useCommand();
  const others = draftOfAnother(command.error);
  const { reading } = form;
  const changes = draft === null ? [] : policyChanges(inForce, draft.policy);
  const simulation =
    useQuery('policy.simulation', {}, { everyMs: SIMULATION_EVERY_MS }).value?.state ?? 'none';
  const isTried = simulation !== 'none' && simulation !== 'running';
  const isSaved = JSON.stringify(form.json) === JSON.stringify(draft?.policy ?? inForce);
  const missing = !isSaved
    ? own.saveFirst
    : draft === null
      ? own.noDraft
      : isTried
        ? reason.trim() === ''
          ? own.reasonFirst
          : undefined
        : own.simulateFirst;
  const nameOf = (path: string): string => fieldName(words, language, path);
  const faultText = ({ path, kind, limit }: PolicyFault): string => {
    const told = own.faultKind[kind];
    const text = typeof told === 'string' ? told : told(String(limit ?? ''));
    return own.fault(nameOf(path), text);
  };
  return (
    <>
      <PolicyEditor
        form={form}
        onChange={(next) => left.set(JSON.stringify(next.json))}
        isDisabled={!may || command.busy}
      />
      {!reading.ok && (
        <div role="alert" className="policy-faults">
          <b>{own.faults}</b>
          <ul>
            {reading.faults.map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>{faultText(fault)}</li>
            ))}
          </ul>
        </div>
      )}
      <Panel title={own.changes} className="policy-wide">
        {draft !== null && <p>{own.draftBy(draft.savedBy, whenText(language, draft.savedAt))}</p>}
        {draft !== null && isSaved && <p className="system-note">{own.saved}</p>}
        {!isSaved && <p role="status">{own.notSaved}</p>}
        {draft !== null && changes.length === 0 && <p>{own.unchanged}</p>}
        {changes.length > 0 && (
          <Table
            caption={own.changes}
            columns={[
              { key: 'field', title: own.field },
              { key: 'before', title: own.before, align: 'end' },
              { key: 'after', title: own.after2, align: 'end' },
            ]}
            rows={changes.map(({ path, before, after }) => ({
              key: path,
              cells: { field: nameOf(path), before, after },
            }))}
          />
        )}
        <div className="policy-line">
          <Button
            isDisabled={!may || !reading.ok || command.busy}
            {...(reading.ok ? {} : { disabledReason: own.faults })}
            onPress={() => {
              if (!reading.ok) return;
              const { policy } = reading;
              command.send('policy.save-draft', { expectedVersion: version, policy }, saved);
            }}
          >
            {own.save}
          </Button>
          <Button
            variant="ghost"
            isDisabled={!may || (draft === null && isSaved) || command.busy}
            onPress={() => (draft === null ? left.forget() : command.send('policy.discard-draft', {}, saved))}
          >
            {own.discard}
          </Button>
        </div>
        {command.error !== null && <p role="alert">{errorText(language, command.error)}</p>}
        {others !== null && reading.ok && (
          <div className="policy-line">
            <Button
              isDisabled={command.busy}
              onPress={() =>
                command.send(
                  'policy.save-draft',
                  { expectedVersion: version, policy: reading.policy, takeOver: others.savedAt },
                  saved,
                )
              }
            >
              {own.takeOver(others.by, whenText(language, others.savedAt))}
            </Button>
          </div>
        )}
      </Panel>
      <SimulationPanel
        missing={!isSaved ? own.saveFirst : draft === null ? own.noDraft : undefined}
        may={may}
      />
      <Panel title={own.activate} note={own.activateNote} className="policy-wide">
        <Field label={own.reason} value={reason} onChange={setReason} multiline maxLength={4096} />
        <div className="policy-line">
          <Button
            variant="primary"
            isDisabled={!may || missing !== undefined || command.busy}
            disabledReason={missing}
            onPress={() =>
              command.send('policy.activate', { expectedVersion: version, reason }, () => {
                forgetReason();
                saved();
              })
            }
          >
            {own.activate}
          </Button>
        </div>
      </Panel>
    </>
  );
}

/** Whose draft stands in the way, where that is why a draft was not saved. */
function draftOfAnother(error: AppError | null): { readonly by: string; readonly savedAt: string } | null {
  if (error?.code !== 'not-allowed-now' || error.parameters.reason !== 'draft-of-another') return null;
  return { by: String(error.parameters.by), savedAt: String(error.parameters.savedAt) };
}

function Versions({ round }: { readonly round: number }) {
  const { words, language } = useWords();
  const own = words.policy;
  const asked = useQuery('policy.versions', {}, { again: round });
  return (
    <Panel title={own.versions} className="policy-wide">
      {asked.value === null ? (
        <ReadNotice asked={asked} what={own.what} />
      ) : (
        <Table
          caption={own.versions}
          columns={[
            { key: 'version', title: own.version },
            { key: 'who', title: own.who },
            { key: 'reason', title: own.reason },
          ]}
          rows={asked.value.map(({ version, activatedAt, activatedBy, reason }) => ({
            key: String(version),
            cells: {
              version: <b className="num">{version}</b>,
              who:
                activatedAt === null ? own.own : own.by(activatedBy ?? '', whenText(language, activatedAt)),
              reason: reason ?? '',
            },
          }))}
        />
      )}
    </Panel>
  );
}
