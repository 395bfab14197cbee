/**
 * What the label beside a code says ("SpO2", "ABPs", "NBP Systolic", "VITAL PR(spo2)").
 * A label may leave things open: "Sys" is a systolic pressure of any site. So a label means a set of vitals.
 */
import type { CodedVital } from './code-tables.ts';

const EXACT: readonly (readonly [CodedVital | null, readonly string[]])[] = [
  ['hr', ['hr', 'hrpulse', 'heartrate', 'ecghr', 'ecgheartrate', 'vitalhr']],
  [
    'pulse',
    ['pulse', 'pulserate', 'pr', 'pulsespo2', 'prspo2', 'rprspo2', 'pulsepleth', 'nibppr', 'prnibp', 'nbppr'],
  ],
  ['pulse_art', ['pulseabp', 'pulseart', 'prart', 'prabp', 'pribp']],
  [
    'rr',
    [
      'rr',
      'resp',
      'resprate',
      'respirationrate',
      'respiratoryrate',
      'respiration',
      'awrr',
      'awrrag',
      'co2rr',
    ],
  ],
  ['rr', ['respco2', 'rrespco2', 'rrco2', 'respimp', 'rrimp', 'breathrate', 'breathingrate']],
  ['rr_pleth', ['rrp', 'resppleth', 'rrpleth', 'rrspo2']],
  [
    'spo2',
    ['spo2', 'spo2l', 'spo2r', 'spo2po', 'spo2pr', 'spo21', 'spo2t', 'oxygensaturation', 'pulseoximetry'],
  ],
  ['spo2', ['oxygensaturationinarterialbloodbypulseoximetry', 'oxygensaturationinarterialblood']],
  [
    'temp_c',
    ['temp', 'temperature', 'bodytemperature', 'temp1', 'temp2', 'temp3', 'temp4', 't1', 't2', 't3', 't4'],
  ],
  [
    'temp_c',
    ['tb', 'tcore', 'tblood', 'trect', 'tesoph', 'tnaso', 'ttymp', 'tven', 'tart', 'toral', 'tear', 'tbody'],
  ],
  [
    'temp_c',
    ['coretemperature', 'oraltemperature', 'rectaltemperature', 'tympanictemperature', 'axillarytemperature'],
  ],
  [null, ['td', 'tdiff', 'deltat', 'dtemp', 'tskin', 'tskin1', 'tairwy', 'tamb', 'tinj', 'skintemperature']],
  ['cvp', ['cvp', 'cvpm', 'cvpmean', 'centralvenouspressure']],
  [
    null,
    [
      'cvps',
      'cvpd',
      'rapm',
      'lapm',
      'icp',
      'icpm',
      'cpp',
      'pawp',
      'pcwp',
      'paps',
      'papd',
      'papm',
      'imco2',
      'fico2',
    ],
  ],
  ['etco2', ['etco2', 'endtidalco2', 'co2et']],
  ['fio2', ['fio2', 'inspiredoxygen', 'inhaledoxygenconcentration']],
  ['o2_flow', ['o2flow', 'oxygenflow', 'oxygenflowrate', 'inhaledoxygenflowrate', 'oxyl']],
  ['on_oxygen', ['supplementalo2', 'supplementaloxygen', 'o2therapy', 'oxygentherapy']],
  [null, ['pvc', 'pvcs', 'vpc', 'perf', 'pi', 'height', 'weight', 'sml', 'pnn50', 'sdnn']],
];
const BY_LABEL: ReadonlyMap<string, CodedVital | null> = new Map(
  EXACT.flatMap(([vital, labels]) => labels.map((label): [string, CodedVital | null] => [label, vital])),
);

/** "ABPs", "NBPd", "ART(M)": site and part of the cycle in one word. */
const SHORT_PRESSURE = /^(nbp|nibp|abp|art|ibp|ao|fap|bap|uap)(s|d|m)$/;
const SITES: ReadonlyMap<string, 'nibp' | 'art' | 'other'> = new Map([
  ...['nbp', 'nibp', 'noninvasive', 'cuff'].map((word): [string, 'nibp'] => [word, 'nibp']),
  ...['abp', 'art', 'arterial', 'ibp', 'invasive', 'ao', 'fap', 'bap', 'uap'].map((word): [string, 'art'] => [
    word,
    'art',
  ]),
  ...['pa', 'pap', 'pulmonary', 'cvp', 'venous', 'ra', 'rap', 'la', 'lap', 'icp'].map(
    (word): [string, 'other'] => [word, 'other'],
  ),
]);
type Part = 'sbp' | 'dbp' | 'map';
const PARTS: ReadonlyMap<string, Part> = new Map([
  ...['sys', 'systolic', 's'].map((word): [string, Part] => [word, 'sbp']),
  ...['dia', 'dias', 'diastolic', 'd'].map((word): [string, Part] => [word, 'dbp']),
  ...['mean', 'map', 'm'].map((word): [string, Part] => [word, 'map']),
]);
/** Words that may stand in a pressure's label without saying anything. */
const FILLERS = new Set(['blood', 'pressure', 'bp', 'press', 'mmhg', 'by']);
/** A label with one of these speaks of a limit, a setting or a difference, not of a reading. */
const NOT_A_READING =
  /(?:^|\s)(?:setting|set|setpoint|alarm|limit|target|delta|diff|difference|trend)(?:\s|$)/;

function pressureOf(words: readonly string[]): readonly CodedVital[] | undefined {
  let part: Part | undefined;
  let site: 'nibp' | 'art' | 'other' | undefined;
  for (const word of words) {
    const wordPart = PARTS.get(word);
    const wordSite = SITES.get(word);
    if (wordPart !== undefined) {
      if (part !== undefined && part !== wordPart) return undefined;
      part = wordPart;
    } else if (wordSite !== undefined) {
      if (site !== undefined && site !== wordSite)
        return site === 'other' || wordSite === 'other' ? [] : undefined;
      site = wordSite;
    } else if (!FILLERS.has(word)) return undefined;
  }
  if (part === undefined) return undefined;
  if (site === 'other') return [];
  return site === undefined ? [part, `${part}_art`, `${part}_nibp`] : [`${part}_${site}`];
}

/** Labels remembered: a feed repeats a few dozen of them in every message. Ours. */
const MOST_REMEMBERED = 1_024;
const LONGEST_REMEMBERED = 64;
const remembered = new Map<string, readonly CodedVital[] | undefined>();

/**
 * The vitals that a label can mean: several where it leaves the site open, none (an empty list) where it is
 * known to be no vital, undefined where the label says nothing to this program.
 */
export function vitalsOfLabel(text: string): readonly CodedVital[] | undefined {
  if (text.length > LONGEST_REMEMBERED) return readLabel(text);
  if (remembered.has(text)) return remembered.get(text);
  const vitals = readLabel(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, vitals);
  return vitals;
}

function readLabel(text: string): readonly CodedVital[] | undefined {
  const spaced = text
    .toLowerCase()
    .replace(/^vital\s+/, '')
    .replaceAll('non-invasive', 'noninvasive')
    .replaceAll('non invasive', 'noninvasive')
    .replaceAll('₂', '2')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  if (NOT_A_READING.test(spaced)) return [];
  const joined = spaced.replaceAll(' ', '');
  const exact = BY_LABEL.get(joined);
  if (exact !== undefined) return exact === null ? [] : [exact];
  const short = SHORT_PRESSURE.exec(joined);
  return pressureOf(short === null ? spaced.split(' ') : short.slice(1));
}
