import { describe, expect, it } from 'vitest';
import { type CodeMeaning, meaningOfCode } from './codes.ts';
import { readUnit } from './units.ts';

const NOTHING = { code: '', text: '', system: '' };

function meaning(field: string, unit = ''): CodeMeaning {
  const [code = '', text = '', system = '', code2 = '', text2 = '', system2 = ''] = field.split('^');
  const alternate = { code: code2, text: text2, system: system2 };
  const [unitCode = '', unitText = ''] = unit.split('^');
  return meaningOfCode(
    { code, text, system },
    code2 === '' ? NOTHING : alternate,
    readUnit(unitCode, unitText),
  );
}

function said(field: string, unit = ''): string {
  const result = meaning(field, unit);
  return result.kind === 'vital' ? result.vital : result.kind;
}

describe('an observation identifier', () => {
  it.each([
    // Number and text agree.
    ['150456^MDC_PULS_OXIM_SAT_O2^MDC', 'spo2'],
    ['150021^MDC_PRESS_BLD_NONINV_SYS^MDC', 'sbp_nibp'],
    ['150301^MDC_PRESS_CUFF_SYS^MDC', 'sbp_nibp'],
    ['150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC', 'sbp_art'],
    ['149522^MDC_BLD_PULS_RATE_INV^MDC', 'pulse_art'],
    ['151658^MDC_PULS_OXIM_PLETH_RESP_RATE^MDC', 'rr_pleth'],
    ['0002-4a15^ABPs^MDIL', 'sbp_art'],
    ['0002-4a05^NBPs^MDIL', 'sbp_nibp'],
    ['0002-5000^Resp^MDIL', 'rr'],
    ['0002-500a^RR^MDIL', 'rr'],
    ['0002-4822^Pulse^MDILL', 'pulse'],
    ['0007-f0c7^T1^MDIL', 'temp_c'],
    ['8480-6^Systolic BP^LN', 'sbp'],
    ['8480-6^NBP Systolic^LN', 'sbp_nibp'],
    ['8480-6^Invasive systolic blood pressure^LN', 'sbp_art'],
    ['76534-7^Systolic blood pressure by Noninvasive^LN', 'sbp_nibp'],
    ['8867-4^Frequenza cardiaca^LN', 'hr'],
    ['101^HR', 'hr'],
    ['170^Sys', 'sbp_nibp'],
    ['500^ART-Sys', 'sbp_art'],
    ['007001^VITAL PR(spo2)', 'pulse'],
    ['009001^NIBP DIAS', 'dbp_nibp'],
    ['105^MNDRY_TEMP_AXIL^99MNDRY', 'temp_c'],
    // One side only.
    ['147842^^MDC', 'hr'],
    ['^MDC_ECG_HEART_RATE^MDC', 'hr'],
    ['tt-0005-09^MDC_TEMP^MDC', 'temp_c'],
    // The text is the right one, the number is of the same quantity at another site.
    ['150017^MDC_PRESS_BLD_NONINV_SYS^MDC', 'sbp_nibp'],
    ['147842^MDC_PULS_OXIM_PULS_RATE^MDC', 'pulse'],
    // Alternate coding.
    ['X1^anything^LOCAL^8867-4^Heart rate^LN', 'hr'],
    ['150456^MDC_PULS_OXIM_SAT_O2^MDC^59408-5^SpO2^LN', 'spo2'],
    ['150456^MDC_PULS_OXIM_SAT_O2^MDC^8867-4^Heart rate^LN', 'disagree'],
  ])('%s is %s', (field, expected) => {
    expect(said(field)).toBe(expected);
  });

  it.each([
    '150045^MDC_PRESS_BLD_ART_PULM_SYS^MDC',
    '150047^MDC_PRESS_BLD_ART_PULM_MEAN^MDC',
    '150052^MDC_PRESS_BLD_ART_PULM_OCCL^MDC',
    '0002-4a1d^PAPs^MDIL',
    '503^PA-Sys',
    '503^Sys',
    '202^Td',
    '188440^MDC_TEMP_DIFF^MDC',
    '150388^MDC_TEMP_SKIN^MDC',
    '150356^MDC_TEMP_AWAY^MDC',
    '148066^MDC_ECG_V_P_C_RATE^MDC',
    '352^MNDRY_ECG_VPB_RATE^99MNDRY',
    '102^PVCs',
    '69855^MDC_DEV_METER_PRESS_BLD_CHAN^MDC',
    '150020^MDC_PRESS_BLD_NONINV^MDC',
    '8334-5^Body surface temperature^LN',
  ])('%s is known and no vital', (field) => {
    expect(said(field)).toBe('other');
  });

  it('takes a central venous pressure for what it is', () => {
    expect(said('150087^MDC_PRESS_BLD_VEN_CENT_MEAN^MDC')).toBe('cvp');
    expect(said('0002-4a47^CVPm^MDIL')).toBe('cvp');
  });

  it.each([
    ['0002-5000^SML^MDIL', '0004-0ae0^rpm'],
    ['150034^MDC_PRESS_BLD_ART_SYS^MDC', '266016^MDC_DIM_MMHG'],
    ['150045^MDC_PRESS_BLD_ART_SYS^MDC', '266016^MDC_DIM_MMHG'],
    ['150456^MDC_PULS_OXIM_SAT_O2_ODD^MDC', '262688^MDC_DIM_PERCENT'],
    ['8867-4^Respiratory rate^LN', '/min'],
    ['8480-6^Systolic BP high limit^LN', 'mmHg'],
    ['101^RR', ''],
  ])('%s in %s stays in dispute', (field, unit) => {
    expect(said(field, unit)).toBe('disagree');
  });

  it('lets the unit settle a dispute only where it fits the text and not the number', () => {
    expect(said('147842^MDC_TEMP^MDC', '268192^MDC_DIM_DEGC')).toBe('temp_c');
    expect(said('147842^MDC_RESP_RATE^MDC', '264928^MDC_DIM_RESP_PER_MIN')).toBe('rr');
    expect(said('147842^MDC_RESP_RATE^MDC', '264864^MDC_DIM_BEAT_PER_MIN')).toBe('disagree');
    expect(said('147842^MDC_RESP_RATE^MDC', '/min')).toBe('disagree');
  });

  it.each(['999^HR', 'HR', '99999-9^Heart rate^LN', '123456^HR^XYZ', '^^', '105^^99MNDRY', '4242^^MDC'])(
    '%s is not known',
    (field) => {
      expect(said(field)).toBe('unknown');
    },
  );

  it('tells where the unit goes with the code', () => {
    expect(meaning('170^Sys')).toMatchObject({ unitFixed: true });
    expect(meaning('250^EtCO2')).toMatchObject({ unitFixed: false });
    expect(meaning('8480-6^Systolic BP^LN')).toMatchObject({ unitFixed: false });
  });
});
