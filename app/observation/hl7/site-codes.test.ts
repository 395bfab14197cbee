import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMERIC_VITALS } from '../vital.ts';
import { meaningOfCode } from './codes.ts';
import { parseMessage } from './message.ts';
import { readOru } from './oru.ts';
import { checkSiteMapping, type MappingResult, readSiteMapping, siteCodes } from './site-codes.ts';
import { readUnit } from './units.ts';

function mappingOf(...codes: readonly object[]): MappingResult {
  return checkSiteMapping({ version: 1, name: 'ward 3', codes });
}

function problems(...codes: readonly object[]): unknown {
  const result = mappingOf(...codes);
  return result.ok ? [] : result.problems.map(({ row, problem }) => [row, problem]);
}

function codesOf(...codes: readonly object[]) {
  const result = mappingOf(...codes);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return siteCodes(result.mapping);
}

const PULSE_CODE = { system: '99ZZ', code: 'P-7', vital: 'pulse' };

describe('a mapping file', () => {
  it('is taken where it only says what was not known', () => {
    expect(problems(PULSE_CODE, { system: '99ZZ', code: 'X-1', vital: null })).toEqual([]);
    // The same quantity with its site.
    expect(problems({ system: 'LN', code: '8480-6', vital: 'sbp_art' })).toEqual([]);
  });

  it.each([
    [[PULSE_CODE, PULSE_CODE], [[2, 'twice']]],
    [[{ system: 'LN', code: '8867-4', vital: 'rr' }], [[1, 'known-otherwise']]],
    [[{ system: 'LN', code: '8867-4', vital: null }], [[1, 'known-otherwise']]],
    [[{ system: 'LN', code: '8334-5', vital: 'temp_c' }], [[1, 'known-otherwise']]],
    [[{ system: 'LN', code: '8867-4', vital: 'rr', override: true }], [[1, 'reason-missing']]],
    [[{ ...PULSE_CODE, unit: 'furlong' }], [[1, 'unit-unknown']]],
    [[{ ...PULSE_CODE, unit: 'mm[Hg]' }], [[1, 'unit-unfit']]],
    [[{ ...PULSE_CODE, vital: 'pressure' }], [[1, 'shape']]],
    [[PULSE_CODE, { ...PULSE_CODE, code: '' }], [[2, 'shape']]],
    [[{ ...PULSE_CODE, extra: 1 }], [[1, 'field-unknown']]],
  ])('%j is refused with its row', (codes, expected) => {
    expect(problems(...codes)).toEqual(expected);
  });

  it('that is no JSON, or of another version, is refused', () => {
    expect(readSiteMapping('{')).toMatchObject({ ok: false, problems: [{ row: 0, problem: 'not-json' }] });
    expect(readSiteMapping('{"version":2,"name":"x","codes":[]}')).toMatchObject({
      ok: false,
      problems: [{ row: 0, problem: 'shape', detail: 'version' }],
    });
  });

  it.each(['', '  \n', '{"version":1,"name":"x","codes":[]}'])(
    '%j says nothing and takes no place of one that does',
    (text) => {
      expect(readSiteMapping(text)).toMatchObject({ ok: false, problems: [{ row: 0, problem: 'empty' }] });
    },
  );

  it('names each field that it may not have, with its code and line', () => {
    const text = `{
      "version": 1,
      "name": "x",
      "owner": "biomed",
      "codes": [
        {"code":"P-7","vital":"pulse"},
        {"code":"P-8","vital":"pulse","units":"/min","colour":"red"}
      ]
    }`;
    const read = readSiteMapping(text);
    expect(read.ok ? [] : read.problems).toEqual(
      expect.arrayContaining([
        { row: 2, problem: 'field-unknown', detail: 'units', line: 7 },
        { row: 2, problem: 'field-unknown', detail: 'colour', line: 7 },
        { row: 0, problem: 'field-unknown', detail: 'owner', line: null },
      ]),
    );
  });
});

