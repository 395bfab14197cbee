/** Exchange with other workstations: the place, what is fetched from it by plan, and what people put there. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExchangeLook } from '../../../app/contract/calls/exchange.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import {
  FEEDBACK_FILE,
  FEEDBACK_FORMAT,
  type FeedbackStatement,
  feedbackText,
} from '../../../app/learning/exchange/feedback-bundle.ts';
import {
  adapterBundleName,
  EXCHANGE_FOLDERS,
  type ExchangeFolder,
  type ExchangePlace,
  type ExchangeSecrets,
  exchangeSecretsSchema,
  isBundleName,
} from '../../../app/learning/exchange/place.ts';
import { signAsWorkstation } from '../audit/audit-heads.ts';
import { type Clock, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { type ExchangeSettings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, PermittedCall, QueryHandlers } from '../terminal/calls.ts';
import { troubleOf } from '../training/host-trouble.ts';
import type { ExchangeFiles } from './exchange-files.ts';
import { fetchBundle } from './fetch-bundle.ts';
import { openExchange } from './open-exchange.ts';

export interface ExchangePorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  readonly userDataDir: string;
  readonly settings: () => ExchangeSettings | null;
  readonly settingsChanged: () => void;
  /** Where what is fetched is found and checked by itself. */
  readonly fetched: string;
  /** Writes a released adapter, or an approved data set, whole into a folder of its own below this one. */
  readonly adapterOut: (id: string, folder: string) => Promise<Outcome<{ readonly folder: string }>>;
  readonly dataSetOut: (id: string, folder: string) => Promise<Outcome<{ readonly folder: string }>>;
  readonly noteSent: (write: Writer, dataSet: string, by: string) => void;
  readonly manifestOfDataSet: string;
}

type ExchangeCommands = 'exchange.save' | 'exchange.look' | 'exchange.publish' | 'exchange.send';

export interface Exchange {
  readonly commands: Pick<CommandHandlers, ExchangeCommands>;
  readonly queries: Pick<QueryHandlers, 'exchange.state'>;
  begin(): void;
  close(): void;
}

const SECRETS = 'settings.exchange_secrets';
const NO_SECRETS: ExchangeSecrets = { token: null, privateKey: null, passphrase: null };
/** Passages come monthly and adapters quarterly: a few looks a day are plenty. Ours. */
const LOOK_EVERY_MS = 6 * 3_600_000;
const FIRST_LOOK_MS = 60_000;
/** A place that holds more is not one of ours. */
const MOST_BUNDLES = 1000;

