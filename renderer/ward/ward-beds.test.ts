import { expect, test } from 'vitest';
import { alertView, bedView, charted, streamed } from '../development/fixtures.ts';
import { fits, trendOf, wardBeds } from './ward-beds.ts';

const view = bedView('07', { observed: { rr: streamed(26), temp_c: charted(37) } });
const alert = alertView(view);
const state = {
  beds: { 'patient-07': { view, receivedAt: 0 } },
  alerts: { [alert.id]: alert, gone: { ...alert, id: 'gone', state: 'resolved' as const } },
  explanations: {},
};

test('a bed has its open alerts, and belongs under what it is', () => {
  const [bed] = wardBeds(state, 0, 'risk');
  if (bed === undefined) throw new Error('no bed');
  expect(bed.alerts.map(({ id }) => id)).toEqual([alert.id]);
  expect(fits(bed, 'needs-action')).toBe(true);
  expect(fits(bed, 'unsure')).toBe(true);
  expect(fits(bed, 'technical')).toBe(false);
  expect(bed.risk).toBe('single-red');
});

test('an owned alert needs no action, and a silent monitor is technical', () => {
  const owned = { ...state, alerts: { [alert.id]: { ...alert, owner: 'Meera Nair' } } };
  const [bed] = wardBeds(owned, 120_000, 'bed');
  if (bed === undefined) throw new Error('no bed');
  expect(fits(bed, 'needs-action')).toBe(false);
  expect(fits(bed, 'technical')).toBe(true);
  expect(bed.readings.rr.state).toBe('missing');
});

test('a trend tells the last other total and since when it is as it is', () => {
  const at = (total: number, hour: number) => ({ at: `2026-03-01T0${hour}:00:00Z`, total, complete: true });
  expect(trendOf([])).toBeNull();
  expect(trendOf([at(3, 1), at(8, 2), at(12, 3), at(12, 4)])).toEqual({
    direction: 'up',
    from: 8,
    at: '2026-03-01T03:00:00Z',
  });
  expect(trendOf([at(3, 1), at(3, 2)])).toEqual({
    direction: 'level',
    from: null,
    at: '2026-03-01T01:00:00Z',
  });
});
