/** Technical alerts and figures about alerts, to look at their panels without a core. */
import { burdenOf, type CountedAlert } from '../../app/alerting/burden.ts';
import type { TechnicalAlert } from '../../app/technical/technical.ts';

const DAY_MS = 86_400_000;
const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

export const TECHNICAL: TechnicalAlert[] = [
  {
    id: 'technical-1',
    code: 'vital-missing',
    subject: 'patient-05',
    parameters: { bed: '05', vitals: 'spo2' },
    raisedAt: at(4),
    acknowledgedBy: null,
    acknowledgedAt: null,
  },
  {
    id: 'technical-2',
    code: 'clock-jumped',
    subject: null,
    parameters: { seconds: -3600 },
    raisedAt: at(90),
    acknowledgedBy: 'Meera Nair',
    acknowledgedAt: at(80),
  },
];

const week = Array.from({ length: 42 }, (_, index): CountedAlert => {
  const rule = (['news2-high', 'news2-medium', 'single-red', 'map-low'] as const)[index % 4] ?? 'news2-high';
  const answer = index % 5 === 0 ? null : { atMs: (index % 7) * 60_000 + 30_000, action: 'reviewed' };
  return { rule, firedMs: 0, answer };
});
export const BURDEN = burdenOf(week, 98 * DAY_MS);
