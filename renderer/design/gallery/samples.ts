/** States of the parts for the gallery. Invented for the picture; none of it is a patient. */
import type { SentenceView } from '../../../app/contract/views.ts';
import type { ObservedValue, Reading } from '../../../app/observation/reading.ts';
import type { Score } from '../../../app/scoring/score.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

function observed(
  value: ObservedValue['value'],
  mode: ObservedValue['source']['mode'],
  ageMs: number,
  ambiguous = false,
): ObservedValue {
  return {
    value,
    observedAt: new Date(Date.now() - ageMs).toISOString(),
    ageMs,
    staleAfterMs: 15 * SECOND_MS,
    missingAfterMs: MINUTE_MS,
    source: { kind: mode === 'charted' ? 'hand' : 'monitor', mode, name: 'gallery' },
    ambiguous,
  };
}

export function sampleReadings(): readonly {
  readonly label: string;
  readonly reading: Reading;
  readonly points?: 0 | 1 | 2 | 3 | null;
  readonly unit: string;
}[] {
  const spo2 = observed(96, 'streamed', 2 * SECOND_MS);
  const stale = observed(95, 'streamed', 27 * SECOND_MS);
  return [
    { label: 'SpO2', reading: { state: 'current', observed: spo2, ageMs: spo2.ageMs }, points: 0, unit: '%' },
    { label: 'SpO2', reading: { state: 'stale', observed: stale, ageMs: stale.ageMs }, points: 1, unit: '%' },
    {
      label: 'SpO2',
      reading: {
        state: 'missing',
        reason: 'expired',
        lastObservedAt: new Date(Date.now() - 3 * MINUTE_MS).toISOString(),
      },
      points: null,
      unit: '%',
    },
    {
      label: 'Temp',
      reading: { state: 'current', observed: observed(37.2, 'charted', 20 * MINUTE_MS), ageMs: 0 },
      points: 0,
      unit: '°C',
    },
    {
      label: 'BP',
      reading: { state: 'current', observed: observed('118/70', 'cuff', 2 * MINUTE_MS), ageMs: 0 },
      points: 0,
      unit: 'mmHg',
    },
    {
      label: 'HR',
      reading: {
        state: 'current',
        observed: observed(115, 'streamed', 4 * SECOND_MS, true),
        ageMs: 4 * SECOND_MS,
      },
      points: 2,
      unit: '/min',
    },
    {
      label: 'RR',
      reading: { state: 'current', observed: observed(26, 'streamed', 4 * SECOND_MS), ageMs: 4 * SECOND_MS },
      points: 3,
      unit: '/min',
    },
  ];
}

const QUIET = { points: {}, red_parameters: [] };
export const SAMPLE_SCORES: readonly Score[] = [
  { ...QUIET, complete: true, total: 2, risk: 'low', min_monitoring: '4-6h', response: 'ward-based' },
  {
    complete: true,
    total: 3,
    points: { sbp: 3 },
    red_parameters: ['sbp'],
    risk: 'low-medium',
    min_monitoring: '1h',
    response: 'urgent-ward-based',
  },
  { ...QUIET, complete: true, total: 5, risk: 'medium', min_monitoring: '1h', response: 'urgent' },
  { ...QUIET, complete: true, total: 12, risk: 'high', min_monitoring: 'continuous', response: 'emergency' },
  { ...QUIET, complete: false, min_total: 6, missing: ['acvpu'] },
  { ...QUIET, complete: false, min_total: 1, missing: ['rr', 'spo2', 'hr'] },
  { ...QUIET, complete: false, min_total: 8, missing: ['acvpu'] },
  { applicable: false, reason: 'pregnant' },
];

export const SAMPLE_HISTORY = [3, 4, 4, 5, 7, 7, 8, 10, 12].map((total, index, all) => ({
  at: new Date(Date.now() - (all.length - 1 - index) * 80 * MINUTE_MS).toISOString(),
  total,
  complete: index !== 4,
}));

/** An hour of a pulse with a gap in it. */
export const SAMPLE_TREND = Array.from({ length: 180 }, (_, index) => ({
  at: Date.now() - (180 - index) * 20 * SECOND_MS,
  value: index > 80 && index < 105 ? null : 88 + Math.round(14 * Math.sin(index / 22) + index / 9),
}));

const SHOWN: SentenceView = {
  text: 'Respiration 26 /min is high, and SpO2 92 % is low; together they may point to tiring.',
  parts: [
    { kind: 'literal', text: 'Respiration 26 /min is high, and SpO2 92 % is low; together they' },
    { kind: 'hole', text: ' may point to tiring.' },
  ],
  source: 'guided',
  verdict: 'shown',
  findings: [],
  citations: ['1'],
  probability: 0.91,
};
export const SAMPLE_SENTENCES: readonly (SentenceView | null)[] = [
  SHOWN,
  { ...SHOWN, source: 'approved', text: 'Read these values against the chart.', parts: [], citations: [] },
  {
    ...SHOWN,
    text: '',
    parts: [],
    verdict: 'withheld',
    citations: [],
    findings: [{ rule: 'unmeasured', sentence: 2, span: [0, 1], message: '' }],
  },
  null,
];
