/**
 * The values that a score rested on when its alert fired, read from the bed's history.
 *
 * An alert carries its points, not its values. A value is shown beside points only where it has those points on
 * the chart: a stream scores by its median, and a single sample of it may lie in another band.
 */
import { useEffect, useState } from 'react';
import type { AlertView, HistoryRow, LanguageCode } from '../../app/contract/views.ts';
import { codeWords, screenWords } from '../../app/language/language.ts';
import { ACVPU, type Vital } from '../../app/observation/vital.ts';
import { NEWS2_PARAMETERS, type News2Parameter, type Score } from '../../app/scoring/score.ts';
import { bandLabel, chartRows } from '../bed/bands.ts';
import { pointsOf, UNIT_OF, VITALS_OF } from '../bed/parameters.ts';
import { core, useWard } from '../shell/index.ts';

export interface ValueAtFiring {
  readonly text: string;
  readonly band: string;
  /** When it was observed, ISO 8601. */
  readonly at: string;
}
export type ValuesAtFiring = { readonly [parameter in News2Parameter]?: ValueAtFiring };

const HOUR_MS = 3_600_000;
/** The longest history that the core gives, hours. */
const MOST_HOURS = 72;
/** A charted value counts for four hours at most (validity policy): nothing older can have scored. */
const LONGEST_VALIDITY_MS = 4 * HOUR_MS;

export function useValuesAtFiring(alert: AlertView, language: LanguageCode): ValuesAtFiring {
  const [rows, setRows] = useState<readonly HistoryRow[]>([]);
  const scale = useWard((state) => state.beds[alert.patientId]?.view.patient.spo2Scale ?? 1);
  const { patientId, firedAt } = alert;
  useEffect(() => {
    let left = false;
    const since = Date.now() - Date.parse(firedAt) + LONGEST_VALIDITY_MS;
    const hours = Math.min(MOST_HOURS, Math.max(1, Math.ceil(since / HOUR_MS)));
    void core.query('bed.history', { patientId, hours }).then((answer) => {
      if (!left && answer.ok) setRows(answer.value.rows);
    });
    return () => {
      left = true;
    };
  }, [patientId, firedAt]);
  return valuesAtFiring(rows, alert.firedAt, alert.score, scale, language);
}

/** Pure part: the newest value of each parameter not after the firing, where its points agree with the score's. */
export function valuesAtFiring(
  rows: readonly HistoryRow[],
  firedAt: string,
  score: Score,
  spo2Scale: 1 | 2,
  language: LanguageCode,
): ValuesAtFiring {
  const fired = Date.parse(firedAt);
  const before = rows.filter(
    ({ at }) => Date.parse(at) <= fired && fired - Date.parse(at) <= LONGEST_VALIDITY_MS,
  );
  const newest = (vitals: readonly Vital[]) => {
    for (const row of before.toReversed())
      for (const vital of vitals) {
        const value = row.values[vital];
        if (value !== undefined) return { value, vital, row };
      }
    return null;
  };
  const oxygen = newest(['on_oxygen', 'o2_flow']);
  const onOxygen = oxygen === null ? undefined : oxygen.value === true || Number(oxygen.value) > 0;
  const shown = NEWS2_PARAMETERS.flatMap((parameter): [News2Parameter, ValueAtFiring][] => {
    const found = newest(VITALS_OF[parameter]);
    const points = pointsOf(score, parameter);
    if (found === null || points === null) return [];
    const value = parameter === 'oxygen' ? (onOxygen ?? true) : found.value;
    const row = chartRows(parameter, spo2Scale).find(({ holds }) => holds(value, onOxygen));
    if (row === undefined || row.points !== points) return [];
    const band =
      parameter === 'oxygen' || parameter === 'consciousness'
        ? ''
        : (bandLabel(parameter, Number(value), { scale: spo2Scale, onOxygen }) ?? '');
    return [[parameter, { text: textOf(parameter, value, before, language), band, at: found.row.at }]];
  });
  return Object.fromEntries(shown);
}

function textOf(
  parameter: News2Parameter,
  value: number | boolean | string,
  before: readonly HistoryRow[],
  language: LanguageCode,
): string {
  const words = screenWords(language);
  if (parameter === 'oxygen') {
    const flow = before.findLast((row) => row.values.o2_flow !== undefined)?.values.o2_flow;
    if (value === false) return words.ward.air;
    return typeof flow === 'number' && flow > 0 ? `${flow}\u00a0L/min` : words.entry.onOxygen;
  }
  if (parameter === 'consciousness') {
    const level = ACVPU.find((one) => one === value);
    return level === undefined ? String(value) : `${level}, ${codeWords(language).acvpu[level]}`;
  }
  const number = parameter === 'temp' && typeof value === 'number' ? value.toFixed(1) : String(value);
  return `${number}\u00a0${UNIT_OF[parameter]}`;
}
