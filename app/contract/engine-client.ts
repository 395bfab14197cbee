/** The engine port on this side of a channel. A hanging or dead engine never holds its caller: abort ends it here. */
import type { Channel } from './channel.ts';
import {
  type AbortSignalLike,
  type ChosenEngine,
  type EngineRequest,
  type EngineStatus,
  engineReplySchema,
  type GenerationEvent,
  type GenerationPlan,
  type GenerationPriority,
  isLastEvent,
} from './engine.ts';

const STARTING: EngineStatus = { state: 'starting', detail: null, model: null };

/** Events of one generation, kept until they are asked for. The last one is `done` or `failed`. */
interface Stream {
  push(event: GenerationEvent): void;
  events(): AsyncGenerator<GenerationEvent>;
}

function createStream(onEnd: () => void): Stream {
  const waiting: GenerationEvent[] = [];
  let wake: (() => void) | null = null;
  let ended = false;
  return {
    push(event) {
      if (ended) return;
      ended = isLastEvent(event);
      waiting.push(event);
      wake?.();
    },
    async *events() {
      try {
        for (;;) {
          const event = waiting.shift();
          if (event === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          yield event;
          if (isLastEvent(event)) return;
        }
      } finally {
        onEnd();
      }
    },
  };
}

/**
 * An engine port that speaks over a channel. Everything that arrives is validated; a malformed message is ignored
 * and a malformed event of a known generation fails that generation. `prepare` resolves once it is asked for.
 */
export function createEngineClient(channel: Channel): ChosenEngine {
  const streams = new Map<string, Stream>();
  const listeners = new Set<(status: EngineStatus) => void>();
  let current: EngineStatus = STARTING;
  let count = 0;
  let closed = false;
  const send = (request: EngineRequest) => channel.send(request);

  function setStatus(status: EngineStatus): void {
    current = status;
    for (const listener of listeners) listener(status);
  }

  channel.onMessage((message) => {
    const reply = engineReplySchema.safeParse(message);
    if (!reply.success) {
      const id = typeof message === 'object' && message !== null ? Reflect.get(message, 'id') : null;
      if (typeof id === 'string')
        streams.get(id)?.push({ kind: 'failed', reason: 'failed', detail: 'malformed event' });
      return;
    }
    if (reply.data.kind === 'status') setStatus(reply.data.status);
    else streams.get(reply.data.id)?.push(reply.data.event);
  });
  channel.onClose(() => {
    closed = true;
    for (const stream of streams.values())
      stream.push({ kind: 'failed', reason: 'unavailable', detail: 'the engine is gone' });
    setStatus({ state: 'failed', detail: 'the engine is gone', model: null });
  });

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    if (closed || signal.aborted) {
      const reason = closed ? 'unavailable' : 'cancelled';
      yield { kind: 'failed', reason, detail: closed ? 'the engine is gone' : 'cancelled before it began' };
      return;
    }
    const id = `g${++count}`;
    let over = false;
    const cancel = () => {
      // The engine may hang, so the caller is not made to wait for its answer.
      stream.push({ kind: 'failed', reason: 'cancelled', detail: 'cancelled' });
      if (!over && !closed) send({ kind: 'cancel', id });
      over = true;
    };
    const stream = createStream(() => {
      streams.delete(id);
      signal.removeEventListener('abort', cancel);
    });
    streams.set(id, stream);
    signal.addEventListener('abort', cancel, { once: true });
    send({ kind: 'generate', id, plan, priority });
    let finished = false;
    try {
      for await (const event of stream.events()) {
        finished = isLastEvent(event);
        yield event;
      }
    } finally {
      // A caller that stops listening early also stops the work.
      if (!finished && !over && !closed) send({ kind: 'cancel', id });
    }
  }

  return {
    status: () => current,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prepare(prefix) {
      if (!closed) send({ kind: 'prepare', prefix: [...prefix] });
      return Promise.resolve();
    },
    speculate(plan) {
      if (!closed) send({ kind: 'speculate', plan });
    },
    choose(choice) {
      if (!closed) send({ kind: 'choose', choice });
    },
    adapt(adapters) {
      if (!closed) send({ kind: 'adapt', adapters });
    },
    generate,
  };
}
