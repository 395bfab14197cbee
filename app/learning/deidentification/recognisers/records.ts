/**
 * Numbers that a hospital or a maker gives: records, visits and samples; serial numbers; number plates. Sources: HIPAA
 * Safe Harbor (45 CFR 164.514), Central Motor Vehicles Rules (form of a plate), GS1 (device identification).
 */
import { type Recogniser, spansOfPattern } from '../span.ts';

const TO_ID = String.raw`(?:\.?\s*(?:no|num|number|nos|id|code|is|was|as|नंबर|नम्बर|नं|संख्या|सं|क्रमांक|आईडी|है|hai|ka|का))*\.?[\s:.#=()-]*`;
/** Letters and digits with at least one digit, its parts joined by marks; further parts after a space hold digits. */
const CODE = String.raw`(?<id>\d{2}(?:\s\d{2}){2,}(?!\d)|(?:\p{Lu}{1,5}\s(?=\d))?(?=[\p{L}/._-]{0,10}\d)[\p{L}\d]+(?:[/._-]+[\p{L}\d]+)*(?:\s(?=[\p{L}]{0,3}\d{3})[\p{L}\d]+(?:[/-][\p{L}\d]+)*)*)`;
const LABELS = [
  'mrn?\\s?d?',
  'm\\.?r\\.?\\s?(?:no|d|number)',
  'u\\.?h\\.?i\\.?d',
  'umr',
  'c\\.?r\\.?\\s?no',
  '(?:i\\.?p|o\\.?p)\\.?d?\\.?(?=[\\s.:#-]*(?:no|num|id|\\d))',
  'ipd|opd|ipid|opid',
  'reg(?:d|n|istration)?',
  '(?:hospital|hosp|file|slip|health|pid|crf|icu|ot|serology|tag|dispatch|despatch|booking|appointment|scan|card|ticket|referral|letter|case|admission|adm|record|chart|folder|patient|pt|visit|encounter|episode|bill|invoice|receipt|token|sample|specimen|lab|accession|barcode|order|request|account|acct|a\\/c|discharge|mlc|fir|unit|wristband|band|x-?ray|ct|mri|usg|biopsy|histopath|blood\\s+bag|bag|study|report|ref(?:erence)?)\\.?\\s*(?:slip|card|file)?\\s*(?:no|num|number|id|nambar|code|#)',
  '(?:patient|pt)\\s?id',
  'medical\\s+record',
  'एमआरएन|यूएचआईडी|यूएचआइडी|आईपीडी|ओपीडी|पंजीकरण|रजिस्ट्रेशन|रिकॉर्ड|फ़ाइल|फाइल|भर्ती\\s+(?:संख्या|नंबर|सं)|केस|पर्ची|एडमिशन|मरीज़\\s+(?:आईडी|संख्या)|मरीज\\s+(?:आईडी|संख्या)|सैंपल|बिल',
  'parchi|bharti\\s+(?:number|no)|(?:opd|ipd|op|ip)\\s+(?:slip|card|ticket|file|parchi)',
].join('|');
const LABELLED = new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${LABELS})(?![\p{L}\p{M}])${TO_ID}${CODE}`, 'giu');
const RUN_TOGETHER =
  /(?<![\p{L}\d])(?:MRN|MRD|UHID|UMR|IPD?|OPD?|CR|MR|REG|PID|ADM|HOSP|VIS|ENC|ACC|LAB|SMP)[-/_#]?\d[\p{L}\d]*(?:[-/_]\d+)*(?![\p{L}\d])/giu;
/** Prefix and running number, in the shapes that hospital systems print. */
const SHAPES = [
  /(?<![\p{L}\d.])[A-Z]{1,6}[-/_]?\d{5,}(?:[-/]\d+)*(?![\p{L}\d])/gu,
  /(?<![\p{L}\d.])[A-Z]{1,8}(?:[-/_][A-Z]{1,6})*[-/_]\d{2,4}[-/_][A-Z]{0,4}\d{2,}(?:[-/_][A-Z]{0,4}\d+)*(?![\p{L}\d])/gu,
  /(?<![\p{L}\d./-])(?:19|20)\d{2}[/_-]\d{4,}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d./-])\d{4,}[/_](?:\d{2}|20\d{2}|\d{3})(?:[/_]\d+)*(?![\p{L}\d/])/gu,
  /(?<![\p{L}\d.,/-])\d{2,3}-\d{2,3}-\d{2,4}-\d{2,}(?![\p{L}\d-])/gu,
  /(?<![\p{L}\d.])(?=[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d)(?=[\d-]*[A-Z])(?:\d{2,}[A-Z]{1,4}\d{2,}|[A-Z]{1,4}\d{2,}[A-Z]{1,4}\d{2,}|\d{4,}[A-Z]{1,4})(?![\p{L}\d])/gu,
];
/** "ID 55612907", "number: AB/1123": something is named by a number and the number is long. */
/** Patterns that ignore case take "grade 2" for a prefix and its number. */
const SMALL_WORD = /^\p{L}*\p{Ll}\p{L}*\s/u;
const ANY_LABEL = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:id|idno|crno|ipno|opno|mrno|regno|आईडी|(?:\p{L}[\p{L}\p{M}]+\s+)(?:id|no|number|nambar|नंबर|नम्बर|संख्या|क्रमांक))(?![\p{L}\p{M}])(?:\s*(?:is|hai|है|was|no|number))*\.?[\s:.#=()-]*${CODE}`,
  'giu',
);
/** Counts are written with "number" as well. */
const COUNTED =
  /^(?:platelets?|cells?|count|wbc|tlc|rbc|dose|version|day|episode|breaths?|beats?|stools?|drops?|rate|total)/iu;
