import { describe, expect, it } from 'vitest';
import type { Channel } from '../../app/contract/channel.ts';
import type { EnginePort, EngineStatus, GenerationEvent } from '../../app/contract/engine.ts';
import { createEngineClient } from '../../app/contract/engine-client.ts';
import { withFault } from './fault.ts';
import { serveEngine } from './serve.ts';

const READY: EngineStatus = { state: 'ready', detail: null, model: null };
const PLAN = {
  prefix: [],
  body: [],
  steps: [{ kind: 'hole' as const, maxTokens: 4 }],
  sampling: { temperature: 0, topP: 1, seed: 1 },
};
const HOLE: GenerationEvent = {
  kind: 'hole',
  step: 0,
  text: ' a.',
  probability: 0.5,
  tokens: 1,
  ended: 'sentence',
};
const DONE: GenerationEvent = {
  kind: 'done',
  layout: 'serial',
  tokens: { promptNew: 1, forced: 0, sampled: 1 },
  timing: { firstToken: 1, complete: 2 },
};

/** Two ends of a line; what is sent is copied as a process border would, and arrives later. */
function line(): [Channel, Channel] {
  const ends = [0, 1].map(() => ({
    listeners: [] as ((message: unknown) => void)[],
    closers: [] as (() => void)[],
  }));
  const end = (own: number): Channel => ({
    send: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => ends[1 - own]?.listeners.forEach((listener) => void listener(copy)));
    },
    onMessage: (listener) => void ends[own]?.listeners.push(listener),
    onClose: (listener) => void ends[own]?.closers.push(listener),
    close: () => ends.forEach(({ closers }) => void closers.forEach((closer) => void closer())),
  });
  return [end(0), end(1)];
}

function engineOf(generate: EnginePort['generate']): EnginePort {
  return {
    status: () => READY,
    onStatus: () => () => undefined,
    prepare: () => Promise.resolve(),
    speculate: () => undefined,
    generate,
  };
}

async function collect(events: AsyncIterable<GenerationEvent>): Promise<GenerationEvent[]> {
  const list: GenerationEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

describe('an engine across a channel', () => {
  it('tells its status and passes events on in order', async () => {
    const [near, far] = line();
    const client = createEngineClient(near);
    expect(client.status().state).toBe('starting');
    const ready = new Promise<EngineStatus>((resolve) => client.onStatus(resolve));
    serveEngine(
      far,
      engineOf(async function* () {
        yield HOLE;
        yield DONE;
      }),
    );
    expect(await ready).toEqual(READY);
    expect(await collect(client.generate(PLAN, 'emergency', new AbortController().signal))).toEqual([
      HOLE,
      DONE,
    ]);
  });

  it('cancels at the engine and ends here at once', async () => {
    const [near, far] = line();
    const client = createEngineClient(near);
    const controller = new AbortController();
    const cancelled = new Promise<boolean>((resolve) => {
      serveEngine(
        far,
        engineOf(async function* (_plan, _priority, signal) {
          yield HOLE;
          await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
          resolve(true);
        }),
      );
    });
    const events: GenerationEvent[] = [];
    for await (const event of client.generate(PLAN, 'emergency', controller.signal)) {
      events.push(event);
      controller.abort();
    }
    expect(events).toMatchObject([HOLE, { kind: 'failed', reason: 'cancelled' }]);
    expect(await cancelled).toBe(true);
  });

  it('is not held by an engine that hangs', async () => {
    const [near, far] = line();
    serveEngine(
      far,
      withFault(
        engineOf(async function* () {}),
        'hang',
      ),
    );
    const controller = new AbortController();
    const events = collect(createEngineClient(near).generate(PLAN, 'emergency', controller.signal));
    setTimeout(() => controller.abort(), 5);
    expect(await events).toMatchObject([{ kind: 'failed', reason: 'cancelled' }]);
  });

  it('fails what runs when the engine is gone, and what is asked afterwards', async () => {
    const [near, far] = line();
    serveEngine(
      far,
      withFault(
        engineOf(async function* () {}),
        'hang',
      ),
    );
    const client = createEngineClient(near);
    const running = collect(client.generate(PLAN, 'emergency', new AbortController().signal));
    setTimeout(() => near.close(), 5);
    expect(await running).toMatchObject([{ kind: 'failed', reason: 'unavailable' }]);
    expect(client.status().state).toBe('failed');
    const later = await collect(client.generate(PLAN, 'emergency', new AbortController().signal));
    expect(later).toMatchObject([{ kind: 'failed', reason: 'unavailable' }]);
  });

  it('stops the work of a caller that stops listening', async () => {
    const [near, far] = line();
    const stopped = new Promise<boolean>((resolve) => {
      serveEngine(
        far,
        engineOf(async function* (_plan, _priority, signal) {
          yield HOLE;
          await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
          resolve(signal.aborted);
        }),
      );
    });
    for await (const _event of createEngineClient(near).generate(
      PLAN,
      'emergency',
      new AbortController().signal,
    ))
      break;
    expect(await stopped).toBe(true);
  });

  it('turns a throw of the engine and a malformed event into a failure', async () => {
    const [near, far] = line();
    serveEngine(
      far,
      engineOf(async function* () {
        yield HOLE;
        throw new Error('broken');
      }),
    );
    const events = await collect(
      createEngineClient(near).generate(PLAN, 'emergency', new AbortController().signal),
    );
    expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'failed', detail: 'broken' });

    const [alone, other] = line();
    other.onMessage((message) => {
      const id: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'id') : null;
      other.send({ kind: 'event', id, event: { kind: 'hole', step: -1 } });
    });
    const malformed = await collect(
      createEngineClient(alone).generate(PLAN, 'emergency', new AbortController().signal),
    );
    expect(malformed).toMatchObject([{ kind: 'failed', reason: 'failed', detail: 'malformed event' }]);
  });

  it('ignores messages that are no requests', async () => {
    const [near, far] = line();
    serveEngine(
      far,
      engineOf(async function* () {
        yield DONE;
      }),
    );
    near.send({ kind: 'format', disk: 'c' });
    near.send(null);
    const events = await collect(
      createEngineClient(near).generate(PLAN, 'background', new AbortController().signal),
    );
    expect(events).toEqual([DONE]);
  });
});
