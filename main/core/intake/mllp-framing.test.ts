import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHl7Bytes } from './hl7-charset.ts';
import { createFramer, encodeFrame, type FramingEvent } from './mllp-framing.ts';

const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );
}

/** An event as text, to compare. */
function told(event: FramingEvent): string {
  const content = 'bytes' in event ? event.bytes : event.kind === 'junk' ? event.sample : event.head;
  const count = 'byteCount' in event ? event.byteCount : event.bytes.length;
  return `${event.kind} ${count} ${Buffer.from(content).toString('latin1')}`;
}

function events(stream: Uint8Array, cuts: readonly number[] = [], maxFrameBytes = 1000): string[] {
  const framer = createFramer({ maxFrameBytes });
  const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  const all: FramingEvent[] = [];
  let from = 0;
  for (const place of [...places, stream.length]) {
    all.push(...framer.push(stream.subarray(from, place)));
    from = place;
  }
  return [...all, ...framer.end()].map(told);
}

describe('framing', () => {
  it('takes several frames in one read, line ends between them, and a missing CR', () => {
    const stream = bytes(VT, 'one', FS, CR, VT, 'two', FS, VT, 'three', FS, CR, '\r\n', VT, 'four', FS);
    expect(events(stream)).toEqual(['frame 3 one', 'frame 3 two', 'frame 5 three', 'frame 4 four']);
  });

  it('delivers a frame at its FS, without waiting for a CR that may never come', () => {
    const framer = createFramer();
    expect(framer.push(bytes(VT, 'one')).map(told)).toEqual([]);
    expect(framer.hasUnfinished).toBe(true);
    expect(framer.unfinishedBytes).toBe(3);
    expect(framer.push(bytes(FS)).map(told)).toEqual(['frame 3 one']);
    expect(framer.hasUnfinished).toBe(false);
    expect(framer.push(bytes(CR)).map(told)).toEqual([]);
    expect(framer.end()).toEqual([]);
  });

  it('reports junk before a frame and after the last one', () => {
    expect(events(bytes('noise\0', VT, 'one', FS, CR, 'tail'))).toEqual([
      'junk 6 noise\0',
      'frame 3 one',
      'junk 4 tail',
    ]);
  });

  it('loses only the half frame to a new beginning', () => {
    expect(events(bytes(VT, 'half', VT, 'good', FS, CR))).toEqual(['unfinished 4 half', 'frame 4 good']);
  });

  it('reports what is open at the end, and starts anew', () => {
    const framer = createFramer();
    framer.push(bytes(VT, 'half'));
    expect(framer.end().map(told)).toEqual(['unfinished 4 half']);
    expect(framer.push(bytes(VT, 'good', FS)).map(told)).toEqual(['frame 4 good']);
  });

  it('passes over an oversized frame to its end, reports it once with its head, and takes the next', () => {
    const framer = createFramer({ maxFrameBytes: 10 });
    const all = [bytes(VT, 'MSH|'), bytes('x'.repeat(100_000)), bytes('y', FS, CR, VT, 'good', FS)].flatMap(
      (chunk) => framer.push(chunk),
    );
    expect(all.map(told)).toEqual(['oversized 100005 MSH|xxxxxx', 'frame 4 good']);
    expect(events(bytes(VT, '1234567890', FS), [], 10)).toEqual(['frame 10 1234567890']);
    expect(events(bytes(VT, '12345678901', VT, 'ok', FS), [], 10)).toEqual([
      'oversized 11 1234567890',
      'frame 2 ok',
    ]);
  });

  it('keeps no more of an endless frame or of endless junk than its limits', () => {
    const framer = createFramer({ maxFrameBytes: 100 });
    for (let round = 0; round < 50; round += 1) framer.push(new Uint8Array(1000).fill(65));
    expect(framer.junkBytes).toBe(50_000);
    const [junk] = framer.push(bytes(VT));
    expect(junk?.kind === 'junk' ? junk.sample.length : -1).toBe(64);
    for (let round = 0; round < 50; round += 1) framer.push(new Uint8Array(1000).fill(65));
    expect(framer.unfinishedBytes).toBe(50_000);
    const [over] = framer.end();
    expect(over?.kind === 'oversized' ? over.head.length : -1).toBe(100);
  });

  it('does not hold on to the caller’s array', () => {
    const framer = createFramer();
    const chunk = bytes(VT, 'one');
    framer.push(chunk);
    chunk.fill(90);
    expect(framer.push(bytes(FS)).map(told)).toEqual(['frame 3 one']);
  });

  it('gives the same events for any splitting of any bytes', () => {
    const byte = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(VT, FS, CR, 0x0a) },
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 255 }) },
    );
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 200 }),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (stream, cuts) => {
          const whole = Uint8Array.from(stream);
          expect(events(whole, cuts, 20)).toEqual(events(whole, [], 20));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('loses no frame among junk, half frames and oversized ones', () => {
    const text = fc.stringMatching(/^[ -~\r]{1,30}$/);
    const piece = fc.oneof(
      text.map((body) => ({ sent: bytes(VT, body, FS, CR), frame: body.length <= 20 ? body : null })),
      text.map((body) => ({ sent: bytes(VT, body), frame: null })),
      text.map((body) => ({ sent: bytes(body), frame: null })),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(300), { maxLength: 10 }),
        (pieces, cuts) => {
          const stream = Uint8Array.from(pieces.flatMap(({ sent }) => [...sent]));
          const expected = pieces.flatMap(({ frame }) =>
            frame === null ? [] : [`frame ${frame.length} ${frame}`],
          );
          expect(events(stream, cuts, 20).filter((event) => event.startsWith('frame'))).toEqual(expected);
        },
      ),
    );
  });

  it('brings an encoded frame back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [event] = createFramer().push(encodeFrame(text));
        const sent = text.replaceAll('\v', '').replaceAll('\u001C', '');
        expect(event?.kind === 'frame' ? Buffer.from(event.bytes).toString('utf8') : null).toBe(sent);
      }),
    );
    expect([...encodeFrame('°', 'iso-8859-1')]).toEqual([VT, 0xb0, FS, CR]);
  });
});

