/**
 * Where workstations exchange what they learn: signed adapters come from there, approved data sets go there. A folder
 * (a share, a stick), a web server that takes files, or a host by SFTP: no server of our own is needed.
 */
import { z } from 'zod';
import { remoteFolderSchema, sshReachSchema } from '../training/host.ts';

/** Host, port and path, and nothing else: a name and a password in an address end up in logs. */
const httpsAddress = z
  .string()
  .trim()
  .max(400)
  .regex(/^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*\/?$/u);

export const exchangePlaceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), folder: z.string().trim().min(1).max(4096) }),
  z.strictObject({
    kind: z.literal('https'),
    address: httpsAddress,
    /** SHA-256 of the server's certificate in hex; null: any that the machine's authorities vouch for. */
    certificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/u)
      .nullable(),
  }),
  z.strictObject({ kind: z.literal('sftp'), ssh: sshReachSchema, folder: remoteFolderSchema }),
]);
export type ExchangePlace = z.infer<typeof exchangePlaceSchema>;

/** What a place may ask for. Absent: as it was; null: none. */
export const exchangeSecretsSchema = z.strictObject({
  /** Sent to a web server as a bearer token (RFC 6750). */
  token: z
    .string()
    .max(4096)
    .regex(/^[\x21-\x7e]+$/u)
    .nullable(),
  privateKey: z.string().max(65_536).nullable(),
  passphrase: z.string().max(1024).nullable(),
});
export type ExchangeSecrets = z.infer<typeof exchangeSecretsSchema>;

/** The folders of a place. */
export const EXCHANGE_FOLDERS = { adapters: 'adapters', feedback: 'feedback' } as const;
export type ExchangeFolder = keyof typeof EXCHANGE_FOLDERS;

/** A bundle's folder: nothing else that lies there is looked at. */
const BUNDLE_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/u;
export function isBundleName(name: string): boolean {
  return BUNDLE_NAME.test(name);
}

/** The name of an adapter's bundle; `id` is the SHA-256 of its file. */
export function adapterBundleName(id: string): string {
  return `adapter-${id.slice(0, 16)}`;
}

/** What a web server is asked for, as it cannot be asked what lies in a folder. */
export const EXCHANGE_INDEX_FILE = 'index.json';
export const exchangeIndexSchema = z.object({
  format: z.literal('medobsmind-exchange-1'),
  bundles: z.array(z.string().regex(BUNDLE_NAME)).max(10_000),
});

/** Why a bundle was not taken; those of its files are told when they are checked. */
export const BUNDLE_REFUSALS = [
  'unsigned',
  'missing',
  'link',
  'name',
  'oversized',
  'truncated',
  'altered',
  'unreadable',
  'no-space',
] as const;
export type BundleRefusal = (typeof BUNDLE_REFUSALS)[number];
