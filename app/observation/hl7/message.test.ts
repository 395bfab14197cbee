import { Hl7Message } from '@medplum/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Delimiters, decodeEscapes, encodeEscapes, USUAL_DELIMITERS } from './escapes.ts';
import { type Message, parseMessage, rawField, repetitionsOf, splitBatch, valueAt } from './message.ts';

const HEADER = 'MSH|^~\\&|APP|WARD|||20250611120000||ORU^R01|C1|P|2.5';

function parsed(text: string): Message {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.fault);
  return result.message;
}

function fault(text: string): string {
  const result = parseMessage(text);
  return result.ok ? 'none' : result.fault;
}

describe('escapes', () => {
  it('decode what the standard names and leave the rest as it is', () => {
    const decode = (raw: string) => decodeEscapes(raw, USUAL_DELIMITERS);
    expect(decode('2.73x10\\S\\-7')).toBe('2.73x10^-7');
    expect(decode('\\F\\\\T\\\\R\\\\E\\')).toBe('|&~\\');
    expect(decode('a\\.br\\b\\H\\bold\\N\\')).toBe('a\nbbold');
    expect(decode('\\XC2B0\\C and \\XB0\\C')).toBe('°C and °C');
    expect(decode('C:\\Temp')).toBe('C:\\Temp');
    expect(decode('\\Zlocal\\ \\C2842\\')).toBe('\\Zlocal\\ \\C2842\\');
    expect(decode('\\Zx\\F\\')).toBe('\\Zx|');
  });

  it('bring any text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeEscapes(encodeEscapes(text, USUAL_DELIMITERS), USUAL_DELIMITERS)).toBe(text);
      }),
    );
  });

  it('leave nothing in encoded text that ends a field, a segment or a frame', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, hasEscape) => {
        const delimiters: Delimiters = hasEscape ? USUAL_DELIMITERS : { ...USUAL_DELIMITERS, escape: '' };
        const encoded = encodeEscapes(text, delimiters);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(encoded).not.toMatch(/[|^~&\u0000-\u001f]/);
      }),
    );
  });

  it('never make a segment or a field, because decoding comes after splitting', () => {
    const message = parsed(
      `${HEADER}\rPID|||A1\rOBX|1|TX|1^note||x\\X0D\\OBX\\F\\2\\F\\NM\\F\\8867-4^Heart rate\r`,
    );
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PID', 'OBX']);
    const [, , obx] = message.segments;
    if (obx === undefined) throw new Error('no OBX');
    expect(valueAt(obx, 5, 1)).toBe('x\rOBX|2|NM|8867-4');
  });
});