export function createExchange(ports: ExchangePorts): Exchange {
  const { store, sealing, clock, log } = ports;
  const ending = new AbortController();
  let last: ExchangeLook | null = null;
  let underWay: Promise<ExchangeLook> | null = null;
  let timers: NodeJS.Timeout[] = [];

  const secretsOf = (settings: ExchangeSettings): ExchangeSecrets =>
    exchangeSecretsSchema.parse(
      JSON.parse(sealing.openText(SECRETS, Buffer.from(settings.secrets, 'base64'))),
    );

  async function withPlace<T>(work: (files: ExchangeFiles) => Promise<T>): Promise<T> {
    const settings = ports.settings();
    if (settings === null) throw new Error('there is no place of exchange');
    const files = await openExchange(settings.place, secretsOf(settings));
    try {
      return await work(files);
    } finally {
      files.close();
    }
  }

  /** Fetches what is new; what is wrong with one bundle keeps no other from coming. */
  async function fetchNew(files: ExchangeFiles): Promise<Omit<ExchangeLook, 'at' | 'trouble'>> {
    const names = (await files.bundles('adapters')).filter(isBundleName).slice(0, MOST_BUNDLES);
    await mkdir(ports.fetched, { recursive: true, mode: 0o700 });
    const here = new Set(await readdir(ports.fetched));
    const refusals: ExchangeLook['refused'] = [];
    let taken = 0;
    for (const bundle of names) {
      const folder = `exchange-${bundle}`;
      if (here.has(folder) || ending.signal.aborted) continue;
      const from = `${EXCHANGE_FOLDERS.adapters}/${bundle}`;
      const refusal = await fetchBundle(files, from, join(ports.fetched, folder), ending.signal);
      if (refusal === null) taken++;
      else {
        refusals.push({ bundle, ...refusal });
        log('warn', 'bundle-refused', { bundle, reason: refusal.code, file: refusal.file });
      }
    }
    return { found: names.length, taken, refused: refusals };
  }

  async function look(): Promise<ExchangeLook> {
    const at = isoTime(clock.wall());
    try {
      last = { at, ...(await withPlace(fetchNew)), trouble: null };
    } catch (error) {
      const { code, found } = troubleOf(error);
      log('warn', 'exchange-not-reached', { reason: code });
      last = { at, found: 0, taken: 0, refused: [], trouble: { code, found } };
    }
    return last;
  }
  /** One look at a time: whoever asks meanwhile gets the same answer. */
  function lookOnce(): Promise<ExchangeLook> {
    underWay ??= look().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  /** Writes a bundle out, puts it at the place and lets `after` note it; nothing of it stays on this machine. */
  async function give(
    call: PermittedCall,
    id: string,
    folder: ExchangeFolder,
    bundle: string,
    make: (into: string) => Promise<Outcome<readonly { readonly name: string; readonly path: string }[]>>,
    after: (write: Writer) => void,
  ): Promise<Outcome<{ bundle: string; files: number }>> {
    const settings = ports.settings();
    if (settings === null) return refused('not-allowed-now', { reason: 'no-exchange' });
    const outbox = await mkdtemp(join(ports.userDataDir, 'exchange-'));
    try {
      const made = await make(outbox);
      if (!made.ok) return made;
      await withPlace((files) => files.put(folder, bundle, made.value));
      return call.commit(id, { bundle, place: settings.place.kind }, (write) => {
        after(write);
        return ok({ bundle, files: made.value.length });
      });
    } catch (error) {
      const { code, found } = troubleOf(error);
      log('warn', 'exchange-not-reached', { reason: reasonOf(error) });
      return refused('exchange-trouble', { reason: code, found });
    } finally {
      await rm(outbox, { recursive: true, force: true });
    }
  }

  return {
    begin() {
      const planned = (): void => {
        if (ports.settings() !== null) void lookOnce();
      };
      timers = [setTimeout(planned, FIRST_LOOK_MS), setInterval(planned, LOOK_EVERY_MS)];
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      ending.abort();
    },
    commands: {
      'exchange.save': ({ place, secrets }, call) => {
        const before = ports.settings();
        // Secrets go to the place that they were given for, and to no other.
        const same = before !== null && place !== null && whereOf(before.place) === whereOf(place);
        const kept = same ? secretsOf(before) : NO_SECRETS;
        const given = Object.entries(secrets).filter(([, value]) => value !== undefined);
        const joined = exchangeSecretsSchema.parse({ ...kept, ...Object.fromEntries(given) });
        if (place?.kind === 'sftp' && place.ssh.identity === 'key' && joined.privateKey === null)
          return refused('invalid-request', { field: 'privateKey' });
        const exchange =
          place === null
            ? null
            : {
                place,
                secrets: Buffer.from(sealing.seal(SECRETS, JSON.stringify(joined))).toString('base64'),
              };
        const done = call.commit(null, { place: place?.kind ?? 'none' }, (write) => {
          writeSettings(write, { exchange });
          return ok({});
        });
        if (done.ok) {
          last = null;
          ports.settingsChanged();
        }
        return done;
      },
      'exchange.look': async (_, call) => {
        if (ports.settings() === null) return refused('not-allowed-now', { reason: 'no-exchange' });
        const seen = await lookOnce();
        return call.commit(null, { found: seen.found, taken: seen.taken }, () => ok(seen));
      },
      'exchange.publish': ({ id }, call) =>
        give(
          call,
          id,
          'adapters',
          adapterBundleName(id),
          async (outbox) => {
            const out = await ports.adapterOut(id, outbox);
            return out.ok ? ok(await filesIn(out.value.folder, [MANIFEST_LAST])) : out;
          },
          () => undefined,
        ),
      'exchange.send': ({ id }, call) =>
        give(
          call,
          id,
          'feedback',
          bundleNameOf(id),
          async (outbox) => {
            const out = await ports.dataSetOut(id, outbox);
            if (!out.ok) return out;
            await sign(out.value.folder, id);
            return ok(await filesIn(out.value.folder, [ports.manifestOfDataSet, FEEDBACK_FILE]));
          },
          (write) => ports.noteSent(write, id, call.person.id),
        ),
    },
    queries: {
      'exchange.state': () => {
        const settings = ports.settings();
        const secrets = settings === null ? NO_SECRETS : secretsOf(settings);
        return ok({
          place: settings?.place ?? null,
          hasToken: secrets.token !== null,
          hasKey: secrets.privateKey !== null,
          looking: underWay !== null,
          last,
        });
      },
    },
  };

  async function sign(folder: string, dataSet: string): Promise<void> {
    const manifest = await readFile(join(folder, ports.manifestOfDataSet));
    const at = isoTime(clock.wall());
    const statement: FeedbackStatement = {
      format: FEEDBACK_FORMAT,
      dataSet,
      manifest: createHash('sha256').update(manifest).digest('hex'),
      at,
    };
    const { publicKey, signature } = store.transaction((write) =>
      signAsWorkstation(write, sealing, at, feedbackText(statement)),
    );
    const bundle = {
      statement,
      publicKey: Buffer.from(publicKey).toString('base64'),
      signature: Buffer.from(signature).toString('base64'),
    };
    await writeFile(join(folder, FEEDBACK_FILE), JSON.stringify(bundle, null, 2));
  }
}

const MANIFEST_LAST = 'manifest.json';

/** Those named come last, in this order: they make a bundle whole. */
async function filesIn(
  folder: string,
  lastOnes: readonly string[],
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const names = (await readdir(folder)).filter((name) => !lastOnes.includes(name)).sort();
  return [...names, ...lastOnes].map((name) => ({ name, path: join(folder, name) }));
}

/** Ids of data sets are of the same characters, and not all of them in small letters. */
function bundleNameOf(dataSet: string): string {
  return `data-set-${dataSet.toLowerCase().replace(/[^a-z0-9-]/gu, '-')}`.slice(0, 64);
}

/** Where secrets would go. */
function whereOf(place: ExchangePlace): string {
  switch (place.kind) {
    case 'folder':
      return place.folder;
    case 'https':
      return `${new URL(place.address).host} ${place.certificate}`;
    case 'sftp':
      return `${place.ssh.user}@${place.ssh.host}:${place.ssh.port} ${place.ssh.hostKey}`;
  }
}
