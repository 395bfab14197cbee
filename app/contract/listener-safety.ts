/** Who may speak to the monitors' listener, and how much. */
import { z } from 'zod';

const file = z.string().trim().min(1).max(1024);

export const listenerSafetySchema = z.object({
  /** Addresses that may connect: `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`. Empty: any. */
  allow: z.array(z.string().trim().min(1).max(64)).max(256),
  /** Messages a second from one address; what comes faster waits. Null: no limit of its own. */
  perSecond: z.number().int().min(1).max(100_000).nullable(),
  /** TLS with client certificates: PEM files on the machine that listens. Null: plain TCP. */
  tls: z
    .object({
      certificateFile: file,
      keyFile: file,
      /** Whose certificates are believed. */
      authorityFile: file,
      /** Common names of the clients that may connect; empty: any that the authority has signed. */
      names: z.array(z.string().trim().min(1).max(256)).max(256),
    })
    .nullable(),
});
export type ListenerSafety = z.infer<typeof listenerSafetySchema>;

export const NO_SAFETY: ListenerSafety = { allow: [], perSecond: null, tls: null };
