/**
 * What becomes of one posted resource, inside a transaction. The rules of identity are those of monitors' messages:
 * the hospital number decides, and everything doubtful is held for a person. A resource is stored once; other content
 * under its identifier is refused, but for what says that it takes the other's place.
 */
import type { Identity } from '../../../app/observation/hl7/identity.ts';
import { VITALS, type Vital, type VitalValues } from '../../../app/observation/vital.ts';
import { isoTime, momentOf } from '../clock.ts';
import type { MessageBodies } from '../intake/message-bodies.ts';
import { addToCount, type MessageState } from '../intake/message-counts.ts';
import { insertMessage } from '../intake/messages-table.ts';
import { setsOfMessage } from '../intake/patient-sets.ts';
import type { MessagePorts } from '../intake/prepare-message.ts';
import { whose } from '../intake/whose.ts';
import type { Writer } from '../store/database.ts';
import { maskOfVitals, vitalsOfMask } from '../store/vital-columns.ts';
import type { WardDraft } from '../ward/draft.ts';
import { appendSet, findSet, type NewSet } from '../ward/observations-table.ts';
import type { PreparedEntry, Reason } from './entry.ts';
import { dropHeld, findResource, hadContent, type KnownResource, saveResource } from './resources-table.ts';

/** `known`: the record has all of it already. `informed`: a resource that is only read for what it tells of others. */
export type EntryOutcome =
  | { readonly kind: 'taken' | 'known' | 'informed' | 'withdrawn'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'held' | 'refused' | 'conflict'; readonly reasons: readonly Reason[] };

export interface Committed {
  readonly outcome: EntryOutcome;
  /** States that messages came into (`to`) or left (`from`), to be counted once the commit stands. */
  readonly moves: readonly { readonly from: MessageState | null; readonly to: MessageState }[];
  /** Values that were taken. */
  readonly taken: number;
}

/** Throws only where the store fails; nothing is kept then. */
export function commitEntry(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  bodies: MessageBodies,
  entry: PreparedEntry,
): Committed {
  const { prepared, identity, kind } = entry;
  const known = findResource(write, identity);
  if (known !== null && Buffer.compare(known.content, prepared.content) === 0) return againstSame(known);
  if (known !== null && isOlder(entry.version, known.version)) return nothing('conflict', 'older-version');
  // What it said once and took back since is not in the record: sent again it is late, unless its version is newer.
  if (
    known !== null &&
    !isOlder(known.version, entry.version) &&
    hadContent(write, identity, prepared.content)
  )
    return nothing('conflict', 'older-version');
  if (known !== null && kind === 'new') return nothing('conflict', 'told-otherwise');
  if (known === null && kind === 'withdrawal') return nothing('refused', 'nothing-to-delete');
  if (kind === 'withdrawal' && known !== null) return withdraw(ports, write, draft, bodies, entry, known);
  return takeSet(ports, write, draft, bodies, entry, known);
}

/** The same content again: answered by what became of it here. */
function againstSame({ state, reason }: KnownResource): Committed {
  if (state === 'held') return nothing('held', reason ?? 'no-patient-id');
  return state === 'discarded' ? nothing('conflict', 'discarded-here') : nothing('known');
}

function takeSet(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  bodies: MessageBodies,
  entry: PreparedEntry,
  known: KnownResource | null,
): Committed {
  const { prepared, set } = entry;
  const told = toldBy(entry);
  if (set === null || told === null) return nothing('refused', 'no-readings');
  const patient = whose(ports, write, draft, told, prepared.receivedMs);
  const observedMs = Date.parse(set.observedAt);
  const place = { observedMs, sourceName: entry.device };
  if (patient.kind !== 'patient') {
    // Nobody is admitted by an observation: it names no bed.
    const reason = patient.kind === 'held' ? patient.reason : 'no-bed';
    const moves = replaced(write, prepared.receivedMs, known);
    if (known !== null) takeBack(ports, write, draft, prepared.receivedMs, known, null, []);
    const messageId = keep(ports, write, bodies, entry, { state: 'held', reason, patientId: null, taken: 0 });
    saveResource(write, {
      ...inForce(entry, messageId),
      ...place,
      vitals: maskOfVitals(vitalsOf(set.values)),
    });
    return {
      outcome: { kind: 'held', reasons: [{ reason, code: '' }, ...entry.reasons] },
      moves: [...moves, { from: null, to: 'held' }],
      taken: 0,
    };
  }
  const { patientId } = patient;
  const sets = setsOfMessage(ports, write, prepared, patientId);
  const news = sets.filter((one) => {
    const before = findSet(write, one)?.values ?? {};
    return !VITALS.every((vital) => one.values[vital] === undefined || one.values[vital] === before[vital]);
  });
  const isOtherwise = news.some((one) => contradicts(findSet(write, one)?.values ?? {}, one.values));
  if (known === null && entry.kind === 'new' && isOtherwise) return nothing('conflict', 'told-otherwise');
  const moves = replaced(write, prepared.receivedMs, known);
  const [first] = sets;
  const sourceName = first?.source.name ?? entry.device;
  if (known !== null) {
    const isSamePlace =
      known.patientId === patientId && known.observedMs === observedMs && known.sourceName === sourceName;
    const stays = isSamePlace ? vitalsOf(set.values) : [];
    takeBack(ports, write, draft, prepared.receivedMs, known, null, stays);
  }
  const taken = vitalsOf(set.values).length;
  const messageId = keep(ports, write, bodies, entry, { state: 'accepted', reason: null, patientId, taken });
  const own = news.length === 0 && known === null ? [] : vitalsOf(set.values);
  saveResource(write, {
    ...inForce(entry, messageId),
    observedMs,
    sourceName,
    vitals: maskOfVitals(own),
  });
  if (news.length > 0 || known !== null)
    draft.observe(
      write,
      patientId,
      sets.map((one) => ({ ...one, messageId })),
    );
  return {
    outcome: { kind: news.length === 0 && known === null ? 'known' : 'taken', reasons: entry.reasons },
    moves: [...moves, { from: null, to: 'accepted' }],
    taken,
  };
}

