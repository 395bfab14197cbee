/** The numbers that facts license: readings, their band's limits, differences, times, points, total. */

import { isApplicable, NEWS2_PARAMETERS, type Score } from '../../scoring/score.ts';
import { type Facts, NUMERIC_PARAMETERS } from '../facts.ts';
import { type SpokenSpan, spokenSpan, spokenTrends } from '../words.ts';
import type { ClaimUnit } from './claims.ts';
import type { NamedVital } from './vitals-named.ts';

/** What a number is said of: points may also be those of oxygen and of consciousness. */
export type Subject = NamedVital | 'oxygen' | 'consciousness' | 'qsofa';

/** A number that the facts license, with what it must stand with. */
export interface Licence {
  readonly value: number;
  readonly unit: ClaimUnit;
  /** Null: a time or a policy number, which belongs to no vital. */
  readonly vital: Subject | null;
  /** `previous` needs a word that says so; `limit` a comparison; `change` a "by"; `elapsed` an "ago"; `age` an "old". */
  readonly as: 'current' | 'previous' | 'limit' | 'change' | 'elapsed' | 'age';
}

export const UNIT: { readonly [vital in NamedVital]: ClaimUnit } = {
  rr: 'per-minute',
  hr: 'per-minute',
  spo2: 'percent',
  sbp: 'mmHg',
  dbp: 'mmHg',
  map: 'mmHg',
  temp: 'celsius',
  shock_index: null,
  news2: 'points',
};

/** Times of the NEWS2 response table for the band in force. Source: Royal College of Physicians, 2017. */
const MONITORING_HOURS = { '12h': [12], '4-6h': [4, 6], '1h': [1], continuous: [] } as const;

/** The total at which the risk band in force begins. Source: Royal College of Physicians, NEWS2, 2017. */
const BAND_BEGINS = { low: 0, 'low-medium': 3, medium: 5, high: 7 } as const;

/** Saturation (%) that scale 2 aims at. */
const SCALE_2_TARGET = [88, 92] as const;

function scoreLicences(score: Score, as: 'current' | 'previous'): Licence[] {
  if (!isApplicable(score)) return [];
  const total = score.complete ? score.total : score.min_total;
  return [{ value: total, unit: 'points', vital: 'news2', as }];
}

/** Every number that these facts license. */
export function licences(facts: Facts): Licence[] {
  const list: Licence[] = [...scoreLicences(facts.news2, 'current')];
  const add = (value: number | null | undefined, vital: NamedVital, as: Licence['as']) => {
    if (value !== null && value !== undefined) list.push({ value, unit: UNIT[vital], vital, as });
  };
  const { vitals, previous, derived, assessment } = facts;
  for (const [set, as] of [
    [vitals, 'current'] as const,
    ...(previous ? [[previous.vitals, 'previous'] as const] : []),
  ]) {
    add(set.rr, 'rr', as);
    add(set.spo2, 'spo2', as);
    add(set.sbp, 'sbp', as);
    add(set.dbp, 'dbp', as);
    add(set.hr, 'hr', as);
    add(set.temp_c, 'temp', as);
  }
  add(derived.map, 'map', 'current');
  add(derived.shock_index, 'shock_index', 'current');
  for (const { parameter, difference } of facts.changes) add(difference, parameter, 'change');
  for (const parameter of NUMERIC_PARAMETERS) {
    const band = facts.bands[parameter];
    if (band === undefined) continue;
    const step = parameter === 'temp' ? 0.1 : 1;
    // "above 38.0" and "38.1 or more" name the same limit.
    for (const limit of [
      band.least,
      band.least === null ? null : band.least - step,
      band.most,
      band.most === null ? null : band.most + step,
    ])
      add(limit === null ? null : Math.round(limit * 10) / 10, parameter, 'limit');
  }
  if (isApplicable(facts.news2))
    for (const vital of NEWS2_PARAMETERS) {
      const points = facts.news2.points[vital];
      if (points !== undefined && points !== null)
        list.push({ value: points, unit: 'points', vital, as: 'current' });
    }
  // A missing reading may add as much as one parameter can. Source: Royal College of Physicians, NEWS2, 2017.
  for (const vital of facts.missing) list.push({ value: 3, unit: 'points', vital, as: 'limit' });
  if (facts.previousNews2 !== null) list.push(...scoreLicences(facts.previousNews2, 'previous'));
  if (previous !== null) {
    list.push({ value: Math.round(previous.minutes_ago), unit: 'minutes', vital: null, as: 'elapsed' });
    list.push({ value: previous.minutes_ago / 60, unit: 'hours', vital: null, as: 'elapsed' });
  }
  if (assessment !== null) {
    list.push({ value: BAND_BEGINS[assessment.risk], unit: 'points', vital: 'news2', as: 'limit' });
    for (const value of MONITORING_HOURS[assessment.min_monitoring])
      list.push({ value, unit: 'hours', vital: null, as: 'current' });
    if (assessment.response === 'emergency')
      list.push({ value: 30, unit: 'minutes', vital: null, as: 'current' });
    if (assessment.response === 'urgent') {
      list.push({ value: 1, unit: 'hours', vital: null, as: 'current' });
      list.push({ value: 60, unit: 'minutes', vital: null, as: 'current' });
    }
  }
  list.push(
    ...trendLicences(facts),
    ...triggerLicences(facts),
    ...policyLicences(facts),
    ...ageLicences(facts),
  );
  // The target of scale 2 is the scale's own definition. Source: Royal College of Physicians, NEWS2, 2017.
  if (vitals.spo2_scale === 2) for (const value of SCALE_2_TARGET) add(value, 'spo2', 'limit');
  // The age from which the score applies, where that is why there is none.
  if (!isApplicable(facts.news2) && facts.news2.reason === 'under-16')
    list.push({ value: 16, unit: null, vital: 'news2', as: 'current' });
  return list;
}

