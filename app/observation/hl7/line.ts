/** A message as one line of the toolbox's `hl7` verb: the shape that scripts and tests outside rely on. */
import type { AcknowledgementCode } from './acknowledgement.ts';
import type { OruReading } from './oru.ts';

export interface MessageLine {
  readonly ack: AcknowledgementCode;
  readonly control_id: string | null;
  readonly patient: { readonly id: string | null; readonly bed: string | null };
  readonly held: boolean;
  readonly reason: string | null;
  readonly observations: readonly {
    readonly vital: string;
    readonly value: number | boolean | string;
    readonly unit: string | null;
    readonly observed_at: string | null;
    readonly source: string | null;
  }[];
  readonly unavailable: readonly string[];
  readonly ambiguous: readonly string[];
  readonly rejected: readonly { readonly code: string; readonly value: string; readonly reason: string }[];
}

/** The line of a message that could be read. Names and birth dates stay out of it. */
export function lineOf(reading: OruReading, ack: AcknowledgementCode): MessageLine {
  return {
    ack,
    control_id: reading.controlId,
    patient: { id: reading.patient.id, bed: reading.patient.bed },
    held: reading.held,
    reason: reading.refusal ?? reading.reason,
    observations: reading.taken.map(({ vital, value, unit, observedAt, source }) => ({
      vital,
      value,
      unit,
      observed_at: observedAt,
      source,
    })),
    unavailable: reading.unavailable,
    ambiguous: reading.ambiguous,
    rejected: reading.rejected,
  };
}

/** The line of a message that could not be read at all. */
export function lineOfFault(reason: string, controlId: string | null, ack: AcknowledgementCode): MessageLine {
  const nothing = { observations: [], unavailable: [], ambiguous: [], rejected: [] };
  return { ack, control_id: controlId, patient: { id: null, bed: null }, held: false, reason, ...nothing };
}
