/** Who may connect to the listener and how fast one address may send, from the ward's settings. */
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { createSecureContext, type TlsOptions } from 'node:tls';
import type { ListenerSafety } from '../../../app/contract/listener-safety.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';

export interface ListenerGuard {
  isAllowed(address: string): boolean;
  /** Milliseconds that an address has to wait after so many more messages; 0: none. */
  pauseMs(address: string, messages: number, nowMs: number): number;
  /** Null: plain TCP. */
  readonly tls: TlsOptions | null;
  /** Whether a client whose certificate the authority has signed may connect under its common name. */
  isNameAllowed(commonName: string): boolean;
}

/** A client has so long for its handshake. */
const HANDSHAKE_MS = 10_000;
/** Addresses whose rate is remembered. Ours. */
const MOST_ADDRESSES = 1024;

/**
 * The guard of a listener. `invalid-request` {field, problem} where an address of the list is none, or where files do
 * not make a certificate; `file-unreadable` where one cannot be read.
 */
export function createListenerGuard(safety: ListenerSafety): Outcome<ListenerGuard> {
  const list = new BlockList();
  for (const entry of safety.allow)
    if (!addAddress(list, entry)) return refused('invalid-request', { field: 'allow', problem: entry });
  const tls = safety.tls === null ? ok(null) : tlsOptions(safety.tls);
  if (!tls.ok) return tls;
  const names = new Set(safety.tls?.names ?? []);
  return ok({
    isAllowed: (address) => safety.allow.length === 0 || isListed(list, address),
    pauseMs: createRate(safety.perSecond),
    tls: tls.value,
    isNameAllowed: (name) => names.size === 0 || names.has(name),
  });
}

/** Lets everybody in: what a listener does that nobody has configured. */
export const OPEN_GUARD: ListenerGuard = {
  isAllowed: () => true,
  pauseMs: () => 0,
  tls: null,
  isNameAllowed: () => true,
};

function addAddress(list: BlockList, entry: string): boolean {
  const [address = '', prefix, more] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) {
    list.addAddress(address, family);
    return true;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits >= 0 && bits <= (version === 4 ? 32 : 128))) return false;
  list.addSubnet(address, bits, family);
  return true;
}

function isListed(list: BlockList, address: string): boolean {
  // A listener on all addresses sees IPv4 peers as IPv6.
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

function tlsOptions(tls: NonNullable<ListenerSafety['tls']>): Outcome<TlsOptions> {
  let files: { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer };
  try {
    files = {
      cert: readFileSync(tls.certificateFile),
      key: readFileSync(tls.keyFile),
      ca: readFileSync(tls.authorityFile),
    };
  } catch {
    return refused('file-unreadable');
  }
  try {
    createSecureContext(files);
  } catch {
    return refused('invalid-request', { field: 'tls', problem: 'certificate' });
  }
  return ok({
    ...files,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  });
}

/** A bucket for each address that fills with time: a second's worth may come at once. */
function createRate(perSecond: number | null): ListenerGuard['pauseMs'] {
  if (perSecond === null) return () => 0;
  const buckets = new Map<string, { left: number; atMs: number }>();
  return (address, messages, nowMs) => {
    const before = buckets.get(address) ?? { left: perSecond, atMs: nowMs };
    const refilled = before.left + (Math.max(0, nowMs - before.atMs) / 1000) * perSecond;
    const left = Math.min(perSecond, refilled) - messages;
    buckets.delete(address);
    // Who came longest ago is forgotten first: its bucket is full again.
    const [oldest] = buckets.size >= MOST_ADDRESSES ? buckets.keys() : [];
    if (oldest !== undefined) buckets.delete(oldest);
    buckets.set(address, { left, atMs: nowMs });
    return left >= 0 ? 0 : (-left / perSecond) * 1000;
  };
}