/** Nothing on a ward is measured in nine digits. */
const LONG = /(?<![\d.,])\d{9,}(?![\d]|[.,]\d)/gu;
/** Laboratory values written against their names ("TLC14000"), and the prefixes of what has a number by nature. */
const NO_RECORD =
  /^(?:TLC|WBC|PLT|PLTS|PLATELETS?|ANC|ALC|CK|CPK|CKMB|BNP|NTPROBNP|LDH|TROP|FERRITIN|CRP|PCT|HR|BP|RR|SPO2?|COVID|ICD|LOINC|SNOMED|CPT|VOL|UO|IO|ISO|IEC|IS|IU|MX|NCT|CTRI|DOI|PMID|ISBN|RFC|CG|NG|QS)[-/_]?\d/iu;
const UNIT_AFTER =
  /^\s*(?:mb\b|gb\b|kb\b|ml|mg|mcg|mmhg|iu|units?|cells?|copies|kg|g\b|l\b|hz|rpm|bpm|\/(?:ul|µl|mm|cumm|dl|l|min)|per\b|%|°|mm)/iu;

const mrn: Recogniser = (text) => {
  const followed = ({ index, 0: found }: RegExpExecArray) =>
    UNIT_AFTER.test(text.slice(index + found.length));
  return [
    ...spansOfPattern(text, LABELLED, 'mrn', (match) => {
      const id = match.groups?.id ?? '';
      return (
        (/\d{3}/u.test(id) ||
          /[\p{L}/-]\d{2}/u.test(id) ||
          /^\D*\d{2,}$/u.test(id) ||
          /^\d{2}(?: \d{2})+$/u.test(id)) &&
        !SMALL_WORD.test(id) &&
        !followed(match) &&
        !/^(?:spo2|news2?|day|co2)/iu.test(id)
      );
    }),
    ...spansOfPattern(
      text,
      ANY_LABEL,
      'mrn',
      (match) =>
        (match.groups?.id ?? '').replace(/\D/gu, '').length >= 4 &&
        !COUNTED.test(match[0]) &&
        !SMALL_WORD.test(match.groups?.id ?? '') &&
        !NO_RECORD.test(match.groups?.id ?? '') &&
        !followed(match),
    ),
    ...spansOfPattern(text, RUN_TOGETHER, 'mrn', ([found]) => /\d{3}/u.test(found)),
    ...[...SHAPES, LONG].flatMap((pattern) =>
      spansOfPattern(text, pattern, 'mrn', (match) => !NO_RECORD.test(match[0]) && !followed(match)),
    ),
  ];
};

