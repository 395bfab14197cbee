/** Who may connect to the listener and how fast one address may send, from the ward's settings. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { createSecureContext, type TlsOptions } from 'node:tls';
import type { ListenerSafety, TlsProblem } from '../../../app/contract/listener-safety.ts';
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
 * not make a certificate or cannot be read (`problem` is one of TLS_PROBLEMS).
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
  const cert = fileOrNull(tls.certificateFile);
  const key = fileOrNull(tls.keyFile);
  const ca = fileOrNull(tls.authorityFile);
  if (cert === null) return tlsRefused('certificate-missing');
  if (key === null) return tlsRefused('key-missing');
  if (ca === null) return tlsRefused('authority-missing');
  const problem = tlsProblem(cert, key, ca);
  if (problem !== null) return tlsRefused(problem);
  try {
    createSecureContext({ cert, key, ca });
  } catch {
    return tlsRefused('refused-by-tls');
  }
  return ok({
    cert,
    key,
    ca,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  });
}

function tlsRefused(problem: TlsProblem): Outcome<never> {
  return refused('invalid-request', { field: 'tls', problem });
}

function fileOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // told as missing
  }
}

/** What is wrong with the files now: found here, and not by the first monitor that cannot connect. */
function tlsProblem(cert: Buffer, key: Buffer, ca: Buffer): TlsProblem | null {
  const certificate = certificateOf(cert);
  if (certificate === null) return 'certificate-unreadable';
  const now = Date.now();
  if (Date.parse(certificate.validTo) < now) return 'certificate-expired';
  if (Date.parse(certificate.validFrom) > now) return 'certificate-not-yet';
  const authority = certificateOf(ca);
  if (authority === null) return 'authority-unreadable';
  if (Date.parse(authority.validTo) < now) return 'authority-expired';
  try {
    return certificate.checkPrivateKey(createPrivateKey(key)) ? null : 'key-of-another';
  } catch {
    return 'key-unreadable'; // no PEM key, or one with a passphrase
  }
}

function certificateOf(pem: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null; // no certificate
  }
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
