/** Who may speak to the monitors' listener, and how much. */
import { z } from 'zod';

const file = z.string().trim().min(1).max(1024);

export const listenerSafetySchema = z.object({
  /** Addresses that may connect: `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`. Empty: any. */
  allow: z.array(z.string().trim().min(1).max(64)).max(256),
  /** Who may send, by MSH-3 and MSH-4: `MON1`, or `MON1|WARD` for one facility's alone. Empty: anybody. */
  senders: z.array(z.string().trim().min(1).max(200)).max(256).default([]),
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

/** What can be wrong with the files of TLS; said as `problem` of `invalid-request`. */
export const TLS_PROBLEMS = [
  'certificate-missing',
  'certificate-unreadable',
  'certificate-expired',
  'certificate-not-yet',
  'key-missing',
  'key-unreadable',
  'key-of-another',
  'authority-missing',
  'authority-unreadable',
  'authority-expired',
  'refused-by-tls',
] as const;
export type TlsProblem = (typeof TLS_PROBLEMS)[number];

/** True where a message of this sender (`MSH-3|MSH-4`) may come. Letters count as they are written. */
export function maySend({ senders }: Pick<ListenerSafety, 'senders'>, sender: string): boolean {
  if (senders.length === 0) return true;
  const [application = ''] = sender.split('|', 1);
  return senders.includes(sender) || senders.includes(application);
}

export const NO_SAFETY: ListenerSafety = { allow: [], senders: [], perSecond: null, tls: null };
