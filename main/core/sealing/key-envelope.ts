/**
 * The data keys live in the store, wrapped. The first is made on the first start, opened on every other, and wrapped
 * anew when a stronger protection becomes available (a keystore after a start without one). A copy of the envelopes
 * stands beside the database.
 */
import { randomBytes } from 'node:crypto';
import { type Outcome, ok } from '../../../app/contract/outcome.ts';
import type { Reader, Store } from '../store/database.ts';
import {
  copyOf,
  dropMachineEnvelopes,
  type Envelope,
  readEnvelopes,
  readEnvelopesFile,
  shareAnEnvelope,
  unionOfEnvelopes,
  writeEnvelope,
  writeEnvelopesFile,
} from './envelopes.ts';
import type { KeyWrapper, SealingKind, WrappedBy } from './key-wrapper.ts';
import { createKeyring, type Sealing } from './sealing.ts';

const STRENGTH: { readonly [kind in SealingKind]: number } = {
  'permissions-only': 0,
  passphrase: 1,
  'os-keystore': 2,
};

/** The opened data keys. They do not leave this module but wrapped. */
export interface Keyring {
  readonly sealing: Sealing;
  /** Every data key wrapped by `wrapper`. */
  wrap(wrapper: KeyWrapper<WrappedBy>, at: number): Promise<Envelope[]>;
  /**
   * Makes a data key of the next version, wrapped by this machine's protection and by `recovery`. It seals from the
   * moment that `keep` has made its envelopes durable; where `keep` refuses it is forgotten. Rejects where a wrapper
   * does.
   */
  renew<T>(
    recovery: KeyWrapper<'recovery'>,
    at: number,
    keep: (envelopes: readonly Envelope[]) => Outcome<T>,
  ): Promise<Outcome<{ readonly version: number }>>;
}

export type SealingResult =
  | ({ readonly ok: true } & Keyring)
  /** The keys cannot be opened here: another protection is needed (`wrappedBy`), or an envelope was altered. */
  | { readonly ok: false; readonly wrappedBy: WrappedBy; readonly detail: string };

/**
 * Opens the store's data keys with one of `wrappers`, strongest first; makes the first key on an empty store.
 * `copyFile`: the copy of the envelopes beside the database, which the store takes back from what it has lost.
 */
export async function openSealing(
  store: Store,
  wrappers: readonly KeyWrapper[],
  now: () => number,
  copyFile: string | null = null,
): Promise<SealingResult> {
  const byStrength = [...wrappers].sort((a, b) => STRENGTH[b.kind] - STRENGTH[a.kind]);
  const kept = readEnvelopes(store.read);
  const copy = copyFile === null ? [] : (readEnvelopesFile(copyFile) ?? []);
  // A record that lost a key, or an older file of it that was put back, has it from the copy again.
  const own = kept.length === 0 || shareAnEnvelope(kept, copy) ? copy : [];
  if (kept.length + own.length === 0) {
    const key = randomBytes(32);
    const { kind, wrapped } = await wrapWithFirst(byStrength, key);
    keep(store, [{ keyVersion: 1, wrappedBy: kind, wrapped, createdMs: now() }], kind, copyFile);
    return { ok: true, ...keyringOf(new Map([[1, key]]), kind, byStrength, 1) };
  }
  const opened = await openKeysOf(kept, own, byStrength);
  if (!opened.ok) return opened;
  const { keys, opener } = opened;
  const stronger = byStrength.filter((wrapper) => STRENGTH[wrapper.kind] > STRENGTH[opener.kind]);
  let kind: SealingKind = opener.kind;
  let fresh: readonly Envelope[] = [];
  for (const wrapper of stronger) {
    const wrapped = await wrapAll(keys, wrapper, now()).catch(() => null);
    // A keystore may refuse (locked, no service): the ward starts with what it has, and the screen tells which.
    if (wrapped === null) continue;
    kind = wrapper.kind;
    fresh = wrapped;
    break;
  }
  const found = unionOfEnvelopes(kept, own).filter(
    (one) => keys.has(one.keyVersion) && (one.wrappedBy === kind || one.wrappedBy === 'recovery'),
  );
  const missing = found.filter((one) => !kept.includes(one));
  const unwrapped = new Map(
    [...keys].filter(
      ([version]) => !found.some((one) => one.keyVersion === version && one.wrappedBy === kind),
    ),
  );
  if (fresh.length === 0) fresh = await wrapAll(unwrapped, opener, now());
  fresh = [...missing, ...fresh];
  if (fresh.length > 0) keep(store, fresh, kind, copyFile);
  else if (copyFile !== null && !sameEnvelopes(copy, copyOf(copyFile, kept)))
    writeEnvelopesFile(copyFile, kept);
  const highest = Math.max(...unionOfEnvelopes(kept, copy).map(({ keyVersion }) => keyVersion));
  return { ok: true, ...keyringOf(keys, kind, byStrength, highest) };
}

/**
 * Opens the keys of `kept` (of `copy` where there are none), and of `copy` those versions that `kept` lacks, each where
 * it opens: what does not is another record's or needs another protection, and costs nothing that `kept` has.
 */
