import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSourceClocks, type SourceClocks } from './source-clock.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

let received = NOW;
function clocksAt(start = NOW): SourceClocks {
  received = start;
  return createSourceClocks(() => received - NOW);
}
/** A live feed: a message a second for so long, each written `behindMs` before it comes. */
function live(clocks: SourceClocks, seconds: number, behindMs: number): void {
  for (let second = 0; second < seconds; second++) {
    received += 1000;
    clocks.note('MON', received - behindMs - (second % 3) * 100, received);
  }
}

test('a slow clock is believed after messages have agreed for a minute', () => {
  const clocks = clocksAt();
  live(clocks, 55, 2 * MINUTE);
  expect(clocks.offset('MON')).toBe(0);
  live(clocks, 10, 2 * MINUTE);
  expect(clocks.offset('MON')).toBe(2 * MINUTE);
  expect(clocks.offset('OTHER')).toBe(0);
});

test('a feed with a message every five minutes teaches its clock as well', () => {
  const clocks = clocksAt();
  for (let message = 0; message < 3; message++) {
    received += 5 * MINUTE;
    clocks.note('MON', received - MINUTE, received);
  }
  expect(clocks.offset('MON')).toBe(MINUTE);
});

test('a backlog that is sent at once teaches nothing, however close together it was written', () => {
  const together = clocksAt();
  for (let message = 0; message < 8; message++) {
    received += 40;
    together.note('MON', NOW - 5 * MINUTE + message * 1000, received);
  }
  expect(together.offset('MON')).toBe(0);
  const catchingUp = clocksAt();
  for (let message = 0; message < 240; message++) {
    received += 500;
    catchingUp.note('MON', NOW - 5 * MINUTE + message * 1000, received);
  }
  expect(catchingUp.offset('MON')).toBe(0);
});

test('a known clock does not fall behind with a delay, and grows slower at the pace of a drift only', () => {
  const clocks = clocksAt();
  live(clocks, 70, 300);
  expect(clocks.offset('MON')).toBe(300);
  // The queue stands still for five minutes, and goes on with what waited: in order, as queues do.
  received += 5 * MINUTE;
  live(clocks, 600, 5 * MINUTE);
  expect(clocks.offset('MON')).toBeGreaterThan(300);
  expect(clocks.offset('MON')).toBeLessThan(600);
});

test('a clock that is set right is believed again once the messages agree', () => {
  const clocks = clocksAt();
  live(clocks, 70, 2 * MINUTE);
  live(clocks, 130, 200);
  expect(clocks.offset('MON')).toBe(200);
});

