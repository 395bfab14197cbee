/** A host that trains: how it is reached, who it has to be, where its runs lie, what it costs. Secrets are no part of it. */
import { z } from 'zod';
import { hostPriceSchema } from './cost.ts';

/** Ray's dashboard and Jobs API listen there, on the host's loopback. */
export const RAY_PORT = 8265;
const SSH_PORT = 22;

const port = z.number().int().min(1).max(65_535);
const hostName = z
  .string()
  .trim()
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]+)$/u);
/** As `ssh-keygen -l` prints it: SHA-256 of the host's public key. */
const hostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/u);

export const sshReachSchema = z.strictObject({
  host: hostName,
  port: port.default(SSH_PORT),
  user: z.string().regex(/^[A-Za-z_][A-Za-z0-9._-]{0,31}$/u),
  hostKey,
  /** `key`: kept sealed by the program; `agent`: the agent of whoever runs the program. */
  identity: z.enum(['key', 'agent']),
});
export type SshReach = z.infer<typeof sshReachSchema>;

const reachSchema = z.discriminatedUnion('kind', [
  /** Ray through an SSH tunnel. */
  z.strictObject({ kind: z.literal('ssh'), ssh: sshReachSchema, rayPort: port.default(RAY_PORT) }),
  /** Ray behind a TLS proxy; artefacts by SFTP where SSH is given. */
  z.strictObject({
    kind: z.literal('tls'),
    host: hostName,
    port: port.default(443),
    /** SHA-256 of the server's certificate in hex; null: any that the machine's authorities vouch for. */
    certificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/u)
      .nullable(),
    ssh: sshReachSchema.nullable(),
  }),
  /** Trial: Ray on this machine, started by the program with this interpreter. */
  z.strictObject({ kind: z.literal('here'), python: z.string().min(1).max(1024) }),
]);

/** A folder on the host: absolute, and of characters that no shell changes. */
export const remoteFolderSchema = z
  .string()
  .max(400)
  .regex(/^(?:\/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*)+$/u);

export const trainingHostSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  reach: reachSchema,
  /** Where runs lie, each in a folder with its own name; every host of the cluster sees it. Trial: chosen by the program. */
  runsFolder: remoteFolderSchema.nullable(),
  price: hostPriceSchema,
});
export type TrainingHost = z.infer<typeof trainingHostSchema>;

/** A token that nobody guesses; Ray takes any. A short one is refused because it guards the running of code. */
export const TOKEN_LEAST = 16;
export const hostSecretsSchema = z.strictObject({
  token: z
    .string()
    .min(TOKEN_LEAST)
    .max(4096)
    .regex(/^[\x21-\x7e]+$/u),
  privateKey: z.string().max(65_536).nullable(),
  passphrase: z.string().max(1024).nullable(),
});
export type HostSecrets = z.infer<typeof hostSecretsSchema>;

/** What stands between the program and a host's work; each has words in `app/language`. */
export const HOST_TROUBLES = [
  'unreachable',
  'host-key-wrong',
  'certificate-wrong',
  'ssh-refused',
  'key-unreadable',
  'agent-missing',
  'tunnel-refused',
  'token-refused',
  'authentication-disabled',
  'not-ray',
  'ray-too-old',
  'answer-unreadable',
  'answer-too-long',
  'package-not-taken',
  'cluster-starting',
  'no-file-access',
  'trial-not-started',
  'check-not-told',
  /** On this machine. */
  'disk-full',
  'record-unwritable',
  'package-missing',
  'internal',
] as const;
export type HostTroubleCode = (typeof HOST_TROUBLES)[number];