/** Takes back what the resource said before, whatever the withdrawal itself still says. */
function withdraw(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  bodies: MessageBodies,
  entry: PreparedEntry,
  known: KnownResource,
): Committed {
  const { receivedMs } = entry.prepared;
  const moves = replaced(write, receivedMs, known);
  const { patientId, observedMs, sourceName } = known;
  const messageId = keep(ports, write, bodies, entry, {
    state: 'accepted',
    reason: null,
    patientId,
    taken: 0,
  });
  takeBack(ports, write, draft, receivedMs, known, messageId, []);
  saveResource(write, { ...inForce(entry, messageId), observedMs, sourceName, vitals: 0 });
  return {
    outcome: { kind: 'withdrawn', reasons: [] },
    moves: [...moves, { from: null, to: 'accepted' }],
    taken: 0,
  };
}

/** Where it was held until now, nobody has to decide about it any more. */
function replaced(write: Writer, atMs: number, known: KnownResource | null): Committed['moves'] {
  if (known?.state !== 'held' || !dropHeld(write, known.messageId, atMs)) return [];
  addToCount(write, 'held', -1);
  addToCount(write, 'discarded', 1);
  return [{ from: 'held', to: 'discarded' }];
}

/** Takes a resource's own values out of where they stand; those of `stays` are about to be said anew there. */
function takeBack(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  receivedMs: number,
  known: KnownResource,
  messageId: number | null,
  stays: readonly Vital[],
): void {
  const { patientId, observedMs, sourceName } = known;
  if (patientId === null || !['accepted', 'released'].includes(known.state)) return;
  const source = { kind: 'monitor', name: sourceName } as const;
  const before = findSet(write, { patientId, observedMs, source })?.values ?? {};
  const withdraws = vitalsOfMask(known.vitals).filter(
    (vital) => before[vital] !== undefined && !stays.includes(vital),
  );
  if (withdraws.length === 0) return;
  const now = momentOf(ports.clock);
  const set: NewSet = {
    patientId,
    observedAt: isoTime(observedMs),
    observedMs,
    receivedAt: isoTime(receivedMs),
    receivedMs,
    receivedBootMs: now.bootMs,
    bootId: ports.clock.bootId(),
    source,
    values: {},
    // A row without a message of its own would be kept as if a person had entered it.
    messageId: messageId ?? known.messageId,
    enteredBy: null,
    withdraws,
  };
  if (draft.bedOf(patientId) !== null) draft.observe(write, patientId, [set]);
  else appendSet(write, set, now.wallMs);
}

function keep(
  ports: MessagePorts,
  write: Writer,
  bodies: MessageBodies,
  { prepared }: PreparedEntry,
  kept: {
    readonly state: MessageState;
    readonly reason: string | null;
    readonly patientId: string | null;
    readonly taken: number;
  },
): number {
  return insertMessage(write, bodies, {
    sender: prepared.sender,
    controlId: prepared.controlId,
    receivedMs: prepared.receivedMs,
    bytes: prepared.bytes,
    content: prepared.content,
    ackCode: 'AA',
    // The answer is worked out again from what stands here: it is HTTP's, and no frame.
    ack: new Uint8Array(),
    conflict: false,
    boot: kept.state === 'held' ? { ms: prepared.receivedBootMs, id: ports.clock.bootId() } : null,
    ...kept,
  });
}

function inForce({ identity, prepared, version }: PreparedEntry, messageId: number) {
  return { identity, content: prepared.content, version, messageId };
}

function toldBy({ prepared }: PreparedEntry): Identity | null {
  return prepared.said.ok ? prepared.said.reading.patient : null;
}

function nothing(kind: EntryOutcome['kind'], reason?: string): Committed {
  const reasons = reason === undefined ? [] : [{ reason, code: '' }];
  return { outcome: { kind, reasons }, moves: [], taken: 0 };
}

/** Servers count versions; where one does not, nothing is known of the order. */
function isOlder(version: string | null, before: string | null): boolean {
  const counts = /^\d{1,15}$/;
  if (version === null || before === null || !counts.test(version) || !counts.test(before)) return false;
  return Number(version) < Number(before);
}

function vitalsOf(values: VitalValues): Vital[] {
  return VITALS.filter((vital) => values[vital] !== undefined);
}

function contradicts(before: VitalValues, values: VitalValues): boolean {
  return VITALS.some(
    (vital) => values[vital] !== undefined && before[vital] !== undefined && values[vital] !== before[vital],
  );
}
