import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BedView } from '../../app/contract/views.ts';
import { NEWS2_PARAMETERS } from '../../app/scoring/score.ts';
import { bedView, charted, streamed } from '../development/fixtures.ts';
import { readingsOf, scoreNow } from '../shell/index.ts';
import { diastolicOf, pointsOf, readingOf } from './standing.ts';
import { formatOf, shownParameters } from './writing.ts';

function shownOf(observed: BedView['observed'], elapsedMs = 0) {
  const bed = { view: bedView('7', { observed }), receivedAt: 0 };
  return { readings: readingsOf(bed, elapsedMs), ...scoreNow(bed, elapsedMs) };
}

const LONG_AGO = '2026-03-01T09:00:00.000+05:30';

test('the reading that scored stands, and the diastolic pressure of its site', () => {
  const { readings, inputs } = shownOf({
    sbp_art: streamed(104),
    dbp_art: streamed(58),
    sbp_nibp: charted(110),
    dbp_nibp: charted(70),
  });
  expect(readingOf('sbp', readings, inputs)).toMatchObject({ observed: { value: 104 } });
  expect(diastolicOf(readings, inputs)).toMatchObject({ observed: { value: 58 } });
  const format = formatOf('sbp', readings, inputs, 'air', 'on');
  expect(format(104)).toBe('104/58');
});

test('where none scored, the time of the one seen last is told and no value', () => {
  const { readings, inputs } = shownOf({
    hr: charted(96, 4_000_000, LONG_AGO),
    pulse: charted(95, 3_700_000),
  });
  expect(readingOf('hr', readings, inputs)).toEqual({
    state: 'missing',
    reason: 'expired',
    lastObservedAt: charted(0).observedAt,
  });
  expect(readingOf('temp', readings, inputs)).toMatchObject({ reason: 'never', lastObservedAt: null });
});

test('a flow of 0 alone does not say that the patient is on air', () => {
  const { readings, inputs, score } = shownOf({ o2_flow: charted(0) });
  expect(readingOf('oxygen', readings, inputs).state).toBe('missing');
  expect(pointsOf('oxygen', score)).toBeNull();
});

test('oxygen is written as flow, fraction or the bare fact, and air as air', () => {
  const text = (observed: BedView['observed']) => {
    const { readings, inputs, score } = shownOf(observed);
    const [shown] = shownParameters(readings, { score, inputs }, 'en').filter(
      ({ parameter }) => parameter === 'oxygen',
    );
    const reading = readingOf('oxygen', readings, inputs);
    if (reading.state === 'missing' || shown === undefined) return null;
    const { value } = reading.observed;
    const tile = formatOf('oxygen', readings, inputs, 'air', 'on')(value).replace('\u00a0', ' ');
    return [tile, `${shown.format(value)} ${shown.unit}`.trim()];
  };
  expect(text({ on_oxygen: charted(true), o2_flow: charted(2) })).toEqual(['2 L', '2 L/min']);
  expect(text({ on_oxygen: charted(true), fio2: charted(28) })).toEqual(['28 %', '28 %']);
  expect(text({ on_oxygen: charted(true) })).toEqual(['on', 'Oxygen']);
  expect(text({ on_oxygen: charted(false), o2_flow: charted(0) })).toEqual(['air', 'air']);
});

test('at every age, a parameter is shown as a value exactly where it scores', () => {
  const observed = { rr: streamed(23), hr: charted(96), temp_c: charted(37.25), on_oxygen: charted(true) };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8_000_000 }), (elapsedMs) => {
      const { readings, inputs, score } = shownOf(observed, elapsedMs);
      for (const { parameter, reading, points } of shownParameters(readings, { score, inputs }, 'en')) {
        expect(reading.state === 'missing').toBe(points === null);
        expect(reading.state === 'missing').toBe(inputs[parameter] === undefined);
      }
    }),
  );
});

test('no parameter has points where no score applies', () => {
  for (const parameter of NEWS2_PARAMETERS)
    expect(pointsOf(parameter, { applicable: false, reason: 'pregnant' })).toBeUndefined();
});
