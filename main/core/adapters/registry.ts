/**
 * Which trained adapter writes at which bed: the engine is told of what two people signed and of nothing else, alerts of a
 * canary are given to it, and what it writes is watched. The way back needs nobody's leave but a click, or a bad figure.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import type { EngineAdapter } from '../../../app/contract/engine-adapters.ts';
import { type Outcome, refused } from '../../../app/contract/outcome.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import {
  type AdapterAct,
  applyAct,
  type Exposure,
  type ExposurePolicy,
  type LifeRefusal,
  type Registry,
  type StepBackReason,
} from '../../../app/learning/adapters/life.ts';
import { type ExposureRow, stepBackReason } from '../../../app/learning/adapters/watch.ts';
import { ADAPTER_GGUF_FILE } from '../../../app/learning/training/adapter-manifest.ts';
import { appendAudit } from '../audit/audit.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { TrialAdapter } from '../explanation/explanations.ts';
import { type Explanation, readTimeOfAnother } from '../explanation/explanations-table.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store, Writer } from '../store/database.ts';
import {
  insertAct,
  type KeptAdapter,
  readActs,
  readAdapters,
  readRegistry,
  readRelease,
} from './adapters-tables.ts';
import { sha256Text } from './check-folder.ts';
import { insertExposure, readExposures, type TrialStage } from './gate-tables.ts';
import { problemOfRelease, releaseOf } from './signing.ts';
import { createShadowWriter, exposureOf } from './trial-writer.ts';

export interface RegistryPorts {
  readonly store: Store;
  readonly engine: EnginePort | AdaptableEngine;
  readonly clock: Clock;
  readonly log: Log;
  readonly folder: string;
  readonly policy: () => ExposurePolicy;
  /** An adapter whose gates run: the engine may write with it, as idle work. */
  readonly atGates: () => string | null;
  /** Called when an adapter left the bed by itself. */
  readonly steppedBack: (version: string, reason: StepBackReason) => void;
}

export interface AdapterRegistry {
  now(): Registry;
  find(id: string): KeptAdapter | null;
  fileOf(id: string, name: string): string;
  /** Does an act in the caller's transaction; the refusal says why it cannot be. */
  act(write: Writer, act: AdapterAct, by: string): LifeRefusal | 'bad-release' | 'downgrade' | null;
  /** To be called after a commit that moved an adapter: tells the engine. */
  tell(): void;
  /** What the adapter has written in its stage. */
  exposure(id: string): (Exposure & { holes: number; shown: number; unsafe: number }) | null;
  trialFor(alertId: string, bed: string): TrialAdapter | null;
  written(explanation: Explanation, trial: TrialAdapter | null): void;
  close(): void;
}

/** Who acts where no person does. */
export const SYSTEM = 'system';
const HOUR_MS = 3_600_000;
const NO_EXPOSURE: Exposure = { explanations: 0, hours: 0 };

export const unknownAdapter = (): Outcome<never> => refused('not-found', { what: 'adapter' });

