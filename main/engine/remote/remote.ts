/**
 * The engine port on a completions server, with the local engine behind it: whatever the server does, an explanation
 * is written or fails as it would without one. A server that keeps failing is left alone for a while, and the status
 * says so.
 */
import type {
  AbortSignalLike,
  EnginePort,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
} from '../../../app/contract/engine.ts';
import { type EngineChoice, SERVER_PATIENCE } from '../../../app/contract/engine-choice.ts';
import { createCircuit } from './circuit.ts';
import { RemoteFault, type RemoteLimits } from './complete.ts';
import { fillHole, remoteHoles } from './holes.ts';

export type ServerChoice = NonNullable<EngineChoice['server']>;

export interface RemoteOptions {
  readonly server: ServerChoice;
  /** Writes where the server does not. */
  readonly local: EnginePort;
  readonly limits?: Partial<RemoteLimits>;
  readonly now?: () => number;
}

/** Holes that are asked for at once: an emergency's all but together, a background job's one after the other. Ours. */
const AT_ONCE: { readonly [priority in GenerationPriority]: number } = {
  emergency: 4,
  background: 1,
  idle: 1,
};

export function createRemoteEngine(options: RemoteOptions): EnginePort {
  const { server, local } = options;
  const limits = { ...SERVER_PATIENCE, ...options.limits };
  const now = options.now ?? (() => performance.now());
  const circuit = createCircuit(now);
  const listeners = new Set<(status: EngineStatus) => void>();
  let problem: string | null = null;
  let emergencies = 0;
  let quiet: (() => void)[] = [];

  const model = {
    name: server.model,
    file: new URL(server.url).host,
    sha256: '',
    adapter: null,
    promptFormat: server.promptFormat,
    languages: [...server.languages],
    tokensPerSecond: null,
    layout: null,
  };
  function status(): EngineStatus {
    const chosen = { adapter: 'remote' as const, problem };
    // While the server is left alone the local model writes: prompts must have its form.
    if (circuit.isOpen()) return { ...local.status(), chosen };
    return { state: 'ready', detail: problem, model, chosen };
  }
  let toldOpen = false;
  function tell(next: string | null): void {
    if (problem === next && toldOpen === circuit.isOpen()) return;
    problem = next;
    toldOpen = circuit.isOpen();
    for (const listener of listeners) listener(status());
  }

  /** Asks for all holes; throws `RemoteFault` where one cannot be had. Returns false where it was aborted. */
  async function* ask(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignal,
    missing: Set<number>,
  ): AsyncGenerator<GenerationEvent> {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const todo = remoteHoles(plan);
    const running = new Map<number, Promise<Extract<GenerationEvent, { kind: 'hole' }> | null>>();
    try {
      while (todo.length > 0 || running.size > 0) {
        if (priority !== 'emergency' && emergencies > 0 && running.size === 0) {
          yield { kind: 'paused' };
          await new Promise<void>((resolve) => {
            quiet.push(resolve);
            either.addEventListener('abort', () => resolve(), { once: true });
          });
          if (signal.aborted) return;
          yield { kind: 'resumed' };
        }
        for (const hole of todo.splice(0, AT_ONCE[priority] - running.size))
          running.set(hole.step, fillHole(server, hole, plan.sampling.seed, either, limits));
        const filled = await Promise.race(running.values());
        if (filled === null || signal.aborted) return;
        running.delete(filled.step);
        missing.delete(filled.step);
        yield filled;
      }
    } finally {
      stop.abort();
      // What still runs ends by the abort; a fault of it was told by the first one.
      for (const one of running.values()) one.catch(() => undefined);
    }
  }

  async function* instead(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
    missing: ReadonlySet<number>,
  ): AsyncGenerator<GenerationEvent> {
    const writer = local.status().model;
    const part = missing.size < plan.steps.filter(({ kind }) => kind === 'hole').length;
    for await (const event of local.generate(plan, priority, signal)) {
      // What the server has written stands: a screen may show it already.
      if (event.kind === 'hole' && !missing.has(event.step)) continue;
      if (event.kind !== 'done' || writer === null) {
        yield event;
        continue;
      }
      const { name, sha256, adapter } = writer;
      yield { ...event, writtenBy: { name: part ? `${server.model}, ${name}` : name, sha256, adapter } };
    }
  }

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    given: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    const missing = new Set(plan.steps.flatMap(({ kind }, step) => (kind === 'hole' ? [step] : [])));
    // A completions server writes; it does not say how likely it finds a given text.
    const weighs = plan.steps.some((step) => step.kind === 'hole' && step.choices !== undefined);
    if (weighs || !circuit.mayAsk()) return yield* instead(plan, priority, given, missing);
    const startedAt = now();
    const abort = new AbortController();
    const cancel = (): void => abort.abort();
    if (given.aborted) abort.abort();
    given.addEventListener('abort', cancel, { once: true });
    if (priority === 'emergency') emergencies += 1;
    let first: number | null = null;
    let sampled = 0;
    let fault: unknown = null;
    try {
      for await (const event of ask(plan, priority, abort.signal, missing)) {
        if (event.kind === 'hole') {
          first ??= now() - startedAt;
          sampled += event.tokens;
        }
        yield event;
      }
    } catch (error) {
      fault = error;
    } finally {
      abort.abort();
      given.removeEventListener('abort', cancel);
      if (priority === 'emergency') emergencies -= 1;
      if (emergencies === 0) {
        for (const go of quiet) go();
        quiet = [];
      }
    }
    if (given.aborted) {
      yield { kind: 'failed', reason: 'cancelled', detail: 'cancelled' };
    } else if (fault === null && missing.size === 0) {
      circuit.succeeded();
      tell(null);
      const timing = { firstToken: first, complete: now() - startedAt };
      yield { kind: 'done', layout: 'parallel', tokens: { promptNew: 0, forced: 0, sampled }, timing };
    } else {
      circuit.failed();
      tell(fault instanceof RemoteFault ? fault.problem : 'malformed');
      yield* instead(plan, priority, given, missing);
    }
  }

  return {
    status,
    onStatus(listener) {
      listeners.add(listener);
      const leave = local.onStatus(() => listener(status()));
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    prepare: (prefix) => local.prepare(prefix),
    // Nothing is sent before an alert: readings go to a server only where they must.
    speculate: (plan) => local.speculate(circuit.isOpen() ? plan : null),
    generate,
  };
}
