/**
 * The monitors' listener: MLLP over TCP, on loopback unless the administrator says otherwise. A connection
 * outlives every bad frame on it; what a peer may cost is limited.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { TurnedAwayReason } from '../../../app/contract/views.ts';
import { type Log, reasonOf } from '../log.ts';
import { type ListenerGuard, OPEN_GUARD } from './listener-guard.ts';
import type { MessageOutcome } from './message-outcome.ts';
import { createFramer, type FramingEvent } from './mllp-framing.ts';
import type { FrameFault } from './prepare-message.ts';

const MOST_SOCKETS = 64;

export interface ConnectionLimits {
  /** Time to finish a frame, from its beginning. */
  readonly frameMs: number;
  /** Silence after which a connection is closed. */
  readonly idleMs: number;
  /** Pause after which bytes outside of any frame are answered. */
  readonly strayPauseMs: number;
  /** After our end of a connection is closed, the peer has so long to close its own. */
  readonly lingerMs: number;
}

/** Sockets, frame and silence: the clinical reference. The pauses are ours. */
const LIMITS: ConnectionLimits = { frameMs: 10_000, idleMs: 60_000, strayPauseMs: 2_000, lingerMs: 5_000 };
/** Bytes outside of any frame after which the peer speaks no MLLP at all. */
const MOST_STRAY_BYTES = 1024 * 1024;
/** Messages of one connection that wait for their commit; beyond, the socket is not read. */
const MOST_WAITING = 64;

/** What goes back on the wire: of a batch, the answers to its messages one after the other. */
export type Answered = Pick<MessageOutcome, 'answer'>;

export interface MllpListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Commits a message and resolves with its answer. Never rejects. */
  readonly take: (bytes: Uint8Array) => Promise<Answered>;
  readonly refuse: (bytes: Uint8Array, fault: FrameFault) => Promise<Answered>;
  /** Called when a connection comes or goes. */
  readonly onConnections: (open: number) => void;
  /** Called when a connection is turned away: why, and from which address, '' where that is not known. */
  readonly onTurnedAway?: (reason: TurnedAwayReason, address: string) => void;
  readonly log: Log;
  readonly limits?: Partial<ConnectionLimits>;
  readonly guard?: ListenerGuard;
}

export interface MllpListener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export type ListenResult =
  | { readonly ok: true; readonly listener: MllpListener }
  /** `problem`: the system's code, `EADDRINUSE` where the port is taken. */
  | { readonly ok: false; readonly problem: string };

export function listenMllp(options: MllpListenerOptions): Promise<ListenResult> {
  const turnAway = (reason: TurnedAwayReason, address: string | undefined, detail: string = reason): void => {
    options.log('warn', 'connection-refused', { reason: detail });
    options.onTurnedAway?.(reason, address ?? '');
  };
  const sockets = new Set<Socket>();
  const guard = options.guard ?? OPEN_GUARD;
  const serve = (socket: Socket): void => {
    if (socket.destroyed) return;
    if (socket instanceof TLSSocket && !guard.isNameAllowed(commonName(socket))) {
      turnAway('certificate-name', socket.remoteAddress);
      socket.destroy();
    } else serveConnection(options, guard, socket);
  };
  const server =
    guard.tls === null
      ? createServer({ allowHalfOpen: true }, serve)
      : createTlsServer({ ...guard.tls, allowHalfOpen: true }, serve);
  // The bare connection, before any handshake: it has its place among the sockets from its first moment.
  server.prependListener('connection', (socket: Socket) => {
    if (!guard.isAllowed(socket.remoteAddress ?? '')) {
      turnAway('address', socket.remoteAddress);
      socket.destroy();
      return;
    }
    sockets.add(socket);
    options.onConnections(sockets.size);
    socket.on('close', () => {
      sockets.delete(socket);
      options.onConnections(sockets.size);
    });
  });
  server.on('tlsClientError', (error: Error, socket: TLSSocket) =>
    turnAway('certificate', socket.remoteAddress, codeOf(error)),
  );
  server.maxConnections = MOST_SOCKETS;
  server.on('drop', (dropped) => turnAway('no-place', dropped?.remoteAddress));
  return new Promise((resolve) => {
    server.once('error', (error) => resolve({ ok: false, problem: codeOf(error) }));
    server.listen({ host: options.host, port: options.port, exclusive: true }, () => {
      server.on('error', (error) => options.log('error', 'listener-failed', { reason: reasonOf(error) }));
      resolve({
        ok: true,
        listener: {
          host: options.host,
          port: portOf(server),
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              for (const socket of sockets) socket.destroy();
            }),
        },
      });
    });
  });
}

