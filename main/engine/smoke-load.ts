/**
 * The smoke load: a model is loaded and asked for a few tokens in a helper process before it may touch this one.
 * A model that crashes, hangs or cannot be loaded then costs a helper and not the ward's program.
 *
 * Source: inference reference, trap 1: on Linux Electron's allocator ends the process at one allocation of 1 GiB.
 * The helper must therefore be of the same runtime as the engine (a utility process under Electron); a second
 * helper on plain Node tells whether the model would run isolated.
 */
import { fork } from 'node:child_process';
import { z } from 'zod';
import { catalogEntrySchema } from './catalog.ts';

export const smokeRequestSchema = z.object({
  modelFile: z.string(),
  entry: catalogEntrySchema.extend({ sha256: z.string() }),
  threads: z.number().int().min(1),
  adapterFile: z.string().nullable(),
});
export type SmokeRequest = z.infer<typeof smokeRequestSchema>;

/** What the helper reports. */
export const smokeReportSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    loadMs: z.number().nonnegative(),
    tokens: z.number().int().positive(),
    tokensPerSecond: z.number().positive(),
    /** The layout in which the same plan was complete sooner. */
    layout: z.enum(['serial', 'parallel']),
  }),
  z.object({ ok: z.literal(false), detail: z.string() }),
]);
export type SmokeReport = z.infer<typeof smokeReportSchema>;

export const smokeResultSchema = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.enum(['in-process', 'isolated']),
    loadMs: z.number(),
    tokensPerSecond: z.number(),
    layout: z.enum(['serial', 'parallel']),
  }),
  z.object({ verdict: z.literal('refused'), detail: z.string() }),
]);
export type SmokeResult = z.infer<typeof smokeResultSchema>;

/** A running helper. `onExit` gives what ended it, in words. */
export interface SmokeHelper {
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (how: string) => void): void;
  kill(): void;
}
/** Starts `smoke-load-child` with the request as its only argument. */
export type SpawnSmokeHelper = (request: SmokeRequest) => SmokeHelper;

/** A helper on plain Node. The shell passes one of its own that uses a utility process. */
export function forkSmokeHelper(script: string): SpawnSmokeHelper {
  return (request) => {
    const child = fork(script, [JSON.stringify(request)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    return {
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.on('exit', (code, signal) => listener(signal === null ? `exit ${code}` : `signal ${signal}`));
        child.on('error', (error) => listener(error.message));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

/** Runs one helper to its report. Never rejects: a crash, a time-out or an abort is a report too. */
function runHelper(spawn: SpawnSmokeHelper, options: SmokeLoadOptions): Promise<SmokeReport> {
  const { request, timeoutMs, signal } = options;
  if (signal?.aborted) return Promise.resolve(GIVEN_UP);
  return new Promise((resolve) => {
    const helper = spawn(request);
    const timer = setTimeout(() => finish({ ok: false, detail: `no answer in ${timeoutMs} ms` }), timeoutMs);
    const giveUp = (): void => finish(GIVEN_UP);
    signal?.addEventListener('abort', giveUp);
    function finish(report: SmokeReport): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      helper.kill();
      resolve(report);
    }
    helper.onMessage((message) => {
      const report = smokeReportSchema.safeParse(message);
      finish(
        report.success ? report.data : { ok: false, detail: 'the helper sent something else than a report' },
      );
    });
    helper.onExit((how) => finish({ ok: false, detail: `the helper ended: ${how}` }));
  });
}

export interface SmokeLoadOptions {
  readonly request: SmokeRequest;
  readonly timeoutMs: number;
  /** A helper of the runtime that the engine would run in. */
  readonly sameRuntime: SpawnSmokeHelper;
  /** A helper on plain Node, tried where the first one fails; null where there is none. */
  readonly plainNode: SpawnSmokeHelper | null;
  /** Kills the helper when it aborts: nobody waits for a program that is closing. */
  readonly signal?: AbortSignal;
}

const GIVEN_UP: SmokeReport = { ok: false, detail: 'the program was closed meanwhile' };

function measured({ loadMs, tokensPerSecond, layout }: Extract<SmokeReport, { ok: true }>) {
  return { loadMs, tokensPerSecond, layout };
}

/** Tells where this model may run on this machine, with its speed, or why nowhere. */
export async function smokeLoad(options: SmokeLoadOptions): Promise<SmokeResult> {
  const { sameRuntime, plainNode } = options;
  const first = await runHelper(sameRuntime, options);
  if (first.ok) return { verdict: 'in-process', ...measured(first) };
  if (plainNode === null || options.signal?.aborted) return { verdict: 'refused', detail: first.detail };
  const second = await runHelper(plainNode, options);
  if (second.ok) return { verdict: 'isolated', ...measured(second) };
  return { verdict: 'refused', detail: `${first.detail}; on plain Node: ${second.detail}` };
}
