/** A host: how it is reached, which key it has to show, what it costs. Secrets go in and never come out. */
import { useState } from 'react';
import type { TrainingHostView } from '../../app/contract/calls/training.ts';
import type { CommandParams } from '../../app/contract/contract.ts';
import { type TrainingHost, trainingHostSchema } from '../../app/learning/training/host.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { core, useWords } from '../shell/index.ts';
import { Picked } from './picked.tsx';

const REACHES = ['ssh', 'tls', 'here'] as const;
const IDENTITIES = ['key', 'agent'] as const;
const FILES = ['none', 'ssh'] as const;
type Secrets = CommandParams<'training-host.save'>['secrets'];

/** What is typed, all of it as text. */
interface Typed {
  readonly name: string;
  readonly reach: (typeof REACHES)[number];
  readonly files: (typeof FILES)[number];
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly hostKey: string;
  readonly identity: (typeof IDENTITIES)[number];
  readonly rayPort: string;
  readonly tlsHost: string;
  readonly tlsPort: string;
  readonly certificate: string;
  readonly runsFolder: string;
  readonly python: string;
  readonly anHour: string;
  readonly currency: string;
}

function typedOf(host: TrainingHost | null): Typed {
  const reach = host?.reach ?? null;
  const ssh = reach === null || reach.kind === 'here' ? null : reach.ssh;
  return {
    name: host?.name ?? '',
    reach: reach?.kind ?? 'ssh',
    files: reach?.kind === 'tls' && reach.ssh === null ? 'none' : 'ssh',
    host: ssh?.host ?? '',
    port: String(ssh?.port ?? 22),
    user: ssh?.user ?? '',
    hostKey: ssh?.hostKey ?? '',
    identity: ssh?.identity ?? 'key',
    rayPort: String(reach?.kind === 'ssh' ? reach.rayPort : 8265),
    tlsHost: reach?.kind === 'tls' ? reach.host : '',
    tlsPort: String(reach?.kind === 'tls' ? reach.port : 443),
    certificate: reach?.kind === 'tls' ? (reach.certificate ?? '') : '',
    runsFolder: host?.runsFolder ?? '',
    python: reach?.kind === 'here' ? reach.python : '',
    anHour: String(host?.price.anHour ?? 0),
    currency: host?.price.currency ?? 'INR',
  };
}

/** Null: something is missing or cannot be used. */
function hostOf(typed: Typed): TrainingHost | null {
  const ssh = {
    host: typed.host,
    port: Number(typed.port),
    user: typed.user.trim(),
    hostKey: typed.hostKey.trim(),
    identity: typed.identity,
  };
  const reaches = {
    ssh: { kind: 'ssh', ssh, rayPort: Number(typed.rayPort) },
    tls: {
      kind: 'tls',
      host: typed.tlsHost,
      port: Number(typed.tlsPort),
      certificate: typed.certificate.trim() === '' ? null : typed.certificate.trim().toLowerCase(),
      ssh: typed.files === 'ssh' ? ssh : null,
    },
    here: { kind: 'here', python: typed.python.trim() },
  };
  const parsed = trainingHostSchema.safeParse({
    name: typed.name,
    reach: reaches[typed.reach],
    runsFolder: typed.reach === 'here' ? null : typed.runsFolder.trim(),
    price: { anHour: Number(typed.anHour || 'x'), currency: typed.currency.trim().toUpperCase() },
  });
  return parsed.data ?? null;
}

export interface HostFormProps {
  /** Null: a new one. */
  readonly kept: TrainingHostView | null;
  readonly onDone: () => void;
}