export async function openKeysOf<Kind extends WrappedBy>(
  kept: readonly Envelope[],
  copy: readonly Envelope[],
  wrappers: readonly KeyWrapper<Kind>[],
): ReturnType<typeof openKeys<Kind>> {
  const opened = await openKeys(kept.length > 0 ? kept : copy, wrappers);
  if (!opened.ok) return opened;
  const keys = new Map(opened.keys);
  for (const { keyVersion, wrappedBy, wrapped } of unionOfEnvelopes(kept, copy))
    for (const wrapper of wrappers) {
      if (keys.has(keyVersion) || wrapper.kind !== wrappedBy) continue;
      const key = await wrapper.unwrap(wrapped).catch(() => null);
      if (key !== null) keys.set(keyVersion, key);
    }
  return { ok: true, keys, opener: opened.opener };
}

/** Opens every key version with the first wrapper that opens the newest. */
export async function openKeys<Kind extends WrappedBy>(
  envelopes: readonly Envelope[],
  wrappers: readonly KeyWrapper<Kind>[],
): Promise<
  | {
      readonly ok: true;
      readonly keys: ReadonlyMap<number, Uint8Array>;
      readonly opener: KeyWrapper<Kind>;
    }
  | { readonly ok: false; readonly wrappedBy: WrappedBy; readonly detail: string }
> {
  const newest = Math.max(...envelopes.map(({ keyVersion }) => keyVersion));
  const protections = envelopes.filter(({ keyVersion }) => keyVersion === newest);
  let problem = 'this protection is not available';
  let wrappedBy: WrappedBy = protections.find((one) => one.wrappedBy !== 'recovery')?.wrappedBy ?? 'recovery';
  for (const opener of wrappers) {
    const mine = envelopes.filter((envelope) => envelope.wrappedBy === opener.kind);
    if (!mine.some(({ keyVersion }) => keyVersion === newest)) continue;
    wrappedBy = opener.kind;
    try {
      const keys = new Map<number, Uint8Array>();
      for (const { keyVersion, wrapped } of mine) keys.set(keyVersion, await opener.unwrap(wrapped));
      return { ok: true, keys, opener };
    } catch (error) {
      problem = error instanceof Error ? error.message : 'unknown error';
    }
  }
  return { ok: false, wrappedBy, detail: problem };
}

/** Every key wrapped by `wrapper`. Rejects where it refuses. */
export async function wrapAll(
  keys: ReadonlyMap<number, Uint8Array>,
  wrapper: KeyWrapper<WrappedBy>,
  at: number,
): Promise<Envelope[]> {
  const envelopes: Envelope[] = [];
  for (const [keyVersion, key] of keys)
    envelopes.push({
      keyVersion,
      wrappedBy: wrapper.kind,
      wrapped: await wrapper.wrap(key),
      createdMs: at,
    });
  return envelopes;
}

/** When the recovery key in force was made (wall ms); null where there is none. */
export function recoveryKeyMadeMs(read: Reader): number | null {
  return readEnvelopes(read).find(({ wrappedBy }) => wrappedBy === 'recovery')?.createdMs ?? null;
}

function keyringOf(
  opened: ReadonlyMap<number, Uint8Array>,
  kind: SealingKind,
  wrappers: readonly KeyWrapper[],
  /** The greatest version that an envelope anywhere names, opened or not: a new key is above it. */
  highest: number,
): Keyring {
  const keys = new Map(opened);
  const sealing = createKeyring(keys, kind);
  return {
    sealing,
    wrap: (wrapper, at) => wrapAll(keys, wrapper, at),
    renew: async (recovery, at, keepEnvelopes) => {
      const machine = wrappers.find((wrapper) => wrapper.kind === kind);
      if (machine === undefined) throw new Error('the protection of this machine is gone');
      const version = Math.max(highest, ...keys.keys()) + 1;
      const key = randomBytes(32);
      const fresh = new Map([[version, key]]);
      const envelopes = [...(await wrapAll(fresh, machine, at)), ...(await wrapAll(fresh, recovery, at))];
      const kept = keepEnvelopes(envelopes);
      if (!kept.ok) return kept;
      keys.set(version, key);
      sealing.add(version, key);
      return ok({ version });
    },
  };
}

/** Wraps with the first that does. Throws where none does. */
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

/** The weaker protection's envelopes go: a stronger one protects nothing beside them. */
function keep(
  store: Store,
  envelopes: readonly Envelope[],
  kind: SealingKind,
  copyFile: string | null,
): void {
  store.transaction((write) => {
    for (const envelope of envelopes) writeEnvelope(write, envelope);
    dropMachineEnvelopes(write, kind);
  });
  if (copyFile !== null) writeEnvelopesFile(copyFile, readEnvelopes(store.read));
}

function sameEnvelopes(a: readonly Envelope[], b: readonly Envelope[]): boolean {
  const text = (envelopes: readonly Envelope[]): string =>
    JSON.stringify(
      envelopes.map(({ keyVersion, wrappedBy, wrapped }) => [
        keyVersion,
        wrappedBy,
        Buffer.from(wrapped).toString('hex'),
      ]),
    );
  return text(a) === text(b);
}
