import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOf, secondsOf } from './cost.ts';
import type { TrainingEvent } from './event.ts';
import { progressOf } from './progress.ts';

const HASH = 'a'.repeat(64);
function started(resumedFrom: number | null): TrainingEvent {
  return {
    event: 'started',
    at: 0,
    method: 'sft',
    device: 'processor',
    trial: true,
    steps: 100,
    examples: 9,
    heldOut: 1,
    tooLong: 0,
    parameters: 1,
    baseSha256: HASH,
    dataSetSha256: HASH,
    resumedFrom,
  };
}
function stepAt(step: number): TrainingEvent {
  return {
    event: 'step',
    at: step,
    step,
    steps: 100,
    epoch: 0,
    loss: 1 / step,
    learningRate: 0.1,
    gradientNorm: 1,
    secondsAnExample: 2,
    secondsLeft: 100 - step,
    gpu: null,
  };
}

test('a curve stands once, whatever was trained again after a resume', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 5 }),
      (attempts) => {
        let reached = 0;
        const events = attempts.flatMap(([wanted, steps]) => {
          const from = Math.min(wanted, reached);
          reached = from + steps;
          return [started(from === 0 ? null : from), ...range(from + 1, reached).map(stepAt)];
        });
        const progress = progressOf(events);
        expect(progress.losses.map(({ step }) => step)).toEqual(range(1, reached));
        expect(progress.step).toBe(reached);
      },
    ),
  );
});

test('a stop before the first step leaves an earlier checkpoint what it is', () => {
  const events: TrainingEvent[] = [
    started(null),
    stepAt(1),
    stepAt(2),
    { event: 'saved', at: 2, step: 2 },
    { event: 'stopped', at: 3, step: 2 },
    { event: 'stopped', at: 9, step: 0 },
  ];
  expect(progressOf(events)).toMatchObject({ step: 2, savedStep: 2, finished: null });
});

test('cost is time by price, and the ceiling is told before it is reached', () => {
  const price = { anHour: 1.2, currency: 'USD' };
  const hour = 3_600_000;
  // The guide's run: an A10 for 24 hours, 20 to 30 US dollars.
  expect(costOf([{ fromMs: 0, untilMs: 24 * hour }], price, null, null, 0).soFar).toBeCloseTo(28.8);
  const times = [
    { fromMs: 0, untilMs: hour },
    { fromMs: 5 * hour, untilMs: null },
  ];
  expect(costOf(times, price, 3, 3600, 6 * hour)).toMatchObject({
    hours: 2,
    soFar: 2.4,
    overCeiling: 'forecast',
    secondsToCeiling: 1800,
  });
  expect(costOf(times, price, 2.4, null, 6 * hour)).toMatchObject({
    overCeiling: 'reached',
    secondsToCeiling: 0,
  });
  expect(costOf(times, { ...price, anHour: 0 }, 1, 10, 6 * hour)).toMatchObject({
    soFar: 0,
    overCeiling: 'no',
    secondsToCeiling: null,
  });
  // A host whose clock was set back costs nothing, not less than nothing.
  expect(costOf([{ fromMs: hour, untilMs: null }], price, 1, null, 0)).toMatchObject({
    hours: 0,
    overCeiling: 'no',
  });
  expect(secondsOf(2500, 2, 1.35)).toBe(6750);
});

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
}
