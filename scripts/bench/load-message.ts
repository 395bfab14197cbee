/**
 * The message of the intake benchmark: an ORU^R01 of 17 segments and 2 kB as a gateway with IEEE 11073 codes writes
 * it, framed. Control id, times and values are written over in place, so that no two messages are the same and the
 * generator spends nothing on building text.
 */
const VALUES = [
  ['147842^MDC_ECG_HEART_RATE^MDC', '076', '264864^MDC_DIM_BEAT_PER_MIN^MDC'],
  ['149530^MDC_PULS_OXIM_PULS_RATE^MDC', '077', '264864^MDC_DIM_BEAT_PER_MIN^MDC'],
  ['151562^MDC_RESP_RATE^MDC', '016', '264928^MDC_DIM_RESP_PER_MIN^MDC'],
  ['150456^MDC_PULS_OXIM_SAT_O2^MDC', '097', '262688^MDC_DIM_PERCENT^MDC'],
  ['150344^MDC_TEMP^MDC', '036.8', '268192^MDC_DIM_DEGC^MDC'],
  ['150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC', '124', '266016^MDC_DIM_MMHG^MDC'],
  ['150038^MDC_PRESS_BLD_ART_ABP_DIA^MDC', '072', '266016^MDC_DIM_MMHG^MDC'],
  ['150039^MDC_PRESS_BLD_ART_ABP_MEAN^MDC', '089', '266016^MDC_DIM_MMHG^MDC'],
  ['150021^MDC_PRESS_BLD_NONINV_SYS^MDC', '122', '266016^MDC_DIM_MMHG^MDC'],
  ['150022^MDC_PRESS_BLD_NONINV_DIA^MDC', '070', '266016^MDC_DIM_MMHG^MDC'],
  ['150023^MDC_PRESS_BLD_NONINV_MEAN^MDC', '087', '266016^MDC_DIM_MMHG^MDC'],
  ['150087^MDC_PRESS_BLD_VEN_CENT_MEAN^MDC', '008', '266016^MDC_DIM_MMHG^MDC'],
  ['151708^MDC_CONC_AWAY_CO2_ET^MDC', '038', '266016^MDC_DIM_MMHG^MDC'],
] as const;

const STAMP = '00000000000000.000+0000';
const CONTROL_DIGITS = 12;

export interface LoadMessage {
  /** The framed message as it stands now; it is written over by the next call. */
  next(number: number, atMs: number): Buffer;
}

/** The messages of one patient in one bed; `run` keeps the control ids of several connections apart. */
export function loadMessage(bed: number, run: string): LoadMessage {
  const lines = [
    `MSH|^~\\&|BENCHGATE^00A037^EUI-64|ICU|MEDOBSMIND|WARD|${STAMP}||ORU^R01^ORU_R01|${run}-${'#'.repeat(CONTROL_DIGITS)}|P|2.6|||NE|AL||UNICODE UTF-8|||IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO`,
    `PID|1||BENCH${bed}^^^HOSP^MR||TESTPATIENT^BED${bed}^^^^^L||19580412|F`,
    `PV1|1|I|^^B${bed}`,
    `OBR|1|BENCH^GATE|BENCH^GATE|182777000^monitoring of patient^SCT|||${STAMP}`,
    ...VALUES.map(
      ([code, value, unit], index) =>
        `OBX|${index + 1}|NM|${code}|1.1.1.${index + 1}|${value}|${unit}|||||R|||${STAMP}||||000F14049B5072${String(bed).padStart(2, '0')}^MONITOR`,
    ),
    '',
  ];
  const bytes = Buffer.from(`\x0b${lines.join('\r')}\x1c\r`, 'latin1');
  const stamps = placesOf(bytes, STAMP);
  const [control = 0] = placesOf(bytes, '#'.repeat(CONTROL_DIGITS));
  const heartRate = bytes.indexOf('|076|', 0, 'latin1') + 1;
  return {
    next: (number, atMs) => {
      const stamp = `${new Date(atMs).toISOString().slice(0, 23).replaceAll(/[-T:]/g, '')}+0000`;
      for (const place of stamps) bytes.write(stamp, place, 'latin1');
      bytes.write(String(number).padStart(CONTROL_DIGITS, '0'), control, 'latin1');
      bytes.write(String(70 + (number % 20)).padStart(3, '0'), heartRate, 'latin1');
      return bytes;
    },
  };
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text, 0, 'latin1'); at >= 0; at = bytes.indexOf(text, at + 1, 'latin1'))
    places.push(at);
  return places;
}
