/**
 * The engine's events under a watchdog. An engine that stops answering, even one that ignores being cancelled,
 * costs its explanation and nothing else: it is left alone and the ward goes on.
 */
import {
  type EnginePort,
  type GenerationEvent,
  type GenerationPlan,
  type GenerationPriority,
  isLastEvent,
} from '../../../app/contract/engine.ts';

/** No progress for this long: a hole of the slowest model here takes a third of it. Ours. */
export const NO_PROGRESS_MS = 30_000;

/** How much longer a job may stand still for more urgent ones before it is given up. Ours. */
const STANDING_FACTOR = 10;

export type WatchedEvent = GenerationEvent | { readonly kind: 'timed-out' };

/** Yields the engine's events; the last one is `done`, `failed` or `timed-out`. Never throws. */
export async function* watchedEvents(
  engine: EnginePort,
  plan: GenerationPlan,
  priority: GenerationPriority,
  abort: AbortController,
  noProgressMs: number,
): AsyncGenerator<WatchedEvent, void, undefined> {
  const events = engine.generate(plan, priority, abort.signal)[Symbol.asyncIterator]();
  let ended = false;
  // A background job that stands still for a more urgent one is not stuck. Nobody is more urgent than an emergency.
  const standingMs = priority === 'background' ? noProgressMs * STANDING_FACTOR : noProgressMs;
  let paused = false;
  try {
    for (;;) {
      const next = await nextOrNothing(events, abort.signal, paused ? standingMs : noProgressMs);
      if (next === 'timed-out') {
        yield { kind: 'timed-out' };
        return;
      }
      if (next === 'cancelled') {
        yield { kind: 'failed', reason: 'cancelled', detail: 'cancelled' };
        return;
      }
      if (next.done === true) {
        yield { kind: 'failed', reason: 'failed', detail: 'the engine ended without a result' };
        return;
      }
      ended = isLastEvent(next.value);
      paused = next.value.kind === 'paused';
      yield next.value;
      if (ended) return;
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown error';
    yield { kind: 'failed', reason: 'failed', detail };
  } finally {
    if (!ended) abort.abort();
    // Not awaited: an engine that hangs may never answer this either.
    void events.return?.().catch(() => undefined);
  }
}

type Next = IteratorResult<GenerationEvent, unknown> | 'timed-out' | 'cancelled';

function nextOrNothing(
  events: AsyncIterator<GenerationEvent, unknown>,
  signal: AbortSignal,
  limitMs: number,
): Promise<Next> {
  return new Promise((resolve, reject) => {
    const cancelled = (): void => finish('cancelled');
    const timer = setTimeout(() => finish('timed-out'), limitMs);
    const finish = (next: Next): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancelled);
      resolve(next);
    };
    if (signal.aborted) {
      finish('cancelled');
      return;
    }
    signal.addEventListener('abort', cancelled, { once: true });
    events.next().then(finish, reject);
  });
}
