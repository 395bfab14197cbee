import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { VITAL_RANGES } from '../vital.ts';
import { parseMessage, splitBatch } from './message.ts';
import { MOST_OBSERVATIONS, type OruReading, type ReadingOptions, readOru } from './oru.ts';

const RECEIVED_AT = '2025-06-11T12:00:30+00:00';

function read(lines: readonly string[], options: Partial<ReadingOptions> = {}): OruReading {
  const result = parseMessage(lines.join('\r'));
  if (!result.ok) throw new Error(result.fault);
  return readOru(result.message, { receivedAt: RECEIVED_AT, ...options });
}

const MSH = 'MSH|^~\\&|GW|H|||20250611120000+0000||ORU^R01|C1|P|2.6';
const PID = 'PID|||P-1';
const OBR = 'OBR|1||||||20250611115900';

function heartRate(value: string, rest = '|||||F', source = ''): string {
  return `OBX|1|NM|8867-4^Heart rate^LN|${source}|${value}|/min${rest}`;
}

function heartRates(reading: OruReading): unknown[] {
  return reading.taken.filter(({ vital }) => vital === 'hr').map(({ value }) => value);
}

describe('the time of an observation', () => {
  const at = (lines: readonly string[]) => read(lines).taken.map(({ observedAt }) => observedAt);

  it('is OBX-14, else OBR-7 of its own OBR, else OBR-14, else MSH-7', () => {
    const own = heartRate('80', '|||||F|||20250611115800');
    const late = `OBR|1${'|'.repeat(13)}20250611115700`;
    expect(at([MSH, PID, OBR, own])).toEqual(['2025-06-11T11:58:00+00:00']);
    expect(at([MSH, PID, OBR, heartRate('80')])).toEqual(['2025-06-11T11:59:00+00:00']);
    expect(at([MSH, PID, late, heartRate('80')])).toEqual(['2025-06-11T11:57:00+00:00']);
    expect(at([MSH, PID, heartRate('80')])).toEqual(['2025-06-11T12:00:00+00:00']);
    expect(at([MSH, PID, 'OBR|1', heartRate('80'), OBR, heartRate('81')])).toEqual([
      '2025-06-11T12:00:00+00:00',
      '2025-06-11T11:59:00+00:00',
    ]);
  });

  it('is null where the message tells none, and local where it tells no zone', () => {
    const bare = 'MSH|^~\\&|||||||ORU^R01|204|P|2.3.1';
    expect(at([bare, 'OBX||NM|101^HR|2101|60||||||F'])).toEqual([null]);
    expect(at([bare, 'OBX||NM|101^HR|2101|60||||||F|||20250611120000'])).toEqual(['2025-06-11T12:00:00']);
  });

  it('takes the zone of the site where the message has none, and is held against the receipt with it', () => {
    const bare = 'MSH|^~\\&|||||||ORU^R01|204|P|2.3.1';
    const obx = 'OBX||NM|101^HR|2101|60||||||F|||20250611173000';
    expect(read([bare, obx], { siteZone: 330 }).taken[0]?.observedAt).toBe('2025-06-11T17:30:00+05:30');
    expect(read([bare, obx], { siteZone: 0 }).rejected[0]?.reason).toBe('time-in-future');
  });

  it('of all zeros means that there was no measurement', () => {
    const reading = read([MSH, PID, OBR, heartRate('80', '|||||F|||00000000000000')]);
    expect(reading).toMatchObject({ taken: [], unavailable: ['hr'], rejected: [] });
  });
});

describe('a value that is no value', () => {
  it.each(['-1', '-100', '-100.00', '-999', '-99.9', '8388607', '', '""', 'INV', '---'])(
    '%j is unavailable',
    (value) => {
      expect(read([MSH, PID, OBR, heartRate(value)])).toMatchObject({
        taken: [],
        unavailable: ['hr'],
        rejected: [],
      });
    },
  );

  it.each(['D', 'X', 'S', 'U'])('status %s is unavailable even with a number', (status) => {
    expect(read([MSH, PID, OBR, heartRate('80', `|||||${status}`)])).toMatchObject({
      taken: [],
      unavailable: ['hr'],
    });
  });

  it('is unavailable where the device flags its number as invalid', () => {
    expect(read([MSH, PID, OBR, heartRate('80', '||L~INV|||R')])).toMatchObject({
      taken: [],
      unavailable: ['hr'],
    });
  });

  it('never takes the place of a good one, before or after it', () => {
    for (const values of [
      ['80', '-100'],
      ['-100', '80'],
    ])
      expect(read([MSH, PID, OBR, ...values.map((value) => heartRate(value))])).toMatchObject({
        taken: [{ vital: 'hr', value: 80 }],
        unavailable: [],
        ambiguous: [],
      });
  });
});

