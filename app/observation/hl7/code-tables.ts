/**
 * What the codes of OBX-3 mean. One table a nomenclature; `null` stands for a code that is known and is none of
 * this program's vitals (a pulmonary pressure, an airway temperature, a count of extrasystoles).
 *
 * Sources: ISO/IEEE 11073-10101 (MDC; number = partition × 65536 + code), Philips MDIL (the same codes in hex),
 * LOINC, Mindray PatientData Share and eGateway interfaces, Nihon Kohden HL7 gateway; labels as devices send them.
 */
import type { NumericVital } from '../vital.ts';

/** A vital that a code can stand for. */
export type CodedVital = NumericVital | 'on_oxygen';

type Entry = readonly [number: number, reference: string, vital: CodedVital | null];

/** MDC: number, reference identifier without `MDC_`, vital. */
const MDC: readonly Entry[] = [
  [147842, 'ECG_HEART_RATE', 'hr'],
  [147842, 'ECG_CARD_BEAT_RATE', 'hr'],
  [149514, 'PULS_RATE', 'pulse'],
  [149530, 'PULS_OXIM_PULS_RATE', 'pulse'],
  [149538, 'PLETH_PULS_RATE', 'pulse'],
  [149546, 'PULS_RATE_NON_INV', 'pulse'],
  [149522, 'BLD_PULS_RATE_INV', 'pulse_art'],
  [151562, 'RESP_RATE', 'rr'],
  [151570, 'AWAY_RESP_RATE', 'rr'],
  [151578, 'TTHOR_RESP_RATE', 'rr'],
  [151594, 'CO2_RESP_RATE', 'rr'],
  [151602, 'PRESS_RESP_RATE', 'rr'],
  [151650, 'ACOUSTIC_RESP_RATE', 'rr'],
  [151658, 'PULS_OXIM_PLETH_RESP_RATE', 'rr_pleth'],
  [150456, 'PULS_OXIM_SAT_O2', 'spo2'],
  [150472, 'PULS_OXIM_SAT_O2_ART_LEFT', 'spo2'],
  [150476, 'PULS_OXIM_SAT_O2_ART_RIGHT', 'spo2'],
  [150468, 'PULS_OXIM_SAT_O2_DIFF', null],
  [150324, 'SAT_O2_ART', null],
  [150332, 'SAT_O2_VEN', null],
  // A temperature of the body's core or what stands for it. Skin, airway, injectate and room are none.
  [150344, 'TEMP', 'temp_c'],
  [150348, 'TEMP_FOLEY', 'temp_c'],
  [150352, 'TEMP_ART', 'temp_c'],
  [150356, 'TEMP_AWAY', null],
  [150364, 'TEMP_BODY', 'temp_c'],
  [150368, 'TEMP_CORE', 'temp_c'],
  [150372, 'TEMP_ESOPH', 'temp_c'],
  [150376, 'TEMP_INJ', null],
  [150380, 'TEMP_NASOPH', 'temp_c'],
  [150388, 'TEMP_SKIN', null],
  [150392, 'TEMP_TYMP', 'temp_c'],
  [150396, 'TEMP_VEN', 'temp_c'],
  [188420, 'TEMP_RECT', 'temp_c'],
  [188424, 'TEMP_ORAL', 'temp_c'],
  [188428, 'TEMP_EAR', 'temp_c'],
  [188436, 'TEMP_BLD', 'temp_c'],
  [188440, 'TEMP_DIFF', null],
  [188452, 'TEMP_AXILLA', 'temp_c'],
  [188500, 'TEMP_MYO', null],
  [188508, 'TEMP_ROOM', null],
  [150017, 'PRESS_BLD_SYS', 'sbp'],
  [150018, 'PRESS_BLD_DIA', 'dbp'],
  [150019, 'PRESS_BLD_MEAN', 'map'],
  [150021, 'PRESS_BLD_NONINV_SYS', 'sbp_nibp'],
  [150022, 'PRESS_BLD_NONINV_DIA', 'dbp_nibp'],
  [150023, 'PRESS_BLD_NONINV_MEAN', 'map_nibp'],
  [150029, 'PRESS_BLD_AORT_SYS', 'sbp_art'],
  [150030, 'PRESS_BLD_AORT_DIA', 'dbp_art'],
  [150031, 'PRESS_BLD_AORT_MEAN', 'map_art'],
  [150033, 'PRESS_BLD_ART_SYS', 'sbp_art'],
  [150034, 'PRESS_BLD_ART_DIA', 'dbp_art'],
  [150035, 'PRESS_BLD_ART_MEAN', 'map_art'],
  [150037, 'PRESS_BLD_ART_ABP_SYS', 'sbp_art'],
  [150038, 'PRESS_BLD_ART_ABP_DIA', 'dbp_art'],
  [150039, 'PRESS_BLD_ART_ABP_MEAN', 'map_art'],
  [150045, 'PRESS_BLD_ART_PULM_SYS', null],
  [150046, 'PRESS_BLD_ART_PULM_DIA', null],
  [150047, 'PRESS_BLD_ART_PULM_MEAN', null],
  [150052, 'PRESS_BLD_ART_PULM_OCCL', null],
  [150057, 'PRESS_BLD_ART_UMB_SYS', 'sbp_art'],
  [150058, 'PRESS_BLD_ART_UMB_DIA', 'dbp_art'],
  [150059, 'PRESS_BLD_ART_UMB_MEAN', 'map_art'],
  [150067, 'PRESS_BLD_ATR_LEFT_MEAN', null],
  [150071, 'PRESS_BLD_ATR_RIGHT_MEAN', null],
  [150084, 'PRESS_BLD_VEN_CENT', 'cvp'],
  [150085, 'PRESS_BLD_VEN_CENT_SYS', null],
  [150086, 'PRESS_BLD_VEN_CENT_DIA', null],
  [150087, 'PRESS_BLD_VEN_CENT_MEAN', 'cvp'],
  [150300, 'PRESS_CUFF', null],
  [150301, 'PRESS_CUFF_SYS', 'sbp_nibp'],
  [150302, 'PRESS_CUFF_DIA', 'dbp_nibp'],
  [150303, 'PRESS_CUFF_MEAN', 'map_nibp'],
  [151708, 'CONC_AWAY_CO2_ET', 'etco2'],
  [151716, 'CONC_AWAY_CO2_INSP', null],
  [151728, 'AWAY_CO2_ET', 'etco2'],
  [152196, 'CONC_AWAY_O2_INSP', 'fio2'],
  [152440, 'CONC_AWAY_O2_ET', null],
];

