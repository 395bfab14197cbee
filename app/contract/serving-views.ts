/** Explanations served to other programs: what is set, and how it stands. */
import { z } from 'zod';

const file = z.string().trim().min(1).max(1024);

/** The ward's network: an address of this machine, and TLS from PEM files on it. */
export const servingNetworkSchema = z.object({
  host: z.string().trim().min(1).max(255),
  certificateFile: file,
  keyFile: file,
});

const count = z.number().int().min(0);

export const servingViewSchema = z.object({
  on: z.boolean(),
  /** The port it listens at, or is to. */
  port: z.number().int(),
  /** Null: this machine's own address alone. */
  network: servingNetworkSchema.nullable(),
  /** Whether raw, unverified completions are served too. */
  completions: z.boolean(),
  listening: z.boolean(),
  /** The system's code where it cannot listen, or `tls` where a file of TLS cannot be used. */
  problem: z.string().nullable(),
  tokenMadeAt: z.string().nullable(),
  /** Since the program was started. */
  since: z.object({ explained: count, completed: count, refused: count, turnedAway: count }),
});
export type ServingView = z.output<typeof servingViewSchema>;
