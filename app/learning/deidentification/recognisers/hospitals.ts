/**
 * Hospitals, clinics, laboratories and health centres by their names: written out, in small letters, in Devanagari, by
 * the letters they are known by, and with their place behind them. A kind of hospital alone names none. Sources: HIPAA
 * Safe Harbor (45 CFR 164.514); kinds of institution: National Health Mission, Clinical Establishments Act.
 */
import { foldForIdentifiers } from '../fold.ts';
import { isOrdinaryHindi } from '../names/hindi-words.ts';
import { isKnownWord } from '../names/known-words.ts';
import { type IdentifierSpan, type Recogniser, spansOfPattern } from '../span.ts';
import { gazetteer } from './gazetteer.ts';
import { HOSPITAL_CHAINS, ORDINARY_TOWNS, TOWNS } from './place-names.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;
const END = '(?![\\p{L}\\p{M}])';

const CAPITAL = String.raw`\p{Lu}[\p{L}\p{M}'.&-]*`;
/** What a place of care is called; the word may be small, the name before it has its capital. */
const HOSPITAL_WORD =
  '(?:[Mm]ultisp?ecial[a-z]*\\s+|[Ss]upersp?ecial[a-z]*\\s+|[Mm]emorial\\s+|[Cc]haritable\\s+|[Mm]ission\\s+)*(?:[Hh]ospitals?|HOSPITALS?|[Hh]osp(?![a-z])\\.?|Hsptl|(?:Govt\\.?|Government)?\\s?[Mm]ed(?:ical)?\\.? [Cc]oll(?:ege)?\\.?(?: (?:and|&) [Hh]ospital)?|[Mm]edical [Cc]ent(?:re|er)|[Nn]ursing [Hh]omes?|NURSING HOME|[Cc]linics?|[Pp]olyclinic|[Hh]ealth ?[Cc]are|[Hh]ealth [Cc]ent(?:re|er)|[Ii]nstitute(?: [Oo]f [\\p{Lu}][\\p{L}]+(?: (?:and|&)? ?[\\p{Lu}][\\p{L}]+)*)?|[Dd]iagnostics?(?: [Cc]ent(?:re|er))?|[Ll]aborator(?:y|ies)|[Ll]abs?|[Pp]ath ?[Ll]abs?|[Pp]athology|[Dd]ispensary|[Mm]aternity [Hh]ome|[Ii]nfirmary|[Hh]ospice|Multispeciality|Superspeciality|[Hh]eart [Cc]ent(?:re|er)|[Cc]ancer [Cc]ent(?:re|er)|[Tt]rauma [Cc]ent(?:re|er)|[Dd]ialysis [Cc]ent(?:re|er)|[Ee]ye [Cc]ent(?:re|er)|[Bb]lood [Bb]ank|[Ss]cans|[Ii]maging|[Ss]eva [Ss]adan|[Ss]wasthya [Kk]endra|[Aa]rogya [Mm]andir|[Aa]spatal|[Hh]aspatal|[Cc]hikitsalaya|[Dd]awakhana|[Dd]avakhana|PHC|UPHC|CHC|SDH|GGH|GH)';
