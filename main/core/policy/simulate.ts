/**
 * Holds a policy against the one in force, on the record of the last days. Both run through the same replay ward over
 * the same values; what people really did is matched to what would have been asked of them.
 *
 * What is assumed: a stream is its minutes' medians, each of which counts for that minute and the next; nobody answers
 * a simulated alert, so it stays open until its condition is over; and a simulated alert counts as acted on where a
 * real alert of the same patient, fired within half an hour of it, was.
 */
import { z } from 'zod';
import { ALERT_RULES, type AlertRule } from '../../../app/alerting/alert.ts';
import { medianOf, rateOf, shareOf } from '../../../app/alerting/burden.ts';
import {
  LEAST_BED_DAYS,
  SIMULATED_DAYS,
  type Simulated,
  type Simulation,
  simulationSchema,
} from '../../../app/policy/simulation.ts';
import { type SitePolicy, sitePolicySchema } from '../../../app/policy/site-policy.ts';
import { createReplayWard, type ReplaySet } from '../replay/replay-ward.ts';
import type { Reader } from '../store/database.ts';
import { readPlotMinutes, valuesAt } from '../summaries/plot-minutes.ts';
import { readSetsWithoutMessage } from '../ward/observations-table.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A real alert so near to a simulated one of the same patient is about the same thing. Ours. */
const SAME_EVENT_MS = 30 * MINUTE_MS;
/** An alert so long before somebody escalated still led to it. Ours. */
const LEAD_MOST_MS = 6 * 60 * MINUTE_MS;
/** The median of a minute stands for that minute and the next, so that a stream of minutes has no holes. */
const MINUTES_STALE_SECONDS = 90;
const MINUTES_MISSING_SECONDS = 150;
/** A source whose minutes hold so many sets is a stream. */
const STREAMED_SETS = 3;

/** Who was in the ward, without identity. */
export const simulatedPatientSchema = z.object({
  id: z.string(),
  ageYears: z.number().nullable(),
  pregnant: z.boolean(),
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  stays: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
});
export type SimulatedPatient = z.infer<typeof simulatedPatientSchema>;

export const simulationJobSchema = z.object({
  userDataDir: z.string(),
  nativeBinding: z.string().nullable(),
  nowMs: z.number(),
  before: sitePolicySchema,
  after: sitePolicySchema,
  patients: z.array(simulatedPatientSchema),
});
export type SimulationJob = z.infer<typeof simulationJobSchema>;

export const simulationResultSchema = z.discriminatedUnion('enough', [
  z.object({ enough: z.literal(false), bedDays: z.number() }),
  z.object({ enough: z.literal(true), simulation: simulationSchema }),
]);
export type SimulationResult = z.infer<typeof simulationResultSchema>;

interface Fired {
  readonly patientId: string;
  readonly rule: AlertRule;
  readonly atMs: number;
}

/** @param progress told from 0 to 1, patient by patient. */
export function simulate(
  read: Reader,
  job: Omit<SimulationJob, 'userDataDir' | 'nativeBinding'>,
  progress: (done: number) => void,
): SimulationResult {
  const fromMs = job.nowMs - SIMULATED_DAYS * DAY_MS;
  const staysOf = (patient: SimulatedPatient) =>
    patient.stays
      .map((stay) => ({ fromMs: Math.max(fromMs, stay.fromMs), toMs: Math.min(job.nowMs, stay.toMs) }))
      .filter((stay) => stay.toMs > stay.fromMs);
  const stays = job.patients.flatMap((patient) => staysOf(patient).map((stay) => ({ patient, stay })));
  const fired: { before: Fired[]; after: Fired[] } = { before: [], after: [] };
  let bedMs = 0;
  stays.forEach(({ patient, stay }, index) => {
    const sets = setsOf(read, patient.id, stay.fromMs, stay.toMs);
    // A bed without values asks nothing of anybody under any policy: it is left out of the days.
    if (sets.length > 0) bedMs += stay.toMs - stay.fromMs;
    for (const side of ['before', 'after'] as const)
      fired[side].push(...firedUnder(job[side], patient, sets, stay));
    progress((index + 1) / stays.length);
  });
  const bedDays = bedMs / DAY_MS;
  if (bedDays < LEAST_BED_DAYS) return { enough: false, bedDays };
  const real = readRealActions(read, fromMs, job.nowMs);
  const simulation: Simulation = {
    days: SIMULATED_DAYS,
    bedDays,
    patients: new Set(stays.map(({ patient }) => patient.id)).size,
    actedOn: real.actedOn.length,
    escalations: real.escalated.length,
    before: figuresOf(fired.before, bedDays, real),
    after: figuresOf(fired.after, bedDays, real),
  };
  return { enough: true, simulation };
}

interface RecordedSet extends ReplaySet {
  readonly isStreamed: boolean;
}