function serveConnection(options: MllpListenerOptions, guard: ListenerGuard, socket: Socket): void {
  const address = socket.remoteAddress ?? '';
  const limits = { ...LIMITS, ...options.limits };
  const framer = createFramer();
  let waiting = 0;
  const timers: {
    frame?: NodeJS.Timeout;
    stray?: NodeJS.Timeout;
    linger?: NodeJS.Timeout;
    rate?: NodeJS.Timeout;
  } = {};
  /** Answers leave in the order of their messages, whatever took longer. */
  let answered: Promise<void> = Promise.resolve();

  socket.setNoDelay(true);
  socket.setTimeout(limits.idleMs, endSocket);
  socket.on('error', (error) => options.log('info', 'connection-broken', { reason: codeOf(error) }));
  socket.on('data', (chunk: Buffer) => {
    // An address that has sent too much waits on every connection that it has, or opens meanwhile.
    const owedMs = guard.pauseMs(address, 0, performance.now());
    if (owedMs > 0) {
      stopTimer('frame');
      slowDown(owedMs);
      socket.unshift(chunk);
      return;
    }
    const events = framer.push(chunk);
    // Time runs from the beginning of a frame: its later bytes buy it none.
    if (events.length > 0 || !framer.hasUnfinished) stopTimer('frame');
    stopTimer('stray');
    handle(events);
    slowDown(guard.pauseMs(address, events.length, performance.now()));
    watch();
  });
  // A sender that has closed its side still waits for its answers.
  socket.on('end', () => {
    handle(framer.end());
    void answered.then(endSocket);
  });
  socket.on('close', () => {
    stopTimer('frame');
    stopTimer('stray');
    stopTimer('linger');
    stopTimer('rate');
  });

  /** A peer that never closes its own side would keep its place for ever. */
  function endSocket(): void {
    socket.end();
    timers.linger ??= setTimeout(() => socket.destroy(), limits.lingerMs);
  }

  function handle(events: readonly FramingEvent[]): void {
    for (const event of events) {
      if (event.kind === 'frame') answer(options.take(event.bytes));
      else if (event.kind === 'oversized') answer(options.refuse(event.head, 'too-large'));
      else if (event.kind === 'unfinished') answer(options.refuse(event.bytes, 'unfinished'));
      // A frame follows, so the sender waits for that frame's answer and not for one to the stray bytes.
      else options.log('warn', 'stray-bytes', { bytes: event.byteCount });
    }
  }

  function answer(outcome: Promise<Answered>): void {
    waiting += 1;
    if (waiting >= MOST_WAITING) socket.pause();
    answered = answered.then(async () => {
      const { answer: bytes } = await outcome;
      if (bytes.length > 0 && socket.writable) send(bytes);
      waiting -= 1;
      if (waiting < MOST_WAITING && timers.rate === undefined) socket.resume();
    });
  }

  /** Answers of one commit leave together. */
  function send(bytes: Uint8Array): void {
    if (waiting > 1 && socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    socket.write(bytes);
  }

  /** Who sends too fast is not read for a while: nothing is lost, its own messages wait with it. */
  function slowDown(pauseMs: number): void {
    if (pauseMs <= 0 || timers.rate !== undefined) return;
    socket.pause();
    timers.rate = setTimeout(() => {
      delete timers.rate;
      if (waiting < MOST_WAITING) socket.resume();
    }, pauseMs);
  }

  function watch(): void {
    if (framer.junkBytes > MOST_STRAY_BYTES) socket.destroy();
    else if (framer.hasUnfinished) timers.frame ??= setTimeout(endFrame, limits.frameMs);
    else if (framer.junkBytes > 0) timers.stray = setTimeout(answerStray, limits.strayPauseMs);
  }

  function endFrame(): void {
    delete timers.frame;
    handle(framer.end());
  }

  function answerStray(): void {
    for (const event of framer.end())
      if (event.kind === 'junk') answer(options.refuse(event.sample, 'not-mllp'));
  }

  function stopTimer(which: 'frame' | 'stray' | 'linger' | 'rate'): void {
    clearTimeout(timers[which]);
    delete timers[which];
  }
}

function commonName(socket: TLSSocket): string {
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return typeof name === 'string' ? name : '';
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}
