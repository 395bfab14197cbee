/** From the ward's values to what screens are shown. */
import type { AlertView, BedView, PatientView, PersonView } from '../../../app/contract/views.ts';
import { derive, qsofa } from '../../../app/scoring/derived.ts';
import { isApplicable, leastTotal } from '../../../app/scoring/score.ts';
import { isoTime } from '../clock.ts';
import type { KeptAlert } from './alerts-table.ts';
import { ageYears, type Bed } from './bed.ts';
import type { Patient } from './patients-table.ts';

/** The bed as of its last evaluation, which the tick keeps within a second of now. */
export function bedView(bed: Bed): BedView {
  const { vitals } = bed.scoring;
  const derived = derive(vitals);
  const sofa = qsofa(vitals);
  return {
    bed: bed.bed,
    patient: patientView(bed.patient, bed.admittedMs, bed.evaluated.wallMs),
    observed: { ...bed.observed },
    score: bed.score,
    scoreOldestAgeMs: bed.scoring.oldestAgeMs,
    derived: {
      map: derived.map ?? null,
      shockIndex: derived.shock_index ?? null,
      // An incomplete qSOFA is no number to show.
      qsofa: sofa.complete ? sofa.total : null,
    },
    scoreHistory: bed.steps.flatMap(({ atMs, score }) => {
      const total = leastTotal(score);
      if (total === null || !isApplicable(score)) return [];
      return [{ at: isoTime(atMs), total, complete: score.complete }];
    }),
    openAlertIds: bed.alerts.alerts.map((alert) => alert.id),
    nextObservationDueAt: nextDue(bed),
  };
}

function patientView(patient: Patient, admittedMs: number, nowMs: number): PatientView {
  return {
    id: patient.id,
    name: patient.name,
    identifier: patient.identifier,
    ageYears: ageYears(patient.birthDate, nowMs),
    sex: patient.sex,
    spo2Scale: patient.spo2Scale,
    pregnant: patient.pregnant,
    demonstration: patient.demonstration,
    admittedAt: isoTime(admittedMs),
  };
}

/** When the first charted value that the score rests on becomes due; null where nothing is charted. */
function nextDue(bed: Bed): string | null {
  let due: number | null = null;
  for (const input of Object.values(bed.scoring.inputs)) {
    const observed = bed.observed[input.vital];
    if (observed === undefined || observed.source.mode !== 'charted') continue;
    const at = bed.evaluated.wallMs + observed.staleAfterMs - observed.ageMs;
    due = due === null ? at : Math.min(due, at);
  }
  return due === null ? null : isoTime(due);
}

/** Names the people of an alert where they are known; an id that nobody has any more stays an id. */
export function alertView(
  kept: Omit<KeptAlert, 'facts'>,
  patient: Patient,
  people: readonly PersonView[],
): AlertView {
  const { alert } = kept;
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? id;
  return {
    id: alert.id,
    version: alert.version,
    bed: kept.bed,
    patientId: kept.patientId,
    patientName: patient.name,
    demonstration: patient.demonstration,
    rule: alert.rule,
    priority: alert.priority,
    state: alert.state,
    firedAt: alert.firedAt,
    score: alert.score,
    escalationLevel: alert.escalationLevel,
    nextEscalationAt: alert.nextEscalationAt,
    snoozedUntil: alert.snoozedUntil,
    owner: alert.owner === null ? null : nameOf(alert.owner),
    lastAction: alert.lastAction === null ? null : { ...alert.lastAction, by: nameOf(alert.lastAction.by) },
  };
}
