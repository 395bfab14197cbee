/** From the ward's values to what screens are shown. */
import { vitalRule } from '../../../app/alerting/rules.ts';
import { textOf } from '../../../app/contract/as-text.ts';
import { packSteps, packValues } from '../../../app/contract/packed-bed.ts';
import type { ChangeView } from '../../../app/contract/signal-views.ts';
import type {
  AlertView,
  BedView,
  PackedBedView,
  PatientView,
  PersonView,
} from '../../../app/contract/views.ts';
import { isApplicable, leastTotal } from '../../../app/scoring/score.ts';
import { leastOf, type Signal, type SignalRule } from '../../../app/scoring/signals.ts';
import { isoTime } from '../clock.ts';
import type { KeptAlert } from './alerts-table.ts';
import { ageOf, type Bed } from './bed.ts';
import type { Patient } from './patients-table.ts';

/** The bed as of its last evaluation, as a terminal will see it. */
export function bedView(bed: Bed): BedView {
  return {
    ...commonView(bed),
    observed: { ...bed.observed },
    scoreHistory: stepLine(bed.steps),
    trends: bed.trends,
  };
}

/** As `bedView`, in the form that crosses to a terminal. */
export function packedBed(bed: Bed): PackedBedView {
  return {
    ...commonView(bed),
    observed: packValues(bed.observed),
    scoreHistory: packedLine(bed.steps),
    trends: packedTrends(bed.trends),
  };
}

function commonView(bed: Bed): Omit<BedView, 'observed' | 'scoreHistory' | 'trends'> {
  const changes = bed.signals.flatMap(changeView);
  return {
    bed: bed.bed,
    patient: patientView(bed.patient, bed.admittedMs, bed.evaluated.wallMs),
    score: bed.score,
    scoreOldestAgeMs: bed.scoring.oldestAgeMs,
    derived: {
      map: completeValue(bed, 'map-low'),
      shockIndex: completeValue(bed, 'shock-index'),
      qsofa: completeValue(bed, 'qsofa'),
    },
    openAlertIds: bed.alerts.alerts.map((alert) => alert.id),
    nextObservationDueAt: nextDue(bed),
    ...(changes.length === 0 ? {} : { changes }),
    ...(bed.toldBed === undefined || bed.toldBed === null ? {} : { toldBed: bed.toldBed }),
    ...(bed.unavailable.length === 0 ? {} : { unavailable: bed.unavailable }),
    ...under16View(bed),
  };
}

/** Which of the rules with an adult's limit the site's own limits apply to a child; only the core has the policy. */
function under16View({ score, signals }: Bed): Pick<BedView, 'limitsUnder16'> {
  if (isApplicable(score) || score.reason !== 'under-16') return {};
  const own = signals.flatMap(({ rule, state }) => (state === 'not-applicable' ? [] : [rule]));
  return own.length === 0 ? {} : { limitsUnder16: own };
}

function completeValue({ signals }: Bed, rule: SignalRule): number | null {
  const signal = signals.find((one) => one.rule === rule);
  // An incomplete one is no number to show here; the signal itself tells the bound.
  return signal?.state === 'complete' ? signal.value : null;
}

/** A fall or a rise, of a value that is there; none of any other signal. */
function changeView(signal: Signal): ChangeView[] {
  const { rule } = signal;
  if ((rule !== 'spo2-fall' && rule !== 'hr-rise') || signal.state === 'not-applicable') return [];
  const amount = leastOf(signal);
  if (amount === null || signal.inputs.length === 0) return [];
  return [{ rule, covered: signal.state === 'complete', amount, comparedWith: signal.comparedWith }];
}

const packedLines = new WeakMap<Bed['steps'], string>();
const packedTrendsOf = new WeakMap<Bed['trends'], string>();

/** Trends are counted once a minute: they are packed as often. */
function packedTrends(trends: Bed['trends']): string {
  const packed = packedTrendsOf.get(trends) ?? textOf(trends);
  packedTrendsOf.set(trends, packed);
  return packed;
}

/** The line of a bed is another one only when its score is: it is packed once. */
function packedLine(steps: Bed['steps']): string {
  const packed = packedLines.get(steps) ?? packSteps(stepLine(steps));
  packedLines.set(steps, packed);
  return packed;
}

/**
 * The steps of the line: where the total, or whether it is complete, becomes another one, and the last. A ward's
 * snapshot carries the lines of all beds.
 */
function stepLine(steps: Bed['steps']): BedView['scoreHistory'] {
  return steps.flatMap(({ atMs, score }, index) => {
    const total = leastTotal(score);
    if (total === null || !isApplicable(score)) return [];
    const before = steps[index - 1]?.score;
    const same =
      before !== undefined &&
      isApplicable(before) &&
      before.complete === score.complete &&
      leastTotal(before) === total;
    return same && index < steps.length - 1 ? [] : [{ at: isoTime(atMs), total, complete: score.complete }];
  });
}

/** A patient as screens see them; `admittedMs` of the stay. */
export function patientView(patient: Patient, admittedMs: number, nowMs: number): PatientView {
  return {
    id: patient.id,
    name: patient.name,
    identifier: patient.identifier,
    ageYears: ageOf(patient, nowMs),
    sex: patient.sex,
    spo2Scale: patient.spo2Scale,
    pregnant: patient.pregnant,
    demonstration: patient.demonstration,
    admittedAt: isoTime(admittedMs),
    ...policiesView(patient.policies),
  };
}

/** What was decided for the patient, as the bed shows it all the time. */
function policiesView(policies: Patient['policies']): Partial<PatientView> {
  if (policies === undefined) return {};
  const { scale2, spinalInjury, baseline, treatmentLimits } = policies;
  return {
    ...(scale2 === null
      ? {}
      : { scale2: { prescriber: scale2.prescriber, reason: scale2.reason, since: isoTime(scale2.sinceMs) } }),
    ...(spinalInjury ? { spinalInjury } : {}),
    ...(baseline === null ? {} : { baseline }),
    ...(treatmentLimits === null ? {} : { treatmentLimits }),
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

/** The limit and the value of a rule on a signal; the other rules are told by their score. */
function signalOf({ rule, threshold, trigger }: KeptAlert['alert']): Pick<AlertView, 'signal'> {
  const value = trigger?.value ?? null;
  if (vitalRule(rule) === null || threshold === null || value === null) return {};
  return { signal: { threshold, value } };
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
    ...(alert.levelOwner === null ? {} : { levelOwner: alert.levelOwner }),
    ...(alert.nextOwner === null ? {} : { nextOwner: alert.nextOwner }),
    ...signalOf(alert),
    policyVersion: alert.policyVersion,
    ...(alert.reraised === 0 ? {} : { reraised: alert.reraised }),
    ...(alert.correctedAt === null ? {} : { correctedAt: alert.correctedAt }),
    ...(alert.closedAs === null ? {} : { closedAs: alert.closedAs }),
    snoozedUntil: alert.snoozedUntil,
    owner: alert.owner === null ? null : nameOf(alert.owner),
    lastAction: alert.lastAction === null ? null : { ...alert.lastAction, by: nameOf(alert.lastAction.by) },
  };
}