/** Known families of reference identifiers that hold no vital: structure, alarms, waveforms, counts, sizes. */
const REFERENCES_WITHOUT_VITALS =
  /^(?:MDC_(?:ATTR|EVT|DEV|TIME|ECG|EEG|EMG|LEN|MASS|BLD_PERF|PULS_OXIM_(?:PERF|PLETH)|PRESS_(?:INTRA|CEREB)|IMPED)|MNDRY_(?:ECG|EEG|PULS_OXIM|PRESS_(?:PULSE|ABDOM)))_/;
const WITHOUT_VITAL_EXACTLY = new Set([
  'MDC_BLD_PERF_INDEX',
  'MDC_PRESS_BLD',
  'MDC_PRESS_BLD_NONINV',
  'MDC_OBS',
]);

/** Mindray's own reference identifiers in the 99MNDRY nomenclature. */
const MINDRAY_REFERENCES: readonly (readonly [string, CodedVital | null])[] = [
  ['MNDRY_TEMP_AXIL', 'temp_c'],
  ['MNDRY_TEMP_TEMPLE', 'temp_c'],
  ['MNDRY_TEMP_INTR_CRAN', null],
  ['MNDRY_BLD_PULS_RATE_ART_ABP', 'pulse_art'],
];

export const VITAL_OF_MDC: ReadonlyMap<number, CodedVital | null> = new Map(
  MDC.map(([number, , vital]) => [number, vital]),
);
const VITAL_OF_REFERENCE: ReadonlyMap<string, CodedVital | null> = new Map([
  ...MDC.map(([, reference, vital]): [string, CodedVital | null] => [`MDC_${reference}`, vital]),
  ...MINDRAY_REFERENCES,
]);