describe('the same vital twice', () => {
  it('from two sources with different values is ambiguous, both kept with their source', () => {
    const reading = read([
      MSH,
      PID,
      OBR,
      heartRate('80', '|||||F', '1.1'),
      heartRate('120', '|||||F', '1.2'),
    ]);
    expect(reading.ambiguous).toEqual(['hr']);
    expect(reading.taken.map(({ value, source }) => [value, source])).toEqual([
      [80, '1.1'],
      [120, '1.2'],
    ]);
  });

  it('from one source at one time with different values is ambiguous too', () => {
    expect(read([MSH, PID, OBR, heartRate('80'), heartRate('120')]).ambiguous).toEqual(['hr']);
  });

  it('with one value, or one after the other from one source, is not', () => {
    expect(
      read([MSH, PID, OBR, heartRate('80', '|||||F', '1'), heartRate('80', '|||||F', '2')]).ambiguous,
    ).toEqual([]);
    const later = heartRate('120', '|||||F|||20250611115930');
    expect(read([MSH, PID, OBR, heartRate('80'), later]).ambiguous).toEqual([]);
  });

  it('counts the good one where the other is refused, in either order', () => {
    for (const values of [
      ['450', '82'],
      ['82', '450'],
    ]) {
      const reading = read([MSH, PID, OBR, ...values.map((value) => heartRate(value))]);
      expect(heartRates(reading)).toEqual([82]);
      expect(reading.ambiguous).toEqual([]);
      expect(reading.rejected).toEqual([{ code: '8867-4', value: '450', reason: 'implausible' }]);
    }
  });

  it('is ambiguous exactly where two values contradict each other', () => {
    const one = fc.record({
      value: fc.constantFrom(70, 80, 90),
      source: fc.constantFrom('1', '2'),
      minute: fc.constantFrom('57', '58'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), (values) => {
        const lines = values.map(({ value, source, minute }) =>
          heartRate(String(value), `|||||F|||2025061111${minute}00`, source),
        );
        const contradict = values.some((a) =>
          values.some((b) => a.value !== b.value && (a.source !== b.source || a.minute === b.minute)),
        );
        const reading = read([MSH, PID, ...lines]);
        expect(reading.taken).toHaveLength(values.length);
        expect(reading.ambiguous).toEqual(contradict ? ['hr'] : []);
      }),
    );
  });

  it('is corrected by status C of the same source and time', () => {
    expect(heartRates(read([MSH, PID, OBR, heartRate('80'), heartRate('88', '|||||C')]))).toEqual([88]);
  });
});

