/** The record's own keeping: recovery key, backups, the audit chain, and what is wrong with the disk. */
import { z } from 'zod';
import { AUDIT_KINDS } from '../../audit/audit-kinds.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

/**
 * What can be wrong with the storage. `key-weak`: file permissions alone protect the key. `disk-full`,
 * `disk-unwritable`: nothing can be saved now. `record-salvaged`: the file was damaged and what could be read was
 * taken out of it; `salvage-running`: older rows are still being taken out. `heads-not-exported`: the folder for
 * signed heads cannot be written. `backup-failed`: the last backup; `no-recovery-key`: a backup could not be opened.
 */
export const STORAGE_CONDITIONS = [
  'key-weak',
  'no-recovery-key',
  'disk-full',
  'disk-unwritable',
  'record-salvaged',
  'salvage-running',
  'heads-not-exported',
  'backup-failed',
] as const;
export type StorageConditionCode = (typeof STORAGE_CONDITIONS)[number];

export const storageConditionSchema = z.object({
  code: z.enum(STORAGE_CONDITIONS),
  since: z.string(),
  /** For IT: what the system said. No identity in it. */
  detail: z.string().nullable(),
});
export type StorageCondition = z.infer<typeof storageConditionSchema>;

export const backupViewSchema = z.object({
  at: z.string(),
  file: z.string(),
  bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  /** Null: made, and opened again to verify it. */
  problem: z.string().nullable(),
});
export type BackupView = z.infer<typeof backupViewSchema>;

/** A folder of this machine, or null for none. */
const folder = z.string().trim().min(1).max(4096).nullable();

export const backupPlanSchema = z.object({
  folder,
  /** Null: only by hand. */
  everyHours: z.number().int().min(1).max(168).nullable(),
  /** Older files of ours in the folder are removed. */
  keep: z.number().int().min(1).max(366),
});
export type BackupPlan = z.infer<typeof backupPlanSchema>;

export const storageStateSchema = z.object({
  record: z.object({
    bytes: z.number(),
    walBytes: z.number(),
    /** Null where the system does not tell. */
    freeBytes: z.number().nullable(),
    schema: z.number().int(),
    /** When the whole file was last read through and found sound since the start; null: not yet. */
    checkedAt: z.string().nullable(),
  }),
  protection: z.enum(['os-keystore', 'passphrase', 'permissions-only']),
  recoveryKeyMadeAt: z.string().nullable(),
  conditions: z.array(storageConditionSchema),
  backup: z.object({
    plan: backupPlanSchema,
    running: z.boolean(),
    /** Newest first. */
    last: z.array(backupViewSchema),
  }),
  /** Days that raw messages and the rows of streams are kept. */
  retentionDays: z.number().int(),
  dataKey: z.object({
    /** Version of the key that seals what comes now; older ones still open what they sealed. */
    version: z.number().int(),
    madeAt: z.string(),
  }),
  chain: z.object({
    rows: z.number().int(),
    head: z.string().nullable(),
    lastSigned: z.object({ sequence: z.number().int(), at: z.string() }).nullable(),
    exportFolder: z.string().nullable(),
  }),
});
export type StorageState = z.infer<typeof storageStateSchema>;

/** What walking the chain found. */
export const chainVerdictSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    rows: z.number().int(),
    head: z.string(),
    heads: z.number().int(),
    leftBehind: z.number().int(),
    restoredAt: z.array(z.string()).readonly(),
  }),
  z.object({
    ok: z.literal(false),
    sequence: z.number().int(),
    problem: z.enum(['altered', 'missing', 'not-chained', 'head-not-signed', 'head-differs', 'cut']),
  }),
]);

export const auditEntryViewSchema = z.object({
  sequence: z.number().int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.string(),
});

/** Which entries: all where everything is null. `from` and `to`: times of the entry, both included. */
export const auditFilterSchema = z.object({
  kind: z.enum(AUDIT_KINDS).nullable(),
  /** A person's id, `system` or `nobody`. */
  actor: id.nullable(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const RETENTION_DAYS = { least: 7, most: 3650 } as const;
const retentionDays = z.number().int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most);

export type AuditEntryView = z.infer<typeof auditEntryViewSchema>;

export const storageCommands = {
  /** A core that could not open its record for want of its key takes this alone: the recovery key, as it is printed. */
  'record.unlock': {
    permission: null,
    params: z.object({ recoveryKey: z.string().max(200) }),
    result: nothing,
  },
  /** A new data key for what is sealed from now on. The printed recovery key is needed, so that it opens this one too. */
  'data-key.renew': {
    permission: 'manage-storage',
    params: z.object({ recoveryKey: z.string().max(200) }),
    result: z.object({ version: z.number().int() }),
  },
  'retention.configure': {
    permission: 'manage-storage',
    params: z.object({ days: retentionDays }),
    result: z.object({ days: z.number().int() }),
  },
  /** Writes the chosen entries, oldest first and one a line, with their hashes, into a file in `folder`. */
  'audit.save-list': {
    permission: 'read-audit',
    params: z.object({ folder: z.string().trim().min(1).max(4096), filter: auditFilterSchema }),
    result: z.object({ file: z.string(), rows: z.number().int(), sha256: z.string() }),
  },
  /** Makes a recovery key and shows it this once; it counts from its confirmation on. */
  'recovery-key.create': {
    permission: 'manage-storage',
    params: nothing,
    result: z.object({
      key: z.string(),
      /** Number, from 1, of the group that has to be typed again. */
      group: z.number().int(),
    }),
  },
  'recovery-key.confirm': {
    permission: 'manage-storage',
    params: z.object({ typed: z.string().max(64) }),
    result: z.object({ madeAt: z.string() }),
  },
  'backup.now': { permission: 'manage-storage', params: nothing, result: backupViewSchema },
  'backup.configure': { permission: 'manage-storage', params: backupPlanSchema, result: backupPlanSchema },
  /** Names the folder off this machine that signed heads go to, and writes what it lacks. */
  'audit.export': {
    permission: 'manage-storage',
    params: z.object({ folder }),
    result: nothing,
  },
} as const satisfies Commands;

export const storageQueries = {
  'storage.state': { permission: 'manage-storage', params: nothing, result: storageStateSchema },
  'audit.verify': { permission: 'read-audit', params: nothing, result: chainVerdictSchema },
  /** Newest first, before a row. */
  'audit.list': {
    permission: 'read-audit',
    params: z.object({ before: z.number().int().min(1).nullable(), filter: auditFilterSchema }),
    result: z.object({
      entries: z.array(auditEntryViewSchema),
      /** True where there are older ones. */
      more: z.boolean(),
    }),
  },
  /** What a rule of so many days would remove, now. */
  'retention.preview': {
    permission: 'manage-storage',
    params: z.object({ days: retentionDays }),
    result: z.object({
      /** What was received before this goes. */
      before: z.string(),
      /** At most so many rows of streams; a minute's summary stays of each. */
      rows: z.number().int(),
      /** Blocks of raw messages. */
      blocks: z.number().int(),
    }),
  },
} as const satisfies Queries;
