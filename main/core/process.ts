/**
 * The core as a utility process: the first message configures it, ports to the engine and to terminals follow.
 * Nothing of Electron is imported; the parent's port is told by its shape.
 */

import { fileURLToPath } from 'node:url';
import type { Channel } from '../../app/contract/channel.ts';
import { type MessageFromCoreProcess, messageToCoreSchema } from '../../app/contract/core-process.ts';
import { createEngineClient } from '../../app/contract/engine-client.ts';
import { type Outcome, refused } from '../../app/contract/outcome.ts';
import { channelOverPort, type PortLike } from '../../app/contract/port-channel.ts';
import { randomIds, systemClock } from './clock.ts';
import { type CoreOptions, type CoreResult, createCore } from './core.ts';
import type { StartFailure } from './failure.ts';
import { later } from './later.ts';
import { programLog, reasonOf } from './log.ts';
import { passphraseWrapper } from './sealing/key-wrapper.ts';
import { parentKeystore } from './sealing/parent-keystore.ts';
import { unlockRecord } from './sealing/unlock-record.ts';
import { refuseTerminal } from './terminal/refusing-terminal.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: PortLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

// Whoever read what this program says may be gone: that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const { log, keepIn } = programLog();
const parent = parentPort();
const tell = (message: MessageFromCoreProcess): void => parent.postMessage(message);
const keystore = parentKeystore(tell);
const enginePort = later<PortLike>();
const outcome = later<CoreResult>();
const protection = later<Pick<CoreOptions, 'userDataDir' | 'nativeBinding' | 'keyWrapper'>>();
/** An answer has left the process by then. Ours. */
const ANSWER_MS = 200;
let configured = false;

parent.on('message', ({ data, ports: [port] }) => {
  const message = messageToCoreSchema.safeParse(data);
  if (!message.success) {
    log('error', 'parent-message-refused');
    return;
  }
  const { kind } = message.data;
  if (kind === 'configure' && !configured) {
    configured = true;
    void start(message.data).catch((error: unknown) =>
      fail({ code: 'internal', reason: 'internal', detail: reasonOf(error) }),
    );
  } else if (kind === 'engine' && port !== undefined) enginePort.set(port);
  else if (kind === 'terminal' && port !== undefined)
    void outcome.value.then((started) => serve(started, channelOverPort(port)));
  else if (kind === 'keystore-answer') keystore.answer(message.data.id, message.data.bytes);
  else if (kind === 'stop') void stop();
});

type Configuration = Extract<ReturnType<typeof messageToCoreSchema.parse>, { kind: 'configure' }>;

async function start(configuration: Configuration): Promise<void> {
  const { passphraseFile, program, mllpPort } = configuration;
  keepIn(configuration.userDataDir);
  // A passphrase is a site's own choice, so it goes before the keystore that the machine happens to have.
  const offered = configuration.keystore ? keystore.wrapper : null;
  const keyWrapper = passphraseFile === null ? offered : passphraseWrapper(passphraseFile);
  protection.set({ ...configuration, keyWrapper });
  const created = await createCore({
    ...configuration,
    program,
    clock: systemClock(),
    ids: randomIds(),
    engine: createEngineClient(channelOverPort(await enginePort.value)),
    keyWrapper,
    mllp: { host: null, port: mllpPort },
    recordWorker: fileURLToPath(new URL('./record-worker.mjs', import.meta.url)),
    documentWorker: fileURLToPath(new URL('./document-worker.mjs', import.meta.url)),
    // The shell starts a core that is gone again at once; that one salvages the record.
    onDamage: () => process.exit(1),
    log,
  });
  if (!created.ok) {
    fail(created.failure);
    return;
  }
  outcome.set(created);
  tell({ kind: 'started', mllp: created.core.address() });
}

/** A terminal is served, or told why nothing is: no call waits for ever. */
function serve(started: CoreResult, terminal: Channel): void {
  if (started.ok) started.core.terminal(terminal);
  else refuseTerminal(terminal, started.failure, unlock);
}

/** With the recovery key; then the process ends, and the shell starts a core that finds its key. */
async function unlock(recoveryKey: string): Promise<Outcome<unknown>> {
  const { userDataDir, nativeBinding, keyWrapper } = await protection.value;
  try {
    const done = await unlockRecord({ userDataDir, nativeBinding, keyWrapper, recoveryKey, wall: Date.now });
    // The answer goes first.
    if (done.ok) setTimeout(() => process.exit(1), ANSWER_MS);
    return done;
  } catch (error) {
    log('error', 'record-not-unlocked', { reason: reasonOf(error) });
    return refused('storage-unavailable', { reason: 'unusable' });
  }
}

function fail(failure: StartFailure): void {
  const { code, reason, detail } = failure;
  log('error', 'core-not-started', { code, reason, detail });
  outcome.set({ ok: false, failure });
  tell({ kind: 'failed', code, detail });
}

async function stop(): Promise<void> {
  if (configured) await Promise.race([outcome.value.then(closeCore), pause(2000)]);
  tell({ kind: 'stopped' });
  process.exit(0);
}

async function closeCore(started: CoreResult): Promise<void> {
  if (started.ok) await started.core.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Electron puts the port on `process`; plain Node has none. */
function parentPort(): ParentPort {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (!isParentPort(port)) throw new Error('this file is the entry of a utility process');
  return port;
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}
