/** Trained adapters on this workstation: taken in, gated, signed, and moved to the bed and back, call by call. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mayDo } from '../../../app/access/access.ts';
import type { AdapterView } from '../../../app/contract/calls/adapters.ts';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import {
  type AdapterAct,
  type ExposurePolicy,
  SIGNER_ROLES,
  type SignerRole,
  type StepBackReason,
} from '../../../app/learning/adapters/life.ts';
import { RELEASE_FORMAT, type Statement, signedText } from '../../../app/learning/adapters/release.ts';
import { adapterBundleName } from '../../../app/learning/exchange/place.ts';
import { modelCard } from '../../../app/learning/gates/model-card.ts';
import { type GatePrompt, readGatePrompts } from '../../../app/learning/gates/prompts.ts';
import { type GateReport, reportSchema } from '../../../app/learning/gates/report.ts';
import { reportPage } from '../../../app/learning/gates/report-page.ts';
import { THRESHOLDS, type Thresholds } from '../../../app/learning/gates/verdict.ts';
import { ADAPTER_GGUF_FILE, adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import type { TrialAdapter } from '../explanation/explanations.ts';
import type { Explanation } from '../explanation/explanations-table.ts';
import { type Log, reasonOf } from '../log.ts';
import { signIn } from '../people/sign-in.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { writeSettings } from '../store/settings.ts';
import type { CommandHandlers, PermittedCall, QueryHandlers } from '../terminal/calls.ts';
import {
  highestSequence,
  insertAct,
  insertAdapter,
  insertSignature,
  type KeptAdapter,
  readActs,
  readAdapters,
  readRelease,
  readSigningKeys,
  writeStatement,
} from './adapters-tables.ts';
import {
  ADAPTER_MANIFEST_FILE,
  baseHeaderOf,
  type CheckedFolder,
  checkAdapterFolder,
  type FolderProblem,
  RELEASE_FILE,
  sha256Text,
} from './check-folder.ts';
import { createGateRunner } from './gate-runner.ts';
import { endRun, type GateRun, insertRun, readRuns, setRunState } from './gate-tables.ts';
import { createAdapterRegistry } from './registry.ts';
import { keyOf, problemOfRelease, releaseOf, rotateKey, signStatement, trustKey } from './signing.ts';

/** How much a run asks; only tests ask for less than the whole. */
export interface GateSizes {
  readonly cases: number;
  readonly prompts: number;
  readonly limits: Thresholds;
  /** Null: drawn anew for each run. */
  readonly seed: number | null;
}

/** Enough alerts that no shown invention among their holes bounds the rate below 1.5 %: 90 have some 450 holes. */
const WHOLE: GateSizes = { cases: 90, prompts: Number.POSITIVE_INFINITY, limits: THRESHOLDS, seed: null };
const MOST_SEED = 2 ** 31;
/** Folders that were fetched are looked for so often. Ours. */
const LOOK_MS = 20_000;

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
const SYSTEM = 'system';
const PERMISSION_OF = { clinical: 'sign-clinically', technical: 'sign-technically' } as const;

/** A model derived from Llama 3 must be called so: its licence says it. */
function versionOf({ id, manifest }: CheckedFolder): string {
  const licenceName = /llama-?3/iu.test(manifest.base.name) ? 'Llama 3 ' : '';
  return `${licenceName}dsquaremedicalmodel ${manifest.dataSet.id.slice(0, 12)}-${id.slice(0, 8)}`;
}

