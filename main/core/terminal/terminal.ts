/**
 * Serves one terminal on a channel: envelope, rate, name, earlier answer, shape, session, permission, then the handler; every
 * refusal is a value. Sessions belong to the channel, so a closed window is signed out.
 */
import { z } from 'zod';
import { mayDo, type Permission } from '../../../app/access/access.ts';
import type { Channel } from '../../../app/contract/channel.ts';
import type { SentWardEvent } from '../../../app/contract/contract.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { type MessageFromCore, type Request, requestSchema } from '../../../app/contract/wire.ts';
import type { AuditDetail, AuditEntry } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { troubleOf } from '../store/trouble.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findAnswer, keepAnswer } from './answered-table.ts';
import type { BoundCalls } from './bound-calls.ts';
import type { OpenCall, PermittedCall, TerminalSession } from './calls.ts';
import type { EventHub } from './event-hub.ts';
import { requestRate } from './request-rate.ts';

export interface TerminalPorts {
  readonly calls: BoundCalls;
  readonly hub: EventHub;
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  /** One transaction that also moves the ward; its changes show only after the commit. */
  commit<T>(work: (write: Writer, draft: WardDraft) => T): T;
  audit(write: Writer, entry: AuditEntry): void;
}

const envelopeId = z.looseObject({ id: z.string().min(1).max(64) });

/** Carries a refusal out of a transaction, so that the transaction is undone. */
class Undone extends Error {
  readonly outcome: Outcome<never>;
  constructor(outcome: Outcome<never>) {
    super('refused');
    this.outcome = outcome;
  }
}

/** What a person can do about an error: a disk that takes nothing is no mistake of the program. */
function refusedFor(error: unknown): Outcome<never> {
  const trouble = troubleOf(error);
  if (trouble === null) return refused('internal');
  return refused(trouble === 'full' ? 'storage-full' : 'storage-unavailable');
}

/** Serves `channel` until it closes. */
export function serveTerminal(ports: TerminalPorts, channel: Channel): void {
  const mayPass = requestRate(ports.clock.boot);
  /** Commands under way by their key, so that a repetition waits for the first one's answer. */
  const underWay = new Map<string, Promise<Outcome<unknown>>>();
  let sequence = 0;
  let person: PersonView | null = null;
  let open = true;

  const send = (message: MessageFromCore): void => {
    if (open) channel.send(message);
  };
  const sendEvent = (event: SentWardEvent): void => {
    sequence += 1;
    send({ kind: 'event', sequence, event });
  };
  const leaveHub = ports.hub.join(sendEvent);
  const session: TerminalSession = {
    person: () => person,
    signedIn: (signed) => {
      person = signed;
      sendEvent({ type: 'session', session: { person } });
    },
    signedOut: () => {
      person = null;
      sendEvent({ type: 'session', session: { person } });
    },
  };

  channel.onClose(() => {
    open = false;
    leaveHub();
  });
  channel.onMessage((message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) {
      const named = envelopeId.safeParse(message);
      ports.log('warn', 'terminal-envelope-refused', { answerable: named.success });
      if (named.success) answer(named.data.id, refused('invalid-request', { field: 'envelope' }));
      return;
    }
    const { id } = request.data;
    void handle(request.data).then(
      (outcome) => answer(id, outcome),
      (error: unknown) => {
        ports.log('error', 'call-failed', { name: request.data.name, reason: reasonOf(error) });
        answer(id, refusedFor(error));
      },
    );
  });

  function answer(id: string, outcome: Outcome<unknown>): void {
    send({ kind: 'answer', id, outcome });
  }

  async function handle(request: Request): Promise<Outcome<unknown>> {
    if (!mayPass()) return refused('not-allowed-now', { reason: 'too-many-requests' });
    if (request.kind === 'query') {
      const query = ports.calls.query(request.name);
      if (query === null) return refused('unknown-call', { name: request.name });
      if (query.permission !== null) {
        if (person === null) return refused('not-signed-in');
        if (!mayDo(person.role, query.permission))
          return notPermitted(person, request.name, query.permission);
      }
      return query.run(request.params, { session, sequence });
    }
    const command = ports.calls.command(request.name);
    if (command === null) return refused('unknown-call', { name: request.name });
    const { permission } = command;
    if (permission === null) return command.runOpen(request.params, { session } satisfies OpenCall);
    // Before the session: a command that was done before its line broke is sent again on a line without one.
    const known = answeredBefore(request);
    if (known !== null) return known;
    if (person === null) return refused('not-signed-in');
    if (!mayDo(person.role, permission)) return notPermitted(person, request.name, permission);
    return once(request, person, (call) => command.runPermitted(request.params, call));
  }

  function notPermitted(who: PersonView, name: string, permission: Permission): Outcome<never> {
    ports.store.transaction((write) =>
      ports.audit(write, { actor: who.id, action: `${name}-refused`, subject: null, detail: { permission } }),
    );
    return refused('not-permitted', { permission });
  }

  /** What was answered under the request's key; null where nothing was. A key of something else is refused. */
  function answeredBefore({ idempotencyKey: key, name, params }: Request): Outcome<unknown> | null {
    if (key === undefined) return null;
    const known = findAnswer(ports.store.read, ports.sealing, { key, name, params });
    if (known.kind === 'none') return null;
    return known.kind === 'answered'
      ? ok(known.value)
      : refused('invalid-request', { field: 'idempotencyKey' });
  }

  /** Does a command once: a repetition of its key while it is under way waits for the first one's answer. */
  async function once(
    request: Request,
    who: PersonView,
    run: (call: PermittedCall) => Promise<Outcome<unknown>>,
  ): Promise<Outcome<unknown>> {
    const key = request.idempotencyKey;
    const command =
      key === undefined ? null : { key, actor: who.id, name: request.name, params: request.params };
    if (command !== null) {
      const first = underWay.get(command.key);
      if (first !== undefined) return first;
    }
    const running = run({
      session,
      person: who,
      commit: (subject, detail, work) => commit(request.name, who, command, subject, detail, work),
    });
    if (command === null) return running;
    underWay.set(command.key, running);
    try {
      return await running;
    } finally {
      underWay.delete(command.key);
    }
  }

  function commit<R>(
    name: string,
    who: PersonView,
    command: Parameters<typeof keepAnswer>[2] | null,
    subject: string | null,
    detail: AuditDetail,
    work: (write: Writer, draft: WardDraft) => Outcome<R>,
  ): Outcome<R> {
    try {
      return ports.commit((write, draft) => {
        const outcome = work(write, draft);
        if (!outcome.ok) throw new Undone(outcome);
        ports.audit(write, { actor: who.id, action: name, subject, detail });
        if (command !== null) keepAnswer(write, ports.sealing, command, outcome.value, ports.clock.wall());
        return outcome;
      });
    } catch (error) {
      if (error instanceof Undone) return error.outcome;
      throw error;
    }
  }
}