const NAMED_HOSPITAL = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:(?:${CAPITAL}|of|and|&|de|[\p{Lu}])\s+){1,6}(?:${HOSPITAL_WORD})${END}(?:,?\s+(?:(?:of|at|in)\s+)?(?!Dr|Mr|Mrs|Pt|ICU|The|He|She|On|In|No|For|Now|BP|HR|OT|OPD|After|With|But|And|Patient)\p{Lu}\p{Ll}[\p{L}\p{M}'-]+)?`,
  'gu',
);
/** Kinds of hospital, which name none. */
const KIND_OF_HOSPITAL =
  /^(?:(?:the|a|an|our|this|that|his|her|another|other|any|local|nearby|outside|private|govt|government|public|district|general|tertiary|referral|referring|rural|civil|base|parent|children'?s|cancer|eye|maternity|mental|teaching|community|primary|secondary|previous|first|same|from|to|in|at|by|and|of|shifted|transferred|referred|discharged|admitted|patient|dr|doctor|pain|fever|stroke|diabet(?:es|ic)|asthma|chest|skin|tb|hiv|art|antenatal|anc|well\s?baby|immuni[sz]ation|vaccination|follow-?up|dental|ent|ortho|orthopa?edics?|cardiac|surgical|medical|covid|field|military|army|railway|psychiat\w+|dialysis|memory|warfarin|wound|sadar|taluka?|women'?s|woman'?s|sub|clinical|central|main|biochem\w*|micro(?:biology)?|ha?ematology|hospital|stat|send|sent|in-?house|bedside|cath|sleep|skills?|lab|labs|x-?ray|ct|mri|heart|lung|kidney|liver|spine|for|with|after|before|urban|zonal|state|royal|national|level|care|intensive|multi|super|speciality|specialty)\s+)*(?:hospitals?|clinics?|phc|chc|nursing home|medical college|institute|laborator(?:y|ies)|labs?|diagnostics?|pathology|path ?labs?|hosp\.?|med(?:ical)?\.? coll(?:ege)?\.?|imaging|scans|aspatal|haspatal|chikitsalaya|dawakhana|davakhana|swasthya kendra|seva sadan|arogya mandir|health ?care|polyclinic|maternity home|eye cent(?:re|er)|dialysis cent(?:re|er)|uphc|sdh|ggh|gh|dispensary|blood bank|health cent(?:re|er)|medical cent(?:re|er)|trauma cent(?:re|er)|heart cent(?:re|er)|cancer cent(?:re|er)|hospice|infirmary|healthcare)$/iu;
/** In small letters the word only tells a kind, unless what stands before it is no other word. */
const SMALL_KIND =
  /\s(?:hosp(?:ital)?s?|clinics?|labs?|nursing homes?|institute|imaging|scans|diagnostics?|pathology)(?!\p{L})/u;
const LEADING_KIND =
  /^(?:(?:The|A|An|Our|This|That|From|To|In|At|By|And|Of|Shifted|Transferred|Referred|Discharged|Admitted|Patient|For|With|After|Before|Seen|Brought|Came|Old|Was|Came|Records?|Report)\s+)+/u;
const HINDI_HOSPITAL = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:[\p{Script=Devanagari}\p{M}]{2,}\s+){1,3}(?:अस्पताल|हॉस्पिटल|हास्पिटल|मेडिकल\s+कॉलेज|मेडिकल\s+कालेज|नर्सिंग\s*होम|क्लिनिक|क्लीनिक|चिकित्सालय|संस्थान|स्वास्थ्य\s+(?:केंद्र|केन्द्र)|सेवा\s*सदन|दवाखाना|दवाखाने|औषधालय|पैथोलॉजी|पैथोलाजी|डायग्नोस्टिक|ब्लड\s+बैंक)(?![\p{L}\p{M}])`,
  ),
  'gu',
);
/** Before "अस्पताल" these name none: kinds of hospital, and words of a sentence. */
const HINDI_KIND = new Set(
  folded(
    'पुराना पुरानी प्राथमिक सामुदायिक उप ब्लड पास नजदीक आंख आँख कैंसर बच्चों महिला ज़नाना टीबी मानसिक यही वही जिनमें जिसमें इसमें उसमें वे ये अपने उनके इनके बगल बाहर सबसे सरकारी निजी प्राइवेट ज़िला जिला स्थानीय बड़े बड़ा छोटे दूसरे दूसरा इस उस हमारे हमारा इसी किसी एक पास के नज़दीकी नजदीकी को से में का की ने और पर तक मरीज़ मरीज उन्हें उसे इन्हें वह यह हैं है था थी लिए बाद पहले कल आज फिर रोगी पुराने नए अन्य भर्ती सिविल जनरल रेफरल शहर गाँव गांव कहा वापस सीधे तुरंत घर रात सुबह लोग वाले वाला अच्छे कौन किस जब तब तो ही भी परिजन परिवार',
  ).split(' '),
);
const GUIDANCE_AFTER =
  /^(?:\s+(?:protocols?|guidelines?|guidance|manual|criteria|score|scale|handbook|textbook|consensus|mission)\b|-\p{Ll})/iu;
const chainsIn = gazetteer(HOSPITAL_CHAINS);
const townsIn = gazetteer(TOWNS);

/** "apollo hospital se", "city care clinic": in small letters, where a word before it names one. */
const SMALL_HOSPITAL =
  /(?<![\p{L}\p{M}])(?<id>(?:\p{Ll}{3,}\s+){1,3}(?:hospital|hosp|clinic|nursing\s+home|polyclinic|medical\s+college|aspatal|haspatal|dawakhana|path\s?labs?))(?!\p{L})/gu;
/** In Hinglish a known word may name a hospital ("apex city hospital se"), where an owner's mark follows. */
const LED_BY_HINDI = /^\s+(?:se|mein|me|ka|ki|ke|ko|bheja|wale|pe|par|gaya|gaye|le)(?!\p{L})/u;
const NO_SMALL_NAME =
  /^(?:(?:a|an|the|to|from|in|at|of|is|was|and|or|our|his|her|this|that|another|other|any|local|nearby|outside|private|govt|government|public|district|general|civil|same|previous|first|dusre|doosre|dusra|kisi|ek|paas|pas|ke|ki|ka|ko|se|mein|me|sarkari|niji|bade|bada|chhote|apne|hamare|us|is|unke|baad|jab|phir|kal|aaj|patient|mareez|mariz|usko|unko|isko|ye|wo|old|eye|rural|near|tertiary|referral|base|shifted|referred|discharged|brought|came|admitted|transfer(?:red)?|back|big|higher|hospital|direct|seedha|seedhe|gaon|shehar|sheher)\s+)+/u;
/** "सदर अस्पताल, आरा से", "सीएचसी फूलपुर": the place behind, where the sentence shows it as one. */
const HINDI_PLACE_BEHIND = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:(?:ज़िला|जिला|सदर|सिविल|राजकीय|सरकारी|संयुक्त|मंडलीय|उप-?ज़िला|रेफरल)\s+(?:अस्पताल|चिकित्सालय)|मेडिकल\s+(?:कॉलेज|कालेज)|पीएचसी|सीएचसी|(?:प्राथमिक|सामुदायिक)\s+स्वास्थ्य\s+(?:केंद्र|केन्द्र)|एम्स|पीजीआई)\s*,?\s+(?<place>[\p{Script=Devanagari}\p{M}]{2,})(?![\p{L}\p{M}])`,
  ),
  'gu',
);
/** Health centres carry the place's name behind them. */
const PLACE_BEHIND = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:(?:PHC|CHC|UPHC|Sadar Hospital|Civil Hospital|District Hospital|Govt\.? Hospital|Government Hospital|Medical College|Referral Hospital|Taluk Hospital|Rural Hospital|[Ss]adar [Hh]ospital|[Dd]istrict [Hh]ospital|[Cc]ivil [Hh]ospital|[Pp]rimary [Hh]ealth [Cc]ent(?:re|er)|GMC|GMCH|GH|SDH|DH)\s*,?\s+(?:(?:at|in|of)\s+)?(?!PHC|CHC|ICU|OPD|Dr|Day|On|In)\p{Lu}[\p{Ll}]{3,})(?![\p{L}\p{M}])`,
  ),
  'gu',
);

const HINDI_TOWNS = new Set([...TOWNS, ...ORDINARY_TOWNS].map(folded));
/** Colleges by their letters: "SKMCH", "GSVM", "IGIMS", "GMC Kota"; and chains as chats write them. */
/** "St. Martha's", "Saint Joseph": houses of an order, with or without the word. */
const SAINT =
  /(?<![\p{L}\p{M}])(?:St\.?|Saint)\s\p{Lu}\p{Ll}{3,}(?:'s)?(?:\s(?:Hospital|Medical College|Mission|Clinic|Convent))?(?!\p{L})/gu;
const LETTERS =
  /(?<![\p{L}\d])(?:[A-Z]{1,6}(?:MCH|MC&H|GMC|IMS|MCRI)|GMCH?(?=[\s-]+(?:\d{2}|\p{Lu}\p{Ll}))|(?:aiims|pgimer|pgi|jipmer|nimhans|sgpgi|kgmu|medanta|fortis|apollo|safdarjung|bhu|mgm|rml|lnjp|gtb|kem|bhabha|sassoon|sskm|pmch|nmch|dmch|igims|rims|kims|nims|gmch|manipal|narayana|yashoda|lilavati|kokilaben|hinduja|tata memorial)(?=\s+(?:hospital|hosp|se|mein|me|ka|ki|ke|ko|from|bhej\w*|refer\w*|wale|pe|par|jana|gaye?|le|delhi|\p{Lu})(?!\p{Ll})|\s*[,.]|$))(?![\p{L}\d])/gu;
const NO_LETTERS = /^(?:MIMS|HIMS|LIMS|CLIMS|AIMS|SWIMS|CLAIMS|VICTIMS)$/u;

function trimmed(text: string, span: IdentifierSpan, lead: RegExp): IdentifierSpan {
  const cut = lead.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  return { ...span, start: span.start + cut };
}

/** Named hospitals and what serves as one. */
export const hospital: Recogniser = (text) => {
  const inTown = townsIn(text);
  return [
    ...spansOfPattern(text, SMALL_HOSPITAL, 'location').flatMap((span) => {
      const from = trimmed(text, span, NO_SMALL_NAME);
      const named = text.slice(from.start, from.end).split(/\s+/u)[0] ?? '';
      return /^(?:hosp(?:ital)?|clinic|nursing|polyclinic|medical|aspatal|haspatal|dawakhana|path)$/u.test(
        named,
      ) ||
        (isKnownWord(named) && !LED_BY_HINDI.test(text.slice(from.end))) ||
        KIND_OF_HOSPITAL.test(text.slice(from.start, from.end))
        ? []
        : [from];
    }),
    ...spansOfPattern(
      text,
      PLACE_BEHIND,
      'location',
      ([found]) => !isKnownWord((/\S+$/u.exec(found)?.[0] ?? '').toLowerCase()),
    ),
    ...spansOfPattern(text, HINDI_PLACE_BEHIND, 'location', ({ groups, index, 0: found }) => {
      const place = groups?.place ?? '';
      if (HINDI_TOWNS.has(place)) return true;
      return (
        !isOrdinaryHindi(place) &&
        !HINDI_KIND.has(place) &&
        /^\s*(?:से|में|ने|की|के|का|को|भेजा|रेफर|[,।.)]|$)/u.test(text.slice(index + found.length))
      );
    }),
    ...spansOfPattern(
      text,
      SAINT,
      'location',
      ([found]) => !isKnownWord((found.split(/\s/u)[1] ?? '').toLowerCase()),
    ),
    ...spansOfPattern(text, LETTERS, 'location', ([found]) => !NO_LETTERS.test(found)),
    ...spansOfPattern(text, NAMED_HOSPITAL, 'location')
      .map((span) => trimmed(text, span, LEADING_KIND))
      .filter(({ start, end }) => {
        const found = text.slice(start, end);
        const name = found.split(/\s+/u)[0] ?? '';
        const capitals = found.match(/(?<![\p{L}\p{M}])\p{Lu}[\p{L}'.]+/gu)?.length ?? 0;
        const explained = capitals < 2 && isKnownWord(name.toLowerCase().replace(/\W+$/u, ''));
        if (SMALL_KIND.test(found) && explained) return false;
        return !KIND_OF_HOSPITAL.test(found) && !GUIDANCE_AFTER.test(text.slice(end));
      }),
    ...spansOfPattern(text, HINDI_HOSPITAL, 'location').flatMap((span) => {
      const words = text.slice(span.start, span.end).split(/\s+/u);
      const last = words.findLastIndex((word, index) => index < words.length - 1 && HINDI_KIND.has(word));
      const kept = words.slice(last + 1).join(' ');
      return kept.split(' ').length > 1 && !/^(?:मेडिकल कॉलेज|नर्सिंग होम)$/u.test(kept)
        ? [{ ...span, start: span.end - kept.length }]
        : [];
    }),
    ...chainsIn(text).flatMap(({ start, end }) => {
      if (GUIDANCE_AFTER.test(text.slice(end))) return [];
      const town = inTown.find((one) => /^[\s,-]+$/u.test(text.slice(end, one.start)));
      return [{ start, end: town?.end ?? end, kind: 'location' as const }];
    }),
  ];
};
