/**
 * Which adapter writes. The one in use takes over between two explanations and the one before it ends what it has begun;
 * one on trial is worn by the plans that ask for it. What cannot be loaded is refused by name and changes nothing.
 */
import type {
  AbortSignalLike,
  ConfidenceThresholds,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
  PromptSegment,
} from '../../app/contract/engine.ts';
import type { EngineAdapter, EngineAdapters } from '../../app/contract/engine-adapters.ts';
import { sha256Of } from './model-file.ts';
import type { Wearing } from './wearing.ts';

export interface WardrobeOptions {
  /** What came with the program. */
  readonly shipped: Wearing;
  readonly shippedVersion: string | null;
  readonly wear: (file: string, sha256: string, busy: boolean) => Wearing;
  readonly described: Omit<NonNullable<EngineStatus['model']>, 'adapter' | 'adapterSha256' | 'thresholds'>;
  /** What the bare model's probabilities mean; an adapter's mean something else. */
  readonly thresholds: ConfidenceThresholds | null;
}

export interface Wardrobe {
  status(): EngineStatus;
  onStatus(listener: (status: EngineStatus) => void): () => void;
  prepare(prefix: readonly PromptSegment[]): Promise<void>;
  speculate(plan: GenerationPlan | null): void;
  generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncIterable<GenerationEvent>;
  /** Resolves when the change is made, or refused. Never rejects. */
  adapted(adapters: EngineAdapters): Promise<void>;
  close(): Promise<void>;
}

interface Worn {
  readonly adapter: EngineAdapter;
  readonly wearing: Wearing;
}

async function* failed(reason: 'unavailable' | 'failed', detail: string): AsyncGenerator<GenerationEvent> {
  yield { kind: 'failed', reason, detail };
}

export function createWardrobe(options: WardrobeOptions): Wardrobe {
  const { shipped, shippedVersion, described, thresholds } = options;
  const listeners = new Set<(status: EngineStatus) => void>();
  const refused = new Map<string, string>();
  let known: readonly EngineAdapter[] = [];
  let inUse: Worn | null = null;
  const trials = new Map<string, Promise<Worn>>();
  let changing: Promise<void> = Promise.resolve();

  function status(): EngineStatus {
    const list = [...refused].map(([sha256, detail]) => ({ sha256, detail }));
    return {
      state: 'ready',
      detail: null,
      model: {
        ...described,
        adapter: inUse === null ? shippedVersion : inUse.adapter.version,
        ...(inUse === null ? {} : { adapterSha256: inUse.adapter.sha256 }),
        ...(inUse === null && shippedVersion === null && thresholds !== null ? { thresholds } : {}),
      },
      ...(list.length === 0 ? {} : { refusedAdapters: list }),
    };
  }
  const current = (): Wearing => inUse?.wearing ?? shipped;

  async function open(adapter: EngineAdapter, busy: boolean): Promise<Worn> {
    const found = await sha256Of(adapter.file);
    if (found !== adapter.sha256) throw new Error(`sha256 ${found} instead of ${adapter.sha256}`);
    const wearing = options.wear(adapter.file, adapter.sha256, busy);
    await wearing.ready();
    return { adapter, wearing };
  }

  async function change({ inUse: wanted, known: now }: EngineAdapters): Promise<void> {
    known = now;
    // A person tries again by telling anew: the file may have been mended.
    refused.clear();
    for (const [sha256, trial] of trials) {
      if (known.some((one) => one.sha256 === sha256)) continue;
      trials.delete(sha256);
      void trial.then(({ wearing }) => wearing.close()).catch(() => undefined);
    }
    if (wanted !== (inUse?.adapter.sha256 ?? null)) {
      const adapter = known.find(({ sha256 }) => sha256 === wanted);
      const before = inUse;
      try {
        if (wanted !== null && adapter === undefined) throw new Error('nobody said where it is');
        inUse = adapter === undefined ? null : await open(adapter, true);
        // It ends what it has begun; its memory is free then.
        void before?.wearing.close();
      } catch (error) {
        refused.set(wanted ?? '', error instanceof Error ? error.message : String(error));
      }
    }
    for (const listener of listeners) listener(status());
  }

  /** The wearing of a plan's adapter, opened where no plan has asked for it yet. */
  async function worn(sha256: string | null): Promise<Wearing> {
    if (sha256 === null) return shipped;
    await changing;
    if (inUse?.adapter.sha256 === sha256) return inUse.wearing;
    const found = trials.get(sha256);
    if (found !== undefined) return (await found).wearing;
    const adapter = known.find((one) => one.sha256 === sha256);
    if (adapter === undefined) throw new Error('this adapter is not known here');
    const opened = open(adapter, false);
    trials.set(sha256, opened);
    // What could not be opened now may be there at the next try.
    opened.catch(() => trials.delete(sha256));
    return (await opened).wearing;
  }

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    if (plan.adapter === undefined) return yield* current().generate(plan, priority, signal);
    let wearing: Wearing;
    try {
      wearing = await worn(plan.adapter);
    } catch (error) {
      return yield* failed('unavailable', error instanceof Error ? error.message : String(error));
    }
    const version = plan.adapter === null ? shippedVersion : versionOf(plan.adapter);
    for await (const event of wearing.generate(plan, priority, signal)) {
      if (event.kind !== 'done') yield event;
      else
        yield {
          ...event,
          writtenBy: { name: described.name, sha256: described.sha256, adapter: version },
        };
    }
  }
  function versionOf(sha256: string): string {
    return known.find((one) => one.sha256 === sha256)?.version ?? sha256;
  }

  return {
    status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prepare: (prefix) => current().prepare(prefix),
    speculate: (plan) => current().speculate(plan),
    generate,
    adapted(adapters) {
      changing = changing.then(() => change(adapters));
      return changing;
    },
    async close() {
      await changing;
      const opened = await Promise.allSettled(trials.values());
      const onTrial = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.wearing] : []));
      const all = [shipped, ...(inUse === null ? [] : [inUse.wearing]), ...onTrial];
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}
