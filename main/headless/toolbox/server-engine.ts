/** `--endpoint`: a completions server as the toolbox's engine, with no model of this machine behind it. */
import type { EnginePort, EngineStatus, GenerationEvent } from '../../../app/contract/engine.ts';
import { isServerAddress, remoteServerSchema } from '../../../app/contract/engine-choice.ts';
import { createRemoteEngine, type ServerChoice } from '../../engine/remote/remote.ts';
import { textOption, UsageError, type VerbContext } from './verb.ts';

/** A key on a command line can be read by everybody on the machine. */
export const SERVER_KEY = 'MEDOBSMIND_SERVER_KEY';

export interface OpenEngine extends EnginePort {
  /** The status once it can be asked, or the one that says why it cannot. */
  readonly started: Promise<EngineStatus>;
  close(): Promise<void>;
}

/** The server that the options name; null where they name none. */
export function serverOf(context: VerbContext): ServerChoice | null {
  const url = textOption(context, 'endpoint');
  if (url === null) return null;
  if (!isServerAddress(url))
    throw new UsageError(
      `${url} cannot be used as --endpoint: it is https://…, or http:// to this machine, up to and without /v1.`,
    );
  const server = remoteServerSchema.safeParse({
    url,
    model: textOption(context, 'model') ?? 'default',
    promptFormat: textOption(context, 'prompt-format') ?? 'chatml',
    languages: ['en', 'hi'],
    authority: null,
  });
  if (!server.success)
    throw new UsageError(
      `--prompt-format is chatml, llama3 or alpaca, and --model a name of at most 200 characters.`,
    );
  return { ...server.data, key: process.env[SERVER_KEY] ?? null };
}

/** The server alone: what it does not answer stays unanswered, and the answer says why. */
export function openServer(server: ServerChoice): OpenEngine {
  const engine: EnginePort = createRemoteEngine({ server, local: nobody(() => engine.status()) });
  return { ...engine, started: Promise.resolve(engine.status()), close: () => Promise.resolve() };
}

function nobody(status: () => EngineStatus): EnginePort {
  const problem = (): string => status().chosen?.problem ?? 'it was left alone after several faults';
  return {
    status: () => ({ state: 'failed', detail: `the server cannot be used: ${problem()}`, model: null }),
    onStatus: () => () => undefined,
    prepare: () => Promise.resolve(),
    speculate: () => undefined,
    async *generate(): AsyncGenerator<GenerationEvent> {
      yield { kind: 'failed', reason: 'unavailable', detail: `the server cannot be used: ${problem()}` };
    },
  };
}