/** The minutes of the monitors and every entry that no message brought, by time. */
function setsOf(read: Reader, patientId: string, fromMs: number, toMs: number): RecordedSet[] {
  const minutes = readPlotMinutes(
    read,
    patientId,
    Math.floor(fromMs / MINUTE_MS),
    Math.floor(toMs / MINUTE_MS),
  );
  const streams = new Set(
    minutes.source.filter((_, place) => (minutes.sets[place] ?? 0) >= STREAMED_SETS).map(({ name }) => name),
  );
  return [
    ...minutes.source.flatMap((source, place) => {
      const atMs = minutes.lastMs[place];
      if (source.kind !== 'monitor' || atMs === undefined) return [];
      const values = valuesAt(minutes, place);
      return [{ patientId, atMs, values, source, isStreamed: streams.has(source.name) }];
    }),
    ...readSetsWithoutMessage(read, patientId, fromMs, toMs)
      .filter(({ source }) => source.kind !== 'demonstration')
      .map(({ observedMs, source, values }) => ({
        patientId,
        atMs: observedMs,
        values,
        source,
        isStreamed: false,
      })),
  ]
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .sort((a, b) => a.atMs - b.atMs);
}

function firedUnder(
  policy: SitePolicy,
  patient: SimulatedPatient,
  sets: readonly RecordedSet[],
  stay: { readonly fromMs: number; readonly toMs: number },
): Fired[] {
  const { streamed } = policy.validity;
  const validity = {
    ...policy.validity,
    streamed: {
      staleSeconds: Math.max(streamed.staleSeconds, MINUTES_STALE_SECONDS),
      missingSeconds: Math.max(streamed.missingSeconds, MINUTES_MISSING_SECONDS),
    },
  };
  const isStream = sets.some(({ isStreamed }) => isStreamed);
  const ward = createReplayWard({ alerts: policy.alerts, validity }, { streamed: isStream });
  const { id, pregnant, spo2Scale, ageYears } = patient;
  const policies =
    ageYears === null
      ? {}
      : {
          policies: {
            ageYears: { years: ageYears, sinceMs: stay.fromMs },
            spinalInjury: false,
            scale2: null,
            baseline: null,
            treatmentLimits: null,
          },
        };
  ward.admit({ id, pregnant, spo2Scale, ...policies }, stay.fromMs);
  const moved = [...sets.flatMap((set) => ward.give(set)), ...ward.until(id, stay.toMs)];
  return moved.flatMap(({ transition, atMs }) =>
    transition.cause === 'fired' ? [{ patientId: id, rule: transition.alert.rule, atMs }] : [],
  );
}

interface RealActions {
  /** When alerts fired that somebody then acted on. */
  readonly actedOn: readonly { readonly patientId: string; readonly atMs: number }[];
  readonly escalated: readonly { readonly patientId: string; readonly atMs: number }[];
}

const actionRow = z.object({
  patient_id: z.string(),
  fired_ms: z.number(),
  at_ms: z.number(),
  action: z.string().nullable(),
});

function readRealActions(read: Reader, fromMs: number, toMs: number): RealActions {
  const rows = read.all(
    actionRow,
    `SELECT a.patient_id, a.fired_ms, t.at_ms, t.action
     FROM alert_transitions t JOIN alerts a ON a.id = t.alert_id
     WHERE t.cause = 'person' AND a.fired_ms >= ? AND t.at_ms <= ?
       AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.patient_id = a.patient_id AND s.demonstration = 1)
     ORDER BY t.at_ms`,
    fromMs,
    toMs,
  );
  const acted = rows.filter(({ action }) => action !== 'dismissed');
  return {
    actedOn: [
      ...new Map(
        acted.map(({ patient_id, fired_ms }) => [
          `${patient_id} ${fired_ms}`,
          { patientId: patient_id, atMs: fired_ms },
        ]),
      ).values(),
    ],
    escalated: rows
      .filter(({ action }) => action === 'escalated-to' || action === 'escalate')
      .map(({ patient_id, at_ms }) => ({ patientId: patient_id, atMs: at_ms })),
  };
}

function figuresOf(fired: readonly Fired[], bedDays: number, real: RealActions): Simulated {
  const near = fired.filter((alert) =>
    real.actedOn.some(
      (other) => other.patientId === alert.patientId && Math.abs(other.atMs - alert.atMs) <= SAME_EVENT_MS,
    ),
  ).length;
  const leads = real.escalated.flatMap(({ patientId, atMs }) => {
    const before = fired.filter(
      (alert) => alert.patientId === patientId && alert.atMs <= atMs && atMs - alert.atMs <= LEAD_MOST_MS,
    );
    return before.length === 0 ? [] : [(atMs - Math.min(...before.map((alert) => alert.atMs))) / MINUTE_MS];
  });
  return {
    fired: fired.length,
    perBedDay: rateOf(fired.length, bedDays),
    byRule: ALERT_RULES.map((rule) => ({ rule, fired: fired.filter((one) => one.rule === rule).length })),
    // Where nobody acted on anything, a share of 0 would be said of the policy and not of the week.
    shareActedOn: real.actedOn.length === 0 ? null : shareOf(near, fired.length),
    foreseen: leads.length,
    leadMinutes: medianOf(leads),
  };
}
