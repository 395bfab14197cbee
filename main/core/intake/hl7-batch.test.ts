import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitBatch } from '../../../app/observation/hl7/message.ts';
import { batchOf } from './hl7-batch.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const message = (id: string, note = ''): string =>
  `MSH|^~\\&|GW|H|||20250611120000||ORU^R01|${id}|P|2.6\rPID|||P-1\rNTE|1||${note}`;

test('each message of a batch has its own bytes; the envelope belongs to none', () => {
  const batch = batchOf(
    Buffer.from(`FHS|^~\\&|GW\rBHS|^~\\&|GW\r${message('A')}\r${message('B')}\rBTS|2\rFTS|1\r`),
  );
  expect(batch?.messages.map(text)).toEqual([`${message('A')}\r`, `${message('B')}\r`]);
  expect(batch?.announced).toBe(2);
});

test('several batches, blank lines, LF ends and a missing trailer', () => {
  const parts = ['', 'BHS|^~\\&', message('A'), 'BTS|1', '', 'BHS|^~\\&', message('B'), message('C')];
  const batch = batchOf(Buffer.from(parts.join('\n')));
  expect(batch?.messages.map((bytes) => text(bytes).split('|')[9])).toEqual(['A', 'B', 'C']);
  expect(batch?.announced).toBe(1);
});

test.each([
  '',
  'MSH|^~\\&',
  message('A'),
  `${message('A')}\r${message('B')}`,
  `NTE|x\rBHS|^~\\&\r${message('A')}`,
])('%j is no batch', (plain) => {
  expect(batchOf(Buffer.from(plain))).toBeNull();
});

test('an envelope without a message is no batch: it is refused as what it is', () => {
  expect(batchOf(Buffer.from('FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1\r'))).toBeNull();
});

test('bytes of any character set come out as they went in', () => {
  const note = Buffer.from([0xb0, 0x43, 0xe0, 0xa4, 0x95, 0x80]);
  const one = Buffer.concat([Buffer.from(message('A')), note, Buffer.from('\r')]);
  const batch = batchOf(Buffer.concat([Buffer.from('BHS|^~\\&\r'), one, one, Buffer.from('BTS|2')]));
  expect(batch?.messages.map((bytes) => Buffer.from(bytes).equals(one))).toEqual([true, true]);
});

test('finds the messages that the reader of texts finds', () => {
  const line = fc.constantFrom(
    'FHS|^~\\&',
    'BHS|^~\\&',
    'MSH|^~\\&|A',
    'PID|1',
    'BTS|3',
    'FTS|1',
    '',
    'MSHX',
    ' x',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\r', '\n', '\r\n'), (lines, end) => {
      const whole = ['BHS|^~\\&', ...lines].join(end);
      const batch = batchOf(Buffer.from(whole));
      const oracle = splitBatch(whole);
      if (!lines.includes('MSH|^~\\&|A')) expect(batch).toBeNull();
      else {
        const cut = (one: string): string[] => one.split(/\r\n|\r|\n/).filter((part) => part.trim() !== '');
        expect(batch?.messages.map((bytes) => cut(text(bytes)))).toEqual(oracle.messages.map(cut));
        expect(batch?.announced).toBe(oracle.announced);
      }
    }),
  );
});
