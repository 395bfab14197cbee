/**
 * Numbers that a hospital or a maker gives: records, visits and samples; serial numbers; number plates. Sources: HIPAA
 * Safe Harbor (45 CFR 164.514), Central Motor Vehicles Rules (form of a plate), GS1 (device identification).
 */
import { type IdentifierSpan, type Recogniser, spansOfPattern } from '../span.ts';

const TO_ID = String.raw`(?:\.?\s*(?:no|num|number|nos|id|code|is|was|as|नंबर|नम्बर|नं|संख्या|सं|क्रमांक|क्र|आईडी|है|hai|ka|का)(?![\p{L}\p{M}]))*\.?[\s:.=()-]*`;
const UNIT =
  'mb\\b|gb\\b|kb\\b|ml|mg|mcg|mmhg|iu|units?|u\\b|cells?|copies|kg|g\\b|l\\b|hz|rpm|bpm|\\/(?:ul|µl|mm|cumm|dl|l|min)|per\\b|lakh|%|°|mm|hrs?\\b|hours?\\b|min';
/** Groups of digits with spaces between them ("MR 77 41 902"), as long as none is a reading. */
const GROUPS = String.raw`(?:\p{L}{1,5}[ -])?\d{2,4}(?:[ ]\d{2,4}(?!\d|[.,:/]\d|\s?(?:${UNIT})))+`;
/** Letters and digits with at least one digit, its parts joined by marks; further parts after a space hold digits. */
const CODE = String.raw`(?<id>#?(?:${GROUPS}(?![\p{L}\d])|(?:\p{Lu}{1,5}\s(?=\d))?(?=[\p{L}\p{M}/._-]{0,14}\d)[\p{L}\p{M}\d]+(?:[/._-]+[\p{L}\p{M}\d]+)*(?:\s(?=[\p{L}]{0,3}\d{3})[\p{L}\d]+(?:[/-][\p{L}\d]+)*)*))`;
const NUMBERED =
  '(?:hospital|hosp|file|slip|health|pid|crf|srf|icmr|icu|ot|serology|tag|dispatch|despatch|booking|appointment|scan|card|ticket|referral|letter|case|admission|admn?|indoor|outdoor|(?:in|out)-?patient|register|record|chart|folder|patient|pt|visit|encounter|episode|bill|invoice|receipt|token|sample|specimen|lab|accession|barcode|order|request|account|acct|a\\/c|discharge|mlc|fir|gd|unit|donor|kit|cross-?match|plate|wristband|band|nikshay|rch|art|tb|birth|death|enrol+ment|unique|samagra|x-?ray|ct|mri|usg|echo|biopsy|histopath|blood\\s+bag|bag|study|subject|report|entry|ref(?:erence)?)';
