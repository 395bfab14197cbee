/**
 * The engine in a child on plain Node, for models that do not load inside this program and for wards that want a
 * crash of the model to cost nothing at all. A child that dies is started again, later each time it dies soon; when
 * it is closed, its memory is the system's again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type {
  AbortSignalLike,
  AdaptableEngine,
  EngineStatus,
  GenerationEvent,
} from '../../../app/contract/engine.ts';
import type { EngineAdapters } from '../../../app/contract/engine-adapters.ts';
import { createEngineClient } from '../../../app/contract/engine-client.ts';
import type { IsolatedRequest } from './isolated-request.ts';
import { channelOverProcess } from './process-channel.ts';

/** The first pause, doubled with every death in a row up to the longest; a child that lived this long was well. Ours. */
const PAUSES = { firstMs: 500, longestMs: 60_000, wellAfterMs: 120_000 };
const CLOSE_LIMIT_MS = 5_000;

export interface IsolatedOptions {
  /** Node's binary. Null: there is none here, and the status says so. */
  readonly node: string | null;
  /** `isolated-child`. */
  readonly script: string;
  readonly request: IsolatedRequest;
  readonly pauses?: Partial<typeof PAUSES>;
  readonly mayStart?: Promise<void>;
  /** For tests and logs: each child that was started. */
  readonly onChild?: (child: ChildProcess) => void;
}

export interface IsolatedEngine extends AdaptableEngine {
  close(): Promise<void>;
}

interface Life {
  readonly child: ChildProcess;
  readonly port: AdaptableEngine;
}

export function createIsolatedEngine(options: IsolatedOptions): IsolatedEngine {
  const pauses = { ...PAUSES, ...options.pauses };
  const listeners = new Set<(status: EngineStatus) => void>();
  let current: EngineStatus = { state: 'starting', detail: null, model: null };
  let life: Life | null = null;
  let closed = false;
  let deaths = 0;
  let adapters: EngineAdapters | null = null;
  let again: NodeJS.Timeout | null = null;

  function setStatus(status: EngineStatus): void {
    current = status;
    for (const listener of listeners) listener(status);
  }

  function begin(node: string): void {
    if (closed) return;
    const startedAt = performance.now();
    const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env;
    const child = fork(options.script, [JSON.stringify(options.request)], {
      execPath: node,
      execArgv: [],
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    options.onChild?.(child);
    const port = createEngineClient(channelOverProcess(child));
    const mine: Life = { child, port };
    life = mine;
    if (adapters !== null) port.adapt(adapters);
    port.onStatus((status) => {
      if (life === mine && !closed) setStatus(status);
    });
    let over = false;
    const died = (how: string): void => {
      if (over) return;
      over = true;
      if (life === mine) life = null;
      if (closed) return;
      deaths = performance.now() - startedAt >= pauses.wellAfterMs ? 1 : deaths + 1;
      setStatus({
        state: 'failed',
        detail: `the isolated engine ended: ${how}; it is started again`,
        model: null,
      });
      again = setTimeout(() => begin(node), Math.min(pauses.longestMs, pauses.firstMs * 2 ** (deaths - 1)));
    };
    child.on('error', (error) => died(error.message));
    child.on('exit', (code, signal) => died(signal === null ? `exit ${code}` : `signal ${signal}`));
  }

  const { node, mayStart = Promise.resolve() } = options;
  if (node === null)
    current = { state: 'failed', detail: 'plain Node is not installed beside this program', model: null };
  else void mayStart.then(() => begin(node));

  async function* none(): AsyncGenerator<GenerationEvent> {
    yield { kind: 'failed', reason: 'unavailable', detail: 'the isolated engine does not run' };
  }

  return {
    status: () => current,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prepare: (prefix) => life?.port.prepare(prefix) ?? Promise.resolve(),
    speculate: (plan) => life?.port.speculate(plan),
    adapt(next) {
      adapters = next;
      life?.port.adapt(next);
    },
    generate: (plan, priority, signal: AbortSignalLike) =>
      life?.port.generate(plan, priority, signal) ?? none(),
    async close() {
      closed = true;
      if (again !== null) clearTimeout(again);
      const ended = life?.child;
      if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => ended.once('exit', () => resolve()));
      ended.disconnect();
      const timer = setTimeout(() => ended.kill('SIGKILL'), CLOSE_LIMIT_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
