/** One HTTP request to Ray's dashboard over a stream that is given: a tunnel's channel, a TLS or a loopback socket. */
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { HostTrouble } from './host-trouble.ts';

/** Opens a stream on which Ray's dashboard answers. */
export type OpenStream = () => Promise<Duplex>;

export interface RayAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** The host's clock, to the second; null: it told none. Milliseconds since 1970. */
  readonly atMs: number | null;
}

export interface RayRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Absent where Ray answers anybody. */
  readonly token?: string;
  readonly json?: unknown;
  readonly bytes?: Buffer;
  readonly limitMs?: number;
  /** Absent: `ANSWER_MOST`. */
  readonly most?: number;
}

const LIMIT_MS = 30_000;
/** A job's description is a few kilobytes, with the end of its log 20. A longer answer is none of Ray's. Ours. */
const ANSWER_MOST = 4 * 1024 * 1024;

/** Throws HostTrouble where the host does not answer, or answers without end. */
export async function askRay(open: OpenStream, asked: RayRequest): Promise<RayAnswer> {
  const stream = await open();
  const body = asked.bytes ?? (asked.json === undefined ? null : Buffer.from(JSON.stringify(asked.json)));
  return new Promise((resolve, reject) => {
    const end = (error: HostTrouble): void => {
      stream.destroy();
      reject(error);
    };
    const limit = setTimeout(
      () => end(new HostTrouble('unreachable', 'no answer in time')),
      asked.limitMs ?? LIMIT_MS,
    );
    const sent = request(
      {
        createConnection: () => stream,
        method: asked.method,
        path: asked.path,
        // Ray binds to loopback; through the tunnel that is what it is called.
        headers: {
          host: '127.0.0.1',
          connection: 'close',
          ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
          ...(body === null ? {} : { 'content-length': body.length }),
          ...(asked.json === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        let length = 0;
        answer.on('data', (part: Buffer) => {
          length += part.length;
          parts.push(part);
          if (length > (asked.most ?? ANSWER_MOST)) end(new HostTrouble('answer-too-long'));
        });
        answer.on('end', () => {
          clearTimeout(limit);
          stream.destroy();
          const atMs = Date.parse(answer.headers.date ?? '');
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(parts),
            atMs: Number.isFinite(atMs) ? atMs : null,
          });
        });
        answer.on('error', (error) => end(new HostTrouble('unreachable', error.message)));
      },
    );
    sent.on('error', (error) => {
      clearTimeout(limit);
      end(new HostTrouble('unreachable', error.message));
    });
    sent.end(body ?? undefined);
  });
}
