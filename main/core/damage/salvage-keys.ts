/** The ward's keys while its record is damaged, and whether what a file shows is this ward's at all. */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import {
  ENVELOPES_FILE,
  type Envelope,
  readEnvelopesFile,
  shareAnEnvelope,
  unionOfEnvelopes,
} from '../sealing/envelopes.ts';
import { openKeysOf } from '../sealing/key-envelope.ts';
import type { KeyWrapper } from '../sealing/key-wrapper.ts';
import { createKeyring, type Sealing } from '../sealing/sealing.ts';

export type SalvageKeys =
  /** `sealing` null: neither the copy nor the file has an envelope any more. */
  | { readonly ok: true; readonly sealing: Sealing | null; readonly envelopes: readonly Envelope[] }
  | { readonly ok: false; readonly detail: string };

/**
 * Opens the keys of the copy beside the database (of the first view that has any, where there is no copy), and the
 * others that the damaged file shows: a copy that is behind must not cost what a newer key has sealed.
 */
export async function salvageKeys(
  userDataDir: string,
  views: readonly Database.Database[],
  wrappers: readonly KeyWrapper[],
): Promise<SalvageKeys> {
  const shown = views.map(envelopesOf).filter((found) => found.length > 0);
  const copy = readEnvelopesFile(join(userDataDir, ENVELOPES_FILE)) ?? [];
  const first = copy.length > 0 ? copy : (shown[0] ?? []);
  if (first.length === 0) return { ok: true, sealing: null, envelopes: [] };
  const others = shown.filter((found) => shareAnEnvelope(found, first)).flat();
  const opened = await openKeysOf(first, others, wrappers);
  return opened.ok
    ? {
        ok: true,
        sealing: createKeyring(opened.keys, opened.opener.kind),
        envelopes: unionOfEnvelopes(first, others),
      }
    : { ok: false, detail: `${opened.wrappedBy}: ${opened.detail}` };
}

/** A log of another record shows that one's keys: nothing of it may be taken for this ward's. */
export function isForeign(view: Database.Database, envelopes: readonly Envelope[]): boolean {
  const shown = envelopesOf(view);
  return envelopes.length > 0 && shown.length > 0 && !shareAnEnvelope(shown, envelopes);
}

const envelopeRow = z.object({
  key_version: z.number().int(),
  wrapped_by: z.enum(['os-keystore', 'passphrase', 'permissions-only', 'recovery']),
  wrapped: z.instanceof(Uint8Array),
  created_ms: z.number().int(),
});

function envelopesOf(view: Database.Database): Envelope[] {
  try {
    return view
      .prepare('SELECT * FROM key_envelope')
      .all()
      .map((row) => envelopeRow.parse(row))
      .map((row) => ({
        keyVersion: row.key_version,
        wrappedBy: row.wrapped_by,
        wrapped: row.wrapped,
        createdMs: row.created_ms,
      }));
  } catch {
    return []; // that page is gone; the copy beside the database is what counts
  }
}
