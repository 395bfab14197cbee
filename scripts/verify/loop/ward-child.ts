/**
 * The ward of `verify -- loop`: core and real engine in a process of their own, so that it can be killed. Terminals come
 * over the line to the parent; when that line ends, so does the ward. Arguments: the user data folder, `whole` or `tiny`
 * gates.
 */
import { join } from 'node:path';
import type { ChosenEngine } from '../../../app/contract/engine.ts';
import { randomIds, systemClock } from '../../../main/core/clock.ts';
import { createCore } from '../../../main/core/core.ts';
import { standardErrorLog } from '../../../main/core/log.ts';
import { createChosenEngine } from '../../../main/engine/chosen.ts';
import { openHeadlessEngine, openIsolatedEngine, sqliteBindingOf } from '../../../main/headless/engine.ts';
import { MODELS_DIR, ROOT } from '../../setup/paths.ts';
import { TINY_GATES } from './tiny-gates.ts';
import { isWardLine, lineOf } from './ward-lines.ts';

const [userDataDir = '', gates = 'whole'] = process.argv.slice(2);
const engine: ChosenEngine & { close(): Promise<void> } = createChosenEngine({
  openInProcess: () =>
    openHeadlessEngine({
      root: ROOT,
      model: null,
      adapterFile: null,
      threads: null,
      safeMode: false,
      recordDirectory: userDataDir,
      smokeLoadFirst: true,
      fault: null,
    }),
  openIsolated: () => openIsolatedEngine(ROOT, null, userDataDir),
});
const created = await createCore({
  userDataDir,
  clock: systemClock(),
  ids: randomIds(),
  engine,
  keyWrapper: null,
  nativeBinding: sqliteBindingOf(ROOT),
  mllp: { host: null, port: 0 },
  resourcesDir: join(ROOT, 'resources'),
  modelsDir: MODELS_DIR,
  replay: null,
  ...(gates === 'tiny' ? { gateSizes: TINY_GATES } : {}),
  program: { version: 'verify', runtime: `Node ${process.versions.node}` },
  log: standardErrorLog(),
});
if (!created.ok) throw new Error(`the core did not start: ${created.failure.detail}`);
const { core } = created;

const terminals = new Map<number, (message: unknown) => void>();
process.on('message', (line) => {
  if (!isWardLine(line)) return;
  const known = terminals.get(line.terminal);
  if (known !== undefined) {
    known(line.message);
    return;
  }
  const { terminal } = line;
  core.terminal({
    send: (message) => void process.send?.(lineOf(terminal, message)),
    onMessage: (listener) => terminals.set(terminal, listener),
    onClose: () => undefined,
    close: () => undefined,
  });
  terminals.get(terminal)?.(line.message);
});
process.once('disconnect', () => {
  void Promise.allSettled([core.close(), engine.close()]).then(() => process.exit(0));
});
process.send?.('ready');
