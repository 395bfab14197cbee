/** The engine behind a channel: requests in, status and events out. The other end is `createEngineClient`. */
import type { Channel } from '../../app/contract/channel.ts';
import {
  type AdaptableEngine,
  type ChosenEngine,
  type EnginePort,
  type EngineReply,
  engineRequestSchema,
} from '../../app/contract/engine.ts';

/** Serves one client until its channel closes; what it started is then cancelled. Bad messages are ignored. */
export function serveEngine(channel: Channel, engine: EnginePort | AdaptableEngine | ChosenEngine): void {
  const running = new Map<string, AbortController>();
  const send = (reply: EngineReply) => channel.send(reply);
  const stopStatus = engine.onStatus((status) => send({ kind: 'status', status }));

  async function generate(id: string, events: ReturnType<EnginePort['generate']>): Promise<void> {
    try {
      for await (const event of events) send({ kind: 'event', id, event });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      send({ kind: 'event', id, event: { kind: 'failed', reason: 'failed', detail } });
    } finally {
      running.delete(id);
    }
  }

  channel.onMessage((message) => {
    const request = engineRequestSchema.safeParse(message);
    if (!request.success) return;
    switch (request.data.kind) {
      case 'prepare':
        // Preparing only saves time; a failure shows again, with its reason, when something is generated.
        void engine.prepare(request.data.prefix).catch(() => undefined);
        return;
      case 'speculate':
        engine.speculate(request.data.plan);
        return;
      case 'choose':
        if ('choose' in engine) engine.choose(request.data.choice);
        return;
      case 'adapt':
        if ('adapt' in engine) engine.adapt(request.data.adapters);
        return;
      case 'cancel':
        running.get(request.data.id)?.abort();
        return;
      case 'generate': {
        const { id, plan, priority } = request.data;
        if (running.has(id)) return;
        const controller = new AbortController();
        running.set(id, controller);
        void generate(id, engine.generate(plan, priority, controller.signal));
      }
    }
  });
  channel.onClose(() => {
    stopStatus();
    for (const controller of running.values()) controller.abort();
    running.clear();
  });
  send({ kind: 'status', status: engine.status() });
}
