import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Likeness, likenessOf, readByLikeness } from './likeness.ts';
import { parseMessage } from './message.ts';
import { type OruReading, readOru } from './oru.ts';

const OPTIONS = { receivedAt: '2025-06-11T12:00:30.000Z', siteZone: 330 };
const STAMP = '20250611120000.250+0000';

interface Told {
  readonly id: string;
  readonly stamp: string;
  readonly heartRate: string;
  readonly saturation: string;
  readonly temperature: string;
  readonly filler: string;
  readonly status: string;
}
const USUAL: Told = {
  ...{ id: 'C0001', stamp: STAMP, heartRate: '76', saturation: '097', temperature: '36.8' },
  ...{ filler: 'ORDER-1', status: 'R' },
};

function messageOf(told: Partial<Told> = {}): string {
  const { id, stamp, heartRate, saturation, temperature, filler, status } = { ...USUAL, ...told };
  return [
    `MSH|^~\\&|GATE^1^EUI-64|ICU|MEDOBSMIND|WARD|${stamp}||ORU^R01^ORU_R01|${id}|P|2.6|||NE|AL||UNICODE UTF-8`,
    'PID|1||A77^^^HOSP^MR||TEST^ANNA||19580412|F',
    'PV1|1|I|ICU^^B7',
    `OBR|1|${filler}|${filler}|182777000^monitoring of patient^SCT|||${stamp}`,
    `OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC|1.1.1.1|${heartRate}|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||${status}|||${stamp}||||DEV7^MONITOR`,
    `OBX|2|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.1.2|${saturation}|262688^MDC_DIM_PERCENT^MDC|||||R|||${stamp}`,
    `OBX|3|NM|150344^MDC_TEMP^MDC|1.1.1.3|${temperature}|268192^MDC_DIM_DEGC^MDC|||||R`,
    'OBX|4|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.2.9|-1|262688^MDC_DIM_PERCENT^MDC|||||X',
    '',
  ].join('\r');
}

/** What reading in full tells; null where the text is no message. */
function inFull(text: string): OruReading | null {
  const parsed = parseMessage(text);
  return parsed.ok ? readOru(parsed.message, OPTIONS) : null;
}

function learnt(text: string): Likeness {
  const parsed = parseMessage(text);
  const likeness = parsed.ok
    ? likenessOf(text, parsed.message, readOru(parsed.message, OPTIONS), OPTIONS)
    : null;
  if (likeness === null) throw new Error('nothing learnt');
  return likeness;
}

describe('a message like an earlier one', () => {
  const likeness = learnt(messageOf());

  it('is read by what differs', () => {
    const text = messageOf({
      id: 'C0002',
      heartRate: '131',
      stamp: '20250611120001.000+0000',
      filler: 'N/9',
    });
    const read = readByLikeness(text, likeness, OPTIONS);
    expect(read?.reading).toEqual(inFull(text));
    expect(read?.reading.taken.map(({ value }) => value)).toEqual([131, 97, 36.8]);
    const parsed = parseMessage(text);
    expect(read?.header).toEqual(parsed.ok ? parsed.message.header : null);
  });

  it.each([
    ['a correction', { status: 'C' }],
    ['an implausible value', { heartRate: '999' }],
    ['no value', { heartRate: '' }],
    ['several values', { heartRate: '76~77' }],
    ['a control id with an escape', { id: 'C\\F\\2' }],
    ['a time ahead', { stamp: '20250611130000.250+0000' }],
    ['an empty time', { stamp: '00000000000000.000+0000' }],
    ['a line end in a field that is not read', { filler: 'ORDER-1\nOBX|9|NM|x' }],
    ['a segment more', { filler: 'ORDER-1\rOBX|9|NM|x' }],
  ])('is read in full where it brings %s', (_, told) => {
    expect(readByLikeness(messageOf(told), likeness, OPTIONS)).toBeNull();
  });

  it('is read in full where the site reads it otherwise than before', () => {
    expect(readByLikeness(messageOf(), likeness, { ...OPTIONS, siteZone: 0 })).toBeNull();
    expect(readByLikeness(messageOf(), likeness, { ...OPTIONS, siteCodes: () => undefined })).toBeNull();
  });

  it('says what reading it in full says, whatever was changed in it', () => {
    const digit = fc.tuple(fc.constant('digit' as const), fc.nat(), fc.nat({ max: 9 }).map(String));
    const sign = fc.constantFrom('|', '^', '~', '\\', '&', '\r', '\n', '.', '-', '"', ' ', 'C', '0', '9');
    const edit = fc.tuple(fc.constantFrom('add' as const, 'replace' as const), fc.nat(), sign);
    const told = fc.record({
      id: fc.stringMatching(/^[A-Z][0-9]{4}$/),
      heartRate: fc.stringMatching(/^[0-9]{1,3}(\.[0-9])?$/),
      saturation: fc.stringMatching(/^0?[0-9]{2}$/),
    });
    let alike = 0;
    fc.assert(
      fc.property(told, fc.array(fc.oneof(digit, edit), { maxLength: 3 }), (some, edits) => {
        let text = messageOf(some);
        for (const [kind, place, letter] of edits) {
          const at = place % text.length;
          if (kind === 'digit' && !/\d/.test(text.charAt(at))) continue;
          text = text.slice(0, at) + letter + text.slice(kind === 'add' ? at : at + 1);
        }
        const read = readByLikeness(text, likeness, OPTIONS);
        if (read === null) return;
        alike += 1;
        expect(read.reading).toEqual(inFull(text));
      }),
      { numRuns: 2000 },
    );
    // About one in nine is still like the first (5,615 of 50,000), so some 224: far fewer would show nothing.
    expect(alike).toBeGreaterThan(100);
  });
});

it('nothing is learnt from a message that says more than plain numbers', () => {
  const parsed = (text: string) => {
    const read = parseMessage(text);
    if (!read.ok) throw new Error(read.fault);
    return likenessOf(text, read.message, readOru(read.message, OPTIONS), OPTIONS);
  };
  expect(parsed(messageOf({ status: 'C' }))).toBeNull();
  expect(parsed(messageOf({ heartRate: '999' }))).toBeNull();
  expect(parsed(messageOf().replaceAll('\r', '\n'))).toBeNull();
  expect(parsed(messageOf().replace('PID|1||A77', 'PID|1||'))).toBeNull();
});
