import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acknowledgementCode,
  acknowledgementCodes,
  buildAcknowledgement,
  type IntakeResult,
} from './acknowledgement.ts';
import { parseMessage, type Segment, valueAt } from './message.ts';

function headerOf(text: string): Segment {
  const parsed = parseMessage(text);
  const header = parsed.ok ? parsed.message.header : parsed.header;
  if (header === null) throw new Error('no header');
  return header;
}

function conditions(commit: string, application: string): Segment {
  return headerOf(`MSH|^~\\&|GW|W1|MO|W2|20250611120000||ORU^R01|C1|P|2.6|||${commit}|${application}`);
}

const ANSWER = { code: 'AA', controlId: 'A-1', sentAt: '20250611120001+0000' } as const;

describe('the acknowledgement code', () => {
  it.each<[string, string, IntakeResult, string[]]>([
    ['', '', 'accepted', ['AA']],
    ['', '', 'retry', ['AE']],
    ['', '', 'refused', ['AR']],
    ['NE', 'AL', 'accepted', ['AA']],
    ['AL', 'NE', 'accepted', ['CA']],
    ['AL', 'NE', 'retry', ['CE']],
    ['AL', 'NE', 'refused', ['CR']],
    ['AL', 'AL', 'accepted', ['CA', 'AA']],
    ['SU', 'ER', 'accepted', ['CA']],
    ['SU', 'ER', 'refused', ['AR']],
    ['NE', 'NE', 'accepted', []],
    ['AL', '', 'accepted', ['CA']],
    ['junk', '', 'accepted', ['AA']],
  ])('MSH-15 %j and MSH-16 %j, %s: %j', (commit, application, result, codes) => {
    expect(acknowledgementCodes(conditions(commit, application), result)).toEqual(codes);
  });

  it('tells what became of the message also where nothing is sent, or nothing could be read', () => {
    expect(acknowledgementCode(conditions('NE', 'NE'), 'refused')).toBe('AR');
    expect(acknowledgementCode(null, 'refused')).toBe('AR');
  });
});

describe('the acknowledgement text', () => {
  it('changes sender and receiver, echoes the control id, keeps version and character set', () => {
    const header = headerOf(
      'MSH|^~\\&|GW^1^ISO|W1|MO|W2|20250611120000||ORU^R01^ORU_R01|C\\T\\7|P|2.3||||||8859/1',
    );
    expect(buildAcknowledgement(header, ANSWER)).toBe(
      'MSH|^~\\&|MO|W2|GW^1^ISO|W1|20250611120001+0000||ACK^R01|A-1|P|2.3||||||8859/1\rMSA|AA|C\\T\\7\r',
    );
  });

  it('gives the reason in MSA-3, and in ERR from version 2.5 on', () => {
    const header = headerOf('MSH|^~\\&|GW||||20250611120000||ADT^A01|C7|P|2.5.1');
    expect(buildAcknowledgement(header, { ...ANSWER, code: 'AR', reason: 'type-not-accepted' })).toBe(
      'MSH|^~\\&|||GW||20250611120001+0000||ACK^A01|A-1|P|2.5.1\rMSA|AR|C7|type-not-accepted\r' +
        'ERR|||200^Unsupported message type^HL70357|E||||type-not-accepted\r',
    );
  });

  it('keeps the separators of the sender', () => {
    const header = headerOf('MSH$%*!@$GW$$$$20250611120000$$ORU%R01$C7$P$2.4');
    const text = buildAcknowledgement(header, { ...ANSWER, code: 'AE', reason: 'a$b' });
    expect(text).toContain('MSA$AE$C7$a!F!b\r');
    expect(text.startsWith('MSH$%*!@$$$GW$$')).toBe(true);
  });

  it('can be built without a readable header', () => {
    expect(buildAcknowledgement(null, { ...ANSWER, code: 'AR', reason: 'not-hl7' })).toBe(
      'MSH|^~\\&|||||20250611120001+0000||ACK|A-1|P|2.3.1\rMSA|AR||not-hl7\r',
    );
  });

  it('is a message of one MSH and one MSA whatever the header and the reason hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (control, reason) => {
        const raw = control.replaceAll(/[\r\n|]/g, '');
        fc.pre(raw.trim() !== '' && raw.trim() !== '""');
        const header = headerOf(`MSH|^~\\&|${raw}||||20250611120000||ORU^R01|x${raw}|P|2.3`);
        const parsed = parseMessage(buildAcknowledgement(header, { ...ANSWER, reason }));
        if (!parsed.ok) throw new Error(parsed.fault);
        expect(parsed.message.segments.map(({ name }) => name)).toEqual(['MSH', 'MSA']);
        const [, msa] = parsed.message.segments;
        expect(msa === undefined ? '' : valueAt(msa, 1)).toBe('AA');
      }),
    );
  });
});