describe('the character set', () => {
  const header = (charset: string) => `MSH|^~\\&|||||||ORU^R01|1|P|2.3||||||${charset}\rOBX|`;
  const decode = (charset: string, body: Buffer) => {
    const { text, ...rest } = decodeHl7Bytes(Buffer.concat([Buffer.from(header(charset), 'latin1'), body]));
    return { ...rest, body: text.slice(header(charset).length) };
  };
  const utf8 = Buffer.from('°C शर्मा', 'utf8');
  const latin1 = Buffer.from('°C \u0085', 'latin1');

  it.each([
    ['8859/1', latin1, '°C \u0085', 'iso-8859-1', true],
    ['8859/15', Buffer.from([0xa4]), '€', 'iso-8859-15', true],
    ['UNICODE UTF-8', utf8, '°C शर्मा', 'utf-8', true],
    ['UNICODE UTF-8', latin1, '°C \u0085', 'iso-8859-1', false],
    ['', utf8, '°C शर्मा', 'utf-8', true],
    ['', latin1, '°C \u0085', 'iso-8859-1', true],
    ['ASCII~8859/1', Buffer.from('x'), 'x', 'utf-8', true],
    ['ASCII', latin1, '°C \u0085', 'iso-8859-1', false],
    ['KLINGON', utf8, '°C शर्मा', 'utf-8', false],
  ])('%s of %j', (charset, body, text, name, asAnnounced) => {
    expect(decode(charset, body)).toEqual({ body: text, charset: name, asAnnounced });
  });

  it('follows the caller where it knows better', () => {
    const plain = Buffer.from('MSH|^~\\&|°', 'latin1');
    expect(decodeHl7Bytes(plain, '8859/1').text).toBe('MSH|^~\\&|°');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.constantFrom(undefined, 'UTF-8', '8859/1', 'GB 18030-2000', 'odd'),
        (any, set) => {
          expect(typeof decodeHl7Bytes(any, set).text).toBe('string');
        },
      ),
    );
  });
});