/** What a hospital calls its numbers, in words and in letters. Source: forms of public and private hospitals. */
const LABELS = [
  'mrn?\\s?d?',
  'm\\.?\\s?r\\.?\\s?(?:no|d|number|(?=#))',
  'u\\.?\\s?h\\.?\\s?i\\.?\\s?d',
  'umr|prn|bht|hid|crno|mrno|ipno|opno|regno|uhidno',
  'bed\\s?head\\s?ticket|mlc|fir(?=\\s*[:#\\d-])|token(?=\\s*[:#]?\\s*\\p{L}?-?\\d{3})',
  'c\\.?\\s?r\\.?\\s?(?:no|number|(?=#))',
  '(?:i\\.?\\s?p|o\\.?\\s?p)\\.?\\s?d?\\.?(?=[\\s.:#-]*(?:no|num|id|\\d))',
  'ipd|opd|ipid|opid|dvd',
  'reg(?:d|n|istration|ister)?',
  `${NUMBERED}\\.?\\s*(?:slip|card|file|sheet|paper|register|parcha)?\\s*(?:no|num|number|id|nambar|nambr|code|(?=#)|नंबर)`,
  '(?:patient|pt)\\s?(?:id|(?=#))',
  '(?:case|bed\\s?head)\\s?(?:sheet|paper)',
  'medical\\s+record',
  'एमआरएन|एमआरडी|यूएचआईडी|यूएचआइडी|आईपीडी|ओपीडी|आईपी|ओपी|सीआर|पंजीकरण|पंजीयन|पंजी|रजिस्ट्रेशन|रजिस्टर|रजि|रिकॉर्ड|फ़ाइल|फाइल|भर्ती\\s+(?:संख्या|नंबर|नं|सं|क्रमांक|क्र)|केस|पर्ची|पर्चा|पर्चे|एडमिशन|मरीज़\\s+(?:आईडी|संख्या)|मरीज\\s+(?:आईडी|संख्या)|सैंपल|बिल|टोकन|लैब\\s+(?:आईडी|नंबर|नं|संख्या)|कार्ड\\s+(?:संख्या|नंबर|नं)|अनुक्रमांक|क्रमांक|जन\\s*आधार|समग्र',
  'parch[ai]|bharti\\s+(?:number|no)|(?:opd|ipd|op|ip)\\s+(?:slip|card|ticket|file|parch[ai])',
].join('|');
const LABELLED = new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${LABELS})(?![\p{L}\p{M}])${TO_ID}${CODE}`, 'giu');
const RUN_TOGETHER =
  /(?<![\p{L}\d])(?:MRN|MRD|UHID|UMR|UH|IPD?|OPD?|CRNO|CR|MR|HN|REG|PID|ADM|HOSP|VIS|ENC|ACC|LAB|SMP)[-/_#]?\d[\p{L}\d]*(?:[-/_]\d+)*(?![\p{L}\d]|\.\d)/giu;
/** "CR 118845", "IP: 30917": letters that are other things before a small number. */
const BARE_LABEL =
  /(?<![\p{L}\d])(?:CR|MR|IP|OP|REG|UHID|MRD)NO[ .:#-]{0,2}\d{4,}(?![\p{L}\d])|(?<=(?<![\p{L}\d])(?:CR|IP|OP|MR|HN|UH|ADM|HID)[ .:#-]{1,2})\d{5,}(?![\p{L}\d]|[.,]\d)/giu;
/** Prefix and running number, in the shapes that hospital systems print. */
const SHAPES = [
  /(?<![\p{L}\d.])[A-Z]{1,6}[-/_]?\d{5,}(?:[-/]\d+)*(?![\p{L}\d])/gu,
  /(?<![\p{L}\d.])[A-Z]{1,8}(?:[-/_][A-Z]{1,6})*[-/_]\d{2,4}[-/_][A-Z]{0,4}\d{2,}(?:[-/_][A-Z]{0,4}\d+)*(?![\p{L}\d])/gu,
  /(?<![\p{L}\d.])[A-Z]{2,6}(?:[-/_][A-Z]{2,6})+[-/_]\d{3,}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d.])[a-z]{1,4}\d{6,}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d./-])(?:19|20)\d{2}[/_-]\d{4,}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d./-])\d{2}[/_-]\d{5,}(?![\p{L}\d/-]|\.\d)/gu,
  /(?<![\p{L}\d./-])\d{2,4}[/_-][A-Z]{1,5}[/_-]?\d{2,}(?:[/_-]\d+)*(?![\p{L}\d])/gu,
  /(?<![\p{L}\d./-])\d{4,}[/_](?:\d{2}|20\d{2}|\d{3})(?:[/_]\d+)*(?![\p{L}\d/])/gu,
  /(?<![\p{L}\d./-])\d{3}\/20\d{2}(?![\p{L}\d/-])/gu,
  /(?<![\p{L}\d./-])\d{5,}-(?:\d{2}|20\d{2})(?![\p{L}\d/-])/gu,
  /(?<![\p{L}\d.,/-])\d{2,3}-\d{2,3}-\d{2,4}(?:-\d{2,})?(?![\p{L}\d-])/gu,
  /(?<![\p{L}\d.])(?=[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d)(?=[\d-]*[A-Z])(?:\d{2,}[A-Z]{1,4}\d{2,}|[A-Z]{1,4}\d{2,}[A-Z]{1,4}\d{2,}|\d{4,}[A-Z]{1,4})(?![\p{L}\d])/gu,
];
/** Patterns that ignore case take "grade 2" for a prefix and its number. */
const SMALL_WORD = /^(?!(?:mr|uh|uhid|ip|ipd|op|opd|cr|reg|hn|pid)\s)\p{L}*\p{Ll}\p{L}*\s/u;
/** "ID 55612907", "number: AB/1123": something is named by a number and the number is long. */
const ANY_LABEL = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:id|idno|आईडी|(?:\p{L}[\p{L}\p{M}]+\s+)(?:id|no|number|nambar|नंबर|नम्बर|नं|संख्या|क्रमांक))(?![\p{L}\p{M}])(?:\s*(?:is|hai|है|was|no|number))*\.?[\s:.=()-]*${CODE}`,
  'giu',
);
/** Counts are written with "number" as well; a drug's lot names nobody. */
const COUNTED =
  /^(?:platelets?|cells?|count|wbc|tlc|rbc|dose|version|day|episode|breaths?|beats?|stools?|drops?|rate|total|lot|batch|catalogue|model)/iu;
