/**
 * The engine that a person chose: in this process, in a child, or on a server with the local one behind it. Nothing
 * is loaded before the first choice is told; what is chosen away is closed, and its memory is free.
 */
import type {
  AdaptableEngine,
  ChosenEngine,
  EnginePort,
  EngineStatus,
  GenerationEvent,
} from '../../app/contract/engine.ts';
import type { EngineAdapters } from '../../app/contract/engine-adapters.ts';
import type { EngineChoice } from '../../app/contract/engine-choice.ts';
import { createRemoteEngine } from './remote/remote.ts';

type Closable = AdaptableEngine & { close(): Promise<void> };

export interface ChosenOptions {
  readonly openInProcess: () => Closable;
  readonly openIsolated: () => Closable;
}

export function createChosenEngine(options: ChosenOptions): ChosenEngine & { close(): Promise<void> } {
  const listeners = new Set<(status: EngineStatus) => void>();
  let choice: EngineChoice | null = null;
  let local: { readonly where: 'in-process' | 'isolated'; readonly engine: Closable } | null = null;
  let port: EnginePort | null = null;
  let leave: () => void = () => undefined;
  let closing: Promise<unknown> = Promise.resolve();
  let closed = false;
  let adapters: EngineAdapters | null = null;

  function status(): EngineStatus {
    if (port === null || choice === null) return { state: 'starting', detail: null, model: null };
    const now = port.status();
    return { ...now, chosen: now.chosen ?? { adapter: choice.adapter, problem: null } };
  }
  const tell = (): void => {
    for (const listener of listeners) listener(status());
  };

  function choose(next: EngineChoice): void {
    if (closed || JSON.stringify(next) === JSON.stringify(choice)) return;
    choice = next;
    const where = next.adapter === 'isolated' ? 'isolated' : 'in-process';
    if (local?.where !== where) {
      const before = local?.engine;
      if (before !== undefined) closing = Promise.all([closing, before.close()]);
      const engine = where === 'isolated' ? options.openIsolated() : options.openInProcess();
      local = { where, engine };
      if (adapters !== null) engine.adapt(adapters);
    }
    leave();
    const { engine } = local;
    port =
      next.adapter === 'remote' && next.server !== null
        ? createRemoteEngine({ server: next.server, local: engine })
        : engine;
    leave = port.onStatus(tell);
    tell();
  }

  async function* none(): AsyncGenerator<GenerationEvent> {
    yield { kind: 'failed', reason: 'unavailable', detail: 'no engine is chosen yet' };
  }

  return {
    choose,
    adapt(next) {
      adapters = next;
      local?.engine.adapt(next);
    },
    status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prepare: (prefix) => port?.prepare(prefix) ?? Promise.resolve(),
    speculate: (plan) => port?.speculate(plan),
    generate: (plan, priority, signal) => port?.generate(plan, priority, signal) ?? none(),
    async close() {
      closed = true;
      leave();
      await Promise.allSettled([closing, local?.engine.close()]);
    },
  };
}
