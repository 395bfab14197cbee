/**
 * One posted resource as far as it can be worked out before its transaction, and the same again from its kept bytes
 * when a person says later whose it is.
 */
import { z } from 'zod';
import {
  type FhirEntry,
  type FhirPatient,
  type FhirPatients,
  isObservation,
  readFhirEntries,
  readHead,
} from '../../../app/import/fhir.ts';
import type { ImportSet } from '../../../app/import/row.ts';
import type { OruReading } from '../../../app/observation/hl7/oru.ts';
import { FAR_FUTURE_MS } from '../../../app/observation/hl7/time.ts';
import type { TakenValue } from '../../../app/observation/observation.ts';
import { VITALS } from '../../../app/observation/vital.ts';
import type { Moment } from '../clock.ts';
import { contentLookup } from '../intake/messages-table.ts';
import type { PreparedMessage } from '../intake/prepare-message.ts';
import type { Sealing } from '../sealing/sealing.ts';

/** What the sender's name begins with; the device that measured follows where it is told. */
export const FHIR_SENDER = 'FHIR';
const LONGEST_DEVICE = 48;
const LONGEST_CONTROL_ID = 256;
/** Readings are from so long ago at most: a date that was mistyped by a century is refused. Ours. */
const OLDEST_MS = 10 * 365 * 86_400_000;

export interface Reason {
  readonly reason: string;
  /** The code of the value it is about; '' where it is the whole resource. */
  readonly code: string;
}

export interface PreparedEntry {
  readonly prepared: PreparedMessage;
  /** Keyed fingerprint of what it is known again by. */
  readonly identity: Uint8Array;
  readonly version: string | null;
  readonly kind: 'new' | 'correction' | 'withdrawal';
  readonly set: ImportSet | null;
  /** Name of the source that its values are kept under. */
  readonly device: string;
  /** Values that were not taken. */
  readonly reasons: readonly Reason[];
}

export type EntryResult =
  | { readonly ok: true; readonly entry: PreparedEntry }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Refused where nothing of it could be a reading. Never throws for anything a sender can write. */
export function prepareEntry(
  sealing: Sealing,
  { resource }: FhirEntry,
  patients: FhirPatients,
  received: Moment,
): EntryResult {
  const head = readHead(resource, patients);
  if (head === null) return refuse(isObservation(resource) ? 'not-understood' : 'not-an-observation');
  const read = readFhirEntries([{ row: 1, resource }], patients);
  const reasons = read.problems.map(({ reason, column }) => ({ reason, code: column }));
  const [set = null] = read.sets;
  const kind =
    head.status === 'entered-in-error'
      ? 'withdrawal'
      : head.status === 'amended' || head.status === 'corrected'
        ? 'correction'
        : 'new';
  // What is taken back need not be told again; everything else has to say something.
  if (set === null && kind !== 'withdrawal')
    return { ok: false, reasons: reasons.length > 0 ? reasons : [{ reason: 'no-readings', code: '' }] };
  const late = set === null ? null : timeProblem(set.observedAt, received.wallMs);
  if (late !== null) return refuse(late);
  const bytes = bytesOf(resource, head.patient);
  const device = [FHIR_SENDER, head.device.slice(0, LONGEST_DEVICE)].join(' ').trim();
  const content = contentLookup(sealing, bytes);
  const controlId = head.id.slice(0, LONGEST_CONTROL_ID);
  return {
    ok: true,
    entry: {
      identity: head.key === null ? content : sealing.lookup('fhir.identity', head.key),
      version: head.version,
      kind,
      set,
      device,
      reasons,
      prepared: {
        bytes,
        receivedMs: received.wallMs,
        receivedBootMs: received.bootMs,
        header: null,
        sender: device,
        controlId,
        content,
        charset: 'utf-8',
        said: {
          ok: true,
          reading: readingOf(set, head.patient, controlId, reasons),
          event: null,
          device,
          sentMs: null,
        },
      },
    },
  };
}

/** True of bytes that were kept of a posted resource, and of no HL7 message: those begin with MSH. */
export function isKeptEntry(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b; // {
}

const keptSchema = z.object({
  resource: z.unknown(),
  patient: z
    .object({ number: z.string(), name: z.string().nullable(), birthDate: z.string().nullable() })
    .nullable(),
});

/** A kept resource as it was understood when it came; null where it cannot be read any more. */
export function readKeptEntry(sealing: Sealing, bytes: Uint8Array, received: Moment): PreparedMessage | null {
  const kept = keptSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (!kept.success) return null;
  const { resource, patient } = kept.data;
  const result = prepareEntry(sealing, { row: 1, resource }, new Map(), received);
  if (!result.ok) return null;
  const { prepared } = result.entry;
  if (!prepared.said.ok) return prepared;
  const reading = { ...prepared.said.reading, patient: identityOf(patient) };
  return { ...prepared, said: { ...prepared.said, reading } };
}

function refuse(reason: string): EntryResult {
  return { ok: false, reasons: [{ reason, code: '' }] };
}

function timeProblem(observedAt: string, nowMs: number): string | null {
  const observedMs = Date.parse(observedAt);
  if (Number.isNaN(observedMs)) return 'time-invalid';
  if (observedMs - nowMs > FAR_FUTURE_MS) return 'time-in-future';
  return nowMs - observedMs > OLDEST_MS ? 'time-too-old' : null;
}

/**
 * The same text for the same content, however a sender orders it. What changes with each sending (`meta`) and what is
 * written for people (`text`) is no content.
 */
function bytesOf(resource: unknown, patient: FhirPatient | null): Uint8Array {
  const { meta: _, text: __, ...content } = z.looseObject({}).parse(resource);
  return Buffer.from(JSON.stringify({ patient, resource: ordered(content) }), 'utf8');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) return value;
  return Object.fromEntries(
    Object.entries(object.data)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, ordered(inner)]),
  );
}

function identityOf(patient: FhirPatient | null): OruReading['patient'] {
  return {
    id: patient?.number ?? null,
    bed: null,
    name: patient?.name ?? null,
    birthDate: patient?.birthDate ?? null,
    sex: null,
  };
}

function readingOf(
  set: ImportSet | null,
  patient: FhirPatient | null,
  controlId: string,
  reasons: readonly Reason[],
): OruReading {
  const at = set?.observedAt ?? null;
  const taken = VITALS.flatMap((vital): TakenValue[] => {
    const value = set?.values[vital];
    if (set === null || value === undefined) return [];
    const isCorrection = set.corrects;
    return [{ vital, value, unit: null, observedAt: at, source: null, isCorrection }];
  });
  return {
    taken,
    unavailable: [],
    withdrawn: (set?.withdraws ?? []).map((vital) => ({ vital, observedAt: at, source: null })),
    ambiguous: [],
    rejected: reasons.map(({ code, reason }) => ({ code, value: '', reason })),
    refusal: null,
    controlId,
    messageType: 'FHIR Observation',
    processingId: 'P',
    patient: identityOf(patient),
    held: false,
    reason: null,
  };
}
