/** `--headless`: core and engine in one plain Node, without Electron and without a window. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { STORAGE_CONDITIONS } from '../../app/contract/calls/storage.ts';
import {
  defaultUserDataDir,
  EXIT_CANNOT_START,
  EXIT_WRONG_USAGE,
  readLaunchOptions,
} from '../../app/contract/launch-options.ts';
import { PARENT_LOOK_MS, watchedParent } from '../../app/contract/parent.ts';
import { errorText, screenWords } from '../../app/language/language.ts';
import { randomIds, systemClock } from '../core/clock.ts';
import { createCore } from '../core/core.ts';
import { lastsUntilChanged } from '../core/failure.ts';
import { type Log, programLog } from '../core/log.ts';
import { passphraseWrapper } from '../core/sealing/key-wrapper.ts';
import { createChosenEngine } from '../engine/chosen.ts';
import { faultOf } from '../engine/fault.ts';
import { openHeadlessEngine, openIsolatedEngine, sqliteBindingOf } from './engine.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Neither a wrong usage nor a start that cannot succeed: the relauncher starts the program again. */
const EXIT_DAMAGED = 70;
const manifestSchema = z.object({ version: z.string() });

// Whoever read what this program says may be gone (`| tee`, a closed terminal): that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const read = readLaunchOptions(process.argv.slice(2), true);
if (!read.ok) {
  process.stderr.write(`MedObsMind: ${read.problem}\n`);
  process.exit(EXIT_WRONG_USAGE);
}
const { options } = read;
const { log: lines, keepIn } = programLog();
/** The log, and in words what the window would show of a disk that takes nothing. */
const log: Log = (level, event, fields) => {
  lines(level, event, fields);
  const code = STORAGE_CONDITIONS.find((one) => one === fields?.code);
  if (level === 'error' && event === 'storage-condition' && code !== undefined)
    process.stderr.write(`MedObsMind: ${screenWords('en').storage.conditions[code]}\n`);
};
const userDataDir = options.userDataDir ?? defaultUserDataDir(process.platform, process.env);
keepIn(userDataDir);

const openInProcess = () =>
  openHeadlessEngine({
    root: ROOT,
    model: options.model,
    adapterFile: null,
    threads: null,
    safeMode: options.safeMode,
    recordDirectory: userDataDir,
    smokeLoadFirst: true,
    fault: faultOf(options.fault),
  });
const engine = createChosenEngine({
  openInProcess,
  // Safe mode keeps every model away, wherever it would run.
  openIsolated: () =>
    options.safeMode ? openInProcess() : openIsolatedEngine(ROOT, options.model, userDataDir),
});
const created = await createCore({
  userDataDir,
  clock: systemClock(),
  ids: randomIds(),
  engine,
  keyWrapper: options.passphraseFile === null ? null : passphraseWrapper(options.passphraseFile),
  nativeBinding: sqliteBindingOf(ROOT),
  mllp: { host: null, port: options.mllpPort },
  resourcesDir: join(ROOT, 'resources'),
  modelsDir: join(ROOT, 'models'),
  replay: options.replay,
  // Whoever keeps the program running starts it again; that start salvages the record.
  onDamage: () => process.exit(EXIT_DAMAGED),
  program: {
    version: manifestSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).version,
    runtime: `Node ${process.versions.node}, ${process.platform} ${process.arch} (headless)`,
  },
  log,
});
if (!created.ok) {
  log('error', 'core-not-started', { code: created.failure.code, detail: created.failure.detail });
  // Its smoke load runs in a process of its own, which would outlive this one.
  await engine.close();
  const { failure } = created;
  process.stderr.write(
    `MedObsMind: ${errorText('en', { code: failure.code, parameters: { reason: failure.reason } })}\n`,
  );
  process.exit(lastsUntilChanged(failure.reason) ? EXIT_CANNOT_START : 1);
}
let stopping = false;
const stop = (): void => {
  // One Ctrl-C may arrive several times; the second one must not cut off what the first one set going.
  if (stopping) return;
  stopping = true;
  void Promise.allSettled([created.core.close(), engine.close()]).then(() => process.exit(0));
};
process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
const parentIsGone = watchedParent(process);
if (parentIsGone !== null) setInterval(() => parentIsGone() && stop(), PARENT_LOOK_MS);
// Said last: whoever waits for this line may end the program in order from here on.
log('info', 'headless-started', { ...created.core.address(), userDataDir });
