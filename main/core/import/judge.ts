/**
 * What becomes of one set of a file: whose it is and whether the record has it already. An identifier that nobody here
 * has is refused, never admitted; what the record says of a moment is changed only by what is marked as a correction.
 */

import type { ImportSet, SetOutcome } from '../../../app/import/row.ts';
import { FAR_FUTURE_MS } from '../../../app/observation/hl7/time.ts';
import { VITALS, type Vital, type VitalValues } from '../../../app/observation/vital.ts';
import { type Clock, isoTime, type Moment } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { appendSet, findSet, type NewSet } from '../ward/observations-table.ts';
import { findPatientByIdentifier } from '../ward/patients-table.ts';
import type { ImportKind } from './imports-table.ts';

export interface JudgePorts {
  readonly sealing: Sealing;
  readonly clock: Clock;
}

export interface JudgeOptions {
  readonly kind: ImportKind;
  /** Whose the sets are that name nobody. */
  readonly patientId: string | null;
  readonly now: Moment;
  readonly enteredBy: string;
  /** Patients by identifier that were looked up before. */
  readonly patients: Map<string, string | null>;
  /**
   * What earlier sets of this file would have put into the record, by moment: a dry run writes nothing and must say what
   * the run that writes will do. Null where everything is written as it is judged.
   */
  readonly staged: Map<string, VitalValues> | null;
}

/** Readings are from so long ago at most; a date that was mistyped by a century is refused. Ours. */
const OLDEST_MS = 10 * 365 * 86_400_000;
/** No reading counts for the present for as long: what is older is history, and no alert is worked out from it. */
const CAN_BE_CURRENT_MS = 12 * 3_600_000;
const SOURCE_NAMES = { csv: 'CSV', fhir: 'FHIR' } as const;

export type Judged =
  | { readonly outcome: 'taken'; readonly set: NewSet }
  | { readonly outcome: Exclude<SetOutcome, 'taken'> };

/** Looks only: the same for the dry run and for the run that writes. */
export function judge(ports: JudgePorts, read: Reader, one: ImportSet, options: JudgeOptions): Judged {
  const { kind, now, enteredBy } = options;
  const patientId = patientOf(ports, read, one.identifier, options);
  if (patientId === null)
    return { outcome: { refused: one.identifier === null ? 'patient-missing' : 'unknown-patient' } };
  const observedMs = Date.parse(one.observedAt);
  if (Number.isNaN(observedMs)) return { outcome: { refused: 'time-invalid' } };
  if (observedMs - now.wallMs > FAR_FUTURE_MS) return { outcome: { refused: 'time-in-future' } };
  if (now.wallMs - observedMs > OLDEST_MS) return { outcome: { refused: 'time-too-old' } };
  const source = { kind: 'import', name: SOURCE_NAMES[kind] } as const;
  const moment = `${patientId} ${observedMs}`;
  const before =
    options.staged?.get(moment) ?? findSet(read, { patientId, observedMs, source })?.values ?? {};
  const withdraws = one.withdraws.filter((vital) => isMeant(before[vital], one.withdrawn?.[vital]));
  if (one.withdraws.length > 0 && withdraws.length === 0)
    return { outcome: { refused: 'nothing-to-delete' } };
  if (withdraws.length === 0 && hasAll(before, one.values)) return { outcome: 'known' };
  if (!one.corrects && contradicts(before, one.values)) return { outcome: { refused: 'told-otherwise' } };
  options.staged?.set(moment, withoutVitals({ ...before, ...one.values }, withdraws));
  return {
    outcome: 'taken',
    set: {
      patientId,
      observedAt: one.observedAt,
      observedMs,
      receivedAt: isoTime(now.wallMs),
      receivedMs: now.wallMs,
      receivedBootMs: now.bootMs,
      bootId: now.bootId ?? null,
      source,
      values: one.values,
      messageId: null,
      enteredBy,
      corrects: one.corrects,
      withdraws,
    },
  };
}

/** Writes a set. Of a patient in a bed what may still count is scored with it; old rows are only kept. */
export function take(write: Writer, draft: WardDraft, set: NewSet, now: Moment): void {
  const mayCount = now.wallMs - set.observedMs <= CAN_BE_CURRENT_MS;
  if (mayCount && draft.bedOf(set.patientId) !== null) draft.observe(write, set.patientId, [set]);
  else appendSet(write, set, now.wallMs);
}

function patientOf(
  { sealing }: JudgePorts,
  read: Reader,
  identifier: string | null,
  { patients, patientId }: JudgeOptions,
): string | null {
  if (identifier === null) return patientId;
  if (identifier === '') return null;
  const known = patients.get(identifier);
  if (known !== undefined) return known;
  const found = findPatientByIdentifier(read, sealing, identifier)?.id ?? null;
  patients.set(identifier, found);
  return found;
}

/** Whether a value of the record is the one that is taken back; `told`: what the file says it was, where it says so. */
function isMeant(before: VitalValues[Vital], told: VitalValues[Vital]): boolean {
  return before !== undefined && (told === undefined || told === before);
}

function withoutVitals(values: VitalValues, vitals: readonly Vital[]): VitalValues {
  const left = { ...values };
  for (const vital of vitals) delete left[vital];
  return left;
}

function hasAll(before: VitalValues, values: VitalValues): boolean {
  return VITALS.every((vital) => values[vital] === undefined || values[vital] === before[vital]);
}

function contradicts(before: VitalValues, values: VitalValues): boolean {
  return VITALS.some(
    (vital) => values[vital] !== undefined && before[vital] !== undefined && values[vital] !== before[vital],
  );
}
