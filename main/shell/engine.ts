/** The engine as the shell runs it: in this process, smoke-loaded first in a utility process of the same runtime. */
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { LaunchOptions } from '../../app/contract/launch-options.ts';
import { faultOf } from '../engine/fault.ts';
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
): SupervisedEngine {
  return createEngine({
    mode: options.safeMode ? 'safe-mode' : 'on',
    mayStart,
    catalogFile: join(at.modelsDir, 'catalog.json'),
    modelsDirectory: at.modelsDir,
    model: options.model,
    adapterFile: null,
    threads: engineThreads(),
    recordDirectory: app.getPath('userData'),
    smokeHelper: (request) => forkUtility(join(at.distDir, 'engine', 'smoke-load-child.mjs'), request),
    plainSmokeHelper: null,
    smokeTimeoutMs: SMOKE_LIMIT_MS,
    fault: faultOf(options.fault),
  });
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
