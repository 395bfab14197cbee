/** The SQL of `site_policies` and `policy_draft`. The reason of an activation is free text, so it stands sealed. */
import { z } from 'zod';
import {
  DEFAULT_SITE_POLICY,
  type PolicyFault,
  readSitePolicy,
  type SitePolicy,
  sitePolicySchema,
} from '../../../app/policy/site-policy.ts';
import { reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

/** The program's own policy is version 1 of every site. */
export const FIRST_VERSION = 1;

export interface PolicyVersion {
  readonly version: number;
  readonly policy: SitePolicy;
  /** Null of the first: nobody activated it. */
  readonly activated: { readonly ms: number; readonly by: string; readonly reason: string } | null;
}

export interface PolicyDraft {
  readonly basedOn: number;
  readonly policy: SitePolicy;
  readonly savedMs: number;
  readonly savedBy: string;
}

const versionRow = z.object({
  version: z.number().int(),
  policy: z.string(),
  activated_ms: z.number().int(),
  activated_by: z.string(),
  reason_sealed: z.instanceof(Uint8Array),
});
const draftRow = z.object({
  based_on: z.number().int(),
  policy: z.string(),
  saved_ms: z.number().int(),
  saved_by: z.string(),
});

/** A version whose text this program cannot read, and why. */
export interface UnreadablePolicy {
  readonly version: number;
  readonly activatedMs: number;
  readonly faults: readonly PolicyFault[];
}

export interface PolicyVersions {
  /** What can be read, the newest first; the last one is the program's own. */
  readonly readable: readonly PolicyVersion[];
  readonly unreadable: readonly UnreadablePolicy[];
  /** The number of the newest of all. */
  readonly newest: number;
}

function readText(text: string): ReturnType<typeof readSitePolicy> {
  try {
    const given: unknown = JSON.parse(text);
    // A field that another version of the program had is left out; only what cannot be understood is a fault.
    const understood = sitePolicySchema.safeParse(given);
    return understood.success ? { ok: true, policy: understood.data } : readSitePolicy(given);
  } catch (error) {
    return { ok: false, faults: [{ path: '', kind: 'other', limit: null, message: reasonOf(error) }] };
  }
}

/** Every version, the newest first. A text that cannot be read stays where it is. */
export function readPolicyVersions(read: Reader, sealing: Sealing): PolicyVersions {
  const rows = read.all(
    versionRow,
    'SELECT version, policy, activated_ms, activated_by, reason_sealed FROM site_policies ORDER BY version DESC',
  );
  const first: PolicyVersion = { version: FIRST_VERSION, policy: DEFAULT_SITE_POLICY, activated: null };
  const readable: PolicyVersion[] = [];
  const unreadable: UnreadablePolicy[] = [];
  for (const row of rows) {
    const { version, activated_ms: ms, activated_by: by } = row;
    const given = readText(row.policy);
    if (!given.ok) {
      unreadable.push({ version, activatedMs: ms, faults: given.faults });
      continue;
    }
    const reason = sealing.openText('site_policies.reason', row.reason_sealed);
    readable.push({ version, policy: given.policy, activated: { ms, by, reason } });
  }
  return { readable: [...readable, first], unreadable, newest: rows[0]?.version ?? FIRST_VERSION };
}

export function insertPolicyVersion(
  write: Writer,
  sealing: Sealing,
  version: number,
  policy: SitePolicy,
  activated: { readonly ms: number; readonly by: string; readonly reason: string },
): void {
  write.run(
    'INSERT INTO site_policies (version, policy, activated_ms, activated_by, reason_sealed) VALUES (?, ?, ?, ?, ?)',
    version,
    JSON.stringify(policy),
    activated.ms,
    activated.by,
    sealing.seal('site_policies.reason', activated.reason),
  );
}

export function readPolicyDraft(read: Reader): PolicyDraft | null {
  const row = read.one(draftRow, 'SELECT based_on, policy, saved_ms, saved_by FROM policy_draft');
  if (row === null) return null;
  const given = readText(row.policy);
  // A draft that is no policy any more is made anew; nothing runs under it.
  if (!given.ok) return null;
  return { basedOn: row.based_on, policy: given.policy, savedMs: row.saved_ms, savedBy: row.saved_by };
}

/** Keeps the one draft in the place of the one before. */
export function writePolicyDraft(write: Writer, draft: PolicyDraft): void {
  write.run(
    'INSERT OR REPLACE INTO policy_draft (id, based_on, policy, saved_ms, saved_by) VALUES (1, ?, ?, ?, ?)',
    draft.basedOn,
    JSON.stringify(draft.policy),
    draft.savedMs,
    draft.savedBy,
  );
}

export function removePolicyDraft(write: Writer): void {
  write.run('DELETE FROM policy_draft');
}