const DEVICE = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:s\s?\/\s?n|sr?\.?\s?no|ser(?:ial)?|imei|udi|asset|device(?:\s+(?:id|no|number|serial|tag))|equipment\s+(?:no|id|tag)|lot|batch|(?:monitor|ventilator|pump|pacemaker|implant|stent|glucometer|machine|infusion\s+pump|defibrillator|probe|icd|valve)\s+(?:serial|s\/n|sn|no|number|id|asset)|sn(?=\s*[:#.-])|सीरियल|क्रम\s+संख्या|मशीन\s+नंबर)(?![\p{L}\p{M}])(?:\s*(?:serial|no|num|number|id|tag|is|of|ventilator|monitor|pump|pacemaker|नंबर|नम्बर|संख्या|है))*\.?[\s:.#=()-]*${CODE}`,
  'giu',
);
const MAC = /(?<![\p{L}\d:-])[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}(?![\p{L}\d:-])/giu;

const device: Recogniser = (text) => [
  ...spansOfPattern(text, DEVICE, 'device', ({ groups }) => /\d{2}/u.test(groups?.id ?? '')),
  ...spansOfPattern(text, MAC, 'device'),
];

const STATES =
  'AN|AP|AR|AS|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TG|TR|TS|UA|UK|UP|WB';
const JOIN = String.raw`[\s./-]{0,3}`;
const PLATES = [
  new RegExp(
    String.raw`(?<![\p{L}\d])(?:${STATES})${JOIN}\d{1,2}${JOIN}[A-Z](?:${JOIN}[A-Z]){0,2}${JOIN}\d{3,4}(?![\p{L}\d/]|\.\d)`,
    'giu',
  ),
  /(?<![\p{L}\d])\d{2}[\s./-]{0,3}BH[\s./-]{0,3}\d{4}[\s./-]{0,3}[A-Z]{1,2}(?![\p{L}\d])/giu,
];
/** "HR 98 BP 120", "up 12 mg 500": a state's letters are a vital or a word too, and so is the series. */
const NO_SERIES =
  /^..[\s./-]*\d{1,2}[\s./-]*(?:BP|RR|PR|HR|SP|MAP|T|CVP|GCS|MG|ML|MCG|KG|CM|MM|HRS?|MIN|DAY|TO|SE|PAR|HB|NA|K|CL|CR|PH|O)[\s./-]*\d/iu;
const STATE_IN_HINDI =
  'डीएल|यूपी|एमएच|एचआर|आरजे|एमपी|पीबी|केए|टीएन|जीजे|बीआर|जेएच|सीजी|यूके|डब्ल्यूबी|एपी|टीएस|केएल|एचपी|ओडी|एएस|सीएच|जेके';
const HINDI_PLATE = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${STATE_IN_HINDI})[\s-]*\d{1,2}[\s-]*(?:[\p{Script=Devanagari}\p{M}]{1,8}[\s-]*){0,3}\d{3,4}(?!\d)`,
  'gu',
);
const LABELLED_PLATE =
  /(?<![\p{L}\p{M}])(?:vehicle|car|bike|scooter|scooty|motorcycle|auto|rickshaw|ambulance|truck|bus|tempo|tractor|jeep|plate|registration|गाड़ी|वाहन|एम्बुलेंस|बाइक|कार|ट्रक|gaadi|gadi)(?:\s*(?:no|number|plate|regn?|registration|नंबर|नम्बर|नं|is|hai))*\.?[\s:.#-]*(?<id>[A-Z]{2}[\s./-]*\d{1,2}[\s./-]*(?:[A-Z][\s./-]*){0,3}\d{3,4})(?![\p{L}\d])/giu;

const vehicle: Recogniser = (text) => [
  ...PLATES.flatMap((pattern) =>
    spansOfPattern(
      text,
      pattern,
      'vehicle',
      ([found]) => !NO_SERIES.test(found) || /^[^\p{Ll}]*\d{4}$/u.test(found),
    ),
  ),
  ...spansOfPattern(text, HINDI_PLATE, 'vehicle'),
  ...spansOfPattern(text, LABELLED_PLATE, 'vehicle'),
];

export const records: readonly Recogniser[] = [device, vehicle, mrn];
