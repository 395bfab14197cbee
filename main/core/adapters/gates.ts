/** The gates of adapters: beginning and stopping a run, going on with what was cut off, and what a report means here. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { type GatePrompt, readGatePrompts } from '../../../app/learning/gates/prompts.ts';
import { type GateReport, reportSchema } from '../../../app/learning/gates/report.ts';
import { THRESHOLDS, type Thresholds } from '../../../app/learning/gates/verdict.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store, Writer } from '../store/database.ts';
import type { CommandHandlers } from '../terminal/calls.ts';
import { type KeptAdapter, readRelease, readSigningKeys } from './adapters-tables.ts';
import { sha256Text } from './check-folder.ts';
import { createGateRunner } from './gate-runner.ts';
import { endRun, type GateRun, insertRun, readRuns, setRunState } from './gate-tables.ts';
import { type AdapterRegistry, SYSTEM, unknownAdapter } from './registry.ts';
import { problemOfRelease, releaseOf, statementHash } from './signing.ts';

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

export interface GatePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly engine: EnginePort | AdaptableEngine;
  readonly resourcesDir: string;
  readonly program: { readonly version: string; readonly runtime: string };
  readonly gateSizes?: GateSizes;
  /** Made after the gates, because it asks them what runs. */
  readonly registry: () => AdapterRegistry;
}

export interface Gates {
  readonly commands: Pick<CommandHandlers, 'adapter.run-gates' | 'adapter.stop-gates'>;
  /** The adapter whose gates run; null: none. */
  atGates(): string | null;
  lastRun(adapterId: string): GateRun | null;
  isRunning(run: GateRun): boolean;
  progress(run: GateRun): { readonly done: number; readonly of: number };
  /** Of the last run that ended, as it was written down. */
  lastReport(adapterId: string): { readonly text: string; readonly report: GateReport } | null;
  /** Goes on with what was cut off when the program ended. */
  begin(): void;
  close(): void;
}

export function createGates(ports: GatePorts): Gates {
  const { store, clock, ids, log, engine } = ports;
  const registry = {
    find: (id: string) => ports.registry().find(id),
    now: () => ports.registry().now(),
    act: (...given: Parameters<AdapterRegistry['act']>) => ports.registry().act(...given),
    tell: () => ports.registry().tell(),
  };
  const sizes = ports.gateSizes ?? WHOLE;
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

  return {
    atGates: () => runOf(runner.running())?.adapterId ?? null,
    lastRun,
    lastReport,
    isRunning: (run) => run.id === runner.running(),
    progress: runner.progress,
    begin() {
      for (const run of readRuns(store.read)) {
        const adapter = registry.find(run.adapterId);
        if (run.state !== 'running' || adapter === null || runner.running() !== null) continue;
        whenReady(() => runner.run(run, adapter));
      }
    },
    close: runner.close,
    commands: {
      'adapter.run-gates': ({ id }, call) => {
        const adapter = registry.find(id);
        if (adapter === null) return unknownAdapter();
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
        if (begun.ok && run !== null) runner.run(run, adapter);
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
    },
  };

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
}
