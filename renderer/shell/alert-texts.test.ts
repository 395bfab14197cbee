import { expect, test } from 'vitest';
import { formatTime, screenWords } from '../../app/language/language.ts';
import { alertView, bedView, charted, streamed } from '../development/fixtures.ts';
import { countdown, headlineOf, nextStepLine, stateLine } from './alert-texts.ts';
import { feedOf } from './monitors.ts';
import { bedsThatFit } from './search.ts';

const alert = alertView(bedView('07'), { firedAt: '2026-03-01T09:00:00.000Z' });
const AT = Date.parse('2026-03-01T09:01:12.000Z');
const words = screenWords('en');

test('the headline is the first sentence with the time it was true, and a decimal point does not end it', () => {
  const time = formatTime('en', alert.firedAt);
  expect(headlineOf('en', alert, 'Temperature 38.8, high. Then more.')).toBe(
    `${time}: Temperature 38.8, high.`,
  );
  expect(headlineOf('hi', alert, 'NEWS2 12 है। और।')).toMatch(/: NEWS2 12 है।$/u);
  expect(headlineOf('en', alert, undefined)).not.toBe('');
});

test('an alert on a signal is headed by its own value and not by the score', () => {
  const low = { ...alert, rule: 'map-low', signal: { threshold: 65, value: 57 } } as const;
  expect(headlineOf('en', low, 'NEWS2 is 1, low risk. More.')).toMatch(
    /Mean arterial pressure low, 57\u00a0mmHg$/u,
  );
});

test('waiting times are told in minutes and seconds, and never below zero', () => {
  expect(countdown('en', 72_900)).toBe('1:12');
  expect(countdown('en', -5_000)).toBe('0:00');
  expect(countdown('en', 3_660_000)).toBe('1\u00a0h 1\u00a0min');
});

test('a line says who has the alert, and that nobody has', () => {
  expect(stateLine(words, 'en', alert, AT)).toBe('Not acknowledged 1:12');
  const owned = { ...alert, state: 'acknowledged', owner: 'Meera Nair' } as const;
  expect(stateLine(words, 'en', owned, AT)).toContain('Meera Nair');
  expect(nextStepLine(words, 'en', alert, AT)).toBeNull();
  const due = { ...alert, nextEscalationAt: '2026-03-01T09:04:00.000Z' };
  expect(nextStepLine(words, 'en', due, AT)).toContain('2:48');
  expect(nextStepLine(words, 'en', due, AT + 600_000)).toBe(words.ward.nextStepDue);
});

test('a feed is told by its values: sending, late, silent, none', () => {
  const bed = {
    view: bedView('07', { observed: { rr: streamed(18), temp_c: charted(37) } }),
    receivedAt: 1_000,
  };
  expect(feedOf(bed, 1_000)).toEqual({ state: 'sending' });
  expect(feedOf(bed, 21_000)).toEqual({ state: 'late' });
  expect(feedOf(bed, 101_000)).toEqual({ state: 'silent', forMs: 102_000 });
  const byHand = { view: bedView('08', { observed: { temp_c: charted(37) } }), receivedAt: 0 };
  expect(feedOf(byHand, 0)).toEqual({ state: 'none' });
});

test('a bed is found by its number first, then by name and hospital number', () => {
  const shown = ['01', '07', '17'].map((bed) => ({ view: bedView(bed), receivedAt: 0 }));
  const named = { view: bedView('03', { name: 'Farouk 7' }), receivedAt: 0 };
  const found = (text: string) => bedsThatFit([named, ...shown], text).map(({ view }) => view.bed);
  expect(found('7').slice(0, 2)).toEqual(['07', '17']);
  expect(found('farouk')).toEqual(['03']);
  expect(found('402717')).toEqual(['17']);
  expect(found('  ')).toEqual([]);
});
