/** A whole core on plain Node for tests, with terminals on channels in memory and senders on real sockets. */
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Channel } from '../../../app/contract/channel.ts';
import type {
  CommandParams,
  CommandResult,
  QueryParams,
  QueryResult,
  WardEvent,
} from '../../../app/contract/contract.ts';
import { commands, queries, wardEventSchema } from '../../../app/contract/contract.ts';
import type { CommandName, QueryName } from '../../../app/contract/names.ts';
import type { Outcome } from '../../../app/contract/outcome.ts';
import { messageFromCoreSchema } from '../../../app/contract/wire.ts';
import { type Clock, type Ids, randomIds, systemClock } from '../clock.ts';
import { type Core, type CoreOptions, createCore } from '../core.ts';
import { silentLog } from './ports.ts';
import { type ScriptedEngine, scriptedEngine } from './scripted-engine.ts';

export const RESOURCES = join(import.meta.dirname, '..', '..', '..', 'resources');
export const MODELS = join(import.meta.dirname, '..', '..', '..', 'models');

export interface RunningCore {
  readonly core: Core;
  readonly engine: ScriptedEngine;
  readonly port: number;
  terminal(): TestTerminal;
}

export async function startCore(
  userDataDir: string,
  more: Partial<CoreOptions> & {
    readonly engine?: ScriptedEngine;
    readonly clock?: Clock;
    readonly ids?: Ids;
  } = {},
): Promise<RunningCore> {
  const engine = more.engine ?? scriptedEngine();
  const created = await createCore({
    userDataDir,
    clock: systemClock(),
    ids: randomIds(),
    keyWrapper: null,
    nativeBinding: null,
    mllp: { host: null, port: 0 },
    resourcesDir: RESOURCES,
    modelsDir: MODELS,
    replay: null,
    program: { version: '0.0.0-test', runtime: 'Node' },
    log: silentLog,
    ...more,
    engine,
  });
  if (!created.ok) throw new Error(`the core did not start: ${created.failure.detail}`);
  const { core } = created;
  return { core, engine, port: core.address()?.port ?? 0, terminal: () => openTerminal(core.terminal) };
}

export interface TestTerminal {
  readonly events: readonly { readonly sequence: number; readonly event: WardEvent }[];
  command<N extends CommandName>(
    name: N,
    params: CommandParams<N>,
    key?: string,
  ): Promise<Outcome<CommandResult<N>>>;
  query<N extends QueryName>(name: N, params: QueryParams<N>): Promise<Outcome<QueryResult<N>>>;
  /** Sends anything at all and resolves with the answer to `id`. */
  raw(message: unknown, id: string): Promise<Outcome<unknown>>;
  /** Resolves when an event fits, also one that has come already. */
  until<T>(fits: (event: WardEvent) => T | null): Promise<T>;
  close(): void;
}

/** A terminal on a channel in memory; `connect` gives the channel to a core, here or behind a line to another process. */
export function openTerminal(connect: (channel: Channel) => void): TestTerminal {
  const events: { sequence: number; event: WardEvent }[] = [];
  const answers = new Map<string, (outcome: Outcome<unknown>) => void>();
  const watchers = new Set<() => void>();
  let toCore: (message: unknown) => void = () => undefined;
  let closed: () => void = () => undefined;
  let count = 0;
  const channel: Channel = {
    send: (message) => {
      // As a real port does it: a copy, and only what can be copied.
      const parsed = messageFromCoreSchema.parse(structuredClone(message));
      if (parsed.kind === 'answer') answers.get(parsed.id)?.(parsed.outcome);
      else {
        events.push({ sequence: parsed.sequence, event: wardEventSchema.parse(parsed.event) });
        for (const look of [...watchers]) look();
      }
    },
    onMessage: (listener) => {
      toCore = listener;
    },
    onClose: (listener) => {
      closed = listener;
    },
    close: () => undefined,
  };
  connect(channel);
  const raw = (message: unknown, id: string): Promise<Outcome<unknown>> =>
    new Promise((resolve) => {
      answers.set(id, resolve);
      toCore(message);
    });
  const nextId = (): string => `call-${++count}`;

  return {
    events,
    raw,
    command: async (name, params, key) => {
      const id = nextId();
      const idempotencyKey = key === undefined ? {} : { idempotencyKey: key };
      const outcome = await raw({ kind: 'command', id, name, params, ...idempotencyKey }, id);
      return outcome.ok ? { ok: true, value: resultOf(commands[name].result, outcome.value) } : outcome;
    },
    query: async (name, params) => {
      const id = nextId();
      const outcome = await raw({ kind: 'query', id, name, params }, id);
      return outcome.ok ? { ok: true, value: resultOf(queries[name].result, outcome.value) } : outcome;
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          for (const { event } of events) {
            const found = fits(event);
            if (found !== null) {
              watchers.delete(look);
              resolve(found);
              return;
            }
          }
        };
        watchers.add(look);
        look();
      }),
    close: () => closed(),
  };
}