/** The vital of a reference identifier (`MDC_…`, `MNDRY_…`); null where it holds none; undefined where unknown. */
export function vitalOfReference(reference: string): CodedVital | null | undefined {
  const vital = VITAL_OF_REFERENCE.get(reference);
  if (vital !== undefined) return vital;
  const isNone = WITHOUT_VITAL_EXACTLY.has(reference) || REFERENCES_WITHOUT_VITALS.test(reference);
  return isNone ? null : undefined;
}

/** Philips codes outside the MDC table: the label channel of respiration, and the private T1 and T2. */
export const VITAL_OF_MDIL_ONLY: ReadonlyMap<string, CodedVital | null> = new Map([
  ['0002-5000', 'rr'],
  ['0002-f0c7', 'temp_c'],
  ['0002-f0c8', 'temp_c'],
  ['0007-f0c7', 'temp_c'],
  ['0007-f0c8', 'temp_c'],
  ['0002-4261', null],
  ['0002-4bb0', null],
  ['0002-f125', null],
  ['0002-f081', null],
]);

export const VITAL_OF_LOINC: ReadonlyMap<string, CodedVital | null> = new Map([
  ['8867-4', 'hr'],
  ['8889-8', 'pulse'],
  ['8893-0', 'pulse'],
  ['9279-1', 'rr'],
  ['59408-5', 'spo2'],
  ['2708-6', 'spo2'],
  ['8310-5', 'temp_c'],
  ['8328-7', 'temp_c'],
  ['8329-5', 'temp_c'],
  ['8331-1', 'temp_c'],
  ['8332-9', 'temp_c'],
  ['8333-7', 'temp_c'],
  ['8334-5', null],
  ['8480-6', 'sbp'],
  ['8462-4', 'dbp'],
  ['8478-0', 'map'],
  ['76534-7', 'sbp_nibp'],
  ['76535-4', 'dbp_nibp'],
  ['76536-2', 'map_nibp'],
  ['76215-3', 'sbp_art'],
  ['76213-8', 'dbp_art'],
  ['76214-6', 'map_art'],
  ['60985-9', 'cvp'],
  ['19891-1', 'etco2'],
  ['3150-6', 'fio2'],
  ['3151-8', 'o2_flow'],
  ['57834-7', 'on_oxygen'],
  ['8302-2', null],
  ['29463-7', null],
]);

/**
 * Mindray PatientData Share: bare numbers without a coding system. FiO2 (254) is none of ours here: the
 * interface sends it without a unit, and monitors have been seen to send mmHg.
 */
export const VITAL_OF_MINDRAY_NUMBER: ReadonlyMap<number, CodedVital | null> = new Map<
  number,
  CodedVital | null
>([
  ...[51, 52, 102, 162, 202, 210, 212, 251, 253, 254, 256, 257].map((none): [number, null] => [none, null]),
  // ST segments of the leads I to V.
  ...Array.from({ length: 13 }, (_, lead): [number, null] => [105 + lead, null]),
  // Pulmonary artery.
  ...[503, 504, 505].map((none): [number, null] => [none, null]),
  [101, 'hr'],
  [151, 'rr'],
  [160, 'spo2'],
  [161, 'pulse'],
  [170, 'sbp_nibp'],
  [171, 'dbp_nibp'],
  [172, 'map_nibp'],
  [173, 'pulse'],
  [200, 'temp_c'],
  [201, 'temp_c'],
  [213, 'temp_c'],
  [250, 'etco2'],
  [280, 'rr'],
  [500, 'sbp_art'],
  [501, 'map_art'],
  [502, 'dbp_art'],
  [506, 'sbp_art'],
  [507, 'map_art'],
  [508, 'dbp_art'],
  [515, 'sbp_art'],
  [516, 'map_art'],
  [517, 'dbp_art'],
  [600, 'pulse'],
]);

/** Nihon Kohden: six digits and a label that begins with the group ("VITAL", "NIBP"), without a coding system. */
export const VITAL_OF_NIHON_KOHDEN: ReadonlyMap<string, CodedVital | null> = new Map([
  ['001000', 'hr'],
  ['007000', 'spo2'],
  ['007001', 'pulse'],
  ['072007', 'pulse'],
  ['009000', 'sbp_nibp'],
  ['009001', 'dbp_nibp'],
  ['009002', 'map_nibp'],
  ['014000', 'temp_c'],
]);
