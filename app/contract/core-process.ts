/** What the shell and the core tell each other as processes: start-up, keystore, and the ports that are handed over. */
import { z } from 'zod';

export const messageToCoreSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('configure'),
    userDataDir: z.string(),
    resourcesDir: z.string(),
    modelsDir: z.string(),
    /** better-sqlite3's binary where the package's own does not serve this runtime. */
    nativeBinding: z.string().nullable(),
    /** Null leaves the ward's own setting. */
    mllpPort: z.number().int().nullable(),
    /** A table of vitals to play as a demonstration once the core runs. */
    replay: z.string().nullable(),
    passphraseFile: z.string().nullable(),
    /** True where the shell can seal with the operating system's keystore. */
    keystore: z.boolean(),
    program: z.object({ version: z.string(), runtime: z.string() }),
  }),
  /** Comes with one port: the line to the engine. */
  z.object({ kind: z.literal('engine') }),
  /** Comes with one port: the line to a terminal. */
  z.object({ kind: z.literal('terminal') }),
  z.object({
    kind: z.literal('keystore-answer'),
    id: z.string(),
    /** Base64; null where the keystore refused. */
    bytes: z.string().nullable(),
  }),
  z.object({ kind: z.literal('stop') }),
]);
export type MessageToCore = z.infer<typeof messageToCoreSchema>;

export const messageFromCoreProcessSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    /** Where the monitors' listener stands; null when it could not be opened. */
    mllp: z.object({ host: z.string(), port: z.number().int() }).nullable(),
  }),
  /** The core cannot run: code of an error, and words for the log. */
  z.object({ kind: z.literal('failed'), code: z.string(), detail: z.string() }),
  z.object({
    kind: z.literal('keystore'),
    id: z.string(),
    operation: z.enum(['wrap', 'unwrap']),
    bytes: z.string(),
  }),
  z.object({ kind: z.literal('stopped') }),
]);
export type MessageFromCoreProcess = z.infer<typeof messageFromCoreProcessSchema>;
