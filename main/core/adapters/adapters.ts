/** Trained adapters on this workstation: taken in, gated, signed, and moved to the bed and back, call by call. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import {
  type AdapterAct,
  type ExposurePolicy,
  SIGNER_ROLES,
  type StepBackReason,
} from '../../../app/learning/adapters/life.ts';
import { adapterBundleName } from '../../../app/learning/exchange/place.ts';
import { modelCard } from '../../../app/learning/gates/model-card.ts';
import { reportPage } from '../../../app/learning/gates/report-page.ts';
import { ADAPTER_GGUF_FILE } from '../../../app/learning/training/adapter-manifest.ts';
import type { Clock, Ids } from '../clock.ts';
import type { TrialAdapter } from '../explanation/explanations.ts';
import type { Explanation } from '../explanation/explanations-table.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { writeSettings } from '../store/settings.ts';
import type { CommandHandlers, PermittedCall, QueryHandlers } from '../terminal/calls.ts';
import { adapterQueries } from './adapter-queries.ts';
import { readRelease } from './adapters-tables.ts';
import { ADAPTER_MANIFEST_FILE, RELEASE_FILE } from './check-folder.ts';
import { createGates, type GateSizes } from './gates.ts';
import { type AdapterRegistry, createAdapterRegistry, unknownAdapter } from './registry.ts';
import { signAdapterCommands } from './sign-adapter.ts';
import { releaseOf } from './signing.ts';
import { createTakeIn } from './take-in.ts';

export interface AdapterPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly engine: EnginePort | AdaptableEngine;
  readonly people: () => readonly PersonView[];
  readonly userDataDir: string;
  readonly modelsDir: string;
  readonly resourcesDir: string;
  readonly program: { readonly version: string; readonly runtime: string };
  readonly policy: () => ExposurePolicy;
  readonly settingsChanged: () => void;
  readonly steppedBack: (version: string, reason: StepBackReason) => void;
  readonly gateSizes?: GateSizes;
}

type AdapterCommands =
  | 'adapter.import'
  | 'adapter.run-gates'
  | 'adapter.stop-gates'
  | 'adapter.sign'
  | 'adapter.shadow'
  | 'adapter.canary'
  | 'adapter.promote'
  | 'adapter.step-back'
  | 'adapter.withdraw'
  | 'adapter.export'
  | 'adapter.exposure'
  | 'signing-key.rotate'
  | 'signing-key.trust';
type AdapterQueries = 'adapter.state' | 'adapter.report' | 'adapter.history';

export interface Adapters {
  readonly commands: Pick<CommandHandlers, AdapterCommands>;
  readonly queries: Pick<QueryHandlers, AdapterQueries>;
  /** Folders below it are taken in when they fit. */
  readonly fetched: string;
  /** Writes a signed adapter with release, report and card into a folder of its own below this one. */
  writeOut(id: string, folder: string): Promise<Outcome<{ folder: string; files: number }>>;
  /** After the start: tells the engine, goes on with gates that were cut off, looks for what was fetched. */
  begin(): void;
  trialFor(alertId: string, bed: string): TrialAdapter | null;
  written(explanation: Explanation, trial: TrialAdapter | null): void;
  close(): void;
}

/** Where the trainer's client keeps what it has fetched: a folder a training, its manifest written last. */
const FETCHED_FOLDER = join('learning', 'adapters');

export function createAdapters(ports: AdapterPorts): Adapters {
  const { store, clock, log, engine } = ports;
  const home = join(ports.userDataDir, 'adapters');
  const fetched = join(ports.userDataDir, FETCHED_FOLDER);
  const gates = createGates({ ...ports, registry: () => registry });
  const registry: AdapterRegistry = createAdapterRegistry({
    store,
    engine,
    clock,
    log,
    folder: home,
    policy: ports.policy,
    atGates: gates.atGates,
    steppedBack: ports.steppedBack,
  });
  const takeIn = createTakeIn({ ...ports, registry, home, fetched });

  /** A person's act on an adapter, audited, with the engine told after it. */
  function move(call: PermittedCall, act: AdapterAct): Outcome<Record<string, never>> {
    const done = call.commit(act.adapter, { act: act.act }, (write) => {
      const why = registry.act(write, act, call.person.id);
      return why === null ? ok({}) : refused('not-allowed-now', { reason: why });
    });
    if (done.ok) registry.tell();
    return done;
  }

  async function writeOut(id: string, folder: string): Promise<Outcome<{ folder: string; files: number }>> {
    const adapter = registry.find(id);
    const release = readRelease(store.read, id);
    const report = gates.lastReport(id);
    if (adapter === null) return unknownAdapter();
    if (release === null || release.signatures.length < SIGNER_ROLES.length || report === null)
      return refused('not-allowed-now', { reason: 'not-signed' });
    const to = join(folder, adapterBundleName(id));
    const texts: readonly (readonly [string, string])[] = [
      ['report.json', report.text],
      ['report.html', reportPage(report.report)],
      ['model-card.md', modelCard(report.report)],
      [RELEASE_FILE, JSON.stringify(releaseOf(release), null, 2)],
      [ADAPTER_MANIFEST_FILE, adapter.manifest],
    ];
    try {
      await mkdir(to, { recursive: true });
      await copyFile(registry.fileOf(id, ADAPTER_GGUF_FILE), join(to, ADAPTER_GGUF_FILE));
      for (const [name, text] of texts) await writeFile(join(to, name), text);
    } catch (error) {
      log('error', 'adapter-not-exported', { reason: reasonOf(error) });
      return refused('storage-unavailable', { reason: 'folder-not-written' });
    }
    return ok({ folder: to, files: texts.length + 1 });
  }

  return {
    fetched,
    writeOut,
    trialFor: registry.trialFor,
    written: registry.written,
    begin() {
      registry.tell();
      gates.begin();
      takeIn.begin();
    },
    close() {
      takeIn.close();
      gates.close();
      registry.close();
    },
    commands: {
      ...takeIn.commands,
      ...gates.commands,
      ...signAdapterCommands({ ...ports, registry }),
      'adapter.shadow': ({ id }, call) => move(call, { act: 'shadowed', adapter: id }),
      'adapter.canary': ({ id, canary }, call) => move(call, { act: 'canaried', adapter: id, canary }),
      'adapter.promote': ({ id }, call) => move(call, { act: 'promoted', adapter: id }),
      'adapter.step-back': (_, call) => {
        const { trial, production } = registry.now();
        const id = trial?.adapter ?? production;
        if (id === null) return refused('not-allowed-now', { reason: 'no-step-back' });
        return move(call, { act: 'stepped-back', adapter: id, reason: 'person' });
      },
      'adapter.withdraw': ({ id }, call) => move(call, { act: 'withdrawn', adapter: id }),
      'adapter.export': async ({ id, folder }, call) => {
        const out = await writeOut(id, folder);
        return out.ok ? call.commit(id, {}, () => ok(out.value)) : out;
      },
      'adapter.exposure': (policy, call) => {
        const done = call.commit(null, { ...policy }, (write) => {
          writeSettings(write, { adapterExposure: policy });
          return ok({});
        });
        if (done.ok) ports.settingsChanged();
        return done;
      },
    },
    queries: adapterQueries({ ...ports, registry, gates, takeIn }),
  };
}
