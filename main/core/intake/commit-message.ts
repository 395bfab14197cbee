/**
 * The work of one message inside its transaction. The same bytes under the same control id get the same answer and no
 * second row; other bytes under it are quarantined. What is doubtful is held for a person, never guessed.
 */
import type { AdtEvent } from '../../../app/observation/hl7/adt.ts';
import { type AuditEntry, appendAudit } from '../audit/audit.ts';
import { isoTime } from '../clock.ts';
import { applyEvent } from '../patients/patient-events.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import type { MessageBodies } from './message-bodies.ts';
import { type Kept, type MessageOutcome, type Recorded, record, repeatedOutcome } from './message-outcome.ts';
import { findMessage } from './messages-table.ts';
import { setsOfMessage } from './patient-sets.ts';
import { isProduction, type MessagePorts, type PreparedMessage, type Said } from './prepare-message.ts';
import { isWaitingOf } from './waiting-messages.ts';
import { whose } from './whose.ts';

const HAS_LEFT = 'has-left';

/** Throws only where the store fails; nothing is kept then. */
export function commitMessage(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  bodies: MessageBodies,
  prepared: PreparedMessage,
): MessageOutcome {
  const { said, sender, controlId, content, receivedMs } = prepared;
  const keep = (recorded: Recorded) => record(ports, write, bodies, prepared, recorded);
  if (!said.ok) {
    // A half frame may come whole the next time; one that is too large, or no frame at all, will not.
    const result = said.fault === 'unfinished' ? 'retry' : 'refused';
    return keep({ result, state: 'refused', reason: said.fault }).outcome;
  }
  const { reading } = said;
  const rejected = reading.rejected.length;
  const known = findMessage(write, ports.sealing, bodies, sender, controlId, content, receivedMs);
  if (known?.sameBytes === true) return repeatedOutcome(ports, prepared, known, rejected);
  // Refused for good: sent again as it is, it would be refused again. A person looks into it.
  if (known !== null)
    return keep({ result: 'refused', state: 'quarantined', reason: 'control-id-reused', conflict: true })
      .outcome;
  if (reading.refusal !== null)
    return keep({ result: 'refused', state: 'refused', reason: reading.refusal }).outcome;
  if (!isProduction(reading))
    return keep({ result: 'accepted', state: 'held', reason: 'not-production', rejected }).outcome;

  const clock = said.sentMs === null ? null : { device: said.device, sentMs: said.sentMs };
  const taking: Taking = {
    ports,
    write,
    draft,
    prepared,
    said,
    accept: (reason, more = {}) =>
      keep({ result: 'accepted', state: 'accepted', reason, rejected, clock, ...more }),
    hold: (reason, more = {}) =>
      keep({ result: 'accepted', state: 'held', reason, rejected, clock, ...more }).outcome,
  };
  if (reading.held) return taking.hold(reading.reason);
  return said.event === null ? takeReadings(taking) : takeEvent(taking, said.event);
}

/** A message that is accepted or held: what its parts are taken from and kept with. */
interface Taking {
  readonly ports: MessagePorts;
  readonly write: Writer;
  readonly draft: WardDraft;
  readonly prepared: PreparedMessage;
  readonly said: Said;
  readonly accept: (
    reason: string | null,
    more?: Kept,
  ) => { readonly id: number; readonly outcome: MessageOutcome };
  readonly hold: (reason: string | null, more?: Kept) => MessageOutcome;
}

/** What a message tells of a stay. */
function takeEvent({ ports, write, draft, prepared, accept, hold }: Taking, event: AdtEvent): MessageOutcome {
  const done = applyEvent({ ...ports, wallMs: prepared.receivedMs }, write, draft, event, null);
  if (done.kind === 'held') return hold(done.reason);
  const { patientId, reason } = done;
  auditFeed(ports, write, `patient.${event.kind}`, patientId, { reason });
  return accept(reason, { patientId }).outcome;
}

function takeReadings(taking: Taking): MessageOutcome {
  const { ports, write, draft, prepared, said, accept, hold } = taking;
  const { reading } = said;
  const { taken, withdrawn, unavailable } = reading;
  const isEmpty = taken.length === 0 && withdrawn.length === 0;
  const nothing = reading.rejected[0]?.reason ?? 'no-readings';
  if (isEmpty && unavailable.length === 0) return accept(nothing).outcome;

  const patient = whose(ports, write, draft, reading.patient, prepared.receivedMs);
  if (isEmpty) {
    // There is nothing to keep, but the bed shows that its monitor cannot measure.
    if (patient.kind === 'patient') draft.noteUnavailable(write, patient.patientId, unavailable);
    return accept(nothing).outcome;
  }
  if (patient.kind === 'held') {
    // Whoever looks at the bed sees that its patient's monitor names another one, and the message waits.
    if (patient.reason === 'bed-differs') noteToldBed(taking, patient.patientId, patient.toldBed);
    return hold(patient.reason);
  }
  if (patient.kind === 'left') return takeOfLeft(taking, patient);
  const patientId = patient.kind === 'patient' ? patient.patientId : patient.patient.id;
  if (patient.kind === 'patient') noteToldBed(taking, patientId, patient.toldBed);
  else {
    if (taken.length === 0) return accept('nothing-to-delete').outcome;
    draft.admit(write, patient.patient, patient.bed, patient.known);
    auditFeed(ports, write, 'patient.admit', patientId);
  }
  const sets = setsOfMessage(ports, write, prepared, patientId);
  if (sets.length === 0) return accept('nothing-to-delete').outcome;
  const { id, outcome } = accept(null, { patientId, taken: taken.length });
  draft.observe(
    write,
    patientId,
    sets.map((set) => ({ ...set, messageId: id })),
  );
  return outcome;
}

/**
 * A monitor that is still on after its patient has left: one message waits for a person, and those after it are counted
 * with their reason, or a monitor left on would bury what else waits. What was measured before the patient left is of
 * their stay, and always waits.
 */
function takeOfLeft(
  { write, said, accept, hold }: Taking,
  { patientId, leftMs }: { readonly patientId: string; readonly leftMs: number },
): MessageOutcome {
  const isOfStay = said.reading.taken.every(
    ({ observedAt }) => observedAt !== null && Date.parse(observedAt) <= leftMs,
  );
  if (!isOfStay && isWaitingOf(write, patientId, HAS_LEFT, leftMs))
    return accept(HAS_LEFT, { patientId }).outcome;
  return hold(HAS_LEFT, { patientId });
}

/** A monitor that names another bed is told of once, in the audit, and shown at the bed until it names this one again. */
function noteToldBed({ ports, write, draft }: Taking, patientId: string, toldBed: string | null): void {
  const before = draft.bedOf(patientId)?.toldBed ?? null;
  if (before === toldBed) return;
  draft.noteToldBed(patientId, toldBed);
  if (toldBed !== null) auditFeed(ports, write, 'patient.other-bed', patientId);
}

function auditFeed(
  ports: MessagePorts,
  write: Writer,
  action: string,
  subject: string,
  detail: AuditEntry['detail'] = {},
): void {
  const at = isoTime(ports.clock.wall());
  appendAudit(write, at, { actor: 'system', action, subject, detail: { by: 'feed', ...detail } });
}
