/** What terminals are shown of adapters: where each stands, its report, its history. */
import type { AdapterView } from '../../../app/contract/calls/adapters.ts';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import type { ExposurePolicy } from '../../../app/learning/adapters/life.ts';
import { modelCard } from '../../../app/learning/gates/model-card.ts';
import { reportPage } from '../../../app/learning/gates/report-page.ts';
import { adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import { isoTime } from '../clock.ts';
import type { Store } from '../store/database.ts';
import type { QueryHandlers } from '../terminal/calls.ts';
import { type KeptAdapter, readActs, readAdapters, readRelease, readSigningKeys } from './adapters-tables.ts';
import { sha256Text } from './check-folder.ts';
import type { Gates } from './gates.ts';
import type { AdapterRegistry } from './registry.ts';
import type { TakeIn } from './take-in.ts';

export interface AdapterQueryPorts {
  readonly store: Store;
  readonly engine: EnginePort | AdaptableEngine;
  readonly registry: AdapterRegistry;
  readonly gates: Gates;
  readonly takeIn: TakeIn;
  readonly people: () => readonly PersonView[];
  readonly policy: () => ExposurePolicy;
}

export function adapterQueries(
  ports: AdapterQueryPorts,
): Pick<QueryHandlers, 'adapter.state' | 'adapter.report' | 'adapter.history'> {
  const { store, engine, registry, gates, takeIn } = ports;

  return {
    'adapter.state': async () => {
      await takeIn.look();
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
        refused: takeIn.refused(),
      });
    },
    'adapter.report': ({ id }) => {
      const found = gates.lastReport(id);
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
  };

  function nameOf(id: string): string {
    return ports.people().find((person) => person.id === id)?.name ?? id;
  }
  function viewOf(kept: KeptAdapter): AdapterView {
    const now = registry.now();
    const life = now.lives.get(kept.id);
    const manifest = adapterManifestSchema.parse(JSON.parse(kept.manifest));
    const run = gates.lastRun(kept.id);
    const report = gates.lastReport(kept.id);
    const keys = readSigningKeys(store.read);
    const isRunning = run !== null && gates.isRunning(run);
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
              ...gates.progress(run),
              detail: run.detail,
            },
      exposure: registry.exposure(kept.id),
      canary: now.trial?.adapter === kept.id ? now.trial.canary : null,
      refused: refusal?.detail ?? null,
    };
  }
}
