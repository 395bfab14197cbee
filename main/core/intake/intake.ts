/** The monitors' side of the ward: the listener, what it took, and what became of the last message. */
import { isDeepStrictEqual } from 'node:util';
import { type ListenerSafety, maySend, NO_SAFETY } from '../../../app/contract/listener-safety.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { IntakeView } from '../../../app/contract/views.ts';
import { isoTime, type Moment, momentOf } from '../clock.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { createInTurn } from '../in-turn.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store } from '../store/database.ts';
import { commitMessage } from './commit-message.ts';
import type { CommitQueue } from './commit-queue.ts';
import { batchOf } from './hl7-batch.ts';
import { createLikenesses } from './likenesses.ts';
import { createListenerGuard, type ListenerGuard } from './listener-guard.ts';
import { countMessages, type MessageState } from './message-counts.ts';
import { answerFailure, type MessageOutcome } from './message-outcome.ts';
import { createSummary } from './message-summary.ts';
import { type Answered, type ListenResult, listenMllp, type MllpListener } from './mllp-listener.ts';
import {
  type FrameFault,
  type MessagePorts,
  type PreparedMessage,
  prepareFrame,
  prepareMessage,
} from './prepare-message.ts';
import type { SourceClocks } from './source-clock.ts';

export interface Intake {
  /**
   * Listens at a new place, and only then leaves the old one. `port-in-use` {port} or `invalid-request` {field,
   * problem} where that place cannot be had, or as `createListenerGuard` says; the old one then stays.
   */
  listen(host: string, port: number, safety?: ListenerSafety): Promise<Outcome<void>>;
  /** Null while it does not listen. */
  address(): { readonly host: string; readonly port: number } | null;
  view(): IntakeView;
  /** A monitor was turned away within the last minute: there are as many connections as may be. */
  isFull(): boolean;
  /** A person has decided about a message that waited, or (`from` null) one was taken elsewhere. */
  messageMoved(from: MessageState | null, to: MessageState): void;
  close(): Promise<void>;
}

/** Monitors try again within seconds: so long after the last of them was turned away, there is room. Ours. */
const FULL_FOR_MS = 60_000;

type Place = { readonly host: string; readonly port: number };

export interface IntakePorts extends MessagePorts {
  readonly store: Store;
  readonly queue: CommitQueue;
  readonly sourceClocks: SourceClocks;
  readonly feeds: Feeds;
  readonly log: Log;
  readonly onChange: () => void;
  /** A message was answered, so many milliseconds after it had come whole. */
  readonly onAnswered?: (outcome: MessageOutcome, ms: number) => void;
}

