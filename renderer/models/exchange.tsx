/** Where signed adapters come from and data sets go to, and what was found there last. */
import { useState } from 'react';
import type { CommandParams, QueryResult } from '../../app/contract/contract.ts';
import { errorText } from '../../app/language/language.ts';
import { type ExchangePlace, exchangePlaceSchema } from '../../app/learning/exchange/place.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';

const KINDS = ['none', 'folder', 'https', 'sftp'] as const;
type Kind = (typeof KINDS)[number];
type Secrets = CommandParams<'exchange.save'>['secrets'];
type State = QueryResult<'exchange.state'>;

export function ExchangePanel({ onChange }: { readonly onChange: () => void }) {
  const { words, language } = useWords();
  const told = words.exchange;
  const [changes, setChanges] = useState(0);
  const asked = useQuery('exchange.state', {}, { again: changes });
  const looking = useCommand();
  const state = asked.value;
  const changed = (): void => {
    setChanges((before) => before + 1);
    onChange();
  };
  if (state === null) return null;
  const last = state.last;
  return (
    <Panel title={told.title}>
      <p className="models-quiet">{told.lead}</p>
      <PlaceForm key={JSON.stringify(state.place)} state={state} onChange={changed} />
      {state.place !== null && (
        <section aria-label={told.lookNow} className="models-part">
          <p aria-live="polite">
            {last === null ? told.never : told.seen(whenText(language, last.at), last.found, last.taken)}
          </p>
          {last !== null && last.trouble !== null && (
            <p role="alert">
              {errorText(language, {
                code: 'exchange-trouble',
                parameters: { reason: last.trouble.code, found: last.trouble.found },
              })}
            </p>
          )}
          {last !== null && last.refused.length > 0 && (
            <ul aria-label={told.refused} className="models-trouble">
              {last.refused.map(({ bundle, code, file }) => (
                <li key={bundle}>
                  <code>{bundle}</code> {file !== '' && `${file}: `}
                  {told.refusals[code]}
                </li>
              ))}
            </ul>
          )}
          <Button
            isDisabled={looking.busy || state.looking}
            onPress={() => looking.send('exchange.look', {}, changed)}
          >
            {looking.busy || state.looking ? told.looking : told.lookNow}
          </Button>
          {looking.error !== null && <Said sending={looking} />}
        </section>
      )}
    </Panel>
  );
}

/** What is typed, all of it as text. */
interface Typed {
  readonly folder: string;
  readonly address: string;
  readonly certificate: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly hostKey: string;
  readonly hostFolder: string;
}

function typedOf(place: ExchangePlace | null): Typed {
  const ssh = place?.kind === 'sftp' ? place.ssh : null;
  return {
    folder: place?.kind === 'folder' ? place.folder : '',
    address: place?.kind === 'https' ? place.address : '',
    certificate: place?.kind === 'https' ? (place.certificate ?? '') : '',
    host: ssh?.host ?? '',
    port: String(ssh?.port ?? 22),
    user: ssh?.user ?? '',
    hostKey: ssh?.hostKey ?? '',
    hostFolder: place?.kind === 'sftp' ? place.folder : '',
  };
}

/** Undefined: something is missing or cannot be used. */
function placeOf(kind: Kind, typed: Typed): ExchangePlace | null | undefined {
  if (kind === 'none') return null;
  const { folder, address, certificate, host, port, user, hostKey, hostFolder } = typed;
  const given =
    kind === 'folder'
      ? { kind, folder }
      : kind === 'https'
        ? {
            kind,
            address,
            certificate: certificate === '' ? null : certificate.replace(/[\s:]/gu, '').toLowerCase(),
          }
        : {
            kind,
            ssh: { host, port: Number(port), user, hostKey: hostKey.trim(), identity: 'key' },
            folder: hostFolder.trim(),
          };
  const parsed = exchangePlaceSchema.safeParse(given);
  return parsed.success ? parsed.data : undefined;
}

function PlaceForm({ state, onChange }: { readonly state: State; readonly onChange: () => void }) {
  const { words } = useWords();
  const told = words.exchange;
  const sending = useCommand();
  const [kind, setKind] = useState<Kind>(state.place?.kind ?? 'none');
  const [typed, setTyped] = useState(() => typedOf(state.place));
  const [secrets, setSecrets] = useState({ token: '', privateKey: '', passphrase: '' });
  const place = placeOf(kind, typed);
  const field = (name: keyof Typed, hint?: string) => (
    <Field
      label={told[name]}
      value={typed[name]}
      maxLength={1024}
      hint={hint}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
    />
  );
  const secret = (name: keyof typeof secrets, isKept: boolean, kept: string, multiline = false) => (
    <Field
      label={told[name]}
      value={secrets[name]}
      type={multiline ? 'text' : 'password'}
      multiline={multiline}
      hint={isKept ? kept : undefined}
      onChange={(value) => setSecrets({ ...secrets, [name]: value })}
    />
  );
  function save(): void {
    if (place === undefined) return;
    const { token, privateKey, passphrase } = secrets;
    const given: Secrets = {
      ...(token === '' ? {} : { token }),
      ...(privateKey === ''
        ? {}
        : { privateKey: `${privateKey.trim()}\n`, passphrase: passphrase === '' ? null : passphrase }),
    };
    sending.send('exchange.save', { place, secrets: given }, () => {
      setSecrets({ token: '', privateKey: '', passphrase: '' });
      onChange();
    });
  }
  return (
    <form
      className="models-form"
      aria-label={told.title}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Choice
        label={told.kind}
        value={kind}
        options={KINDS.map((value) => ({ value, label: told.kinds[value] }))}
        onChange={setKind}
      />
      {kind === 'folder' && field('folder')}
      {kind === 'https' && (
        <>
          {field('address', told.addressHint)}
          {field('certificate', told.certificateHint)}
          {secret('token', state.hasToken, told.tokenKept)}
        </>
      )}
      {kind === 'sftp' && (
        <>
          {field('host')}
          {field('port')}
          {field('user')}
          {field('hostKey')}
          {field('hostFolder')}
          {secret('privateKey', state.hasKey, told.keyKept, true)}
          {secret('passphrase', false, '')}
        </>
      )}
      <Button type="submit" isDisabled={place === undefined || sending.busy}>
        {words.common.save}
      </Button>
      <Said sending={sending} text={told.saved} />
    </form>
  );
}
