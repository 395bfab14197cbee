/**
 * One model wearing one adapter: contexts that apply it, made when they are first needed. Weights are shared by all;
 * what an adapter costs is its own few megabytes and the caches of its contexts.
 */
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type {
  AbortSignalLike,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
} from '../../app/contract/engine.ts';
import { createGeneration, type Generation, type Workplace } from './generation.ts';
import { BATCH_TOKENS } from './sequences.ts';

/** Contexts for idle work are given back when nobody has used them for so long (ms). Ours. */
const IDLE_KEPT_MS = 60_000;

export interface WearingOptions extends Omit<Workplace, 'sequences'> {
  readonly model: LlamaModel;
  /** Null: the model as it is. */
  readonly adapterFile: string | null;
  readonly threads: number;
  /** Sequences of each context. */
  readonly counts: { readonly [priority in GenerationPriority]: number };
  /** Throws, in words, where so many more sequences do not fit this machine's memory. */
  readonly insistOnMemory: (sequences: number) => void;
}

export interface Wearing extends Omit<Generation, 'stop'> {
  /** Makes what an emergency needs, so that none waits for it. Rejects where the adapter cannot be loaded. */
  ready(): Promise<void>;
  /** Lets nothing begin, waits for what runs, and gives the memory back. */
  close(): Promise<void>;
  /** Cancels what runs as well. */
  stop(): Promise<void>;
}

interface Room {
  readonly context: LlamaContext;
  readonly sequences: readonly LlamaContextSequence[];
}

export function createWearing(options: WearingOptions): Wearing {
  const rooms = new Map<GenerationPriority, Promise<Room>>();
  let running = 0;
  let idleUsers = 0;
  let idleTimer: NodeJS.Timeout | null = null;
  let whenQuiet: (() => void)[] = [];

  async function open(priority: GenerationPriority): Promise<Room> {
    const count = options.counts[priority];
    if (priority === 'idle' || options.adapterFile !== null) options.insistOnMemory(count);
    const context = await options.model.createContext({
      contextSize: options.contextTokens,
      batchSize: BATCH_TOKENS,
      sequences: count,
      threads: options.threads,
      failedCreationRemedy: false,
      ...(options.adapterFile === null ? {} : { lora: options.adapterFile }),
    });
    return { context, sequences: Array.from({ length: count }, () => context.getSequence()) };
  }

  async function sequences(priority: GenerationPriority): Promise<readonly LlamaContextSequence[]> {
    let room = rooms.get(priority);
    if (room === undefined) {
      room = open(priority);
      rooms.set(priority, room);
      // What could not be opened may fit later.
      room.catch(() => rooms.delete(priority));
    }
    return (await room).sequences;
  }

  async function leave(priority: GenerationPriority): Promise<void> {
    const room = rooms.get(priority);
    rooms.delete(priority);
    // What could not be opened has nothing to give back; whoever asked for it was told why.
    await room?.then(({ context }) => context.dispose()).catch(() => undefined);
  }

  const generation = createGeneration({ ...options, sequences });

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    const isIdle = priority === 'idle';
    running++;
    if (isIdle) {
      idleUsers++;
      if (idleTimer !== null) clearTimeout(idleTimer);
    }
    try {
      yield* generation.generate(plan, priority, signal);
    } finally {
      running--;
      if (isIdle) {
        idleUsers--;
        if (idleUsers === 0) {
          idleTimer = setTimeout(() => {
            if (idleUsers === 0) void leave('idle');
          }, IDLE_KEPT_MS);
          idleTimer.unref();
        }
      }
      if (running === 0) {
        for (const go of whenQuiet) go();
        whenQuiet = [];
      }
    }
  }

  async function close(): Promise<void> {
    if (idleTimer !== null) clearTimeout(idleTimer);
    if (running > 0) await new Promise<void>((resolve) => whenQuiet.push(resolve));
    await generation.stop();
    for (const priority of [...rooms.keys()]) await leave(priority);
  }

  return {
    prepare: generation.prepare,
    speculate: generation.speculate,
    generate,
    ready: async () => void (await sequences('emergency')),
    close,
    async stop() {
      await generation.stop();
      for (const priority of [...rooms.keys()]) await leave(priority);
    },
  };
}