export function HostForm({ kept, onDone }: HostFormProps) {
  const { words } = useWords();
  const told = words.trainer.hostForm;
  const sending = useCommand();
  const [typed, setTyped] = useState(() => typedOf(kept?.host ?? null));
  const [token, setToken] = useState('');
  const [privateKey, setPrivateKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const set =
    (field: keyof Typed) =>
    (value: string): void =>
      setTyped((before) => ({ ...before, [field]: value }));
  const field = (name: Exclude<keyof Typed, 'reach' | 'files' | 'identity'>, hint?: string) => (
    <Field
      label={told[name === 'anHour' ? 'price' : name]}
      value={typed[name]}
      onChange={set(name)}
      hint={hint}
      maxLength={1024}
    />
  );
  const host = hostOf(typed);
  const overSsh = typed.reach === 'ssh' || (typed.reach === 'tls' && typed.files === 'ssh');

  function save(): void {
    if (host === null) return;
    const secrets: Secrets = {
      ...(token === '' ? {} : { token }),
      ...(privateKey === '' ? {} : { privateKey: `${privateKey.trim()}\n` }),
      ...(privateKey === '' && passphrase === ''
        ? {}
        : { passphrase: passphrase === '' ? null : passphrase }),
    };
    sending.send('training-host.save', { id: kept?.id ?? null, host, secrets }, onDone);
  }

  return (
    <Panel title={kept === null ? words.trainer.addHost : kept.host.name}>
      <form
        className="trainer-form"
        aria-label={told.title}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Choice
          label={told.how}
          value={typed.reach}
          onChange={set('reach')}
          options={REACHES.map((value) => ({
            value,
            label: words.trainer.reaches[value],
            detail: words.trainer.reachDetails[value],
          }))}
        />
        <div className="trainer-fields">
          {field('name')}
          {typed.reach === 'here' && field('python', told.pythonHint)}
          {typed.reach === 'tls' && (
            <>
              {field('tlsHost')}
              {field('tlsPort')}
              {field('certificate', told.certificateHint)}
              <Picked
                label={told.files}
                value={typed.files}
                onChange={set('files')}
                options={FILES.map((value) => ({ value, label: told.fileChoices[value] }))}
              />
            </>
          )}
          {overSsh && (
            <>
              {field('host')}
              {field('port')}
              {field('user')}
              {typed.reach === 'ssh' && field('rayPort')}
              <Picked
                label={told.identity}
                value={typed.identity}
                onChange={set('identity')}
                options={IDENTITIES.map((value) => ({ value, label: told.identities[value] }))}
              />
            </>
          )}
          {typed.reach !== 'here' && field('runsFolder')}
          {field('anHour')}
          {field('currency')}
        </div>
        {overSsh && (
          <>
            {field('hostKey', told.hostKeyHint)}
            <KeyLook host={typed.host} port={Number(typed.port)} onKey={set('hostKey')} />
          </>
        )}
        {overSsh && typed.identity === 'key' && (
          <>
            <Field
              label={told.privateKey}
              value={privateKey}
              onChange={setPrivateKey}
              hint={kept?.hasKey === true ? told.privateKeyKept : told.privateKeyHint}
              multiline
            />
            <Field
              label={told.passphrase}
              type="password"
              value={passphrase}
              onChange={setPassphrase}
              maxLength={1024}
            />
          </>
        )}
        {typed.reach !== 'here' && (
          <Field
            label={told.token}
            type="password"
            value={token}
            onChange={setToken}
            hint={kept === null ? told.tokenHint : told.tokenKept}
            maxLength={4096}
          />
        )}
        <div className="system-row">
          <Button
            type="submit"
            variant="primary"
            isDisabled={host === null || sending.busy}
            disabledReason={host === null ? told.wrong : undefined}
          >
            {told.save}
          </Button>
          <Button onPress={onDone}>{told.cancel}</Button>
        </div>
        <Said sending={sending} />
      </form>
    </Panel>
  );
}

/** Asks the host for the key that it shows; a person compares it before it is saved. */
function KeyLook({
  host,
  port,
  onKey,
}: {
  readonly host: string;
  readonly port: number;
  readonly onKey: (hostKey: string) => void;
}) {
  const { words } = useWords();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const look = (): void => {
    setBusy(true);
    void core.query('training-host.key', { host: host.trim(), port }).then((answer) => {
      setBusy(false);
      if (!answer.ok) return setSaid(words.trainer.hostForm.wrong);
      const { hostKey, trouble } = answer.value;
      setSaid(trouble === null ? null : words.training.troubles[trouble.code]);
      if (hostKey !== null) onKey(hostKey);
    });
  };
  return (
    <div className="system-row">
      <Button isDisabled={busy || host.trim() === '' || !Number.isInteger(port)} onPress={look}>
        {words.trainer.hostForm.lookKey}
      </Button>
      {busy && <span role="status">{words.trainer.checking}</span>}
      {said !== null && <p role="alert">{said}</p>}
    </div>
  );
}