describe('a measurement that is taken back', () => {
  const at = '2025-06-11T11:59:00+00:00';
  const hr = { vital: 'hr', observedAt: at, source: null, code: '8867-4' };

  it.each([
    ['80', 'D'],
    ['', 'D'],
    ['80', 'W'],
    ['""', 'C'],
    ['-100', 'C'],
  ])('%j with status %s names sensor and time, and is unavailable', (value, status) => {
    expect(read([MSH, PID, OBR, heartRate(value, `|||||${status}`)])).toMatchObject({
      taken: [],
      unavailable: ['hr'],
      withdrawn: [hr],
    });
  });

  it.each([
    ['80', 'X', ''],
    ['""', 'F', ''],
    // No measurement of that time can be meant.
    ['80', 'D', '00000000000000'],
    ['80', 'D', '20250611'],
    ['80', 'D', '20250611130000'],
  ])('%j with status %s at %j takes nothing back', (value, status, time) => {
    expect(read([MSH, PID, OBR, heartRate(value, `|||||${status}|||${time}`)])).toMatchObject({
      taken: [],
      withdrawn: [],
    });
  });

  it('needs a time that the message tells', () => {
    const bare = 'MSH|^~\\&|||||||ORU^R01|204|P|2.3.1';
    expect(read([bare, PID, heartRate('', '|||||D')])).toMatchObject({ unavailable: ['hr'], withdrawn: [] });
  });

  it('does not stand beside it in one message, and stands when it is given again', () => {
    const [good, deleted] = [heartRate('80'), heartRate('', '|||||D')];
    expect(read([MSH, PID, OBR, good, heartRate('82'), deleted])).toMatchObject({
      taken: [],
      withdrawn: [hr],
    });
    expect(read([MSH, PID, OBR, deleted, heartRate('84')])).toMatchObject({
      taken: [{ value: 84 }],
      withdrawn: [],
      ambiguous: [],
    });
    const other = heartRate('90', '|||||F', '1.2');
    expect(heartRates(read([MSH, PID, OBR, good, other, deleted]))).toEqual([90]);
  });

  it('leaves of each sensor and moment what was said last', () => {
    const one = fc.record({
      value: fc.integer({ min: 50, max: 120 }),
      status: fc.constantFrom('C', 'D'),
      source: fc.constantFrom('1', '2'),
      minute: fc.constantFrom('57', '58'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (all) => {
        const reading = read([
          MSH,
          PID,
          ...all.map(({ value, status, source, minute }) =>
            heartRate(String(value), `|||||${status}|||2025061111${minute}00`, source),
          ),
        ]);
        const last = new Map(all.map((given) => [`${given.source} ${given.minute}`, given]));
        const key = (given: { source: string | null; observedAt: string | null }): string =>
          `${given.source} ${given.observedAt?.slice(14, 16)}`;
        const stands = [...last].filter(([, { status }]) => status === 'C');
        expect(new Map(reading.taken.map((given) => [key(given), given.value]))).toEqual(
          new Map(stands.map(([place, { value }]) => [place, value])),
        );
        expect(reading.taken).toHaveLength(stands.length);
        expect(reading.withdrawn.map(key).sort()).toEqual(
          [...last].flatMap(([place, { status }]) => (status === 'D' ? [place] : [])).sort(),
        );
      }),
    );
  });
});

describe('who a message is about', () => {
  it('is held without an identifier, with what a person needs to decide', () => {
    const reading = read([
      MSH,
      'PID|||^^^HOSP^PI|ANNA LIND||||F',
      'PV1||I|ICU^^5^CITY HOSPITAL',
      OBR,
      heartRate('80'),
    ]);
    expect(reading).toMatchObject({
      held: true,
      reason: 'no-patient-id',
      refusal: null,
      patient: { id: null, bed: 'ICU 5 CITY HOSPITAL', name: 'ANNA LIND' },
      taken: [{ vital: 'hr', value: 80 }],
    });
    expect(read([MSH, heartRate('80')])).toMatchObject({ held: true, reason: 'no-patient' });
    expect(read([MSH, 'PID|||""', heartRate('80')])).toMatchObject({ held: true, reason: 'no-patient-id' });
  });

  it.each([
    ['^^Doc7&5&1', 'Doc7/5/1'],
    ['ICU^^5^CITY HOSPITAL^^^^^00-11-22', 'ICU 5 CITY HOSPITAL'],
    ['3 WEST^3001^1', '3 WEST/3001/1'],
    ['^^BED-001^10.0.0.98:1', 'BED-001'],
    ['^^ICU&Bed5&3232241659&0&0', 'ICU/Bed5'],
    ['^^&24', '24'],
    ['UF1^^^&&^O', 'UF1'],
    ['^^ROOM34', 'ROOM34'],
    ['^^', null],
    ['^^^', null],
    ['', null],
  ])('bed %s reads %s', (field, bed) => {
    expect(read([MSH, PID, `PV1||I|${field}`]).patient.bed).toBe(bed);
  });

  it('reads name, birth date and sex, and only whole ones', () => {
    expect(read([MSH, 'PID|||P-1||O\\T\\Neil^Sam||19800101|M']).patient).toMatchObject({
      name: 'O&Neil, Sam',
      birthDate: '1980-01-01',
      sex: 'M',
    });
    expect(read([MSH, 'PID|||P-1||||198013|M-']).patient).toMatchObject({
      name: null,
      birthDate: null,
      sex: null,
    });
    expect(read([MSH, 'PID|||P-1||||19800230']).patient.birthDate).toBeNull();
  });

  it('refuses a message about two patients and takes nothing from it', () => {
    expect(read([MSH, PID, OBR, heartRate('80'), 'PID|||P-2', heartRate('90')])).toMatchObject({
      refusal: 'several-patients',
      taken: [],
      patient: { id: null },
    });
    expect(heartRates(read([MSH, PID, OBR, heartRate('80'), PID, heartRate('80')]))).toEqual([80, 80]);
  });
});

describe('what is no observation', () => {
  it.each([
    ['ADT^A01', null],
    ['ADT^A99', 'type-not-accepted'],
    ['ORF^R04', 'type-not-accepted'],
    ['ORU^R30', 'type-not-accepted'],
    ['ORU^R40', null],
  ])('%s brings no vitals (%s)', (type, refusal) => {
    const reading = read([`MSH|^~\\&|GW|H|||20250611120000||${type}|C1|P|2.6`, PID, OBR, heartRate('80')]);
    expect(reading).toMatchObject({ refusal, taken: [], unavailable: [], rejected: [] });
  });

  it.each([
    'OBX|1|CE|4||205^SpO2 Sensor Off||||||F',
    'OBX|1|TX|8867-4^Heart rate^LN||80|/min|||||F',
    'OBX|1|NA|147842^MDC_ECG_HEART_RATE^MDC||80^81^82|/min|||||F',
    'OBX|1||69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|1.0.0.0|||||||X',
    'OBX|1|NM|150045^MDC_PRESS_BLD_ART_PULM_SYS^MDC|1|25|266016^MDC_DIM_MMHG^MDC|||||R',
    'OBX|1|NM|148066^MDC_ECG_V_P_C_RATE^MDC|1|2|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R',
  ])('%s is neither a vital nor unavailable', (obx) => {
    expect(read([MSH, PID, OBR, obx])).toMatchObject({ taken: [], unavailable: [], rejected: [] });
  });

  it('refuses an unknown number with its reason instead of dropping it', () => {
    expect(read([MSH, PID, OBR, 'OBX|1|NM|X9^Odd^ZZ||80|/min|||||F']).rejected).toEqual([
      { code: 'X9', value: '80', reason: 'code-unknown' },
    ]);
  });
});

describe('on oxygen', () => {
  it.each([
    ['NM', '0', false],
    ['NM', '1', true],
    ['CWE', 'LA33-6^Yes^LN', true],
    ['CE', '^No', false],
  ])('%s %s is %s', (type, value, expected) => {
    const reading = read([MSH, PID, OBR, `OBX|1|${type}|57834-7^Supplemental O2^LN||${value}||||||F`]);
    expect(reading.taken).toMatchObject([{ vital: 'on_oxygen', value: expected, unit: null }]);
  });
});

describe('a message that is large on purpose', () => {
  it('with more observations than one can have is refused, and one with as many is read', () => {
    const many = (count: number) =>
      read([MSH, PID, OBR, ...Array.from({ length: count }, () => heartRate('80'))]);
    expect(many(MOST_OBSERVATIONS + 1)).toMatchObject({ refusal: 'too-many-observations', taken: [] });
    expect(many(MOST_OBSERVATIONS)).toMatchObject({ refusal: null, ambiguous: [] });
  });

  it('with a field of many repetitions costs work in proportion to its size', () => {
    const work = (repetitions: number): number => {
      const flags = heartRate('80').replace('|||||F', `||${'N~'.repeat(repetitions)}|||F`);
      const searches = vi.spyOn(String.prototype, 'indexOf');
      const reading = read([MSH, `PID|||${'~'.repeat(repetitions)}P-1`, OBR, flags]);
      const count = searches.mock.calls.length;
      searches.mockRestore();
      expect(reading).toMatchObject({ patient: { id: 'P-1' }, taken: [{ value: 80 }] });
      return count;
    };
    const small = work(1_000);
    expect(small).toBeGreaterThan(1_000);
    expect(work(4_000)).toBeLessThan(5 * small);
  });
});

describe('damaged messages', () => {
  const folder = new URL('./fixtures/', import.meta.url);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.hl7'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8').replaceAll('\v', '').replaceAll('\u001C', ''));

  it('never throw and never give a value outside its range', () => {
    expect(texts.length).toBeGreaterThan(20);
    const sign = fc.oneof(
      fc.constantFrom(...'|^~\\&\r\n0123456789.-+ex"'),
      fc.string({ minLength: 1, maxLength: 3 }),
    );
    const edit = fc.record({ at: fc.nat(), cut: fc.nat(6), put: sign });
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 12 }), (original, edits) => {
        let text = original;
        for (const { at, cut, put } of edits) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        for (const one of splitBatch(text).messages) {
          const parsed = parseMessage(one);
          if (!parsed.ok) continue;
          const reading = readOru(parsed.message, { receivedAt: RECEIVED_AT });
          for (const { vital, value } of reading.taken) {
            taken += 1;
            if (vital === 'on_oxygen') expect(typeof value).toBe('boolean');
            else if (vital === 'acvpu' || typeof value !== 'number') expect.fail(`${vital} ${String(value)}`);
            else {
              expect(value).toBeGreaterThanOrEqual(VITAL_RANGES[vital].least);
              expect(value).toBeLessThanOrEqual(VITAL_RANGES[vital].most);
            }
          }
        }
      }),
      { numRuns: 2000 },
    );
    // The damage must leave enough whole messages for the property to say something.
    expect(taken).toBeGreaterThan(1000);
  });
});