export function createAdapterRegistry(ports: RegistryPorts): AdapterRegistry {
  const { store, engine, clock, log } = ports;
  let registry = readRegistry(store.read);
  const find = (id: string): KeptAdapter | null =>
    readAdapters(store.read).find((one) => one.id === id) ?? null;
  const fileOf = (id: string, name: string): string => join(ports.folder, id, name);

  /** Why what was signed does not count any more; null: it does. */
  function unsound(id: string): string | null {
    const kept = find(id);
    const release = readRelease(store.read, id);
    if (kept === null || release === null) return 'unsigned';
    const adapter = { sha256: id, bytes: kept.bytes };
    return problemOfRelease(store.read, releaseOf(release), adapter, sha256Text(kept.manifest), 0);
  }
  function engineAdapter(id: string): EngineAdapter[] {
    const kept = find(id);
    return kept === null ? [] : [{ sha256: id, file: fileOf(id, ADAPTER_GGUF_FILE), version: kept.version }];
  }

  function tell(): void {
    registry = readRegistry(store.read);
    if (!('adapt' in engine)) return;
    const { production, previous, trial } = registry;
    const signed = [production, previous, trial?.adapter ?? null].filter((id) => id !== null);
    const sound = signed.filter((id) => {
      const problem = unsound(id);
      if (problem !== null) log('error', 'adapter-not-sound', { id, problem });
      return problem === null;
    });
    const atGates = ports.atGates();
    const ids = new Set([...sound, ...(atGates === null ? [] : [atGates])]);
    engine.adapt({
      inUse: production !== null && sound.includes(production) ? production : null,
      known: [...ids].flatMap(engineAdapter),
    });
  }

  function stageOf(id: string): { readonly stage: TrialStage; readonly sinceMs: number } | null {
    const state = registry.lives.get(id)?.state;
    if (state !== 'shadow' && state !== 'canary' && state !== 'production') return null;
    const begins = { shadow: 'shadowed', canary: 'canaried', production: 'promoted' } as const;
    // Other beds for the same canary are not a new beginning of it.
    const mine = readActs(store.read).filter(({ act }) => act.adapter === id);
    const last = mine.findLastIndex(({ act }) => act.act !== begins[state]);
    return { stage: state, sinceMs: mine[last + 1]?.atMs ?? mine.at(-1)?.atMs ?? 0 };
  }

  function rowsOf(id: string): { stage: TrialStage; sinceMs: number; rows: ExposureRow[] } | null {
    const at = stageOf(id);
    return at === null ? null : { ...at, rows: readExposures(store.read, id, at.stage, at.sinceMs) };
  }

  function exposure(id: string): ReturnType<AdapterRegistry['exposure']> {
    const at = rowsOf(id);
    if (at === null) return null;
    const total = (of: (row: ExposureRow) => number): number =>
      at.rows.reduce((sum, row) => sum + of(row), 0);
    return {
      explanations: at.rows.filter(({ ms }) => ms !== null).length,
      hours: Math.max(0, (clock.wall() - at.sinceMs) / HOUR_MS),
      holes: total(({ holes }) => holes),
      shown: total(({ shown }) => shown),
      unsafe: total(({ unsafe }) => unsafe),
    };
  }

  /** The highest release that was ever in use here. */
  function highestInUse(): number {
    const used = readActs(store.read).flatMap(({ act }) => (act.act === 'promoted' ? [act.adapter] : []));
    return Math.max(0, ...used.map((id) => readRelease(store.read, id)?.statement.sequence ?? 0));
  }

  function act(write: Writer, act: AdapterAct, by: string): LifeRefusal | 'bad-release' | 'downgrade' | null {
    const applied = applyAct(readRegistry(write), act, {
      exposure: exposure(act.adapter) ?? NO_EXPOSURE,
      policy: ports.policy(),
    });
    if (!applied.ok) return applied.why;
    if (act.act === 'shadowed' || act.act === 'canaried' || act.act === 'promoted') {
      if (unsound(act.adapter) !== null) return 'bad-release';
      const sequence = readRelease(write, act.adapter)?.statement.sequence ?? 0;
      if (sequence < highestInUse()) return 'downgrade';
    }
    insertAct(write, { atMs: clock.wall(), by, act });
    return null;
  }

  /** Counts what was written, and takes the adapter away where it may not stay. */
  function note(id: string, explanationId: string, row: ExposureRow): void {
    try {
      const at = stageOf(id);
      if (at === null) return;
      store.transaction((write) =>
        insertExposure(write, { adapterId: id, stage: at.stage, explanationId }, row, clock.wall()),
      );
      const reason = stepBackReason(rowsOf(id)?.rows ?? []);
      if (reason === null) return;
      const refusal = store.transaction((write) => {
        const why = act(write, { act: 'stepped-back', adapter: id, reason }, SYSTEM);
        if (why === null)
          appendAudit(write, isoTime(clock.wall()), {
            actor: SYSTEM,
            action: 'adapter.step-back',
            subject: id,
            detail: { reason },
          });
        return why;
      });
      if (refusal !== null) return;
      log('warn', 'adapter-stepped-back', { id, reason });
      tell();
      ports.steppedBack(find(id)?.version ?? id, reason);
    } catch (error) {
      log('error', 'adapter-not-watched', { reason: reasonOf(error) });
    }
  }
  const shadow = createShadowWriter(engine, (explanation, adapter, row) =>
    note(adapter, explanation.id, row),
  );

  return {
    now: () => registry,
    find,
    fileOf,
    act,
    tell,
    exposure,
    trialFor(alertId, bed) {
      const { trial } = registry;
      if (trial === null || trial.canary === null || !('adapt' in engine)) return null;
      // A server writes with its own model: an adapter of this machine is nothing to it.
      const { chosen, refusedAdapters = [] } = engine.status();
      if (chosen?.adapter === 'remote' || refusedAdapters.some(({ sha256 }) => sha256 === trial.adapter))
        return null;
      const { canary } = trial;
      const chosenHere =
        canary.by === 'beds' ? canary.beds.includes(bed) : percentOf(alertId) < canary.percent;
      const kept = chosenHere ? find(trial.adapter) : null;
      return kept === null ? null : { sha256: kept.id, version: kept.version };
    },
    written(explanation, trial) {
      const { production, trial: onTrial } = registry;
      if (explanation.reason === 'interrupted' || explanation.status === 'stopped') return;
      const done = explanation.status === 'complete';
      const ms = done ? explanation.completeMs : null;
      const facts = completeFacts(explanation.facts);
      const writer = trial?.sha256 ?? (isInUse(explanation) ? production : null);
      if (writer !== null) {
        const otherMs = readTimeOfAnother(store.read, explanation.model?.adapter ?? null);
        note(writer, explanation.id, exposureOf(explanation.sentences, facts, ms, otherMs));
      }
      if (trial === null && done && onTrial !== null && onTrial.canary === null)
        shadow.add(explanation, onTrial.adapter);
    },
    close: () => shadow.close(),
  };

  /** Whether the adapter in use wrote it, and not a server or what came with the program. */
  function isInUse({ model }: Explanation): boolean {
    const { production } = registry;
    return production !== null && model !== null && model.adapter === find(production)?.version;
  }
}

/** Where an alert lies among a hundred: always the same, so that a repeated explanation has the same writer. */
function percentOf(alertId: string): number {
  return createHash('sha256').update(alertId).digest().readUInt32BE(0) % 100;
}