describe('a site’s own code', () => {
  const read = (field: string, value: string, unit: string, ...codes: readonly object[]) => {
    const parsed = parseMessage(
      [
        'MSH|^~\\&|GW|H|||20260612110000+0000||ORU^R01|Z1|P|2.6',
        'PID|||P-1',
        `OBX|1|NM|${field}||${value}|${unit}|||||F`,
      ].join('\r'),
    );
    if (!parsed.ok) throw new Error(parsed.fault);
    const { taken, rejected } = readOru(parsed.message, {
      receivedAt: '2026-06-12T11:00:00Z',
      siteCodes: codesOf(...codes),
    });
    const [first] = taken;
    return first === undefined ? (rejected[0]?.reason ?? 'none') : [first.vital, first.value];
  };

  it('is read, with the unit of the file where the sender gives none', () => {
    expect(read('P-7^Pulse from cuff^99ZZ', '71', '/min', PULSE_CODE)).toEqual(['pulse', 71]);
    const kelvinless = { system: '', code: 'TB', vital: 'temp_c', unit: '[degF]' };
    expect(read('TB^Body', '98.6', '', kelvinless)).toEqual(['temp_c', 37]);
    expect(read('TB^Body', '37.0', 'Cel', kelvinless)).toEqual(['temp_c', 37]);
    expect(read('TB^Body', '37.0', '', { ...kelvinless, unit: undefined })).toBe('unit-missing');
    expect(read('X-1^Whatever^99ZZ', '3', '', { system: '99ZZ', code: 'X-1', vital: null })).toBe('none');
  });

  it('yields to a text that speaks of another quantity, unless the file overrules it', () => {
    expect(read('P-7^Resp rate^99ZZ', '16', '/min', PULSE_CODE)).toBe('code-disagrees');
    expect(read('P-7^MDC_RESP_RATE^99ZZ', '16', '/min', PULSE_CODE)).toBe('code-disagrees');
    const overruled = { ...PULSE_CODE, override: true, reason: 'the gateway labels all rates so' };
    expect(read('P-7^Resp rate^99ZZ', '71', '/min', overruled)).toEqual(['pulse', 71]);
    const exact = { ...PULSE_CODE, text: 'Resp rate' };
    expect(read('P-7^Resp rate^99ZZ', '71', '/min', exact)).toEqual(['pulse', 71]);
    expect(read('P-7^Other^99ZZ', '71', '/min', exact)).toBe('code-unknown');
  });

  it('never turns one quantity into another without an override', () => {
    const code = fc.record({
      system: fc.constantFrom('', 'LN', 'MDC', 'MDIL', '99ZZ'),
      code: fc.constantFrom('8867-4', '8480-6', '147842', '150017', '0002-4182', '170', '101', 'P-7'),
      vital: fc.constantFrom(...NUMERIC_VITALS),
    });
    const texts = ['', 'HR', 'Systolic BP', 'MDC_ECG_HEART_RATE', 'Resp', 'odd'];
    let met = 0;
    fc.assert(
      fc.property(code, fc.constantFrom(...texts), (entry, text) => {
        const result = mappingOf(entry);
        if (!result.ok) return;
        const coding = { code: entry.code, text, system: entry.system };
        const nothing = { code: '', text: '', system: '' };
        const unit = readUnit('', '');
        const builtIn = meaningOfCode(coding, nothing, unit);
        const own = meaningOfCode(coding, nothing, unit, siteCodes(result.mapping));
        if (builtIn.kind === 'vital' && own.kind === 'vital') {
          met += 1;
          const quantity = (vital: string) =>
            vital.replace(/_(?:art|nibp|pleth)$/, '').replace('pulse', 'hr');
          expect(quantity(own.vital)).toBe(quantity(builtIn.vital));
        }
        if (builtIn.kind === 'other') expect(own.kind).not.toBe('vital');
      }),
      { numRuns: 2000 },
    );
    expect(met).toBeGreaterThan(50);
  });
});
