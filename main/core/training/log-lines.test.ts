import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TRAINING_EVENT_PREFIX, type TrainingEvent } from '../../../app/learning/training/event.ts';
import { createLogLines } from './log-lines.ts';

const lineOf = (step: number): string =>
  `(driver pid=7) ${TRAINING_EVENT_PREFIX}${JSON.stringify({ event: 'saved', at: step, step })}\n`;

test('each event is handed on once and in its order, however the log comes in pieces and is told again', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constant('event' as const),
      fc.constantFrom('loss 0.3\n', '\n', `${TRAINING_EVENT_PREFIX}{"event":"stolen"}\n`, 'é\n'),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(2000), { maxLength: 10 }), fc.nat(12), (parts, cuts, first) => {
      let step = 0;
      const text = parts.map((part) => (part === 'event' ? lineOf(++step) : part)).join('');
      const told: TrainingEvent[] = [];
      const tell = (log: string): void => {
        const lines = createLogLines(told.length, (from, events) => {
          expect(from).toBe(told.length);
          told.push(...events);
        });
        let from = 0;
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          lines.take(log.slice(from, cut));
          from = Math.max(from, cut);
        }
        lines.take(log.slice(from));
        lines.end();
      };
      // A connection that broke off somewhere, and one that told all of it.
      const broken = text.slice(0, Math.floor((text.length * first) / 12));
      tell(broken.slice(0, broken.lastIndexOf('\n') + 1));
      tell(text);
      expect(told.map((event) => (event.event === 'saved' ? event.step : 0))).toEqual(
        Array.from({ length: step }, (_, place) => place + 1),
      );
    }),
  );
});

test('a line without an end is not kept while it grows, and the one behind it counts', () => {
  const told: TrainingEvent[] = [];
  const lines = createLogLines(0, (_, events) => told.push(...events));
  for (let piece = 0; piece < 20; piece += 1) lines.take('x'.repeat(10_000));
  lines.take(`${TRAINING_EVENT_PREFIX}{"event":"saved","at":1,"step":1}\n`);
  expect(told).toEqual([]);
  lines.take(lineOf(2));
  expect(told).toEqual([{ event: 'saved', at: 2, step: 2 }]);
});
