/** The monitors' side of the ward: the listener, what it took, and what became of the last message. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { IntakeView } from '../../../app/contract/views.ts';
import { isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store } from '../store/database.ts';
import type { CommitQueue } from './commit-queue.ts';
import {
  answerFailure,
  type FrameFault,
  type MessageOutcome,
  type MessagePorts,
  refuseFrame,
  takeMessage,
} from './messages.ts';
import { countMessages } from './messages-table.ts';
import { listenMllp, type MllpListener } from './mllp-listener.ts';

export interface Intake {
  /**
   * Listens at a new place, and only then leaves the old one. `port-in-use` {port} or `invalid-request` {field,
   * problem} where that place cannot be had; the old one then stays.
   */
  listen(host: string, port: number): Promise<Outcome<void>>;
  /** Null while it does not listen. */
  address(): { readonly host: string; readonly port: number } | null;
  view(): IntakeView;
  close(): Promise<void>;
}

export interface IntakePorts extends MessagePorts {
  readonly store: Store;
  readonly queue: CommitQueue;
  readonly log: Log;
  readonly onChange: () => void;
}

export function createIntake(ports: IntakePorts): Intake {
  const counts = { ...countMessages(ports.store.read) };
  let listener: MllpListener | null = null;
  let wanted = { host: '127.0.0.1', port: 0 };
  let problem: string | null = 'not-started';
  let connections = 0;
  let lastMessage: IntakeView['lastMessage'] = null;

  const settle = async (
    bytes: Uint8Array,
    receivedMs: number,
    outcome: Promise<MessageOutcome>,
  ): Promise<MessageOutcome> => {
    let settled: MessageOutcome;
    try {
      settled = await outcome;
      if (!settled.repeated) counts[settled.state] += 1;
    } catch (error) {
      ports.log('error', 'message-not-kept', { reason: reasonOf(error) });
      settled = answerFailure(ports, bytes, receivedMs);
    }
    lastMessage = {
      at: isoTime(receivedMs),
      sender: settled.sender,
      controlId: settled.controlId,
      ack: settled.ackCode,
      taken: settled.taken,
      rejected: settled.rejected,
      held: settled.state === 'held',
      reason: settled.reason,
    };
    ports.log('info', 'message', {
      ack: settled.ackCode,
      state: settled.state,
      reason: settled.reason,
      taken: settled.taken,
      rejected: settled.rejected,
    });
    ports.onChange();
    return settled;
  };
  const take = (bytes: Uint8Array): Promise<MessageOutcome> => {
    const receivedMs = ports.clock.wall();
    return settle(bytes, receivedMs, ports.queue.submit(takeMessage(ports, bytes, receivedMs)));
  };
  const refuse = (bytes: Uint8Array, fault: FrameFault): Promise<MessageOutcome> => {
    const receivedMs = ports.clock.wall();
    return settle(bytes, receivedMs, ports.queue.submit(refuseFrame(ports, bytes, fault, receivedMs)));
  };

  return {
    listen: async (host, port) => {
      if (listener !== null && listener.host === host && listener.port === port) return ok(undefined);
      const { log } = ports;
      const onConnections = (open: number): void => {
        connections = open;
        ports.onChange();
      };
      const opened = await listenMllp({ host, port, take, refuse, onConnections, log });
      if (!opened.ok) {
        ports.log('error', 'listener-not-opened', { problem: opened.problem, port });
        if (listener === null) {
          wanted = { host, port };
          problem = opened.problem;
        }
        return opened.problem === 'EADDRINUSE'
          ? refused('port-in-use', { port })
          : refused('invalid-request', { field: 'host', problem: opened.problem });
      }
      await listener?.close();
      listener = opened.listener;
      wanted = { host, port: listener.port };
      problem = null;
      ports.log('info', 'listening', { port: listener.port });
      ports.onChange();
      return ok(undefined);
    },
    address: () => (listener === null ? null : { host: listener.host, port: listener.port }),
    view: () => ({
      listening: listener !== null,
      ...wanted,
      problem,
      connections,
      ...counts,
      lastMessage,
    }),
    close: async () => {
      await listener?.close();
      listener = null;
    },
  };
}
