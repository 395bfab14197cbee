/** The values that an alert's score rested on when it fired, from the facts that were kept with it. Pure. */
import type { FiredOn, LanguageCode } from '../../app/contract/views.ts';
import { isNumericParameter } from '../../app/explanation/facts.ts';
import { codeWords, screenWords } from '../../app/language/language.ts';
import { ACVPU } from '../../app/observation/vital.ts';
import { NEWS2_PARAMETERS, type News2Parameter, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { bandLabel } from '../bed/bands.ts';
import { UNIT_OF, valueText } from '../vitals/writing.ts';

export interface ValueAtFiring {
  /** With its unit. */
  readonly text: string;
  /** The chart's band that it stood in; empty where the chart has words in place of limits. */
  readonly band: string;
  /** Minutes since it was measured, where it counted though it was no longer current. */
  readonly staleMinutes: number | null;
}
export type ValuesAtFiring = { readonly [parameter in News2Parameter]?: ValueAtFiring };

/** A parameter that was missing then has no value here, whatever was measured since. */
export function valuesAtFiring({ vitals, stale }: FiredOn, language: LanguageCode): ValuesAtFiring {
  const context = { scale: vitals.spo2_scale, onOxygen: vitals.on_oxygen };
  const shown = NEWS2_PARAMETERS.flatMap((parameter): [News2Parameter, ValueAtFiring][] => {
    const value = vitals[VITAL_OF_PARAMETER[parameter]];
    if (value === null || value === undefined) return [];
    const band =
      isNumericParameter(parameter) && typeof value === 'number'
        ? bandLabel(parameter, value, context)
        : null;
    const old = stale?.find((reading) => reading.parameter === parameter);
    return [
      [
        parameter,
        {
          text: textOf(parameter, value, vitals.dbp, language),
          band: band ?? '',
          staleMinutes: old?.minutes_old ?? null,
        },
      ],
    ];
  });
  return Object.fromEntries(shown);
}

function textOf(
  parameter: News2Parameter,
  value: number | boolean | string,
  dbp: number | null | undefined,
  language: LanguageCode,
): string {
  switch (parameter) {
    case 'oxygen': {
      const { ward, entry } = screenWords(language);
      return value === false ? ward.air : entry.onOxygen;
    }
    case 'consciousness': {
      const level = ACVPU.find((one) => one === value);
      return level === undefined ? String(value) : `${level}, ${codeWords(language).acvpu[level]}`;
    }
    case 'sbp':
      return `${valueText(parameter, value)}/${dbp ?? '—'}\u00a0${UNIT_OF.sbp}`;
    default:
      return `${valueText(parameter, value)}\u00a0${UNIT_OF[parameter]}`;
  }
}
