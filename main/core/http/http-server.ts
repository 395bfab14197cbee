/**
 * An HTTP server as this program opens them: on this machine's own address unless a person said otherwise, with a
 * token, and for no web page. What is turned away is turned away before its body is read.
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Log, reasonOf } from '../log.ts';
import { hashOfToken } from './access-token.ts';

/** As of the monitors' frames (clinical reference): 10 s to finish one, 60 s of silence, 64 sockets. */
const MOST_SOCKETS = 64;
const LIMITS = { requestMs: 10_000, idleMs: 60_000 };
/** Requests a second without the right token. Ours. */
const MOST_WRONG_A_SECOND = 5;
const LOOPBACK = '127.0.0.1';
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that grows: text as it comes, until it ends or the asker has gone. */
export interface HttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: AsyncIterable<string>;
}

/** Why a request is not served, in codes. */
export type HttpRefusal =
  | 'host-refused'
  | 'origin-refused'
  | 'no-token'
  | 'wrong-token'
  | 'too-fast'
  | 'path-unknown'
  | 'method-not-served'
  | 'media-type'
  | 'too-large';

export interface HttpRequest {
  readonly path: string;
  readonly body: Uint8Array;
  /** Aborts when the asker has gone. */
  readonly signal: AbortSignal;
}

export interface HttpServerOptions {
  /** In front of what is logged. */
  readonly name: string;
  /** Left out: this machine's own address. */
  readonly host?: string;
  readonly port: number;
  /** Certificate and key, PEM; left out: plain, on this machine's own address. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly paths: readonly string[];
  readonly mediaTypes: readonly string[];
  /** Of answers. */
  readonly contentType: string;
  /** Requests a second, all senders together. */
  readonly mostASecond: number;
  readonly largestBody: number;
  readonly refusal: (
    status: number,
    reason: HttpRefusal,
    headers?: Readonly<Record<string, string>>,
  ) => HttpAnswer;
  /** SHA-256 of the token in force, in hex. */
  readonly tokenHash: () => string | null;
  /** Resolves with the answer after its commit. Never rejects. */
  readonly take: (request: HttpRequest) => Promise<HttpAnswer | HttpStream>;
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
  const allowed = createBucket(options.mostASecond);
  const allowedWrong = createBucket(MOST_WRONG_A_SECOND);
  const { host = LOOPBACK, tls } = options;
  // In the clear on this machine's own address alone, whatever is asked for.
  if (tls === undefined && host !== LOOPBACK) return Promise.resolve({ ok: false, problem: 'tls' });
  const timing = {
    requestTimeout: limits.requestMs,
    headersTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(1_000, limits.requestMs),
    maxHeaderSize: 16 * 1024,
  };
  let server: Server;
  try {
    server =
      tls === undefined ? createServer(timing, guarded) : createTlsServer({ ...timing, ...tls }, guarded);
  } catch {
    return Promise.resolve({ ok: false, problem: 'tls' });
  }
  server.maxConnections = MOST_SOCKETS;
  server.timeout = limits.idleMs;
  // A body is never asked for before the request has passed.
  server.on('checkContinue', guarded);

  function guarded(request: IncomingMessage, response: ServerResponse): void {
    void serve(request, response).catch((error: unknown) => {
      options.log('error', `${options.name}-request-failed`, { reason: reasonOf(error) });
      response.destroy();
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = headRefusal(request, options, allowed, allowedWrong);
    if (refused !== null) {
      options.onTurnedAway();
      return turnAway(response, refused, options.contentType);
    }
    if (request.headers.expect !== undefined) response.writeContinue();
    const body = await readBody(request, options.largestBody);
    if (body === 'broken') return;
    if (body === 'too-large') {
      options.onTurnedAway();
      return turnAway(response, options.refusal(413, 'too-large'), options.contentType);
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const taken = await options.take({ path: request.url ?? '', body, signal: gone.signal });
    if ('pieces' in taken) await stream(response, taken);
    else answer(response, taken, options.contentType);
  }

  return new Promise((resolve) => {
    server.once('error', (error) => resolve({ ok: false, problem: codeOf(error) }));
    server.listen({ host, port: options.port, exclusive: true }, () => {
      server.on('error', (error) =>
        options.log('error', `${options.name}-listener-failed`, { reason: reasonOf(error) }),
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
  { refusal, tokenHash, paths, mediaTypes, largestBody, tls }: HttpServerOptions,
  allowed: Bucket,
  allowedWrong: Bucket,
): HttpAnswer | null {
  // A name that a foreign page had pointed at this machine, and pages at all, come no further.
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (tls === undefined && !OWN_NAMES.includes(host)) return refusal(421, 'host-refused');
  if (headers.origin !== undefined) return refusal(403, 'origin-refused');
  const [, token] = /^Bearer ([\w~+/.=-]{1,512})$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined || !isToken(token, tokenHash())) {
    if (!allowedWrong()) return refusal(429, 'too-fast', { 'retry-after': '1' });
    const reason = token === undefined ? 'no-token' : 'wrong-token';
    return refusal(401, reason, { 'www-authenticate': 'Bearer realm="MedObsMind"' });
  }
  if (!allowed()) return refusal(429, 'too-fast', { 'retry-after': '1' });
  if (!paths.includes(url)) return refusal(404, 'path-unknown');
  if (method !== 'POST') return refusal(405, 'method-not-served', { allow: 'POST' });
  if (
    !isMediaType(headers['content-type'] ?? '', mediaTypes) ||
    (headers['content-encoding'] ?? 'identity') !== 'identity'
  )
    return refusal(415, 'media-type');
  const length = Number(headers['content-length'] ?? 0);
  return length > largestBody ? refusal(413, 'too-large') : null;
}

function isToken(token: string, tokenHash: string | null): boolean {
  if (tokenHash === null) return false;
  return timingSafeEqual(Buffer.from(hashOfToken(token), 'hex'), Buffer.from(tokenHash, 'hex'));
}

function isMediaType(text: string, mediaTypes: readonly string[]): boolean {
  const [type = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    mediaTypes.includes(type) &&
    parameters.every((one) => !one.startsWith('charset=') || /^charset="?utf-8"?$/.test(one))
  );
}

function readBody(request: IncomingMessage, largest: number): Promise<Uint8Array | 'too-large' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > largest) {
        request.pause();
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('broken'));
    request.on('close', () => resolve('broken'));
  });
}

async function stream(response: ServerResponse, { status, headers, pieces }: HttpStream): Promise<void> {
  response.writeHead(status, {
    ...headers,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece))
      await new Promise<void>((resolve) => {
        response.once('drain', resolve).once('close', resolve);
      });
  }
  response.end();
}

function answer(
  response: ServerResponse,
  { status, body, headers = {} }: HttpAnswer,
  contentType: string,
): void {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8');
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** The rest of what is being sent is not waited for. */
function turnAway(response: ServerResponse, given: HttpAnswer, contentType: string): void {
  answer(response, { ...given, headers: { ...given.headers, connection: 'close' } }, contentType);
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