/** Checks the answer against the contract: what the core sends must fit what it promised. The schema is that of T. */
function resultOf<T>(schema: { parse(value: unknown): unknown }, value: unknown): T {
  return schema.parse(value) as T;
}

export function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

/** A monitor's end of a connection. */
export interface Sender {
  write(bytes: Uint8Array | string): void;
  /** The next MLLP answer, without its frame. */
  answer(): Promise<string>;
  end(): void;
}

export function connectSender(port: number): Promise<Sender> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const arrived: string[] = [];
    const waiting: ((answer: string) => void)[] = [];
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\x1c\r'); end >= 0; end = rest.indexOf('\x1c\r')) {
        const text = rest.slice(rest.indexOf('\x0b') + 1, end);
        rest = rest.slice(end + 2);
        const next = waiting.shift();
        if (next === undefined) arrived.push(text);
        else next(text);
      }
    });
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        write: (bytes) => void socket.write(bytes),
        answer: () => {
          const ready = arrived.shift();
          return ready === undefined ? new Promise((later) => waiting.push(later)) : Promise.resolve(ready);
        },
        end: () => socket.destroy(),
      }),
    );
  });
}

const STAMP = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}+0000`;

export interface TestMessage {
  readonly controlId: string;
  readonly patient?: string;
  readonly bed?: string;
  readonly at?: number;
  /** MSH-11. */
  readonly processingId?: string;
  /** LOINC code of each value with its unit. */
  readonly values?: readonly (readonly [code: string, name: string, value: number | string, unit: string])[];
}

/** A set that scores 12 without consciousness: rate 26, saturation 92, pressure 95/60, pulse 118, 38.4 °C. */
export const ILL = [
  ['9279-1', 'Respiratory rate', 26, '/min'],
  ['59408-5', 'SpO2', 92, '%'],
  ['8480-6', 'Systolic', 95, 'mm[Hg]'],
  ['8462-4', 'Diastolic', 60, 'mm[Hg]'],
  ['8867-4', 'Heart rate', 118, '/min'],
  ['8310-5', 'Temperature', 38.4, 'Cel'],
] as const;

/** The text of an ORU^R01 of our own making. */
export function oruText(message: TestMessage): string {
  const at = STAMP(message.at ?? Date.now());
  const { controlId, patient = 'MRN-1', bed = 'ICU-1', values = ILL, processingId = 'P' } = message;
  return [
    `MSH|^~\\&|MON1|WARD|MOM|ICU|${at}||ORU^R01^ORU_R01|${controlId}|${processingId}|2.6`,
    patient === '' ? 'PID|1||' : `PID|1||${patient}^^^HOSP^MR||RAO^ASHA||19630412|F`,
    `PV1|1|I|^^${bed}`,
    `OBR|1|||182777000^monitoring^SCT|||${at}`,
    ...values.map(
      ([code, name, value, unit], index) =>
        `OBX|${index + 1}|NM|${code}^${name}^LN|1.1.1.${index + 1}|${value}|${unit}^${unit}^UCUM|||||R|||${at}`,
    ),
    '',
  ].join('\r');
}

export function framed(text: string): string {
  return `\x0b${text}\x1c\r`;
}
