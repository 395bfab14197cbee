/**
 * The metrics for Prometheus, at this machine's own address and nowhere else. There is one page, it is only read, and
 * nothing in it is about a patient: so it needs no token, and a name that leads here from elsewhere is turned away.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { formatFor, TEXT_FORMATS, type TextFormat } from '../../../app/monitoring/exposition.ts';
import type { HttpListener, HttpListenResult } from '../http/http-server.ts';
import { type Log, reasonOf } from '../log.ts';

const LOOPBACK = '127.0.0.1';
/** The address, or the name that leads to it, with or without a port. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;
const PATH = '/metrics';
/** Prometheus keeps one connection a job. Ours. */
const MOST_SOCKETS = 8;
const REQUEST_MS = 10_000;

export interface MetricsServerOptions {
  readonly port: number;
  readonly text: (format: TextFormat) => string;
  readonly log: Log;
}

/** Listens at the port, or at any free one where another program has it. */
export async function listenMetrics(options: MetricsServerOptions): Promise<HttpListenResult> {
  const first = await listen(options, options.port);
  return !first.ok && first.problem === 'EADDRINUSE' ? listen(options, 0) : first;
}

function listen({ text, log }: MetricsServerOptions, port: number): Promise<HttpListenResult> {
  const server = createServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      try {
        answer(request, response, text);
      } catch (error) {
        log('error', 'metrics-not-told', { reason: reasonOf(error) });
        end(response, 500, 'The metrics could not be read.\n');
      }
    },
  );
  server.maxConnections = MOST_SOCKETS;
  return new Promise((resolve) => {
    server.once('error', (error) =>
      resolve({
        ok: false,
        problem: 'code' in error && typeof error.code === 'string' ? error.code : 'failed',
      }),
    );
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.on('error', (error) => log('error', 'metrics-listener-failed', { reason: reasonOf(error) }));
      const address = server.address();
      const listener: HttpListener = {
        port: address !== null && typeof address === 'object' ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      };
      resolve({ ok: true, listener });
    });
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  text: (format: TextFormat) => string,
): void {
  // Nothing is read from whoever asks.
  request.resume();
  const refused = refusalOf(request);
  if (refused !== null) {
    const [status, words] = refused;
    end(response, status, words);
    return;
  }
  const format = formatFor(request.headers.accept ?? '');
  end(response, 200, text(format), { 'content-type': TEXT_FORMATS[format] });
}

/** Null where it is answered. */
function refusalOf({
  method,
  url,
  headers,
}: IncomingMessage): readonly [status: number, words: string] | null {
  if (!OWN_HOST.test((headers.host ?? '').toLowerCase()))
    return [421, 'Asked for by a name that is not this machine’s own.\n'];
  if (headers.origin !== undefined) return [403, 'Not for web pages.\n'];
  if (url !== PATH) return [404, `There is ${PATH} alone.\n`];
  return method === 'GET' ? null : [405, 'It is only read: GET.\n'];
}

function end(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET' } : {}),
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(bytes);
}
