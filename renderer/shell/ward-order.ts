/** The order of a ward: risk first, what is not known above what is known to be low, then by bed. */
import type { AlertPriority } from '../../app/alerting/alert.ts';
import type { AlertView } from '../../app/contract/views.ts';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL } from '../../app/scoring/news2.ts';
import { isApplicable, leastTotal, type Score } from '../../app/scoring/score.ts';

/** How a bed is shown and sorted, gravest first. `unknown`: incomplete with a low bound; `none`: no score applies. */
export const BED_RISKS = ['high', 'medium', 'single-red', 'unknown', 'none', 'low'] as const;
export type BedRisk = (typeof BED_RISKS)[number];

/** The risk of a score, or of its lower bound. */
export function riskOf(score: Score): BedRisk {
  if (!isApplicable(score)) return 'none';
  const total = leastTotal(score) ?? 0;
  if (total >= NEWS2_HIGH_TOTAL) return 'high';
  if (total >= NEWS2_MEDIUM_TOTAL) return 'medium';
  if (score.red_parameters.length > 0) return 'single-red';
  return score.complete ? 'low' : 'unknown';
}

export interface OrderedBed {
  readonly bed: string;
  readonly score: Score;
  /** A value that the score rests on is stale. */
  readonly stale: boolean;
  /** The bed's open alerts. */
  readonly alerts: readonly AlertView[];
}

const RANK_OF_PRIORITY: { readonly [priority in AlertPriority]: number } = {
  high: BED_RISKS.indexOf('high'),
  medium: BED_RISKS.indexOf('medium'),
  low: BED_RISKS.indexOf('single-red'),
};

/** The graver of what the score says and what the bed's open alerts say. A stale low stands above a current low. */
function rank(bed: OrderedBed): number {
  const risk = riskOf(bed.score);
  const byScore = risk === 'low' && bed.stale ? BED_RISKS.indexOf('unknown') + 0.5 : BED_RISKS.indexOf(risk);
  return Math.min(byScore, ...bed.alerts.map(({ priority }) => RANK_OF_PRIORITY[priority]));
}

/** For sorting beds by risk: rank, then total, then alerts that nobody owns, then the bed's number. */
export function byRisk(a: OrderedBed, b: OrderedBed): number {
  return (
    rank(a) - rank(b) ||
    (leastTotal(b.score) ?? 0) - (leastTotal(a.score) ?? 0) ||
    unowned(b.alerts) - unowned(a.alerts) ||
    byBed(a, b)
  );
}

export function byBed(a: { readonly bed: string }, b: { readonly bed: string }): number {
  return a.bed.localeCompare(b.bed, 'en', { numeric: true });
}

function unowned(alerts: readonly AlertView[]): number {
  return alerts.filter(({ owner }) => owner === null).length;
}

const PRIORITIES: readonly AlertPriority[] = ['high', 'medium', 'low'];

/** For sorting alerts: priority, then those nobody owns, then the newest. */
export function byPriority(a: AlertView, b: AlertView): number {
  return (
    PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
    Number(isOwned(a)) - Number(isOwned(b)) ||
    Date.parse(b.firedAt) - Date.parse(a.firedAt)
  );
}

/** Whether somebody has taken the alert on: it stops flashing. */
export function isOwned(alert: AlertView): boolean {
  return alert.owner !== null;
}