export function createAdapters(ports: AdapterPorts): Adapters {
  const { store, sealing, clock, ids, log, engine } = ports;
  const sizes = ports.gateSizes ?? WHOLE;
  const home = join(ports.userDataDir, 'adapters');
  const fetched = join(ports.userDataDir, FETCHED_FOLDER);
  const taken = new Set<string>();
  let refusedFolders: { folder: string; reason: string; file: string }[] = [];
  let looking: NodeJS.Timeout | null = null;
  let prompts: readonly GatePrompt[] | null = null;
  const allPrompts = (): readonly GatePrompt[] => {
    prompts ??= readGatePrompts(readFileSync(join(ports.resourcesDir, 'gates', 'prompts.jsonl'), 'utf8'));
    return prompts;
  };

  const runner = createGateRunner({
    store,
    engine,
    clock,
    log,
    prompts: allPrompts,
    program: `${ports.program.version}, ${ports.program.runtime}`,
    begun: () => registry.tell(),
    ended: gatesEnded,
  });
  const registry = createAdapterRegistry({
    store,
    engine,
    clock,
    log,
    folder: home,
    policy: ports.policy,
    atGates: () => runOf(runner.running())?.adapterId ?? null,
    steppedBack: ports.steppedBack,
  });

  function runOf(id: string | null): GateRun | null {
    return id === null ? null : (readRuns(store.read).find((run) => run.id === id) ?? null);
  }
  function lastRun(adapterId: string): GateRun | null {
    return readRuns(store.read).find((run) => run.adapterId === adapterId) ?? null;
  }
  function lastReport(adapterId: string): { text: string; report: GateReport } | null {
    const text = readRuns(store.read).find(
      (run) => run.adapterId === adapterId && run.report !== null,
    )?.report;
    return text === undefined || text === null
      ? null
      : { text, report: reportSchema.parse(JSON.parse(text)) };
  }

  async function check(folder: string): ReturnType<typeof checkAdapterFolder> {
    const { model } = engine.status();
    const used = readActs(store.read).flatMap(({ act }) => (act.act === 'promoted' ? [act.adapter] : []));
    const highest = Math.max(0, ...used.map((id) => readRelease(store.read, id)?.statement.sequence ?? 0));
    return checkAdapterFolder(folder, {
      baseSha256: model === null || model.sha256 === '' ? null : model.sha256,
      baseHeader: model === null ? null : await baseHeaderOf(ports.modelsDir, model.file),
      releaseProblem: (release, adapter, manifest) =>
        problemOfRelease(store.read, release, adapter, manifest, highest),
    });
  }

  /** Copies what was checked to where the engine will read it. */
  async function bring(folder: string, { id, manifestText }: CheckedFolder): Promise<void> {
    const unfinished = join(home, `${id}.part`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await copyFile(join(folder, ADAPTER_GGUF_FILE), join(unfinished, ADAPTER_GGUF_FILE));
    await writeFile(join(unfinished, ADAPTER_MANIFEST_FILE), manifestText, { mode: 0o600 });
    await rm(join(home, id), { recursive: true, force: true });
    await rename(unfinished, join(home, id));
  }

  function record(write: Writer, checked: CheckedFolder, by: string): boolean {
    if (registry.find(checked.id) !== null) return false;
    insertAdapter(write, {
      id: checked.id,
      version: versionOf(checked),
      stagedMs: clock.wall(),
      stagedBy: by,
      bytes: checked.bytes,
      manifest: checked.manifestText,
    });
    insertAct(write, { atMs: clock.wall(), by, act: { act: 'staged', adapter: checked.id } });
    const { release } = checked;
    if (release !== null) {
      writeStatement(write, checked.id, release.statement);
      for (const { role, key, signature } of release.signatures)
        insertSignature(write, checked.id, {
          role,
          keyId: key,
          signature: Buffer.from(signature, 'base64'),
          atMs: clock.wall(),
        });
    }
    return true;
  }

  async function lookForFetched(): Promise<void> {
    const names = await readdir(fetched).catch((): string[] => []);
    refusedFolders = refusedFolders.filter(({ folder }) => names.includes(folder));
    // While the model is read nothing can be said of what fits it.
    if (engine.status().model === null) return;
    for (const name of names) {
      if (taken.has(name) || refusedFolders.some(({ folder }) => folder === name)) continue;
      const folder = join(fetched, name);
      const checked = await check(folder);
      // Its manifest comes last: until then it is being fetched.
      if (!checked.ok && checked.problem === 'no-manifest') continue;
      if (!checked.ok) {
        refusedFolders.push({ folder: name, reason: checked.problem, file: checked.file });
        log('warn', 'adapter-refused', { folder: name, reason: checked.problem, file: checked.file });
        continue;
      }
      taken.add(name);
      if (registry.find(checked.value.id) !== null) continue;
      await bring(folder, checked.value);
      store.transaction((write) => record(write, checked.value, SYSTEM));
      registry.tell();
    }
  }
  function look(): void {
    lookForFetched().catch((error) => log('error', 'adapters-not-looked-for', { reason: reasonOf(error) }));
  }

  function gatesEnded(run: GateRun, report: GateReport): void {
    const text = JSON.stringify(report);
    store.transaction((write) => {
      endRun(write, run.id, text);
      const done = registry.act(
        write,
        { act: 'gates-ended', adapter: run.adapterId, passed: report.passed, report: sha256Text(text) },
        run.begunBy,
      );
      if (done === null && report.passed) countSignedElsewhere(write, run.adapterId, sha256Text(text));
    });
    registry.tell();
  }

  /** What two people of another ward signed counts here as soon as it has passed the gates of this machine. */
  function countSignedElsewhere(write: Writer, id: string, report: string): void {
    const release = readRelease(write, id);
    const kept = registry.find(id);
    if (release === null || kept === null) return;
    const adapter = { sha256: id, bytes: kept.bytes };
    if (problemOfRelease(write, releaseOf(release), adapter, sha256Text(kept.manifest), 0) !== null) return;
    const keys = readSigningKeys(write);
    if (release.signatures.some(({ keyId }) => keys.find((key) => key.id === keyId)?.personId !== null))
      return;
    for (const { role, keyId } of release.signatures)
      registry.act(
        write,
        {
          act: 'signed',
          adapter: id,
          role,
          person: keyId,
          statement: statementHash(release.statement),
          report,
        },
        SYSTEM,
      );
  }

  function beginGates(adapter: KeptAdapter, by: string, write: Writer): Outcome<GateRun> {
    const cut = lastRun(adapter.id);
    const { model } = engine.status();
    const languages = (['en', 'hi'] as const).filter((one) => model?.languages.includes(one));
    if (model === null || model.sha256 === '' || languages.length === 0)
      return refused('engine-unavailable', { reason: 'model-missing' });
    const goesOn =
      cut !== null &&
      (cut.state === 'stopped' || cut.state === 'failed') &&
      cut.settings.baseSha256 === model.sha256 &&
      cut.settings.inUse === registry.now().production;
    if (goesOn) {
      setRunState(write, cut.id, 'running', null);
      return ok({ ...cut, state: 'running' });
    }
    const { production } = registry.now();
    const settings = {
      seed: sizes.seed ?? randomInt(MOST_SEED),
      cases: sizes.cases,
      prompts: allPrompts()
        .slice(0, Math.min(sizes.prompts, allPrompts().length))
        .map(({ id }) => id),
      languages,
      promptFormat: model.promptFormat,
      baseSha256: model.sha256,
      inUse: production,
      inUseVersion: production === null ? null : (registry.find(production)?.version ?? null),
      limits: sizes.limits,
    };
    const run = { id: ids.next(), adapterId: adapter.id, begunBy: by, settings };
    insertRun(write, run, clock.wall());
    return ok({ ...run, state: 'running', detail: null, report: null });
  }

  /** A person's act on an adapter, audited, with the engine told after it. */
  function move(call: PermittedCall, act: AdapterAct): Outcome<Record<string, never>> {
    const done = call.commit(act.adapter, { act: act.act }, (write) => {
      const why = registry.act(write, act, call.person.id);
      return why === null ? ok({}) : refused('not-allowed-now', { reason: why });
    });
    if (done.ok) registry.tell();
    return done;
  }

  async function knowsPin(call: PermittedCall, pin: string): Promise<Outcome<null>> {
    const again = await signIn({ store, sealing, clock }, call.person.id, pin);
    return again.ok ? ok(null) : again;
  }

  function sign(
    write: Writer,
    person: PersonView,
    adapter: KeptAdapter,
    role: SignerRole,
    report: string,
  ): Outcome<Record<string, never>> {
    const before = readRelease(write, adapter.id);
    const statement: Statement =
      before !== null && before.statement.report === report
        ? before.statement
        : {
            format: RELEASE_FORMAT,
            sequence: highestSequence(write) + 1,
            version: adapter.version,
            base: adapterManifestSchema.parse(JSON.parse(adapter.manifest)).base.sha256,
            adapter: { sha256: adapter.id, bytes: adapter.bytes },
            manifest: sha256Text(adapter.manifest),
            report,
          };
    const why = registry.act(
      write,
      {
        act: 'signed',
        adapter: adapter.id,
        role,
        person: person.id,
        statement: statementHash(statement),
        report,
      },
      person.id,
    );
    if (why !== null) return refused('not-allowed-now', { reason: why });
    if (before?.statement !== statement) writeStatement(write, adapter.id, statement);
    const key = keyOf(write, sealing, person, role, clock.wall());
    insertSignature(write, adapter.id, {
      role,
      keyId: key.id,
      signature: signStatement(sealing, key, statement),
      atMs: clock.wall(),
    });
    return ok({});
  }

  const unknown = (): Outcome<never> => refused('not-found', { what: 'adapter' });

  async function writeOut(id: string, folder: string): Promise<Outcome<{ folder: string; files: number }>> {
    const adapter = registry.find(id);
    const release = readRelease(store.read, id);
    const report = lastReport(id);
    if (adapter === null) return unknown();
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
      for (const run of readRuns(store.read)) {
        const adapter = registry.find(run.adapterId);
        if (run.state !== 'running' || adapter === null || runner.running() !== null) continue;
        whenReady(() => resume(run, adapter));
      }
      looking = setInterval(look, LOOK_MS);
      look();
    },
    close() {
      if (looking !== null) clearInterval(looking);
      runner.close();
      registry.close();
    },
    commands: {
      'adapter.import': async ({ folder }, call) => {
        if (engine.status().model === null) return problemOf('no-model', '');
        const checked = await check(folder);
        if (!checked.ok) return problemOf(checked.problem, checked.file);
        if (registry.find(checked.value.id) !== null)
          return refused('not-allowed-now', { reason: 'adapter-known' });
        try {
          await bring(folder, checked.value);
        } catch (error) {
          log('error', 'adapter-not-brought', { reason: reasonOf(error) });
          return refused('storage-unavailable', { reason: 'folder-not-written' });
        }
        const { id } = checked.value;
        return call.commit(id, { bytes: checked.value.bytes }, (write) =>
          record(write, checked.value, call.person.id)
            ? ok({ id })
            : refused('not-allowed-now', { reason: 'adapter-known' }),
        );
      },
      'adapter.run-gates': ({ id }, call) => {
        const adapter = registry.find(id);
        if (adapter === null) return unknown();
        if (runner.running() !== null) return refused('busy');
        const state = registry.now().lives.get(id)?.state;
        if (state === 'shadow' || state === 'canary' || state === 'production' || state === 'previous')
          return refused('not-allowed-now', { reason: 'in-use' });
        if (state === 'withdrawn') return refused('not-allowed-now', { reason: 'withdrawn' });
        if (engine.status().chosen?.adapter === 'remote')
          return refused('engine-unavailable', { reason: 'server-chosen' });
        let run: GateRun | null = null;
        const begun = call.commit(id, {}, (write) => {
          const made = beginGates(adapter, call.person.id, write);
          if (!made.ok) return made;
          run = made.value;
          return ok({});
        });
        if (begun.ok && run !== null) resume(run, adapter);
        return begun;
      },
      'adapter.stop-gates': ({ id }, call) => {
        if (runOf(runner.running())?.adapterId !== id)
          return refused('not-allowed-now', { reason: 'stopped' });
        return call.commit(id, {}, () => {
          runner.stop();
          return ok({});
        });
      },
      'adapter.sign': async ({ id, role, report, pin }, call) => {
        const adapter = registry.find(id);
        if (adapter === null) return unknown();
        if (!mayDo(call.person.role, PERMISSION_OF[role]))
          return refused('not-allowed-now', { reason: 'role-not-yours' });
        const known = await knowsPin(call, pin);
        if (!known.ok) return known;
        const done = call.commit(id, { role, report }, (write) =>
          sign(write, call.person, adapter, role, report),
        );
        if (done.ok) registry.tell();
        return done;
      },
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
      'signing-key.rotate': async ({ role, pin }, call) => {
        if (!mayDo(call.person.role, PERMISSION_OF[role]))
          return refused('not-allowed-now', { reason: 'role-not-yours' });
        const known = await knowsPin(call, pin);
        if (!known.ok) return known;
        return call.commit(null, { role }, (write) =>
          ok({ id: rotateKey(write, sealing, call.person, role, clock.wall()).id }),
        );
      },
      'signing-key.trust': (given, call) =>
        call.commit(null, { role: given.role }, (write) => {
          const id = trustKey(write, given, call.person.id, clock.wall());
          return id === null ? refused('invalid-request', { field: 'publicKey' }) : ok({ id });
        }),
    },
    queries: {
      'adapter.state': async () => {
        await lookForFetched();
        const now = registry.now();
        return ok({
          adapters: readAdapters(store.read).map(viewOf),
          production: now.production,
          previous: now.previous,
          canStepBack: now.canStepBack || now.trial !== null,
          policy: ports.policy(),
          keys: readSigningKeys(store.read).map((key) => ({
            id: key.id,
            role: key.role,
            name: key.personId === null ? key.name : nameOf(key.personId),
            publicKey: Buffer.from(key.publicKey).toString('base64'),
            addedAt: isoTime(key.addedMs),
            retired: key.retiredAfter !== null,
            own: key.personId !== null,
          })),
          refused: refusedFolders,
        });
      },
      'adapter.report': ({ id }) => {
        const found = lastReport(id);
        if (found === null) return refused('not-found', { what: 'report' });
        const { text, report } = found;
        return ok({ sha256: sha256Text(text), report, html: reportPage(report), card: modelCard(report) });
      },
      'adapter.history': ({ id }) =>
        ok({
          acts: readActs(store.read)
            .filter(({ act }) => act.adapter === id)
            .map(({ atMs, by, act }) => ({
              at: isoTime(atMs),
              by: nameOf(by),
              act: act.act,
              detail: act.act === 'signed' ? act.role : act.act === 'stepped-back' ? act.reason : null,
            })),
        }),
    },
  };

  function resume(run: GateRun, adapter: KeptAdapter): void {
    runner.run(run, adapter);
  }
  /** Gates that were cut off go on when there is a model again. */
  function whenReady(go: () => void): void {
    if (engine.status().state === 'ready') {
      go();
      return;
    }
    const leave = engine.onStatus(({ state }) => {
      if (state !== 'ready') return;
      leave();
      go();
    });
  }
  function nameOf(id: string): string {
    return ports.people().find((person) => person.id === id)?.name ?? id;
  }
  function viewOf(kept: KeptAdapter): AdapterView {
    const now = registry.now();
    const life = now.lives.get(kept.id);
    const manifest = adapterManifestSchema.parse(JSON.parse(kept.manifest));
    const run = lastRun(kept.id);
    const report = lastReport(kept.id);
    const keys = readSigningKeys(store.read);
    const isRunning = run !== null && run.id === runner.running();
    const refusal = engine.status().refusedAdapters?.find(({ sha256 }) => sha256 === kept.id);
    return {
      id: kept.id,
      version: kept.version,
      state: life?.state ?? 'staged',
      stagedAt: isoTime(kept.stagedMs),
      stagedBy: nameOf(kept.stagedBy),
      bytes: kept.bytes,
      base: manifest.base.name,
      dataSet: manifest.dataSet.id,
      report: report === null ? null : { sha256: sha256Text(report.text), passed: report.report.passed },
      signatures: (readRelease(store.read, kept.id)?.signatures ?? []).map(({ role, keyId, atMs }) => {
        const key = keys.find((one) => one.id === keyId);
        const name = key === undefined ? keyId : key.personId === null ? key.name : nameOf(key.personId);
        return { role, name, at: isoTime(atMs) };
      }),
      gates:
        run === null || run.state === 'ended'
          ? null
          : {
              state: isRunning ? 'running' : run.state === 'running' ? 'stopped' : run.state,
              ...runner.progress(run),
              detail: run.detail,
            },
      exposure: registry.exposure(kept.id),
      canary: now.trial?.adapter === kept.id ? now.trial.canary : null,
      refused: refusal?.detail ?? null,
    };
  }
}

function statementHash(statement: Statement): string {
  return sha256Text(signedText(statement));
}

/** A refused folder, in codes that `app/language` has words for. */
function problemOf(problem: FolderProblem | 'no-model', file: string): Outcome<never> {
  return refused('adapter-refused', { reason: problem, file });
}
