import { expect, test } from 'vitest';
import { screenWords } from '../../app/language/language.ts';
import { bedView, charted, streamed } from '../development/fixtures.ts';
import { scoreNow } from '../shell/index.ts';
import { news2Value, signalValue } from './basis-panel.tsx';
import { signalsNow } from './signals-now.ts';

const words = screenWords('en');
const OBSERVED = {
  rr: streamed(26),
  hr: streamed(118),
  sbp: charted(95),
  dbp: charted(60),
  acvpu: charted('A'),
};

function signalAt(elapsedMs: number, rule: string, view = bedView('7', { observed: OBSERVED })) {
  const bed = { view, receivedAt: 0 };
  const found = signalsNow(bed, scoreNow(bed, elapsedMs), elapsedMs).find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`no ${rule}`);
  return found;
}

test('a signal grows stale and is lost with its values, with or without a core', () => {
  expect(signalAt(0, 'shock-index')).toMatchObject({ state: 'complete', value: 1.24, current: true });
  expect(signalAt(20_000, 'shock-index')).toMatchObject({ state: 'complete', current: false });
  const lost = signalAt(70_000, 'shock-index');
  expect(lost).toMatchObject({ state: 'incomplete', atLeast: null, missing: ['hr'] });
  expect(signalValue(lost, words, 'en')).toBe('incomplete, missing: Heart rate');
});

test('a fall that the core told stays until the value now has expired', () => {
  const told = {
    rule: 'spo2-fall',
    covered: true,
    amount: 7,
    comparedWith: null,
  } as const;
  const view = bedView('7', { observed: { spo2: streamed(90) }, changes: [told] });
  expect(signalAt(10_000, 'spo2-fall', view)).toMatchObject({ state: 'complete', value: 7, current: true });
  expect(signalAt(70_000, 'spo2-fall', view)).toMatchObject({ state: 'incomplete', atLeast: null });
});

test('bounds and reasons are told in words', () => {
  expect(signalValue(signalAt(70_000, 'qsofa'), words, 'en')).toBe(
    'incomplete, at least 1\u00a0of 3, missing: Respiration',
  );
  const pregnant = bedView('7', { observed: OBSERVED });
  const view = { ...pregnant, patient: { ...pregnant.patient, pregnant: true } };
  const none = { ...view, score: { applicable: false, reason: 'pregnant' } as const };
  expect(signalValue(signalAt(0, 'single-red', none), words, 'en')).toBe('not applicable: pregnancy');
  expect(news2Value(none.score, words, 'en')).toBe('not applicable: pregnancy');
  expect(news2Value(pregnant.score, words, 'en')).toMatch(/^incomplete, at least \d+; missing: SpO2/);
  expect(news2Value(pregnant.score, words, 'en', ['spo2', 'hr'])).toMatch(
    /missing: SpO2.*; the monitor says that it cannot measure SpO2/,
  );
});