function elapsed({ unit, value }: SpokenSpan): Licence {
  return { value, unit, vital: null, as: 'elapsed' };
}

/** How old a stale reading is: "74 minutes old". */
function ageLicences({ stale }: Facts): Licence[] {
  return stale.flatMap(({ parameter, minutes_old }): Licence[] => [
    { value: Math.round(minutes_old), unit: 'minutes', vital: parameter, as: 'age' },
    { value: minutes_old / 60, unit: 'hours', vital: parameter, as: 'age' },
    { ...spokenSpan(minutes_old), vital: parameter, as: 'age' },
  ]);
}

/** Vitals and times that a policy's limit is about, by how its key begins or ends. */
const POLICY_VITALS: readonly (readonly [string, NamedVital])[] = [
  ['map_', 'map'],
  ['shock_index', 'shock_index'],
  ['news2_', 'news2'],
  ['spo2_', 'spo2'],
  ['hr_', 'hr'],
  ['rr_', 'rr'],
  ['sbp_', 'sbp'],
  ['temp_', 'temp'],
];

/** Limits of the site's policy, each of its own vital; a time belongs to none. */
function policyLicences({ policy }: Facts): Licence[] {
  return Object.entries(policy).flatMap(([key, value]): Licence[] => {
    if (typeof value !== 'number') return [];
    if (key.endsWith('_minutes')) return [{ value, unit: 'minutes', vital: null, as: 'current' }];
    if (key.endsWith('_hours')) return [{ value, unit: 'hours', vital: null, as: 'current' }];
    const vital = POLICY_VITALS.find(([start]) => key.startsWith(start))?.[1];
    return vital === undefined ? [] : [{ value, unit: UNIT[vital], vital, as: 'limit' }];
  });
}

/** The slope as the record holds it, and its window in minutes and hours, steady ones included. */
function windowLicences({ trends }: Facts): Licence[] {
  return trends.flatMap(({ parameter, per_hour, span_minutes, window_minutes }): Licence[] => [
    { value: Math.abs(per_hour), unit: 'other', vital: parameter, as: 'change' },
    ...[window_minutes, span_minutes ?? window_minutes].flatMap((minutes) => [
      elapsed({ unit: 'minutes', value: minutes }),
      elapsed({ unit: 'hours', value: minutes / 60 }),
    ]),
  ]);
}

/** "rising by about 6 an hour over 4 hours (9 readings)". */
function trendLicences(facts: Facts): Licence[] {
  const spoken = spokenTrends(facts).flatMap(({ parameter, perHour, span, readings }): Licence[] => [
    { value: perHour, unit: 'other', vital: parameter, as: 'change' },
    { value: perHour, unit: 'other', vital: parameter, as: 'elapsed' },
    { value: readings, unit: 'other', vital: parameter, as: 'current' },
    elapsed(span),
  ]);
  return [...spoken, ...windowLicences(facts)];
}

/** What rang: its limit, what it was compared with, what a mean pressure was computed from, and its times. */
function triggerLicences({ trigger }: Facts): Licence[] {
  if (trigger === null || trigger.value === null || trigger.threshold === null) return [];
  const { rule, value, threshold, change, mean, held_minutes, acknowledged_total } = trigger;
  const held = elapsed({ unit: 'minutes', value: held_minutes });
  switch (rule) {
    case 'map-low':
      return [
        held,
        { value: threshold, unit: 'mmHg', vital: 'map', as: 'limit' },
        {
          value: Math.round(Math.abs(threshold - value) * 10) / 10,
          unit: 'mmHg',
          vital: 'map',
          as: 'change',
        },
        ...(mean === null || mean.measured
          ? []
          : [
              { value: mean.sbp, unit: 'mmHg', vital: 'sbp', as: 'current' } as const,
              { value: mean.dbp, unit: 'mmHg', vital: 'dbp', as: 'current' } as const,
            ]),
      ];
    case 'shock-index':
      return [held, { value: threshold, unit: null, vital: 'shock_index', as: 'limit' }];
    case 'spo2-fall':
    case 'hr-rise': {
      if (change === null) return [];
      const vital = rule === 'spo2-fall' ? 'spo2' : 'hr';
      const unit = UNIT[vital];
      return [
        { value: change.from, unit, vital, as: 'previous' },
        { value: change.to, unit, vital, as: 'current' },
        { value, unit, vital, as: 'change' },
        { value: threshold, unit, vital, as: 'limit' },
        elapsed(spokenSpan(change.minutes)),
        elapsed(spokenSpan(change.window_minutes)),
      ];
    }
    case 'qsofa':
      return [{ value, unit: 'points', vital: 'qsofa', as: 'current' }];
    case 'news2-rise':
      return acknowledged_total === null
        ? []
        : [{ value: acknowledged_total, unit: 'points', vital: 'news2', as: 'previous' }];
    default:
      return [];
  }
}