test('a clock that was ahead and is set right is believed after a minute, and until then makes nothing look younger', () => {
  const ahead = fc.integer({ min: 15, max: 890 }).map((seconds) => seconds * 1000);
  const back = fc.integer({ min: 15, max: 890 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(ahead, back, fc.integer({ min: 1, max: 4 }), (aheadMs, setBackMs, everySeconds) => {
      const clocks = clocksAt();
      const feed = (seconds: number, behindMs: number): void => {
        for (let second = 0; second < seconds; second += everySeconds) {
          received += everySeconds * 1000;
          clocks.note('MON', received - behindMs, received);
        }
      };
      feed(75, -aheadMs);
      expect(clocks.offset('MON')).toBe(-aheadMs);
      const behindMs = setBackMs - aheadMs;
      feed(40, behindMs);
      expect(clocks.offset('MON')).toBe(-aheadMs);
      feed(40, behindMs);
      expect(clocks.offset('MON')).toBe(behindMs);
    }),
  );
});

test('old messages between new ones do not pass for a clock that was set', () => {
  const late = fc.array(
    fc.record({ after: fc.integer({ min: 1, max: 20 }), age: fc.integer({ min: 11_000, max: 600_000 }) }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(late, (some) => {
      const clocks = clocksAt();
      live(clocks, 70, 300);
      for (const { after, age } of some) {
        live(clocks, after, 300);
        clocks.note('MON', received - age, received);
      }
      live(clocks, 1, 300);
      expect(clocks.offset('MON')).toBeLessThan(1_000);
    }),
  );
});

test('what was known of a clock is forgotten where somebody has set it', () => {
  const clocks = clocksAt();
  live(clocks, 70, -3 * MINUTE);
  // The way of its messages has grown, or its clock was set while one message a minute came: only a person can tell.
  received += 3 * MINUTE;
  live(clocks, 300, 0);
  expect(clocks.offset('MON')).toBeLessThan(-2 * MINUTE);
  clocks.forget('MON');
  expect(clocks.offset('MON')).toBe(0);
  live(clocks, 70, 0);
  expect(clocks.offset('MON')).toBe(0);
});

test('a monitor that was off while its clock was set right is believed after a minute as well', () => {
  const clocks = clocksAt();
  live(clocks, 300, -MINUTE);
  received += 10 * MINUTE;
  live(clocks, 70, 50);
  expect(clocks.offset('MON')).toBe(50);
});

test('what was known before a restart holds until messages agree anew: a clock may have been set meanwhile', () => {
  const clocks = clocksAt();
  clocks.restore('MON', -3 * MINUTE, NOW - 1000);
  live(clocks, 30, 50);
  expect(clocks.offset('MON')).toBe(-3 * MINUTE);
  live(clocks, 40, 50);
  expect(clocks.offset('MON')).toBe(50);
});

test('where our own clock is set, what was known of others is learnt again', () => {
  let monotonic = 0;
  const clocks = createSourceClocks(() => monotonic);
  const feed = (wallAhead: number): void => {
    for (let second = 0; second < 70; second++) {
      monotonic += 1000;
      clocks.note('MON', NOW + monotonic, NOW + monotonic + wallAhead);
    }
  };
  feed(100);
  expect(clocks.offset('MON')).toBe(100);
  feed(3 * MINUTE);
  expect(clocks.offset('MON')).toBe(3 * MINUTE);
});

test('a clock that is days off is not corrected', () => {
  const clocks = clocksAt();
  live(clocks, 100, 86_400_000);
  expect(clocks.offset('MON')).toBe(0);
});

test('the offset is never above a difference that most of the last messages agreed on, nor above the limit', () => {
  const delays = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(delays, fc.integer({ min: 1, max: 60_000 }), (behind, pause) => {
      const clocks = clocksAt();
      for (const one of behind) {
        received += pause;
        clocks.note('MON', received - one, received);
      }
      const offset = clocks.offset('MON');
      expect(Math.abs(offset)).toBeLessThanOrEqual(900_000);
      if (offset > 0) expect(behind.filter((one) => one - offset >= -1).length).toBeGreaterThanOrEqual(3);
    }),
  );
});

test('tells how a clock drifts once it has been seen for an hour, and takes up what was known before a restart', () => {
  const clocks = createSourceClocks(() => 0);
  // A tenth of a second less behind every hour, one message a minute.
  const note = (into: ReturnType<typeof createSourceClocks>, minute: number): void => {
    const receivedMs = minute * 60_000;
    into.note('GW', receivedMs - 90_000 + Math.floor((receivedMs * 100) / 3_600_000), receivedMs);
  };
  const monotonic = { at: 0 };
  const moving = createSourceClocks(() => monotonic.at);
  for (let minute = 0; minute <= 180; minute++) {
    monotonic.at = minute * 60_000;
    note(moving, minute);
    if (minute === 30) expect(moving.known()[0]?.driftMsPerDay ?? null).toBeNull();
  }
  const [known] = moving.known();
  expect(known?.offsetMs).toBeGreaterThan(89_000);
  expect(known?.driftMsPerDay).toBeLessThan(-1_000);
  expect(known?.driftMsPerDay).toBeGreaterThan(-4_000);
  clocks.restore('GW', known?.offsetMs ?? 0, known?.atMs ?? 0);
  expect(clocks.offset('GW')).toBe(known?.offsetMs);
  clocks.restore('FAR', 3_600_000, 0);
  expect(clocks.offset('FAR')).toBe(0);
});

test('a clock that is too far off to be corrected is named all the same, until it is set right', () => {
  const at = { ms: 0 };
  const clocks = createSourceClocks(() => at.ms);
  const note = (second: number, aheadMs: number) => {
    at.ms = second * 1_000;
    clocks.note('FAR', at.ms + aheadMs, at.ms);
  };
  for (let second = 0; second <= 120; second += 10) note(second, 5.5 * 3_600_000);
  expect(clocks.offset('FAR')).toBe(0);
  expect(clocks.tooFar()).toEqual([{ source: 'FAR', offsetMs: -5.5 * 3_600_000 }]);
  for (let second = 130; second <= 600; second += 10) note(second, 0);
  expect(clocks.tooFar()).toEqual([]);
});

test('live messages between those of a bed that catches up leave a clock as it is known', () => {
  const clocks = clocksAt();
  live(clocks, 300, -3 * MINUTE);
  for (let second = 0; second < 300; second++) {
    live(clocks, 1, -3 * MINUTE);
    clocks.note('MON', received + 3 * MINUTE - 4 * MINUTE, received);
    expect(clocks.offset('MON')).toBe(-3 * MINUTE);
  }
  live(clocks, 70, -3 * MINUTE);
  expect(clocks.offset('MON')).toBe(-3 * MINUTE);
});

test('made-up names make room for a real monitor, and take nothing from clocks that are known', () => {
  const clocks = clocksAt();
  live(clocks, 70, 2 * MINUTE);
  for (let name = 0; name < 600; name++) clocks.note(`MADE-UP-${name}`, received, received);
  expect(clocks.offset('MON')).toBe(2 * MINUTE);
  for (let second = 0; second < 70; second++) {
    received += 1000;
    clocks.note('SLOW', received - MINUTE, received);
  }
  expect(clocks.offset('SLOW')).toBe(MINUTE);
});

/** What may happen to a monitor: its clock is set, or its messages wait in a queue, flushed faster than written. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), behindMs: fc.integer({ min: -600_000, max: 600_000 }) }),
  fc.record({
    kind: fc.constant('queue' as const),
    seconds: fc.integer({ min: 20, max: 400 }),
    pace: fc.integer({ min: 2, max: 50 }),
  }),
  fc.record({ kind: fc.constant('off' as const), seconds: fc.integer({ min: 1, max: 900 }) }),
);

test('whatever a clock does, ages are true again after 70 messages of a second, and a queue never looks fresh', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), fc.integer({ min: -100, max: 100 }), (events, ppm) => {
      const clocks = clocksAt();
      let behindMs = 0;
      const stampOf = (writtenMs: number): number =>
        Math.round(writtenMs - behindMs - ((writtenMs - NOW) * ppm) / 1e6);
      const settle = (): void => {
        for (let second = 0; second < 70; second++) {
          received += 1000;
          clocks.note('MON', stampOf(received - 50), received);
        }
        const trueMs = received - stampOf(received);
        // What is set by less than messages may differ, and by the second between two of them, is not noticed.
        expect(Math.abs(clocks.offset('MON') - trueMs)).toBeLessThanOrEqual(11_100);
      };
      settle();
      for (const one of events) {
        if (one.kind === 'set') behindMs = one.behindMs;
        else if (one.kind === 'off') received += one.seconds * 1000;
        else {
          let writtenMs = received;
          received += one.seconds * 1000;
          while (writtenMs + 1000 <= received) {
            writtenMs += 1000;
            received += Math.round(1000 / one.pace);
            clocks.note('MON', stampOf(writtenMs), received);
            const age = received - stampOf(writtenMs) - clocks.offset('MON');
            expect(age).toBeGreaterThanOrEqual(received - writtenMs - 11_100);
          }
        }
        settle();
      }
    }),
    { numRuns: 60 },
  );
});
