/**
 * The load generator of `bench -- intake`, a process of its own: it sends HL7 over MLLP and measures from outside.
 *
 * Without a rate every connection sends its next message as soon as the last one is acknowledged. With a rate the
 * messages are due on a fixed timetable, whatever the answers do, and latency counts from the moment a message was
 * due: a server that stalls is charged for every message that it kept waiting.
 *
 * One argument: `LoadPlan` as JSON. One line of JSON on standard output: `LoadResult`.
 */
import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { loadMessage } from './load-message.ts';

const planSchema = z.object({
  port: z.number().int(),
  connections: z.number().int().min(1).max(64),
  seconds: z.number().positive(),
  /** Messages a second over all connections; null: as fast as they are answered. */
  perSecond: z.number().positive().nullable(),
  run: z.string(),
});
const plan = planSchema.parse(JSON.parse(process.argv[2] ?? '{}'));

const ACCEPTED = Buffer.from('MSA|AA|');
const END = 0x1c;
/** Answers that have not come so long after the end count as lost. */
const GRACE_MS = 10_000;

interface Connection {
  readonly socket: Socket;
  send(dueMs: number): void;
  /** The times from which the unanswered messages count, oldest first. */
  readonly due: number[];
}

const latencies: number[] = [];
let sent = 0;
let accepted = 0;
let otherwise = 0;

const connections = await Promise.all(Array.from({ length: plan.connections }, (_, index) => open(index)));
const started = performance.now();
const endsAt = started + plan.seconds * 1000;
await (plan.perSecond === null ? flood() : timetable(plan.perSecond));
const elapsedMs = performance.now() - started;
const inTime = accepted;
await settle();
for (const { socket } of connections) socket.destroy();
latencies.sort((a, b) => a - b);
const at = (share: number): number | null =>
  latencies[Math.min(latencies.length - 1, Math.ceil(share * latencies.length) - 1)] ?? null;
process.stdout.write(
  `${JSON.stringify({
    sent,
    accepted,
    otherwise,
    unanswered: sent - accepted - otherwise,
    perSecond: (inTime / elapsedMs) * 1000,
    latencyMs: { p50: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1) },
  })}\n`,
);

function flood(): Promise<void> {
  for (const connection of connections) connection.send(performance.now());
  return new Promise((resolve) => setTimeout(resolve, plan.seconds * 1000));
}

function timetable(perSecond: number): Promise<void> {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return new Promise((resolve) => {
    const step = (): void => {
      const now = performance.now();
      for (let due = started + next * gapMs; due <= now && due < endsAt; due = started + next * gapMs) {
        connections[next % connections.length]?.send(due);
        next += 1;
      }
      if (now >= endsAt) resolve();
      else setTimeout(step, 1);
    };
    step();
  });
}

async function settle(): Promise<void> {
  const until = performance.now() + GRACE_MS;
  while (connections.some(({ due }) => due.length > 0) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

function open(index: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port: plan.port, noDelay: true });
  const message = loadMessage(index + 1, `${plan.run}-${index}`);
  const due: number[] = [];
  let number = 0;
  let lastMs = 0;
  let rest: Buffer = Buffer.alloc(0);
  const connection: Connection = {
    socket,
    due,
    send: (dueMs) => {
      due.push(dueMs);
      sent += 1;
      lastMs = Math.max(lastMs + 1, Date.now());
      // A copy: the socket may hold on to the bytes while the next message is written over them.
      socket.write(Buffer.from(message.next(number++, lastMs)));
    },
  };
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(END); end >= 0; end = rest.indexOf(END, from)) {
      answered(rest.subarray(from, end));
      from = end + 1;
    }
    rest = rest.subarray(from);
  });

  function answered(answer: Buffer): void {
    const now = performance.now();
    const since = due.shift();
    if (since !== undefined) latencies.push(now - since);
    if (answer.includes(ACCEPTED)) accepted += 1;
    else otherwise += 1;
    if (plan.perSecond === null && now < endsAt) connection.send(now);
  }

  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => resolve(connection));
  });
}
