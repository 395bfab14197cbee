/**
 * The bridge: one function for each name of the contract, and the event stream. It runs isolated and sandboxed,
 * holds the terminal's port, and lets nothing through but the contract's names.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { COMMAND_NAMES, QUERY_NAMES } from '../app/contract/names.ts';
import { SHELL_CHANNELS } from '../app/contract/shell-channels.ts';
import { createAsking } from './asking.ts';

interface Waiting {
  resolve(outcome: unknown): void;
  /** Sent again when the line comes back before an answer did: a command's key keeps it from being done twice. */
  readonly message: Record<string, unknown>;
}

type Connection = 'connected' | 'lost';

/** Longer than the ten seconds over which the shell counts a page's requests. */
const ASK_AGAIN_MS = 11_000;

const waiting = new Map<string, Waiting>();
const eventListeners = new Set<(message: { sequence: number; event: unknown }) => void>();
const connectionListeners = new Set<(state: Connection) => void>();
let port: MessagePort | null = null;
let connection: Connection = 'lost';
const line = createAsking(() => ipcRenderer.send(SHELL_CHANNELS.connect), ASK_AGAIN_MS);

ipcRenderer.on(SHELL_CHANNELS.port, (event) => {
  const [handed] = event.ports;
  if (handed === undefined) return;
  line.answered();
  port?.close();
  port = handed;
  port.onmessage = (message) => receive(message.data);
  port.start();
  for (const { message } of waiting.values()) port.postMessage(message);
  setConnection('connected');
});

ipcRenderer.on(SHELL_CHANNELS.lost, () => {
  port?.close();
  port = null;
  setConnection('lost');
  line.ask();
});

contextBridge.exposeInMainWorld('medobs', {
  commands: Object.fromEntries(
    COMMAND_NAMES.map((name) => [name, (params: unknown) => call('command', name, params)]),
  ),
  queries: Object.fromEntries(
    QUERY_NAMES.map((name) => [name, (params: unknown) => call('query', name, params)]),
  ),
  onEvent: (listener: (message: { sequence: number; event: unknown }) => void) =>
    subscribe(eventListeners, listener),
  onConnection: (listener: (state: Connection) => void) => {
    listener(connection);
    return subscribe(connectionListeners, listener);
  },
});
line.ask();

function call(kind: 'command' | 'query', name: string, params: unknown): Promise<unknown> {
  const id = crypto.randomUUID();
  const message = { kind, id, name, params, ...(kind === 'command' ? { idempotencyKey: id } : {}) };
  return new Promise((resolve) => {
    waiting.set(id, { resolve, message });
    port?.postMessage(message);
  });
}

function receive(data: unknown): void {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return;
  if (data.kind === 'answer' && 'id' in data && typeof data.id === 'string' && 'outcome' in data) {
    waiting.get(data.id)?.resolve(data.outcome);
    waiting.delete(data.id);
  } else if (
    data.kind === 'event' &&
    'sequence' in data &&
    typeof data.sequence === 'number' &&
    'event' in data
  )
    for (const listener of eventListeners) listener({ sequence: data.sequence, event: data.event });
}

function setConnection(state: Connection): void {
  connection = state;
  for (const listener of connectionListeners) listener(state);
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