/** Nothing on a ward is measured in nine digits, nor written with a nought before it; in seven with its unit or drug. */
const LONG = /(?<![\d.,])\d{9,}(?![\d]|[.,]\d)/gu;
const NOUGHT_BEFORE = /(?<![\p{L}\d.,/:+-])0\d{4,}(?![\p{L}\d]|[.,:/-]\d)/gu;
const SEVEN = /(?<![\p{L}\d.,/:+-])\d{7,8}(?![\p{L}\d]|[.,:/-]\d)/gu;
/** Money, and what is counted or dosed in millions. */
const COUNT_BEFORE =
  /(?:rs\.?|inr|₹|rupees|cost|bill|charges?|amount|platelets?|plt|count|wbc|tlc|rbc|cells?|load|copies|dose|streptokinase|urokinase|penicillin|heparin|total|lot|batch)(?:\s*(?:no|number|of|is|was|aaya|hai))*\.?[\s:=#-]*$/iu;
/** Laboratory values written against their names ("TLC14000"), and the prefixes of what has a number by nature. */
const NO_RECORD =
  /^(?:TLC|WBC|PLT|PLTS|PLATELETS?|ANC|ALC|CK|CPK|CKMB|BNP|NTPROBNP|LDH|TROP|FERRITIN|CRP|PCT|HR|BP|RR|SPO2?|COVID|ICD|LOINC|SNOMED|CPT|VOL|UO|IO|ISO|IEC|IS|IU|MX|NCT|CTRI|DOI|PMID|ISBN|RFC|CG|NG|QS)[-/_]?\d/iu;
const UNIT_AFTER = new RegExp(String.raw`^\s*(?:${UNIT})`, 'iu');
/** A lot of a drug, right before its number. */
const LOT_BEFORE = /(?:lot|batch)\s*(?:no|number|num|#)?\.?[\s:.#-]*$/iu;

const digitsOf = (text: string): string => text.replace(/\D/gu, '');
/** Letters as A, digits as 9: two numbers from one system have one shape. */
const shapeOf = (id: string): string => id.replace(/\p{L}/gu, 'A').replace(/\d/gu, '9');
const TOKEN = /(?<![\p{L}\p{M}\d.,])#?[\p{L}\p{M}\d]+(?:[/._-][\p{L}\p{M}\d]+)*/gu;

/** "MRN K0093-771 aur K0093-717": once one number is known, every other of its shape is one too. */
function ofTheSameShape(text: string, known: readonly IdentifierSpan[]): IdentifierSpan[] {
  const shapes = new Set(
    known
      .map(({ start, end }) => text.slice(start, end))
      .filter((id) => digitsOf(id).length >= (/\p{L}|[/-]/u.test(id) ? 4 : 5))
      .map(shapeOf),
  );
  return shapes.size === 0
    ? []
    : spansOfPattern(
        text,
        TOKEN,
        'mrn',
        ({ index, 0: found }) =>
          shapes.has(shapeOf(found)) &&
          !NO_RECORD.test(found) &&
          !COUNT_BEFORE.test(text.slice(Math.max(0, index - 40), index)) &&
          !UNIT_AFTER.test(text.slice(index + found.length)),
      );
}

const mrn: Recogniser = (text) => {
  const followed = ({ index, 0: found }: RegExpExecArray) =>
    UNIT_AFTER.test(text.slice(index + found.length));
  const before = (index: number) => text.slice(Math.max(0, index - 40), index);
  const labelled = spansOfPattern(text, LABELLED, 'mrn', (match) => {
    const id = match.groups?.id ?? '';
    return (
      (/\d{3}/u.test(id) ||
        /[\p{L}/-]\d{2}/u.test(id) ||
        /^\D*\d{2,}$/u.test(id) ||
        digitsOf(id).length >= 4) &&
      !SMALL_WORD.test(id) &&
      !(followed(match) && digitsOf(id).length < 6) &&
      !/^(?:spo2|news2?|day|co2)/iu.test(id)
    );
  });
  return [
    ...labelled,
    ...ofTheSameShape(text, labelled),
    ...spansOfPattern(
      text,
      ANY_LABEL,
      'mrn',
      (match) =>
        digitsOf(match.groups?.id ?? '').length >= 4 &&
        !COUNTED.test(match[0]) &&
        !SMALL_WORD.test(match.groups?.id ?? '') &&
        !NO_RECORD.test(match.groups?.id ?? '') &&
        !followed(match),
    ),
    ...spansOfPattern(text, RUN_TOGETHER, 'mrn', ([found]) => /\d{3}/u.test(found)),
    ...spansOfPattern(text, BARE_LABEL, 'mrn'),
    ...[...SHAPES, LONG, NOUGHT_BEFORE, SEVEN].flatMap((pattern) =>
      spansOfPattern(
        text,
        pattern,
        'mrn',
        (match) =>
          !NO_RECORD.test(match[0]) &&
          !followed(match) &&
          !LOT_BEFORE.test(before(match.index)) &&
          !(pattern === SEVEN && COUNT_BEFORE.test(before(match.index))),
      ),
    ),
  ];
};

const DEVICE = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:s\s?\/\s?n|sr?\.?\s?no|ser(?:ial)?|imei|udi|asset|device(?:\s+(?:id|no|number|serial|tag))|equipment\s+(?:no|id|tag)|(?:monitor|ventilator|pump|pacemaker|implant|stent|glucometer|machine|infusion\s+pump|defibrillator|probe|icd|valve)\s+(?:serial|s\/n|sn|no|number|id|asset)|sn(?=\s*[:#.-])|सीरियल|क्रम\s+संख्या|मशीन\s+नंबर)(?![\p{L}\p{M}])(?:\s*(?:serial|no|num|number|id|tag|is|of|ventilator|monitor|pump|pacemaker|नंबर|नम्बर|संख्या|है))*\.?[\s:.#=()-]*${CODE}`,
  'giu',
);
const MAC = /(?<![\p{L}\d:-])[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}(?![\p{L}\d:-])/giu;

/** The lot of what stays in a body; a drug's lot names nobody. */
const IMPLANT_LOT = new RegExp(
  String.raw`(?<!\p{L})(?:stent|implant|valve|pacemaker|lead|graft|mesh|prosthesis|lens|iol|plate|nail|shunt|catheter)[^.।\n]{0,30}(?<![\p{L}\p{M}])(?:lot|batch)\s*(?:no|number|#)?\.?[\s:.#-]*${CODE}`,
  'giu',
);
const device: Recogniser = (text) => [
  ...spansOfPattern(text, IMPLANT_LOT, 'device', ({ groups }) => digitsOf(groups?.id ?? '').length >= 2),
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

/** For the trainer, which looks for the same shapes (`trainer-patterns.test.ts`). */
export const RECORD_PATTERNS = {
  DEVICE,
  IMPLANT_LOT,
  MAC,
  PLATES,
  NO_SERIES,
  HINDI_PLATE,
  LABELLED_PLATE,
  LABELLED,
  SMALL_WORD,
  TOKEN,
  ANY_LABEL,
  COUNTED,
  RUN_TOGETHER,
  BARE_LABEL,
  SHAPES,
  LONG,
  NOUGHT_BEFORE,
  SEVEN,
  COUNT_BEFORE,
  NO_RECORD,
  UNIT_AFTER,
  LOT_BEFORE,
};
