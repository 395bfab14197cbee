import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOON } from '../testing/ports.ts';
import { createFeedHours, type FeedNote, HOUR_MS, MOST_FEEDS } from './feed-hours.ts';

const note = (receivedMs: number, more: Partial<FeedNote> = {}): FeedNote => ({
  device: 'MON1',
  receivedMs,
  outcome: 'accepted',
  taken: 6,
  reasons: [],
  ...more,
});

test('counts what came, what was not taken and why, and the pauses', () => {
  const hours = createFeedHours([]);
  hours.note(note(NOON));
  hours.note(note(NOON + 60_000, { reasons: ['implausible', 'unit-missing'] }));
  hours.note(note(NOON + 60_000 + 90_000, { outcome: 'held', taken: 0, reasons: ['no-patient-id'] }));
  hours.note(note(NOON + 151_000, { outcome: 'refused', taken: 0, reasons: ['implausible'] }));
  expect(hours.day('MON1', NOON + 160_000)).toEqual({
    lastAt: '2026-09-12T12:02:31.000Z',
    day: {
      messages: 4,
      values: 12,
      held: 1,
      refused: 1,
      gaps: 1,
      longestGapMs: 90_000,
      reasons: [
        { reason: 'implausible', count: 2 },
        { reason: 'unit-missing', count: 1 },
        { reason: 'no-patient-id', count: 1 },
      ],
    },
  });
});

test('forgets what is older than a day, and goes on from what was written', () => {
  const first = createFeedHours([]);
  for (let hour = 0; hour < 30; hour++) first.note(note(NOON + hour * HOUR_MS));
  const now = NOON + 29 * HOUR_MS;
  expect(first.day('MON1', now).day.messages).toBe(24);
  const written = first.changed();
  first.written(written);
  expect(first.changed()).toEqual([]);
  const again = createFeedHours(written);
  expect(again.day('MON1', now)).toEqual(first.day('MON1', now));
  expect(again.day('MON1', now + 25 * HOUR_MS)).toMatchObject({ lastAt: null, day: { messages: 0 } });
});

test('a sender who makes up names costs no more than so many', () => {
  const hours = createFeedHours([]);
  for (let name = 0; name < 2 * MOST_FEEDS; name++) hours.note(note(NOON, { device: `M${name}` }));
  expect(hours.devices()).toHaveLength(MOST_FEEDS);
  hours.note(note(NOON, { device: 'M0' }));
  expect(hours.day('M0', NOON).day.messages).toBe(2);
});

test('every message is counted once, whatever the order of hours and the clock’s jumps', () => {
  const at = fc.integer({ min: 0, max: 6 * 60 }).map((minutes) => NOON + minutes * 60_000);
  fc.assert(
    fc.property(fc.array(fc.record({ at, taken: fc.nat(9) }), { maxLength: 40 }), (all) => {
      const hours = createFeedHours([]);
      for (const one of all) hours.note(note(one.at, { taken: one.taken }));
      const { day } = hours.day('MON1', NOON + 6 * HOUR_MS);
      expect(day.messages).toBe(all.length);
      expect(day.values).toBe(all.reduce((sum, { taken }) => sum + taken, 0));
      const kept = hours.changed();
      expect(kept.reduce((sum, { messages }) => sum + messages, 0)).toBe(all.length);
    }),
  );
});
