/**
 * The parts of a bed's view that are many, as they cross to a terminal: a row of values in place of an object each. A
 * ward's snapshot is 64 beds with a dozen values and a hundred steps of their scores; names and nesting would be most
 * of it, and copying it the longest part of an answer.
 */
import { z } from 'zod';
import { SOURCE_KINDS } from '../observation/observation.ts';
import type { ObservedValue, ObservedValues } from '../observation/reading.ts';
import { VITALS, type Vital } from '../observation/vital.ts';
import { asText, textOf } from './as-text.ts';
import { vitalSchema } from './signal-views.ts';

const originSchema = z.tuple([
  z.enum(SOURCE_KINDS),
  z.enum(['streamed', 'cuff', 'charted']),
  z.string(),
  z.number(),
  z.number(),
]);
/** Vital, origin, value, observed at, age (ms), ambiguous, and for a stream what scores: value, how, samples. */
const valueSchema = z.tuple([
  vitalSchema,
  z.int().min(0),
  z.union([z.number(), z.boolean(), z.string()]),
  z.string(),
  z.number(),
  z.boolean(),
  z.union([z.null(), z.tuple([z.number(), z.enum(['median', 'last']), z.int()])]),
]);
const packedValuesSchema = z
  .object({ origins: z.array(originSchema), values: z.array(valueSchema) })
  .refine(({ origins, values }) => values.every(([, origin]) => origin < origins.length), {
    error: 'a value of no origin',
  });
type PackedValues = z.input<typeof packedValuesSchema>;

/** Observed values, in rows; where they come from, with its limits of validity, is said once. */
export function packValues(observed: { readonly [vital in Vital]?: ObservedValue | undefined }): string {
  const origins: PackedValues['origins'] = [];
  const values: PackedValues['values'] = [];
  for (const vital of VITALS) {
    const one = observed[vital];
    if (one === undefined) continue;
    const { source, staleAfterMs, missingAfterMs, scoring } = one;
    let origin = origins.findIndex(
      ([kind, mode, name, stale, missing]) =>
        name === source.name &&
        mode === source.mode &&
        kind === source.kind &&
        stale === staleAfterMs &&
        missing === missingAfterMs,
    );
    if (origin === -1)
      origin = origins.push([source.kind, source.mode, source.name, staleAfterMs, missingAfterMs]) - 1;
    const scores: PackedValues['values'][number][6] =
      scoring === undefined ? null : [scoring.value, scoring.by, scoring.samples];
    values.push([vital, origin, one.value, one.observedAt, one.ageMs, one.ambiguous, scores]);
  }
  return textOf({ origins, values } satisfies PackedValues);
}

/** What crosses, as text, and the observed values that come out of it. */
export const observedSchema = asText(packedValuesSchema).transform(({ origins, values }): ObservedValues => {
  const observed: { [vital in Vital]?: ObservedValue } = {};
  for (const [vital, index, value, observedAt, ageMs, ambiguous, scoring] of values) {
    const origin = origins[index];
    if (origin === undefined) continue;
    const [kind, mode, name, staleAfterMs, missingAfterMs] = origin;
    observed[vital] = {
      value,
      observedAt,
      ageMs,
      staleAfterMs,
      missingAfterMs,
      source: { kind, mode, name },
      ambiguous,
      ...(scoring === null ? {} : { scoring: { value: scoring[0], by: scoring[1], samples: scoring[2] } }),
    };
  }
  return observed;
});

/** One step of the line of a bed's score. */
export interface ScorePoint {
  readonly at: string;
  readonly total: number;
  readonly complete: boolean;
}

const packedStepsSchema = z
  .object({ atMs: z.array(z.number()), total: z.array(z.number()), complete: z.array(z.boolean()) })
  .refine(({ atMs, total, complete }) => total.length === atMs.length && complete.length === atMs.length, {
    error: 'columns of different lengths',
  });
/** Wall time (ms), total or bound, and whether it is a total, by column. */
type PackedSteps = z.input<typeof packedStepsSchema>;

export function packSteps(steps: readonly ScorePoint[]): string {
  return textOf({
    atMs: steps.map(({ at }) => Date.parse(at)),
    total: steps.map(({ total }) => total),
    complete: steps.map(({ complete }) => complete),
  } satisfies PackedSteps);
}

/** What crosses, as text, and the steps that come out of it. */
export const scoreHistorySchema = asText(packedStepsSchema).transform(
  ({ atMs, total, complete }): ScorePoint[] =>
    atMs.map((ms, index) => ({
      at: new Date(ms).toISOString(),
      total: total[index] ?? Number.NaN,
      complete: complete[index] === true,
    })),
);