describe('what is remembered of earlier observations', () => {
  const piece = fc.constantFrom(
    '',
    '^',
    '~',
    '&',
    '.',
    '+',
    ' ',
    '""',
    '147842',
    'MDC_ECG_HEART_RATE',
    'MDC',
    '72',
  );
  const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const stamp = fc.constantFrom(
    ...['', '20250611115930', '20250611115930+0000', '20250611', '0', '2025061111593', ' 20250611115930'],
    ...['20250611115930^A', '20250231120000', '20250611125930+0100'],
  );
  const observation = fc.record({
    code: fc.oneof(fc.constantFrom('147842^MDC_ECG_HEART_RATE^MDC', '150456^MDC_PULS_OXIM_SAT_O2^MDC'), text),
    type: fc.constantFrom('NM', 'ST', 'SN', 'nm', ''),
    unit: fc.oneof(fc.constantFrom('', '{beats}/min^x', '%', '262688^MDC_DIM_PERCENT^MDC', 'kPa'), text),
    value: fc.oneof(
      fc.constantFrom('72', '097', '36.8', '7.25', '-1', '1e2', '.5', '5.', '12345', ' 72'),
      text,
    ),
    status: fc.constantFrom('F', 'R', '', 'X', 'f', 'Z'),
    stamp,
  });

  it('changes nothing: every observation is read as it is alone and for the first time', () => {
    fc.assert(
      fc.property(
        fc.array(observation, { maxLength: 8 }),
        stamp,
        fc.constantFrom('^~\\&', '^~\\', '.~\\&', '+~\\^'),
        (observations, ofOrder, signs) => {
          const header = MSH.replace('^~\\&', signs).replace('ORU^R01', `ORU${signs.charAt(0)}R01`);
          const lines = observations.map(
            ({ code, type, unit, value, status, stamp: own }) =>
              `OBX|1|${type}|${code}|1.1|${value}|${unit}|||||${status}|||${own}`,
          );
          const order = `OBR|1||||||${ofOrder}`;
          const together = read([header, PID, order, ...lines]);
          // A site's look-up that is new each time has nothing remembered behind it.
          const alone = lines.map((line) => read([header, PID, order, line], { siteCodes: () => undefined }));
          expect(together.taken).toEqual(alone.flatMap(({ taken }) => taken));
          expect(together.rejected).toEqual(alone.flatMap(({ rejected }) => rejected));
        },
      ),
    );
  });
});

it('a rate of 0 is no reading, and the bed is told that its monitor measures none', () => {
  const parsed = parseMessage(
    [
      'MSH|^~\\&|MON|ICU|||20250611120000+0000||ORU^R01|Z1|P|2.6',
      'PID|1||A77||TEST^ANNA',
      'PV1|1|I|^^B7',
      'OBR|1|||182777000|||20250611120000+0000',
      'OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC||0|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R',
      'OBX|2|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||384|262688^MDC_DIM_PERCENT^MDC|||||R',
    ].join('\r'),
  );
  if (!parsed.ok) throw new Error(parsed.fault);
  const read = readOru(parsed.message, { receivedAt: '2025-06-11T12:00:30.000Z' });
  expect(read.taken).toEqual([]);
  expect(read.rejected.map(({ reason }) => reason)).toEqual(['implausible', 'implausible']);
  // A saturation of 384 % is a mistake of somebody; a rate of 0 is a sensor that is off, or a heart that stands.
  expect(read.unavailable).toEqual(['hr']);
});
