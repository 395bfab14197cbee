/** Which trend belongs to a parameter of the score: oxygen and consciousness are no numbers and have none. */
import type { TrendView } from '../../app/contract/signal-views.ts';
import type { BedView } from '../../app/contract/views.ts';
import type { News2Parameter } from '../../app/scoring/score.ts';

export function trendOf({ trends }: BedView, parameter: News2Parameter): TrendView | undefined {
  if (parameter === 'oxygen' || parameter === 'consciousness') return undefined;
  return trends?.[parameter];
}
