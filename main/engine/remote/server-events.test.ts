/** The reader of Server-Sent Events gives the same whatever pieces the network makes of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createServerEvents, TooLong } from './server-events.ts';

const END = fc.constantFrom('\n', '\r\n', '\r');
const LINE = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ' '));
/** An event with its lines, an ending, and comments and other fields between. */
const EVENT = fc.record({
  lines: fc.array(LINE, { minLength: 1, maxLength: 3 }),
  end: END,
  noise: fc.boolean(),
});

function written({ lines, end, noise }: { lines: string[]; end: string; noise: boolean }): string {
  const data = lines.map((line) => `data: ${line}${end}`).join(noise ? `: a comment${end}id: 7${end}` : '');
  return `${data}${end}`;
}

test('every event comes out once, in order, however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(EVENT, { maxLength: 5 }),
      fc.array(fc.nat(200), { maxLength: 12 }),
      (given, cuts) => {
        const text = given.map(written).join('');
        const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort(
          (a, b) => a - b,
        );
        const reader = createServerEvents();
        const found = places.flatMap((place, index) =>
          reader.push(text.slice(places[index - 1] ?? 0, place)),
        );
        expect(found).toEqual(given.map(({ lines }) => lines.join('\n')));
      },
    ),
    { numRuns: 200 },
  );
});

test('what never ends is not kept', () => {
  const reader = createServerEvents(100);
  expect(() => reader.push('x'.repeat(101))).toThrow(TooLong);
  const lines = createServerEvents(100);
  expect(() => {
    for (let index = 0; index < 40; index++) lines.push('data: abcdef\n');
  }).toThrow(TooLong);
});

test('an event without its end is none, and a mark of byte order is no part of the first line', () => {
  expect(createServerEvents().push('\uFEFFdata: a\n\ndata: b\n')).toEqual(['a']);
});
