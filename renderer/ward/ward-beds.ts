/** The ward's beds as they stand now, with everything that a tile or a row shows. */
import type { AlertView, BedView } from '../../app/contract/views.ts';
import type { Reading } from '../../app/observation/reading.ts';
import type { Vital } from '../../app/observation/vital.ts';
import { NEWS2_PARAMETERS } from '../../app/scoring/score.ts';
import {
  type BedRisk,
  byBed,
  byPriority,
  byRisk,
  isOpen,
  isOwned,
  readingsOf,
  riskOf,
  type ScoreNow,
  scoreNow,
  useNow,
  useWard,
  type WardState,
} from '../shell/index.ts';
import { type Feed, feedOf } from '../shell/monitors.ts';
import { readingOf } from '../vitals/standing.ts';

export interface WardBed {
  readonly bed: string;
  readonly view: BedView;
  readonly readings: Record<Vital, Reading>;
  readonly scored: ScoreNow;
  readonly risk: BedRisk;
  /** Open ones, gravest first. */
  readonly alerts: readonly AlertView[];
  readonly feed: Feed;
  /** A value that counts is stale or missing. */
  readonly unsure: boolean;
  readonly ruleText: string | undefined;
}

export type BedFilter = 'all' | 'needs-action' | 'high' | 'medium' | 'technical' | 'unsure';
export type BedOrder = 'risk' | 'bed';

/** Every bed of the ward in the wanted order, computed again each second. */
export function useWardBeds(order: BedOrder): WardBed[] {
  const now = useNow();
  const beds = useWard((state) => state.beds);
  const alerts = useWard((state) => state.alerts);
  const explanations = useWard((state) => state.explanations);
  return wardBeds({ beds, alerts, explanations }, now, order);
}

/** Pure: the beds of a state at a moment of the terminal's clock. */
export function wardBeds(
  state: Pick<WardState, 'beds' | 'alerts' | 'explanations'>,
  now: number,
  order: BedOrder,
): WardBed[] {
  const openAlerts = Object.values(state.alerts).filter(isOpen).sort(byPriority);
  return Object.values(state.beds)
    .map((shown) => {
      const { view } = shown;
      const scored = scoreNow(shown, now);
      const readings = readingsOf(shown, now);
      const own = openAlerts.filter(({ patientId }) => patientId === view.patient.id);
      return {
        bed: view.bed,
        view,
        readings,
        scored,
        risk: riskOf(scored.score),
        alerts: own,
        feed: feedOf(shown, now),
        unsure: NEWS2_PARAMETERS.some(
          (parameter) => readingOf(parameter, readings, scored.inputs).state !== 'current',
        ),
        ruleText: state.explanations[own[0]?.id ?? '']?.ruleText,
        score: scored.score,
        stale: scored.stale,
      };
    })
    .sort(order === 'risk' ? byRisk : byBed);
}

/** Whether a bed belongs under a filter. */
export function fits(bed: WardBed, filter: BedFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'needs-action':
      return bed.alerts.some((alert) => !isOwned(alert));
    case 'high':
    case 'medium':
      return bed.risk === filter;
    case 'technical':
      return bed.feed.state === 'silent';
    case 'unsure':
      return bed.unsure;
  }
}

export interface Trend {
  readonly direction: 'up' | 'down' | 'level';
  /** The total before, where it was another one. */
  readonly from: number | null;
  /** Since when it is what it is now. */
  readonly at: string;
}

/** How the score came to what it is; null without any history. */
export function trendOf(history: BedView['scoreHistory']): Trend | null {
  const last = history.at(-1);
  if (last === undefined) return null;
  let at = last.at;
  for (const point of history.toReversed()) {
    if (point.total !== last.total)
      return { direction: last.total > point.total ? 'up' : 'down', from: point.total, at };
    at = point.at;
  }
  return { direction: 'level', from: null, at };
}