describe('a message', () => {
  it.each(['\r', '\n', '\r\n'])('is cut at %j', (end) => {
    const message = parsed([HEADER, 'PID|1||A1', 'OBX|1|NM|1', ''].join(end));
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PID', 'OBX']);
  });

  it('counts fields as the standard does, in the header too', () => {
    const { header } = parsed(HEADER);
    expect([1, 2, 3, 9, 10].map((field) => valueAt(header, field))).toEqual([
      '|',
      '^~\\&',
      'APP',
      'ORU',
      'C1',
    ]);
    expect(valueAt(header, 9, 2)).toBe('R01');
    expect(valueAt(header, 99)).toBe('');
  });

  it('uses its own separators', () => {
    const message = parsed('MSH$%*!@$A$$$$20250611120000$$ORU%R01$C9$P$2.5\rPID$$$x!S!y%%%a@b*z|~^');
    const [, pid] = message.segments;
    if (pid === undefined) throw new Error('no PID');
    expect(valueAt(pid, 3)).toBe('x%y');
    expect(valueAt(pid, 3, 4, 2)).toBe('b');
    expect(repetitionsOf(pid, 3)[1]).toBe('z|~^');
  });

  it('tells the HL7 null from an empty field', () => {
    const [, pid] = parsed(`${HEADER}\rPID|""||`).segments;
    if (pid === undefined) throw new Error('no PID');
    expect([valueAt(pid, 1), valueAt(pid, 2)]).toEqual([null, '']);
  });

  it('passes over lines that are no segment and counts them', () => {
    expect(parsed(`${HEADER}\rsome broken text\rOBX|1`).strayLines).toBe(1);
  });

  it('is refused with the reason', () => {
    expect(fault('')).toBe('not-hl7');
    expect(fault('PID|1')).toBe('not-hl7');
    expect(fault('GET / HTTP/1.1')).toBe('not-hl7');
    expect(fault('MSHX')).toBe('not-hl7');
    expect(fault('MSH||||||||ORU^R01|1')).toBe('delimiters-invalid');
    expect(fault('MSH|||~\\&|A')).toBe('delimiters-invalid');
    expect(fault('MSHa^~\\&a')).toBe('delimiters-invalid');
    expect(fault('MSH|^^\\&|A||||||ORU^R01|1')).toBe('delimiters-invalid');
    expect(fault('MSH|^~\\&|A|||||||C1')).toBe('no-message-type');
    expect(fault('MSH|^~\\&|A||||||ORU^R40')).toBe('no-control-id');
    expect(fault('MSH|^~\\&|A||||||ORU^R01|""')).toBe('no-control-id');
    expect(fault(`${HEADER}\rPID|1\r${HEADER}\r`)).toBe('several-messages');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, startsWell) => {
        const result = parseMessage(startsWell ? `${HEADER}\r${text}` : text);
        expect(typeof result.ok).toBe('boolean');
      }),
    );
  });

  it('is split as an independent parser splits it', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 .:/+-]{0,6}$/).map((text) => text.trim());
    const nested = fc.array(
      fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const field = nested.map((repetitions) =>
      repetitions.map((parts) => parts.map((subs) => subs.join('&')).join('^')).join('~'),
    );
    const segment = fc
      .tuple(fc.stringMatching(/^[A-LN-Z][A-Z][A-Z0-9]$/), fc.array(field, { minLength: 1, maxLength: 6 }))
      .map(([name, fields]) => [name, ...fields].join('|'));
    fc.assert(
      fc.property(
        fc.array(segment, { maxLength: 5 }),
        fc.constantFrom('\r', '\n', '\r\n'),
        (segments, end) => {
          const text = [HEADER, ...segments].join(end);
          const ours = parsed(text).segments;
          const theirs = Hl7Message.parse(text).segments;
          expect(ours.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name));
          ours.forEach((one, index) => {
            for (
              let number = one.name === 'MSH' ? 3 : 1;
              number < one.starts.length + (one.name === 'MSH' ? 1 : 0);
              number += 1
            ) {
              const other = theirs[index]?.getField(number);
              expect(rawField(one, number)).toBe(other?.toString());
              repetitionsOf(one, number).forEach((_, repetition) => {
                for (let component = 1; component <= 3; component += 1)
                  for (let sub = 1; sub <= 3; sub += 1)
                    expect(valueAt(one, number, component, sub, repetition + 1)).toBe(
                      other?.getComponent(component, sub - 1, repetition) ?? '',
                    );
              });
            }
          });
        },
      ),
    );
  });
});

describe('a batch', () => {
  it('gives its messages without the envelope, and the announced count', () => {
    const batch = splitBatch(
      `FHS|^~\\&|G\rBHS|^~\\&|G\r${HEADER}\rPID|1\r${HEADER}\r\nPID|2\rBTS|2|all\rFTS|1\r`,
    );
    expect(batch).toMatchObject({ enveloped: true, announced: 2 });
    expect(batch.messages).toEqual([`${HEADER}\rPID|1\r`, `${HEADER}\rPID|2\r`]);
  });

  it('leaves a single message whole, and a text without any for the parser to refuse', () => {
    expect(splitBatch(`${HEADER}\nPID|1\n`)).toEqual({
      messages: [`${HEADER}\rPID|1\r`],
      enveloped: false,
      announced: null,
    });
    expect(splitBatch('nothing').messages).toEqual(['nothing']);
  });
});
