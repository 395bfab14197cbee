/**
 * The data key lives in the store, wrapped. It is made on the first start, opened on every other, and wrapped
 * anew when a stronger protection becomes available (a keystore after a start without one).
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Reader, Store } from '../store/database.ts';
import type { KeyWrapper, SealingKind } from './key-wrapper.ts';
import { createSealing, type Sealing } from './sealing.ts';

const envelopeRow = z.object({
  key_version: z.number().int(),
  wrapped_by: z.enum(['os-keystore', 'passphrase', 'permissions-only']),
  wrapped: z.instanceof(Uint8Array),
});

const STRENGTH: { readonly [kind in SealingKind]: number } = {
  'permissions-only': 0,
  passphrase: 1,
  'os-keystore': 2,
};

export type SealingResult =
  | { readonly ok: true; readonly sealing: Sealing }
  /** The key cannot be opened here: another protection is needed (`wrappedBy`), or the envelope was altered. */
  | { readonly ok: false; readonly wrappedBy: SealingKind; readonly detail: string };

/** Opens the store's data key with one of `wrappers`, strongest first; makes it on an empty store. */
export async function openSealing(
  store: Store,
  wrappers: readonly KeyWrapper[],
  now: () => number,
): Promise<SealingResult> {
  const byStrength = [...wrappers].sort((a, b) => STRENGTH[b.kind] - STRENGTH[a.kind]);
  const envelope = newestEnvelope(store.read);
  if (envelope === null) {
    const key = randomBytes(32);
    const { kind, wrapped } = await wrapWithFirst(byStrength, key);
    keepEnvelope(store, 1, kind, wrapped, now());
    return { ok: true, sealing: createSealing(key, 1, kind) };
  }
  const opener = wrappers.find((wrapper) => wrapper.kind === envelope.wrapped_by);
  if (opener === undefined) {
    return { ok: false, wrappedBy: envelope.wrapped_by, detail: 'this protection is not available' };
  }
  let key: Uint8Array;
  try {
    key = await opener.unwrap(envelope.wrapped);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown error';
    return { ok: false, wrappedBy: envelope.wrapped_by, detail };
  }
  const { key_version: version } = envelope;
  const stronger = byStrength.filter((wrapper) => STRENGTH[wrapper.kind] > STRENGTH[opener.kind]);
  const { kind, wrapped } = await wrapWithFirst([...stronger, opener], key);
  if (kind !== opener.kind) keepEnvelope(store, version, kind, wrapped, now());
  return { ok: true, sealing: createSealing(key, version, kind) };
}

/**
 * Wraps with the first that does. A keystore may refuse (locked, no service); the ward then starts with the next
 * one, and the screen tells which. Throws where none does.
 */
async function wrapWithFirst(
  wrappers: readonly KeyWrapper[],
  key: Uint8Array,
): Promise<{ readonly kind: SealingKind; readonly wrapped: Uint8Array }> {
  let problem: unknown = new Error('there is nothing to wrap the data key with');
  for (const wrapper of wrappers) {
    try {
      return { kind: wrapper.kind, wrapped: await wrapper.wrap(key) };
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

function newestEnvelope(read: Reader): z.infer<typeof envelopeRow> | null {
  return read.one(
    envelopeRow,
    'SELECT key_version, wrapped_by, wrapped FROM key_envelope ORDER BY key_version DESC LIMIT 1',
  );
}

function keepEnvelope(
  store: Store,
  version: number,
  kind: SealingKind,
  wrapped: Uint8Array,
  at: number,
): void {
  store.transaction((write) => {
    write.run(
      `INSERT INTO key_envelope (key_version, wrapped_by, wrapped, created_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (key_version) DO UPDATE SET wrapped_by = excluded.wrapped_by, wrapped = excluded.wrapped`,
      version,
      kind,
      wrapped,
      at,
    );
  });
}
