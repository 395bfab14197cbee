/** What the development bridge answers at the bedside: a history, an explanation that is written, actions, ratings. */
import type { WardEvent } from '../../app/contract/contract.ts';
import type {
  AlertView,
  BedView,
  ExplanationView,
  FiredOn,
  HistoryRow,
  SentenceView,
} from '../../app/contract/views.ts';
import { vitalsForScoring } from '../../app/observation/scoring-vitals.ts';
import { VITALS } from '../../app/observation/vital.ts';
import { NEWS2_PARAMETERS } from '../../app/scoring/score.ts';
import { observedOf } from '../shell/readings.ts';

const MINUTE_MS = 60_000;
const SENTENCE_MS = 700;

/** Charted sets over 14 hours and a stream over the last three, drifting towards the bed's present values. */
export function historyOf(bed: BedView): HistoryRow[] {
  const now = Date.now();
  const charted = [14, 11, 8, 6, 4.5, 4, 3.5].map((hours) =>
    rowAt(bed, now - hours * 60 * MINUTE_MS, hours / 14, true),
  );
  const streamed = Array.from({ length: 180 }, (_, index) => 180 - index)
    .filter((minutes) => minutes < 95 || minutes > 110)
    .map((minutes) => rowAt(bed, now - minutes * MINUTE_MS, minutes / 840, false, minutes));
  return [...charted, ...streamed];
}

function rowAt(bed: BedView, at: number, away: number, byHand: boolean, ripple = 0): HistoryRow {
  const values: HistoryRow['values'] = {};
  for (const vital of VITALS) {
    const observed = bed.observed[vital];
    if (observed === undefined || (!byHand && observed.source.mode !== 'streamed')) continue;
    const { value } = observed;
    if (typeof value !== 'number') values[vital] = value;
    else {
      const drift = vital === 'spo2' ? 5 : vital === 'temp_c' ? -1.4 : vital === 'sbp' ? 22 : -value * 0.3;
      values[vital] = Number(
        (value + drift * Math.min(1, away * 2) + Math.sin(ripple * 1.7)).toFixed(vital === 'temp_c' ? 1 : 0),
      );
    }
  }
  const total = bed.scoreHistory.findLast((one) => Date.parse(one.at) <= at)?.total;
  return {
    at: new Date(at).toISOString(),
    values,
    source: byHand ? 'hand' : 'monitor',
    score: total === undefined ? null : bed.score,
  };
}

/** What the bed's alert fired on: its present values, as if it had just fired. */
export function firedOnOf(bed: BedView | undefined): FiredOn | null {
  if (bed === undefined) return null;
  const { vitals, inputs } = vitalsForScoring(observedOf(bed), 0, { spo2Scale: bed.patient.spo2Scale });
  const stale = NEWS2_PARAMETERS.flatMap((parameter) => {
    const input = inputs[parameter];
    return input?.state === 'stale' ? [{ parameter, minutes_old: input.ageMs / MINUTE_MS }] : [];
  });
  return { vitals, stale };
}

const SENTENCES: readonly SentenceView[] = [
  sentence(
    'Respiratory rate 26 /min, high (3 points):',
    ' the lungs may be working harder to keep oxygen up.',
    0.93,
  ),
  sentence('SpO2 92 %, low (2 points):', ' oxygen may not be reaching the blood as well as before.', 0.9),
  {
    ...sentence('', '', null),
    verdict: 'withheld',
    findings: [{ rule: 'unmeasured', sentence: 2, span: [0, 4], message: 'lactate' }],
  },
  {
    ...sentence('', '', null),
    text: 'To check now: repeat the readings that score and tell the responsible clinician.',
    source: 'approved',
  },
  sentence('Systolic blood pressure 95 mmHg, low (2 points):', ' circulation may be under strain.', 0.88),
];

function sentence(literal: string, hole: string, probability: number | null): SentenceView {
  return {
    text: literal + hole,
    parts:
      hole === ''
        ? []
        : [
            { kind: 'literal', text: literal },
            { kind: 'hole', text: hole },
          ],
    source: 'guided',
    verdict: 'shown',
    findings: [],
    citations: [],
    probability,
  };
}

/** Writes the explanation sentence by sentence, each as an event. */
export function write(base: ExplanationView, tell: (event: WardEvent) => void): ExplanationView {
  const running: ExplanationView = {
    ...base,
    status: 'writing',
    reason: null,
    planned: SENTENCES.length,
    sentences: [],
  };
  for (let count = 1; count <= SENTENCES.length; count += 1)
    setTimeout(() => {
      const complete = count === SENTENCES.length;
      tell({
        type: 'explanation',
        explanation: {
          ...running,
          sentences: SENTENCES.slice(0, count),
          status: complete ? 'complete' : 'writing',
          confidence: complete ? { value: 0.91, policy: 'shown' } : null,
        },
      });
    }, count * SENTENCE_MS);
  return running;
}

/** The alert after somebody acted on it. */
export function acted(alert: AlertView, given: ReadonlyMap<string, unknown>, by: string): AlertView {
  const action = String(given.get('action'));
  const at = new Date().toISOString();
  const reason = given.get('reason');
  const minutes = Number(given.get('minutes') ?? 0);
  return {
    ...alert,
    version: alert.version + 1,
    state: action === 'snoozed' ? 'snoozed' : 'acknowledged',
    owner: by,
    nextEscalationAt: null,
    snoozedUntil: action === 'snoozed' ? new Date(Date.now() + minutes * MINUTE_MS).toISOString() : null,
    lastAction: { action, by, at, reason: typeof reason === 'string' ? reason : null },
  };
}
