/**
 * The HTTP side of the FHIR server: on this machine's own address alone, with a token, and for no web page. What is
 * turned away is turned away before its body is read.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Log, reasonOf } from '../log.ts';
import { type HttpAnswer, refusal } from './answers.ts';

/** As of the monitors' frames (clinical reference): 1 MiB, 10 s to finish one, 60 s of silence, 64 sockets. */
const LARGEST_BODY = 1024 * 1024;
const MOST_SOCKETS = 64;
const LIMITS = { requestMs: 10_000, idleMs: 60_000 };
/** Requests a second, all senders together, and those without the right token. Ours. */
const MOST_A_SECOND = 200;
const MOST_WRONG_A_SECOND = 5;
const LOOPBACK = '127.0.0.1';
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const PATHS = ['/fhir', '/fhir/', '/fhir/Observation'];
const MEDIA_TYPES = ['application/fhir+json', 'application/json'];
const FHIR_JSON = 'application/fhir+json; charset=utf-8';

export interface HttpServerOptions {
  readonly port: number;
  /** SHA-256 of the token in force, in hex. */
  readonly tokenHash: () => string | null;
  /** Resolves with the answer after its commit. Never rejects. */
  readonly take: (body: Uint8Array) => Promise<HttpAnswer>;
  readonly onTurnedAway: () => void;
  readonly log: Log;
  readonly limits?: Partial<typeof LIMITS>;
}

export interface HttpListener {
  readonly port: number;
  close(): Promise<void>;
}

export type HttpListenResult =
  | { readonly ok: true; readonly listener: HttpListener }
  /** The system's code. */
  | { readonly ok: false; readonly problem: string };

export function listenHttp(options: HttpServerOptions): Promise<HttpListenResult> {
  const limits = { ...LIMITS, ...options.limits };
  const allowed = createBucket(MOST_A_SECOND);
  const allowedWrong = createBucket(MOST_WRONG_A_SECOND);
  const server = createServer(
    {
      requestTimeout: limits.requestMs,
      headersTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: Math.min(1_000, limits.requestMs),
      maxHeaderSize: 16 * 1024,
    },
    guarded,
  );
  server.maxConnections = MOST_SOCKETS;
  server.timeout = limits.idleMs;
  // A body is never asked for before the request has passed.
  server.on('checkContinue', guarded);

  function guarded(request: IncomingMessage, response: ServerResponse): void {
    void serve(request, response).catch((error: unknown) => {
      options.log('error', 'fhir-request-failed', { reason: reasonOf(error) });
      response.destroy();
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = headRefusal(request, options.tokenHash(), allowed, allowedWrong);
    if (refused !== null) {
      options.onTurnedAway();
      return turnAway(response, refused);
    }
    if (request.headers.expect !== undefined) response.writeContinue();
    const body = await readBody(request);
    if (body === 'broken') return;
    if (body === 'too-large') {
      options.onTurnedAway();
      return turnAway(response, refusal(413, 'too-long', 'too-large'));
    }
    answer(response, await options.take(body));
  }

  return new Promise((resolve) => {
    server.once('error', (error) => resolve({ ok: false, problem: codeOf(error) }));
    server.listen({ host: LOOPBACK, port: options.port, exclusive: true }, () => {
      server.on('error', (error) =>
        options.log('error', 'fhir-listener-failed', { reason: reasonOf(error) }),
      );
      const address = server.address();
      resolve({
        ok: true,
        listener: {
          port: address !== null && typeof address === 'object' ? address.port : options.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        },
      });
    });
  });
}

/** Why a request is not served, told by its head; null where its body may come. */
function headRefusal(
  { method, url = '', headers }: IncomingMessage,
  tokenHash: string | null,
  allowed: Bucket,
  allowedWrong: Bucket,
): HttpAnswer | null {
  // A name that a foreign page had pointed at this machine, and pages at all, come no further.
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (!OWN_NAMES.includes(host)) return refusal(421, 'security', 'host-refused');
  if (headers.origin !== undefined) return refusal(403, 'security', 'origin-refused');
  const [, token] = /^Bearer ([\w~+/.=-]{1,512})$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined || !isToken(token, tokenHash)) {
    if (!allowedWrong()) return refusal(429, 'throttled', 'too-fast', { 'retry-after': '1' });
    const reason = token === undefined ? 'no-token' : 'wrong-token';
    return refusal(401, 'login', reason, { 'www-authenticate': 'Bearer realm="MedObsMind"' });
  }
  if (!allowed()) return refusal(429, 'throttled', 'too-fast', { 'retry-after': '1' });
  if (!PATHS.includes(url)) return refusal(404, 'not-supported', 'path-unknown');
  if (method !== 'POST') return refusal(405, 'not-supported', 'method-not-served', { allow: 'POST' });
  if (
    !isMediaType(headers['content-type'] ?? '') ||
    (headers['content-encoding'] ?? 'identity') !== 'identity'
  )
    return refusal(415, 'not-supported', 'media-type');
  const length = Number(headers['content-length'] ?? 0);
  return length > LARGEST_BODY ? refusal(413, 'too-long', 'too-large') : null;
}

function isToken(token: string, tokenHash: string | null): boolean {
  if (tokenHash === null) return false;
  return timingSafeEqual(Buffer.from(hashOfToken(token), 'hex'), Buffer.from(tokenHash, 'hex'));
}

/** A token has 256 random bits: one round of SHA-256 is enough, as nobody can try them all. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

function isMediaType(text: string): boolean {
  const [type = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    MEDIA_TYPES.includes(type) &&
    parameters.every((one) => !one.startsWith('charset=') || /^charset="?utf-8"?$/.test(one))
  );
}

function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > LARGEST_BODY) {
        request.pause();
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('broken'));
    request.on('close', () => resolve('broken'));
  });
}

function answer(response: ServerResponse, { status, body, headers = {} }: HttpAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8');
  response.writeHead(status, {
    ...headers,
    'content-type': FHIR_JSON,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** The rest of what is being sent is not waited for. */
function turnAway(response: ServerResponse, given: HttpAnswer): void {
  answer(response, { ...given, headers: { ...given.headers, connection: 'close' } });
}

/** Takes one from a bucket that fills with time; false where it is empty. */
type Bucket = () => boolean;

function createBucket(perSecond: number): Bucket {
  let left = perSecond;
  let atMs = performance.now();
  return () => {
    const nowMs = performance.now();
    left = Math.min(perSecond, left + ((nowMs - atMs) / 1000) * perSecond);
    atMs = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}
