/** The SQL of `site_policies` and `policy_draft`. The reason of an activation is free text, so it stands sealed. */
import { z } from 'zod';
import { DEFAULT_SITE_POLICY, type SitePolicy, sitePolicySchema } from '../../../app/policy/site-policy.ts';
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

const policyText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(sitePolicySchema);
const versionRow = z.object({
  version: z.number().int(),
  policy: policyText,
  activated_ms: z.number().int(),
  activated_by: z.string(),
  reason_sealed: z.instanceof(Uint8Array),
});
const draftRow = z.object({
  based_on: z.number().int(),
  policy: policyText,
  saved_ms: z.number().int(),
  saved_by: z.string(),
});

/** Every version, the newest first; the first one is the program's own. */
export function readPolicyVersions(read: Reader, sealing: Sealing): PolicyVersion[] {
  const rows = read.all(
    versionRow,
    'SELECT version, policy, activated_ms, activated_by, reason_sealed FROM site_policies ORDER BY version DESC',
  );
  const first: PolicyVersion = { version: FIRST_VERSION, policy: DEFAULT_SITE_POLICY, activated: null };
  return [
    ...rows.map(
      (row): PolicyVersion => ({
        version: row.version,
        policy: row.policy,
        activated: {
          ms: row.activated_ms,
          by: row.activated_by,
          reason: sealing.openText('site_policies.reason', row.reason_sealed),
        },
      }),
    ),
    first,
  ];
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
  return { basedOn: row.based_on, policy: row.policy, savedMs: row.saved_ms, savedBy: row.saved_by };
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
