/** Where explanations are written: a person's choice, kept by the core and told to whoever runs the engine. */
import { z } from 'zod';

const LONGEST_CERTIFICATE = 64_000;

/** Of a server that speaks `/v1/completions`, without its key. */
export const remoteServerSchema = z.object({
  /** Up to and without `/v1/completions`. Plain HTTP on this machine alone, told by `isServerAddress`. */
  url: z.string().trim().min(1).max(500),
  model: z.string().trim().min(1).max(200),
  promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
  /** What the model there may write for a screen. */
  languages: z.array(z.enum(['en', 'hi'])).min(1),
  /** Certificate of a private authority, PEM; null: the system's authorities. */
  authority: z.string().max(LONGEST_CERTIFICATE).nullable(),
});

export const ENGINE_ADAPTERS = ['in-process', 'isolated', 'remote'] as const;

export const engineChoiceSchema = z.object({
  adapter: z.enum(ENGINE_ADAPTERS),
  /** The server of `remote`; kept where another adapter is chosen, so that it need not be typed again. */
  server: remoteServerSchema.extend({ key: z.string().max(4_096).nullable() }).nullable(),
});
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

/**
 * How long a server is waited for, in milliseconds: until its answer begins (a cold model is loaded in this time),
 * between two pieces of it, and for the whole of it. Ours: the guide's slowest answer (p99 6.2 s) has room in each.
 */
export const SERVER_PATIENCE = { answerMs: 10_000, silenceMs: 5_000, completeMs: 20_000 } as const;

/** After how many failures in a row a server is left alone, and for how long before it is tried again. Ours. */
export const SERVER_REST = { failures: 3, restMs: 30_000 } as const;

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether readings may be sent there: over TLS, or in the clear to this very machine. */
export function isServerAddress(text: string): boolean {
  // Read by a pattern: `app/` has no URL of a platform. A name, an optional port, an optional path.
  const [, scheme, host] =
    /^(https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?(?:\/[\w./-]*)?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return false;
  return scheme.toLowerCase() === 'https' || OWN_NAMES.includes(host.toLowerCase());
}
