/**
 * The reading side of a WebSocket (RFC 6455) over a stream that is given: text messages in, nothing but pongs and the
 * closing out. Node's own client cannot be put on a tunnel.
 */
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { HostTrouble } from './host-trouble.ts';

/** RFC 6455, 1.3. */
const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const HANDSHAKE_LIMIT_MS = 30_000;
/** Ray sends at most some twenty thousand characters a frame. Ours. */
const MESSAGE_MOST = 4 * 1024 * 1024;

const CONTINUATION = 0x0;
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
/** Bytes that a closing, a ping or a pong carries at most (RFC 6455, 5.5). */
const CONTROL_MOST = 125;

/**
 * Calls `onText` with each message; resolves when the other side has closed or the signal asks to. Throws HostTrouble.
 */
export async function readWebSocket(
  stream: Duplex,
  { path, token, signal }: { readonly path: string; readonly token: string; readonly signal: AbortSignal },
  onText: (text: string) => void,
): Promise<void> {
  const end = (): void => void stream.destroy();
  signal.addEventListener('abort', end);
  try {
    const head = await shakeHands(stream, path, token);
    await new Promise<void>((resolve, reject) => {
      const frames = createFrameReader(stream, onText);
      const take = (part: Buffer): void => {
        try {
          if (frames(part)) resolve();
        } catch (error) {
          reject(error);
        }
      };
      stream.on('data', take);
      stream.once('close', () => resolve());
      stream.once('end', () => resolve());
      stream.once('error', (error) =>
        signal.aborted ? resolve() : reject(new HostTrouble('unreachable', error.message)),
      );
      if (signal.aborted) resolve();
      if (head.length > 0) take(head);
    });
  } finally {
    signal.removeEventListener('abort', end);
    stream.destroy();
  }
}

/** Resolves with what came behind the answer's head. */
function shakeHands(stream: Duplex, path: string, token: string): Promise<Buffer> {
  const key = randomBytes(16).toString('base64');
  const expected = createHash('sha1').update(`${key}${HANDSHAKE_GUID}`).digest('base64');
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      stream.destroy();
      reject(new HostTrouble('unreachable', 'no answer in time'));
    }, HANDSHAKE_LIMIT_MS);
    const refuse = (trouble: HostTrouble): void => {
      clearTimeout(limit);
      stream.destroy();
      reject(trouble);
    };
    const sent = request({
      createConnection: () => stream,
      path,
      headers: {
        host: '127.0.0.1',
        authorization: `Bearer ${token}`,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': key,
        'sec-websocket-version': '13',
      },
    });
    sent.on('upgrade', (answer, _, head) => {
      if (answer.headers['sec-websocket-accept'] !== expected)
        return refuse(new HostTrouble('answer-unreadable'));
      clearTimeout(limit);
      resolve(head);
    });
    sent.on('response', ({ statusCode }) =>
      refuse(
        statusCode === 401 || statusCode === 403
          ? new HostTrouble('token-refused')
          : new HostTrouble('not-ray', String(statusCode)),
      ),
    );
    sent.on('error', (error) => refuse(new HostTrouble('unreachable', error.message)));
    sent.end();
  });
}

/** Takes bytes as they come; true once the other side has closed. Throws HostTrouble on what the protocol forbids. */
function createFrameReader(stream: Duplex, onText: (text: string) => void): (part: Buffer) => boolean {
  let waiting: Buffer = Buffer.alloc(0);
  let message: Buffer[] = [];
  let length = 0;
  return (part) => {
    waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
    for (let frame = firstFrame(waiting); frame !== null; frame = firstFrame(waiting)) {
      waiting = waiting.subarray(frame.bytes);
      const { operation, payload, final } = frame;
      if (operation === CLOSE) return true;
      if (operation === PING) stream.write(pong(payload));
      if (operation !== TEXT && operation !== CONTINUATION) continue;
      length += payload.length;
      if (length > MESSAGE_MOST) throw new HostTrouble('answer-too-long');
      message.push(payload);
      if (!final) continue;
      onText(Buffer.concat(message).toString('utf8'));
      message = [];
      length = 0;
    }
    return false;
  };
}

interface Frame {
  readonly operation: number;
  readonly final: boolean;
  readonly payload: Buffer;
  readonly bytes: number;
}

/** RFC 6455, 5.2; null: it is not whole yet. */
function firstFrame(bytes: Buffer): Frame | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  // A server never masks, and no extension was agreed on.
  if ((second & 0x80) !== 0 || (first & 0x70) !== 0) throw new HostTrouble('answer-unreadable');
  const short = second & 0x7f;
  const begin = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < begin) return null;
  const operation = first & 0x0f;
  if (operation >= CLOSE && short > CONTROL_MOST) throw new HostTrouble('answer-unreadable');
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > MESSAGE_MOST) throw new HostTrouble('answer-too-long');
  if (bytes.length < begin + length) return null;
  return {
    operation,
    final: (first & 0x80) !== 0,
    payload: bytes.subarray(begin, begin + length),
    bytes: begin + length,
  };
}

/** A client masks what it sends (RFC 6455, 5.3); a ping carries at most 125 bytes. */
function pong(payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload.map((byte, place) => byte ^ (mask[place % 4] ?? 0)));
  return Buffer.concat([Buffer.from([0x8a, 0x80 | payload.length]), mask, masked]);
}
