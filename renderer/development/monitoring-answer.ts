/** Figures of a ward at work: met, missed, too few to say, and nothing measured. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { MEASURE_IDS, type Measured, type MeasureId, verdictOf } from '../../app/monitoring/measures.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOTHING: Measured = { value: null, of: 0 };

const FIGURES: { readonly [id in MeasureId]: Measured } = {
  'complete-p50': { value: 2.31, of: 164 },
  'complete-p95': { value: 5.42, of: 164 },
  'complete-p99': { value: 6.05, of: 164 },
  'requests-busiest': { value: 4, of: 171 },
  'requests-possible': { value: 23.6, of: 164 },
  'error-rate': { value: 0.006, of: 165 },
  'hallucination-rate': { value: 0.0121, of: 742 },
  'safety-violations': { value: 0, of: 720 },
  helpfulness: { value: 4.2, of: 37 },
  confidence: { value: 0.87, of: 164 },
  agreement: { value: 0.91, of: 34 },
  'readings-rate': { value: 41.8, of: 1_204_113 },
  'acknowledgement-p50': { value: 0.004, low: 0.0025, high: 0.005, of: 172_016 },
  'acknowledgement-p99': { value: 0.018, low: 0.01, high: 0.02, of: 172_016 },
  'queue-depth': { value: 2, of: 1 },
  'alerts-fired': { value: 58, of: 58 },
  'alerts-open': { value: 6, of: 1 },
  'alerts-per-bed-day': { value: 4.1, of: 402 },
  'alerts-acted-on': { value: 0.83, of: 402 },
  'feeds-silent': { value: 1, of: 1 },
  'turned-away': { value: 0, of: 1 },
  'record-size': { value: 1_830_000_000, of: 1 },
  'disk-free': { value: 164_000_000_000, of: 1 },
  'backup-age': NOTHING,
  'loop-delay-p99': { value: 0.007, low: 0.005, high: 0.01, of: 288_000 },
  memory: { value: 214_000_000, of: 1 },
};

export function monitoringAnswer(hours: number): QueryResult<'monitoring.state'> {
  const now = Date.now();
  const iso = (ms: number) => new Date(ms).toISOString();
  const parts = 24;
  return {
    at: iso(now),
    hours,
    since: iso(now - 8 * HOUR_MS),
    measures: MEASURE_IDS.map((id) => {
      const { value, low, high = null, of } = FIGURES[id];
      const between = low === undefined ? null : { low, high };
      return { id, value, between, of, verdict: verdictOf(id, FIGURES[id]) };
    }),
    recordRead: true,
    explanations: Array.from({ length: parts }, (_, place) => {
      const isQuiet = place % 7 === 3;
      const half = 2.2 + 0.5 * Math.sin(place / 3);
      return {
        at: iso(now - (parts - place) * (hours / parts) * HOUR_MS),
        p50: isQuiet ? null : half,
        p95: isQuiet ? null : half * 2.1,
        complete: isQuiet ? 0 : 7,
        failed: 0,
      };
    }),
    minutes: Array.from({ length: 240 }, (_, place) => ({
      at: iso(now - (240 - place) * MINUTE_MS),
      readings: 40 + 6 * Math.sin(place / 20),
      acknowledgementP99: place % 60 === 59 ? 0.03 : 0.02,
      loopDelayP99: place % 90 === 80 ? 0.05 : 0.01,
    })),
    technical: [{ code: 'feed-silent', count: 1 }],
    exposition: { on: true, wanted: 9464, port: 9464, problem: null },
  };
}
