/**
 * Names of patients, relatives and staff, in Latin letters and Devanagari. A name is known by a list, by the title,
 * relation or label before it, by the form of address or the verb after it, or by standing as two capitalised words that
 * nothing else explains. Roles without a name are fine. Source: verification reference, De-identification.
 */
import { foldForIdentifiers } from '../fold.ts';
import { type IdentifierSpan, type Recogniser, spansOfPattern } from '../span.ts';
import { mayBeName } from './given-names.ts';
import { isOrdinaryHindi } from './hindi-words.ts';
import { isEponym, isKnownWord } from './known-words.ts';
import { soundsLikeAnyName, soundsLikeName, soundsLikeShortName } from './sound.ts';
import { type Word, wordsOf } from './words.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;
const set = (list: string): ReadonlySet<string> => new Set(folded(list).split(' '));
const TITLES = set(
  'mr mrs ms miss mister dr doc doctor prof professor shri sri shree smt shrimati sushri kumari kum km master mstr baby bb md mohd sister sr nurse staff brother br fr rev capt captain col colonel maj major lt sgt advocate adv er begum late lt. shriman sardar haji pt pandit कु श्री श्रीमती सुश्री कुमारी कुमार डॉ डा डॉक्टर डाक्टर प्रो प्रोफेसर मास्टर बेबी सिस्टर नर्स स्टाफ स्वर्गीय हाजी पंडित मि',
);
/** Titles that are other words too: in a sentence only before a word of a list of names. */
const LOOSE_TITLES = set(
  'sister sr staff brother baby master late major miss er col km br pt lt md doc nurse doctor कुमार मास्टर नर्स स्टाफ सिस्टर डॉक्टर डाक्टर पंडित बेबी rev fr',
);
const RELATIONS = set(
  'wife husband son daughter mother father brother sister uncle aunt nephew niece cousin grandson granddaughter grandfather grandmother attendant attender bystander guardian relative caretaker neighbour neighbor friend spouse nok kin widow informant pharmacist intern constable technician tech physio physiotherapist dietitian dietician sarpanch compounder anm ayah resident registrar anaesthetist anesthetist surgeon therapist rmo cmo matron incharge driver counsellor phlebotomist porter carer nanad saas sasur jija saala devar bhabhi jeth mausa patni pati pita pitaji mata maa beta beti bhai behen behan bahu damad कंपाउंडर फार्मासिस्ट ड्राइवर तकनीशियन सरपंच चौकीदार सास ससुर देवर भाभी जीजा पत्नी पति पुत्र पुत्री पिता माता भाई बहन बेटा बेटी बेटे बहू दामाद माँ परिजन सुपुत्र सुपुत्री',
);
const LABELS =
  /(?<![\p{L}\p{M}])(?:(?:patient|pt|full|first|last|father'?s?|mother'?s?|husband'?s?|attendant'?s?|relative'?s?|nurse|doctor|guardian'?s?|witness|emergency\s+contact|contact\s+person)?\s*name(?:\s+(?:is|of\s+(?:the\s+)?(?:patient|attendant|relative)))?|naam|named|called|alias|aka|pt|patient|s\/o|d\/o|w\/o|c\/o|h\/o(?=\s+(?:mr|shri))|f\/o|m\/o|b\/o|r\/o|s\/b|d\/w|signed(?:\s+by)?|sd\/-|seen\s+by|reviewed\s+by|attended\s+by|informed(?:\s+to)?|told|spoke(?:n)?\s+(?:to|with)|discussed\s+with|examined\s+by|prepared\s+by|verified\s+by|witnessed\s+by|entered\s+by|noted\s+by|done\s+by|given\s+by|checked\s+by|inserted\s+by|intubated\s+by|performed\s+by|accompanied\s+by|brought\s+by|care\s+of|under(?:\s+(?:the\s+)?care\s+of)?|consultant|referred\s+by|ref\s+by|handed\s+over\s+to|handover\s+(?:to|from|by)|attn|attention|dear|regards|thanks|witness|(?:mother|father|son|daughter|wife|husband|brother|sister|parents?|baby)\s+of|next\s+of\s+kin|nok|contact|attendant|relative|on\s*duty|nurse|surgeon|anaesthetist|intensivist|नाम|मरीज़|मरीज|रोगी|नामक|हस्ताक्षर|परिजन|पुत्र|पुत्री|पत्नी|पति|पिता)(?![\p{L}\p{M}])\s*(?:[:=,-]|is|hai|है|का\s+नाम|ka\s+naam|\()?\s*$/iu;
/** After a name: forms of address. */
const ADDRESS = set(
  'bhau sister staff nurse ji jee sahab saheb sahib sir madam maam garu bhai bhaiya ben behen didi akka anna amma appa uncle aunty auntie dada chacha chachi mausi tai tau kaka kaki mama mami जी साहब साहिब सर मैडम भाई भैया बहन दीदी चाचा काका अम्मा',
);
/** Of these the ones that are said to nobody but a person, right after the name. */
const CALLED = set(
  'sister mam ji jee sahab saheb sahib sir madam maam garu bai bhai bhaiya bhau behen ben didi akka amma uncle aunty auntie dada kaka tai जी साहब साहिब सर मैडम बाई भाई भैया बहन दीदी चाचा काका अंकल आंटी ताऊ ताई',
);
const OWNERS = set('ka ki ke ko ne se का की के को ने से');
/** What only a person does or is, in the words that stand right after a name. */
const PERSON_VERBS =
  /^'?s?,?\s*(?:\(|,?\s*(?:\d{1,3}\s?(?:(?:y|yr|yrs|years?|M|F)(?![\p{L}\d])|\/\s?[MF](?!\p{L})))|says?\b|said\b|told\b|complain\w*|reports?\b|denies|denied\b|refus\w+|agreed\b|consented\b|informed\b|called\b|phoned\b|asked\b|wants?\b|requested\b|signed\b|is\s+(?:a\s+)?(?:\d|the\s+(?:wife|husband|son|daughter|attendant|patient)|her|his|our|on\s+(?:duty|call))|was\s+(?:admitted|brought|born|informed|told|transferred|shifted|seen|discharged|extubated|intubated)|has\s+(?:been\s+)?(?:admitted|complain\w+|refused|consented|diabetes|fever|pain)|visited\b|arrived\b|inserted\b|reviewed\b|examined\b|advised\b|noted\b|will\s+(?:review|call|come)|pulled\b|lives?\b|works?\b|came\b|took\s+over|handed\b|took\b|tolerated\b|tolerating\b|checked\b|clerked\b|slept\b|ate\b|walked\b|died\b|expired\b|deteriorated\b|developed\b|aspirated\b|fell\b|needs\b|voided\b|had\s+(?:a|an|two|three|\d|loose|fever|vomiting)\b|self-?extubated\b|NPO\b|NBM\b|desaturated\b|(?:re)?intubated\b|extubated\b|anxious\b|restless\b|drowsy\b|comfortable\b|awake\b|asleep\b|sleeping\b|vomited\b|crying\b|febrile\b|afebrile\b|shifted\b|ambulat\w+|(?:is|was|feels?|looks?)\s+(?:anxious|restless|drowsy|comfortable|awake|asleep|sleeping|crying|febrile|afebrile|better|worried|upset|tired|hungry|thirsty|agitated|confused|intubated|extubated)\b|on\s+duty|gave\b|explained\b|and\s+(?:his|her|family))/iu;
/** What a patient has, behind an unknown word's "'s". */
const OWNED_THING =
  /^\s+(?:lines?|insulin|dose|drip|tube|bp|family|wife|husband|son|daughter|mother|father|attend[ea]r|attendant|relatives?|reports?|file|bed|chart|abg|sugar|potassium|urine|cannula|medicines?|meds|drain|dressing|spo2|pulse|iv|sample|blood|x-?ray|ct|mri|echo|consent|dialysis|feeds?|oxygen|mask|trach|ventilator|monitor)\b/iu;
/** Endings of Indian names that a list may lack. */
const NAME_ENDING =
  /(?:esh|endra|inder|ender|kumar|swamy|swami|appa|amma|bhai|ben|deep|jeet|preet|jit|vati|wati|lal|nath|walla|wala|kar|pathi|pandian|rajan|murthy|moorthy|reddy|singh|uddin|ullah|ulla|bano|bibi|devi|shankar|prasad|das|dasan|raj|rao|naidu|iyer|iyengar|kutty|selvam|selvan|velu|mani|samy|sami|gowda|shetty|nair|menon|pillai|varma|verma|sharma|gupta|chary|acharya|bhushan|chand|dev|eshwar|eswaran|eswari|lakshmi|priya|rani|kumari|wada|wade|kale|nkar|dkar|lkar|rkar|skar|tkar|gkar|vkar|pally|palli|nathan|krishnan|raman|baksh|zaman|rehman|rahman|allah|mma|ppan|akshi|ithra|anya|isha|ika)$/u;

/** A role or a label, after which a word of the lists is a name though it is another word too. */
const ROLE_BEFORE =
  /(?<![\p{L}\p{M}])(?:nurse|sister|staff|dr\.?|doctor|sr\.?|mr\.?|mrs\.?|smt\.?|shri|(?:pt|patient)?\s?name(?:\s+is)?|naam|called|hi|dear|beti|beta|patni|pati|bhai|behen|bahu|s\/o|d\/o|w\/o)\s*[:,-]?\s*$/iu;
const BEFORE_KIN = set(
  'bade bada badi chote chota choti chhote chhota chhoti mere mera meri uske uska uski unke unka unki apne apna apni iske iski ek doctor nurse sister staff hello haan thanks thank dear respected main head ward dono teeno saare sab mareez marij patient',
);
const HINDI_KIN_BEFORE =
  /(?<![\p{L}\p{M}])(?:patni|pati|beti|beta|bahu|damad|naam|s\/o|d\/o|w\/o)\s*[:-]?\s*$/iu;
/** When, and not who: "बेटा शाम को आएगा". */
const TIMES = set('शाम रात सुबह दोपहर दिन कल आज बाहर घर बाद हाल साथ काम दवा सांप साँप बिच्छू कुत्ते सभी');
const SECOND_NAMES = set('लाल राम देवी सिंह कुमार कुमारी प्रसाद चंद दास बाई बानो खातून बेगम नाथ कौर');
const HINDI_ROLES = set(
  'कंपाउंडर फार्मासिस्ट ड्राइवर तकनीशियन सरपंच बॉय सास ससुर देवर भाभी जीजा बहू दामाद बेटा बेटी मरीज़ मरीज रोगी नर्स सिस्टर स्टाफ बहन दीदी डॉक्टर मामा चाचा दादी दादा नानी नाना नाम',
);
/** Names that are English words, Hindi relations or parts of a sentence: in small letters they are those. */
const ENGLISH = set(
  'will may grant hall hope more moon long young small brown green white black gray grey hill wood stone field waters bells day june april august summer autumn art ivy lily daisy iris pearl ruby amber crystal dawn eve faith charity constance patience prudence victor rob nick pat sue gene jack max chip buck rich christian dean duke earl king prince bishop abbot cook baker mark bill frank grace rose rosy joy joyce mercy glory noble melody power wilson martin felix tony tom robin das ray sini mini mina gill gale par pal dar dev das das ram lal har kar kale kumar kumari devi patni pati bai ben bhai baba maa beta beti behan didi bhaiya mama chacha aunty uncle man men mala mani maya aman chain pant pole parte khot maan kaif dew deo tare tete taj rabi jani jat jal rati khushi roshni subh swarna talat tapas tapan nayan sonar mool zara imam sadhu vakil rahat huma sona soma teli wani oral saha sana sant seth sethi sher bind bindu disha dipti dhara dolly golu gola kanta kala karan kamal nag naga nal nale nath neel neem om pura puri puran raj raja rai rang rani saba sabi sagar sapna satya sara sathe sathi shanti shama sita sneh tara tilak tulsi uday upma uttam vani veer vidya yash lata',
);
/** Names that are Hindi nouns and adjectives: in small letters only after a role, a relation or with an owner's mark. */
const NOUNS = set(
  'prakash jyoti rakhi kiran santosh asha roshni shobha lamba kriti kirti pooja puja aarti arti sandhya nisha rajni usha suman kusum pushpa phool sneha karuna kshama daya vinay vijay ajay akash aakash sagar samir sameer pawan pavan badal varsha barkha megh himmat hasan hasi kalam raza reza shama shyam shaan shan ishwar bhagwan prabhu jeet jeevan jivan amrit dhara sangam milan umang tarang utsav mukti bhakti iccha mohit chetan nirmal komal madhur saral sahaj gaurav garv vishal virat amar ajar anant ankur beej kamna prarthana archana vandana',
);
const isEnglish = (word: string): boolean => ENGLISH.has(word) || NOUNS.has(word);

/** "naam pata nahi hai", "नाम गलत है": told of a name, and none. */
const NO_NAME_SAID = set(
  'पता क्या गलत सही नहीं लिखा अलग वही एक दोनों सबका बदला मालूम याद ठीक छपा दर्ज का की के में से pata kya galat sahi nahi nahin likha alag wahi ek dono same missing wrong badla maloom yaad theek ka ki ke mein me se not and aur bhi hi to',
);
const EPONYM_THING =
  /^'?s?\s+(?:sign|disease|syndrome|score|scale|criteria|solution|tube|catheter|mask|test|law|method|forceps|position|classification|triad|reflex|index|formula|stain|palsy|fever|blade|lactate|cannula|procedure|operation)\b/iu;
const BORNE_BY_WOMEN = set('kumari devi khatoon khatun bano begum begam bibi kaur');
/** "Jain diet": what somebody keeps to, and no name. */
const CREED_THING = /^\s+(?:diet|food|meals?|community|samaj|religion|festival|rites)\b/iu;
/** Endings of names in Devanagari that a list may lack; the exceptions are words. */
const HINDI_NAME_ENDING =
  /^(?!केंद्र|केन्द्र|गर्भवती|आराम|विराम|हराम|उदास|अनाथ|कपाल|प्रवेश|.*(?:देश|ग्राम)$).{2,}(?:श्वर|ेश|ेंद्र|ेन्द्र|लाल|राम|नाथ|दास|प्रसाद|वती|दीप|जीत|उद्दीन|ुल्लाह|पाल)$/u;
const MOST_WORDS = 4;
/** An accredited social health activist: a role, and no Asha. */
const HEALTH_ACTIVIST =
  /^(?:asha|आशा)\s+(?:didi|bahu|behen|behan|tai|worker|karyakarta|दीदी|बहू|बहन|कार्यकर्ता|कार्यकर्त्री)(?![\p{L}\p{M}])/iu;
const JOINING = set(
  'bin binti de da kumar kumari bai devi begum begam bano khatun khatoon bibi bee lal chand ram rao singh kaur',
);

/** The words after `index` that go on with a name, as long as they adjoin. */
function onward(words: readonly Word[], index: number, loose: boolean): number {
  let last = index - 1;
  for (let at = index; at < words.length && at < index + MOST_WORDS; at++) {
    const word = words[at];
    if (word === undefined || (at > index && !word.adjoins)) break;
    const continues =
      word.possible ||
      (word.initial && (at > index || words[at + 1]?.possible === true || words[at + 1]?.initial === true)) ||
      (at > index &&
        !word.hindi &&
        (word.capital || !words[at - 1]?.capital) &&
        (JOINING.has(word.small) || (mayBeName(word.small) && word.capital))) ||
      (at > index &&
        !word.hindi &&
        !word.capital &&
        !words[at - 1]?.capital &&
        word.surname &&
        !isKnownWord(word.small) &&
        !isEnglish(word.small)) ||
      (at > index && word.hindi && (word.surname || JOINING.has(word.small))) ||
      (loose && at === index && !word.hindi && mayBeName(word.small));
    if (!continues || (word.hindi && !word.initial && OWNERS.has(word.small))) break;
    if (isVerbAfter(words, at)) break;
    last = at;
  }
  return last;
}

/** "डॉ शर्मा देखेंगे": a Hindi verb after a name is not part of it. */
function isVerbAfter(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return (
    word?.hindi === true &&
    /(?:ेंगे|ेंगी|ेगा|ेगी|ता|ती|ते|ना|कर|या|यी|ये|एं|एँ|ें|ओ|इए|ाया|ाई|ाए)$/u.test(word.text) &&
    !word.name &&
    !word.surname
  );
}

function isEponymUse(text: string, words: readonly Word[], from: number, to: number): boolean {
  const part = words.slice(from, to + 1);
  if (part.some(({ small }) => isEponym(small)) && !part.some(({ name }) => name)) return true;
  const after = text.slice(words[to]?.end ?? 0);
  return (
    /^'?s?\s+(?:sign|disease|syndrome|score|scale|criteria|solution|tube|catheter|mask|test|law|method|forceps|position|manoeuvre|maneuver|classification|triad|phenomenon|reflex|index|formula|stain|palsy|fever|bacillus|chorea|contracture|fracture|needle|blade|lactate|cannula|valve|procedure|operation|stage|grade|ulcer|gangrene|breathing|respiration|nodes?|lesions?|spots?|line|bodies)\b/iu.test(
      after,
    ) &&
    /^'s?|^\s/u.test(after) &&
    (words[to]?.text.endsWith("'s") === true || /^'s?/u.test(after) || !part.some(({ name }) => name))
  );
}

export const names: Recogniser = (text) => {
  const words = wordsOf(text);
  const spans: IdentifierSpan[] = [];
  const add = (from: number, to: number, start = words[from]?.start ?? 0): void => {
    if (HEALTH_ACTIVIST.test(text.slice(words[from]?.start ?? 0))) return;
    const end = words[to]?.end ?? 0;
    const called = words[to + 1];
    if (called?.adjoins && CALLED.has(called.small)) {
      spans.push({ start, end: called.end, kind: 'name' });
      return;
    }
    if (to >= from && !isEponymUse(text, words, from, to))
      spans.push({
        start,
        end: words[to]?.initial === true && text[end] === '.' ? end + 1 : end,
        kind: 'name',
      });
  };
  /** Goes back over initials, titles and first names that lead into a name. */
  const backward = (at: number): number => {
    let from = at;
    while (from > 0 && words[from]?.adjoins === true) {
      const before = words[from - 1];
      if (
        before === undefined ||
        !(before.initial || before.possible || (before.capital && mayBeName(before.small) && !before.first))
      )
        break;
      if (before.hindi && (OWNERS.has(before.small) || isOrdinaryHindi(before.small))) break;
      from--;
    }
    return from;
  };
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const before = words[index - 1];
    // After a title. The title is part of the hit.
    if (TITLES.has(word.small) && next?.adjoins) {
      const loose = LOOSE_TITLES.has(word.small);
      const to = onward(words, index + 1, !loose);
      const lowercase = !next.hindi && !next.capital && !next.initial;
      const listed = words.slice(index + 1, to + 1).some(({ name, surname }) => name || surname);
      const capitals = !next.hindi && (next.capital || next.initial) && word.capital;
      const unknownSmall =
        lowercase &&
        !loose &&
        /^(?:dr|mr|mrs|smt|shri)$/u.test(word.small) &&
        !isKnownWord(next.small) &&
        next.small.length > 2;
      if (unknownSmall) {
        const end = words[Math.max(to, index + 1)]?.end ?? next.end;
        spans.push({ start: word.start, end, kind: 'name' });
      } else if (to > index && (listed || (capitals && word.small !== 'sr') || (!loose && !lowercase)))
        add(index + 1, to, word.start);
    }
    // A doctor may bear a discoverer's name: the title tells, unless the sign or the disease follows.
    if (
      /^(?:dr|mr|mrs|ms|smt|shri)$/u.test(word.small) &&
      next?.adjoins === true &&
      next.capital &&
      isEponym(next.small) &&
      !EPONYM_THING.test(text.slice(next.end))
    ) {
      const to = Math.max(index + 1, onward(words, index + 2, false));
      spans.push({ start: word.start, end: words[to]?.end ?? next.end, kind: 'name' });
    }
    // "नाम आशा है", "naam X hai": what stands between the two is the name, whatever else it means.
    if (
      /^(?:नाम|naam|naav)$/u.test(word.small) &&
      next !== undefined &&
      /^[\s:]{1,3}$/u.test(text.slice(word.end, next.start)) &&
      !NO_NAME_SAID.has(next.small)
    ) {
      const said = [index + 1, index + 2, index + 3].find((at) =>
        /^(?:है|हैं|था|थी|hai|hain|tha|thi)$/u.test(words[at + 1]?.small ?? ''),
      );
      if (
        said !== undefined &&
        words.slice(index + 2, said + 1).every(({ adjoins }) => adjoins) &&
        !words.slice(index + 1, said + 1).some(({ small }) => NO_NAME_SAID.has(small))
      )
        add(index + 1, said);
    }
    // After a relation or a label.
    const labelled =
      (before !== undefined &&
        RELATIONS.has(before.small) &&
        /^[\s,:(-]{1,3}$/u.test(text.slice(before.end, word.start))) ||
      LABELS.test(text.slice(Math.max(0, word.start - 60), word.start));
    if (labelled && (word.possible || word.initial) && !OWNERS.has(word.small)) {
      const to = onward(words, index, false);
      const strong = words
        .slice(index, to + 1)
        .some(({ name, surname, hindi }) => name || (surname && hindi));
      // In Devanagari nothing tells a name from any other word but a list, a colon or the word "name".
      const told = word.hindi
        ? strong ||
          /(?:नाम|श्री|:|=)[\s:=-]*(?:है\s*)?$/u.test(text.slice(Math.max(0, word.start - 40), word.start))
        : true;
      if (told) add(index, to);
    }
    // Two discoverers joined ("Weil-Felix"): a test or a disease, unless both parts are names.
    const joined =
      word.capital &&
      ((text[word.end] === '-' && next?.capital === true && next.start === word.end + 1 && !next.name) ||
        (text[word.start - 1] === '-' &&
          before?.capital === true &&
          before.end === word.start - 1 &&
          !before.name));
    // A capital inside a sentence, on a word of the lists that is no English one.
    if (
      /^\p{Lu}\p{Ll}{3,}$/u.test(word.text) &&
      !word.first &&
      !joined &&
      mayBeName(word.small) &&
      !ENGLISH.has(word.small) &&
      !isKnownWord(word.small) &&
      !/^(?:inj|tab|cap|syp|neb|susp|oint)$/u.test(before?.small ?? '') &&
      !CREED_THING.test(text.slice(word.end))
    )
      add(index, Math.max(index, onward(words, index, true)));
    // A surname behind a discoverer's: "Murphy Fernandes".
    if (
      word.capital &&
      word.surname &&
      word.name &&
      before?.capital === true &&
      isEponym(before.small) &&
      text.slice(before.end, word.start) === ' '
    )
      add(index - 1, index);
    // In a list of names, written as one.
    const owned =
      next !== undefined &&
      (OWNERS.has(next.small) || ADDRESS.has(next.small)) &&
      /^\s$/u.test(text.slice(word.end, next.start));
    if (word.name && (word.capital || word.hindi) && !joined && !CREED_THING.test(text.slice(word.end)))
      add(backward(index), Math.max(index, onward(words, index, true)));
    else if (
      word.name &&
      (owned ||
        (next?.name === true && next.adjoins) ||
        (next?.adjoins && next.surname && !isKnownWord(next.small)) ||
        (before?.name === true && word.adjoins))
    ) {
      const to =
        next?.adjoins && (next.name || (next.surname && !OWNERS.has(next.small))) ? index + 1 : index;
      add(index, to);
    }
    // A capital that nothing explains, with an owner, a form of address or a verb of persons behind it.
    const drug = before !== undefined && /^(?:inj|tab|cap|syp|neb|susp|oint)$/u.test(before.small);
    if (word.possible && !word.hindi && word.capital && !joined && !(drug && !word.name)) {
      const to = onward(words, index, false);
      const after = text.slice(words[to]?.end ?? word.end);
      const following = words[to + 1];
      const ownedRun =
        following !== undefined &&
        /^\s/u.test(after) &&
        (OWNERS.has(following.small) || ADDRESS.has(following.small)) &&
        !following.capital;
      const weak = mayBeName(word.small) && isKnownWord(word.small);
      const several = to > index && words.slice(index, to + 1).filter(({ possible }) => possible).length > 1;
      const initials =
        to > index && words.slice(index, to + 1).some(({ initial }) => initial) && !/^\d/u.test(after);
      const ending = NAME_ENDING.test(word.small) && word.small.length > 4 && !isKnownWord(word.small);
      const owns = words[to]?.text.endsWith("'s") === true && OWNED_THING.test(after);
      const acts = owns || (PERSON_VERBS.test(after) && !(weak && word.first));
      if (several || ownedRun || acts || (ending && !weak) || (initials && !isKnownWord(word.small)))
        add(index, to);
    }
    if (
      word.initial &&
      next?.adjoins &&
      next.possible &&
      next.capital &&
      !isKnownWord(next.small) &&
      !/\d\s*$/u.test(text.slice(Math.max(0, word.start - 40), word.start))
    )
      add(backward(index), onward(words, index + 1, false));
    // In small letters, as chats are typed: nobody's other word, or a name after a role, a relation or its label.
    if (
      word.name &&
      !word.capital &&
      !word.hindi &&
      word.small.length >= 4 &&
      !isEnglish(word.small) &&
      !isKnownWord(word.small)
    )
      add(index, Math.max(index, onward(words, index, true)));
    else if (!word.hindi && !word.capital && mayBeName(word.small) && !ENGLISH.has(word.small)) {
      const behind = text.slice(Math.max(0, word.start - 40), word.start);
      const kin =
        next !== undefined &&
        ((OWNERS.has(next.small) && RELATIONS.has(words[index + 2]?.small ?? '')) ||
          (next.adjoins && CALLED.has(next.small)));
      if (kin || ROLE_BEFORE.test(behind))
        add(
          index,
          next?.adjoins && (next.surname || next.name) && !OWNERS.has(next.small) ? index + 1 : index,
        );
    } else if (
      !word.hindi &&
      !word.capital &&
      word.small.length >= 4 &&
      !isKnownWord(word.small) &&
      !isEnglish(word.small) &&
      ((OWNERS.has(next?.small ?? '') &&
        HINDI_KIN_BEFORE.test(text.slice(Math.max(0, word.start - 30), word.start))) ||
        (next?.adjoins === true && CALLED.has(next.small) && !BEFORE_KIN.has(word.small)) ||
        (next?.small === 'ne' &&
          !CALLED.has(word.small) &&
          !ADDRESS.has(word.small) &&
          !RELATIONS.has(word.small) &&
          !TITLES.has(word.small)))
    )
      add(index, index);
    // "phool kumari", "s/o ramji": what a second name follows, and a father's name in small letters.
    if (
      !word.hindi &&
      !word.capital &&
      word.small.length >= 3 &&
      next?.adjoins === true &&
      BORNE_BY_WOMEN.has(next.small) &&
      (mayBeName(word.small) || !isKnownWord(word.small)) &&
      !RELATIONS.has(word.small) &&
      !BEFORE_KIN.has(word.small)
    )
      add(index, index + 1);
    else if (
      !word.hindi &&
      !word.capital &&
      /(?<!\p{L})[swd]\/o\s$/iu.test(text.slice(Math.max(0, word.start - 6), word.start)) &&
      (mayBeName(word.small) ||
        (/(?:ji|lal|ram|nath|das|dass|chand|deen|uddin)$/u.test(word.small) && !isKnownWord(word.small)))
    )
      add(index, Math.max(index, onward(words, index + 1, false)));
    // Devanagari: a word that is no ordinary one, after a relation or a role and with an owner's mark behind it, or one
    // that acts ("ने").
    const alsoName = !TIMES.has(word.small) && word.hindi && !word.possible && soundsLikeAnyName(word.text);
    if (
      word.hindi &&
      (word.possible || alsoName) &&
      !RELATIONS.has(word.small) &&
      !TITLES.has(word.small) &&
      !ADDRESS.has(word.small)
    ) {
      const acts = !alsoName && next?.text === 'ने' && word.text.length >= 3;
      const role =
        before?.hindi === true &&
        (RELATIONS.has(before.small) || HINDI_ROLES.has(before.small)) &&
        next !== undefined &&
        (OWNERS.has(next.small) ||
          ADDRESS.has(next.small) ||
          /^(?:आई|आए|आया|साथ|भी)$/u.test(next.text) ||
          (before.text === 'नाम' && /^(?:है|हैं)$/u.test(next.text)));
      const father =
        word.possible &&
        before?.hindi === true &&
        RELATIONS.has(before.small) &&
        /^(?:\s|$)/u.test(text.slice(before.end, word.start)) &&
        /(?:^|[,।;(\n]\s*)$/u.test(text.slice(Math.max(0, before.start - 40), before.start)) &&
        /^\s*(?:[,।;)\n]|$)/u.test(text.slice(word.end));
      const begins =
        alsoName &&
        /(?:^|[।.!?\n]\s*)$/u.test(text.slice(Math.max(0, word.start - 40), word.start)) &&
        /^(?:को|ने)$/u.test(next?.text ?? '') &&
        word.text.length >= 4;
      const kin =
        !alsoName &&
        next !== undefined &&
        /^(?:का|की|के)$/u.test(next.text) &&
        RELATIONS.has(words[index + 2]?.small ?? '');
      const shaped = word.possible && HINDI_NAME_ENDING.test(word.text) && OWNERS.has(next?.small ?? '');
      const paired =
        alsoName && before?.text === 'और' && words[index - 2]?.name === true && OWNERS.has(next?.small ?? '');
      const second = word.possible && next?.adjoins === true && SECOND_NAMES.has(next.small);
      if (second) add(index, index + 1);
      else if (acts || role || kin || father || begins || shaped || paired)
        add(
          index,
          index,
          role && before !== undefined && TITLES.has(before.small) ? before.start : word.start,
        );
    }
    // Signed: "- Arpita".
    if (
      word.capital &&
      word.possible &&
      !isKnownWord(word.small) &&
      /(?:^|[\n.!?,]\s*)[-~]\s?$/u.test(text.slice(Math.max(0, word.start - 40), word.start)) &&
      /^(?:\s+\p{Lu}\p{L}*)?\.?\s*$/u.test(text.slice(word.end))
    )
      add(index, onward(words, index, false));
    // A short name in Devanagari, with its owner's mark or a surname behind it, or a title before it.
    if (word.hindi && word.possible && soundsLikeShortName(word.text)) {
      const told = next !== undefined && (OWNERS.has(next.small) || ADDRESS.has(next.small) || next.surname);
      if (told || (before !== undefined && (TITLES.has(before.small) || RELATIONS.has(before.small))))
        add(index, next?.surname === true && !OWNERS.has(next.small) ? index + 1 : index);
    }
    // An ordinary word that is a name as well, with a surname behind it.
    if (
      word.hindi &&
      !word.possible &&
      next?.hindi === true &&
      next.adjoins &&
      next.surname &&
      !isOrdinaryHindi(next.small) &&
      soundsLikeName(word.text) &&
      !OWNERS.has(next.small)
    )
      add(index, Math.max(index + 1, onward(words, index + 1, true)));
    // Devanagari: an unknown word with a family's name or a form of address behind it.
    if (word.hindi && word.possible && next?.adjoins && next.hindi) {
      if (next.surname && !isOrdinaryHindi(next.small)) add(index, onward(words, index, false));
      else if (CALLED.has(next.small) && !RELATIONS.has(word.small) && !TITLES.has(word.small))
        add(index, index);
    }
  }
  return spans;
};

/** A newborn is called by its mother, and a professor by both titles. */
const BABY_OF =
  /(?<![\p{L}\p{M}])(?:baby\s+of|b\/o|bo|nb\s+of)\.?\s+(?:(?:mrs|smt|ms)\.?\s+)?\p{L}[\p{L}\p{M}]{2,}/giu;
const TWO_TITLES =
  /(?<!\p{L})(?:Dr|Prof|Col|Capt|Maj|Lt)\.?\s*\(?(?:Prof|Dr|Mrs|Col|Maj|Retd)\.?\)?\s*(?:\p{Lu}\.?\s*){0,3}\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)?/gu;

const ONE_LETTER = /(?<!\p{L})(?:Dr|Mr|Mrs|Ms|Prof)\.?\s\p{Lu}\.(?!\s?\p{Lu})/gu;

const calledByTitles: Recogniser = (text) => [
  ...spansOfPattern(
    text,
    BABY_OF,
    'name',
    ([found]) => !/\s(?:the|this|her|known|unknown|diabetic)$/iu.test(found),
  ),
  ...spansOfPattern(text, TWO_TITLES, 'name'),
  ...spansOfPattern(text, ONE_LETTER, 'name'),
];

export const people: readonly Recogniser[] = [names, calledByTitles];