export function createIntake(given: IntakePorts): Intake {
  const ports = {
    ...given,
    maySend: (sender: string) => maySend(safety, sender),
    likenesses: createLikenesses(),
  };
  const counts = { ...countMessages(ports.store.read) };
  let listener: MllpListener | null = null;
  let safety: ListenerSafety = NO_SAFETY;
  let wanted = { host: '127.0.0.1', port: 0 };
  let problem: string | null = 'not-started';
  let connections = 0;
  let last: { readonly outcome: MessageOutcome; readonly receivedMs: number } | null = null;
  /** Boot time at which a monitor found no place. */
  let noPlaceMs: number | null = null;
  /** A count and the last one: what knocks in vain all day costs no more memory than one. */
  let turnedAway: NonNullable<IntakeView['turnedAway']> | null = null;
  /** One at a time: two that open at once would leave a listener that nobody closes. */
  const inTurn = createInTurn();
  const summary = createSummary(ports.log);

  /** The moment of this turn of the event loop: what is read together came together. */
  let turn: Moment | null = null;
  const received = (): Moment => {
    if (turn !== null) return turn;
    setImmediate(() => {
      turn = null;
    });
    turn = momentOf(ports.clock);
    return turn;
  };
  const settled = (prepared: PreparedMessage, outcome: MessageOutcome): MessageOutcome => {
    const { state, clock } = outcome;
    if (!outcome.repeated) {
      counts[state] += 1;
      noteFeed(prepared, outcome);
    }
    if (clock !== null) ports.sourceClocks.note(clock.device, clock.sentMs, prepared.receivedMs);
    last = { outcome, receivedMs: prepared.receivedMs };
    summary.add(outcome);
    ports.onChange();
    return outcome;
  };
  const noteFeed = (prepared: PreparedMessage, outcome: MessageOutcome): void => {
    if (!prepared.said.ok) return;
    const { device, reading } = prepared.said;
    const isTaken = outcome.state === 'accepted';
    ports.feeds.note({
      device,
      receivedMs: prepared.receivedMs,
      outcome: isTaken || outcome.state === 'held' ? outcome.state : 'refused',
      taken: outcome.taken,
      reasons: [
        ...(isTaken || outcome.reason === null ? [] : [outcome.reason]),
        ...reading.rejected.map(({ reason }) => reason),
      ],
    });
  };
  const failed = (prepared: PreparedMessage, error: unknown): MessageOutcome => {
    ports.log('error', 'message-not-kept', { reason: reasonOf(error) });
    const outcome = answerFailure(ports, prepared);
    last = { outcome, receivedMs: prepared.receivedMs };
    ports.onChange();
    return outcome;
  };
  const submit = async (prepared: PreparedMessage): Promise<MessageOutcome> => {
    const begun = performance.now();
    const outcome = await ports.queue
      .submit((write, draft, bodies) => commitMessage(ports, write, draft, bodies, prepared))
      .then(
        (done) => settled(prepared, done),
        (error: unknown) => failed(prepared, error),
      );
    ports.onAnswered?.(outcome, performance.now() - begun);
    return outcome;
  };
  const take = async (bytes: Uint8Array): Promise<Answered> => {
    const at = received();
    const batch = batchOf(bytes);
    if (batch === null) return submit(prepareMessage(ports, bytes, at));
    const { announced, messages } = batch;
    if (announced !== null && announced !== messages.length)
      ports.log('warn', 'batch-incomplete', { announced, found: messages.length });
    const outcomes = await Promise.all(messages.map((one) => submit(prepareMessage(ports, one, at))));
    return { answer: Buffer.concat(outcomes.map(({ answer }) => answer)) };
  };
  const refuse = (bytes: Uint8Array, fault: FrameFault): Promise<MessageOutcome> =>
    submit(prepareFrame(ports, bytes, fault, received()));

  const open = (place: Place, guard: ListenerGuard): Promise<ListenResult> =>
    listenMllp({
      ...place,
      take,
      refuse,
      onConnections: (now) => {
        connections = now;
        ports.onChange();
      },
      onTurnedAway: (reason, address) => {
        if (reason === 'no-place') noPlaceMs = ports.clock.boot();
        const lastAt = isoTime(ports.clock.wall());
        turnedAway = { count: (turnedAway?.count ?? 0) + 1, lastAt, address, reason };
        ports.onChange();
      },
      log: ports.log,
      guard,
    });

  const moveTo = async (host: string, port: number, wantedSafety: ListenerSafety): Promise<Outcome<void>> => {
    const before = listener === null ? null : { host: listener.host, port: listener.port };
    if (before?.host === host && before.port === port && isDeepStrictEqual(safety, wantedSafety))
      return ok(undefined);
    const guarded = createListenerGuard(wantedSafety);
    if (!guarded.ok) {
      if (listener === null) problem = guarded.error.code;
      return guarded;
    }
    // A port has one listener, whatever address it stands at: only then does the old one leave first.
    const samePort = before !== null && before.port === port;
    if (samePort) await leave();
    const opened = await open({ host, port }, guarded.value);
    if (!opened.ok) {
      ports.log('error', 'listener-not-opened', { problem: opened.problem, port });
      if (samePort) await comeBack(before);
      if (listener === null) {
        wanted = { host, port };
        problem = opened.problem;
      }
      return opened.problem === 'EADDRINUSE'
        ? refused('port-in-use', { port })
        : refused('invalid-request', { field: 'host', problem: opened.problem });
    }
    await leave();
    listener = opened.listener;
    safety = wantedSafety;
    wanted = { host, port: listener.port };
    problem = null;
    ports.log('info', 'listening', { port: listener.port });
    ports.onChange();
    return ok(undefined);
  };

  const leave = async (): Promise<void> => {
    await listener?.close();
    listener = null;
  };
  /** To where it listened, by the rules that held there. */
  const comeBack = async (before: Place): Promise<void> => {
    const guarded = createListenerGuard(safety);
    const opened = guarded.ok ? await open(before, guarded.value) : null;
    if (opened?.ok === true) listener = opened.listener;
  };

  return {
    listen: (host, port, wantedSafety = NO_SAFETY) => inTurn(() => moveTo(host, port, wantedSafety)),
    address: () => (listener === null ? null : { host: listener.host, port: listener.port }),
    view: () => ({
      listening: listener !== null,
      ...wanted,
      problem,
      connections,
      accepted: counts.accepted,
      held: counts.held,
      refused: counts.refused + counts.quarantined,
      waiting: counts.held + counts.quarantined,
      ...(turnedAway === null ? {} : { turnedAway }),
      lastMessage: last === null ? null : lastView(last.outcome, last.receivedMs),
    }),
    messageMoved: (from, to) => {
      if (from !== null) counts[from] -= 1;
      counts[to] += 1;
      ports.onChange();
    },
    isFull: () => noPlaceMs !== null && ports.clock.boot() - noPlaceMs < FULL_FOR_MS,
    close: async () => {
      summary.close();
      await inTurn(leave);
    },
  };
}

function lastView(outcome: MessageOutcome, receivedMs: number): NonNullable<IntakeView['lastMessage']> {
  return {
    at: isoTime(receivedMs),
    sender: outcome.sender,
    controlId: outcome.controlId,
    ack: outcome.ackCode,
    taken: outcome.taken,
    rejected: outcome.rejected,
    held: outcome.state === 'held',
    reason: outcome.reason,
  };
}
