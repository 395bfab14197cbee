/**
 * A web server that gives files and takes them by PUT (RFC 9110, 9.3.4), as a WebDAV share does. What lies there is
 * told by an index file. The certificate is looked at before anything is sent, and nobody is sent on elsewhere.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  EXCHANGE_FOLDERS,
  EXCHANGE_INDEX_FILE,
  type ExchangeFolder,
  type ExchangePlace,
  exchangeIndexSchema,
} from '../../../app/learning/exchange/place.ts';
import { openTls } from '../training/host-connection.ts';
import { HostTrouble } from '../training/host-trouble.ts';
import type { ExchangeFiles } from './exchange-files.ts';

type HttpsPlace = Extract<ExchangePlace, { kind: 'https' }>;

/** 10,000 names. */
const INDEX_MOST = 1 << 20;
/** A server that says nothing for so long has gone. Ours. */
const ANSWER_LIMIT_MS = 60_000;
const HTTPS_PORT = 443;
/** Somebody else wrote the index meanwhile: read again and written again so often. Ours. */
const INDEX_TRIES = 5;

interface Asked {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: { readonly bytes: number; readonly content: Readable };
}

export async function httpsFiles(place: HttpsPlace, token: string | null): Promise<ExchangeFiles> {
  const address = new URL(place.address);
  const base = address.pathname.replace(/\/+$/u, '');
  const port = address.port === '' ? HTTPS_PORT : Number(address.port);

  const ask = async ({ method, path, headers = {}, body }: Asked): Promise<IncomingMessage> => {
    const socket = await openTls(address.hostname, port, place.certificate);
    return new Promise((resolve, reject) => {
      const asked = request({
        method,
        path: `${base}/${path}`,
        createConnection: () => socket,
        headers: {
          Host: address.host,
          Connection: 'close',
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Length': String(body.bytes) }),
          ...headers,
        },
        timeout: ANSWER_LIMIT_MS,
      });
      const fail = (error: Error): void => {
        socket.destroy();
        reject(new HostTrouble('unreachable', error.message));
      };
      asked.once('response', resolve);
      asked.once('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.on('error', fail);
      if (body === undefined) asked.end();
      else pipeline(body.content, asked).catch(fail);
    });
  };

  const indexOf = async (folder: ExchangeFolder): Promise<{ names: string[]; tag: string | null }> => {
    const answer = await ask({ method: 'GET', path: `${EXCHANGE_FOLDERS[folder]}/${EXCHANGE_INDEX_FILE}` });
    if (answer.statusCode === 404) {
      answer.destroy();
      return { names: [], tag: null };
    }
    insistOn(answer, [200]);
    const tag = answer.headers.etag ?? null;
    const parsed = exchangeIndexSchema.safeParse(json(await textOf(answer, INDEX_MOST)));
    if (!parsed.success) throw new HostTrouble('answer-unreadable', EXCHANGE_INDEX_FILE);
    return { names: parsed.data.bundles, tag };
  };

  const put = async (path: string, body: Asked['body'], headers: Asked['headers'] = {}): Promise<number> => {
    const answer = await ask({ method: 'PUT', path, headers, ...(body === undefined ? {} : { body }) });
    answer.destroy();
    return answer.statusCode ?? 0;
  };

  const enter = async (folder: ExchangeFolder, bundle: string): Promise<void> => {
    for (let tries = 0; tries < INDEX_TRIES; tries++) {
      const { names, tag } = await indexOf(folder);
      if (names.includes(bundle)) return;
      const text = JSON.stringify({ format: 'medobsmind-exchange-1', bundles: [...names, bundle] });
      const status = await put(
        `${EXCHANGE_FOLDERS[folder]}/${EXCHANGE_INDEX_FILE}`,
        { bytes: Buffer.byteLength(text), content: streamOf(text) },
        // Only over what was read (RFC 9110, 13.1): another ward may be writing its own entry.
        tag === null ? (names.length === 0 ? { 'If-None-Match': '*' } : {}) : { 'If-Match': tag },
      );
      if (status === 412) continue;
      insistOnStatus(status, TAKEN);
      return;
    }
    throw new HostTrouble('package-not-taken', EXCHANGE_INDEX_FILE);
  };

  return {
    bundles: async (folder) => (await indexOf(folder)).names,
    about: async (path) => {
      const answer = await ask({ method: 'HEAD', path });
      answer.destroy();
      if (answer.statusCode === 404) return null;
      insistOn(answer, [200]);
      const bytes = Number(answer.headers['content-length'] ?? Number.NaN);
      if (!Number.isSafeInteger(bytes) || bytes < 0) throw new HostTrouble('answer-unreadable', path);
      return { kind: 'file', bytes };
    },
    read: (path) => {
      const out = new PassThrough();
      // Whoever reads is told; what comes after they have done with it is nobody's.
      out.on('error', () => undefined);
      ask({ method: 'GET', path })
        .then((answer) => {
          insistOn(answer, [200]);
          return pipeline(answer, out);
        })
        .catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('not read')));
      return out;
    },
    put: async (folder, bundle, files) => {
      for (const { name, path } of files) {
        const { size } = await stat(path);
        const body = { bytes: size, content: createReadStream(path) };
        insistOnStatus(await put(`${EXCHANGE_FOLDERS[folder]}/${bundle}/${name}`, body), TAKEN);
      }
      await enter(folder, bundle);
    },
    close: () => undefined,
  };
}

const TAKEN = [200, 201, 204];

function insistOn(answer: IncomingMessage, expected: readonly number[]): void {
  const status = answer.statusCode ?? 0;
  if (expected.includes(status)) return;
  answer.destroy();
  insistOnStatus(status, expected);
}

/** Redirects too are refused: they would lead a token elsewhere. */
function insistOnStatus(status: number, expected: readonly number[]): void {
  if (expected.includes(status)) return;
  if (status === 401 || status === 403) throw new HostTrouble('token-refused', String(status));
  if (status === 507) throw new HostTrouble('package-not-taken', String(status));
  throw new HostTrouble('no-file-access', String(status));
}

async function textOf(answer: IncomingMessage, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const given of answer) {
    const part = Buffer.from(given);
    bytes += part.length;
    if (bytes > most) {
      answer.destroy();
      throw new HostTrouble('answer-too-long', EXCHANGE_INDEX_FILE);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function streamOf(text: string): Readable {
  const stream = new PassThrough();
  stream.end(text);
  return stream;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the schema
  }
}
