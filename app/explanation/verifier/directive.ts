/**
 * Rule `directive`: a drug with a dose is blocked always; an order to give, start, stop, titrate or perform is
 * blocked without a citation to a passage that says it. Nursing checks pass. Source: verification rule 5.
 */
import { DRUGS, TREATMENTS } from './drugs.ts';
import { oxygenCourses } from './oxygen-course.ts';
import { inBothLanguages } from './passage-terms.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { isAskedFor, isHeldPossible, isLeftToClinician } from './stance.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';

/** A dose: a number (or "a few") with a unit of mass, volume or activity. */
const DOSE =
  /(?:\d+(?:[.,]\d+)?|[\p{L}]+) ?(?:mg|mcg|µg|μg|micrograms?|milligrams?|grams?|ml|millilit(?:re|er)s?|international units|units? (?:of|per)|iu|mmol|meq|mg\/kg|litres?|liters?|l\/min|मिलीग्राम|माइक्रोग्राम|मिली|एमएल|ग्राम)(?![\p{L}]| ?\/ ?d?l(?![\p{L}]))/gu;
const DOSE_NUMBER =
  /^(?:\d|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred|thousand|few|some)(?![\p{L}])|[\p{L}\p{M}]+ (?:मिलीग्राम|माइक्रोग्राम|मिली|एमएल|ग्राम))/u;

/** Verbs that are an order to treat whatever stands with them. */
const ALWAYS = words(
  '(?:bring|get|push|drive|force|knock) (?:the|his|her|this) (?:[\\p{L}]+ )?(?:pressure|pulse|heart rate|temperature|fever|rate|saturations?|sats|bp) (?:down|up)|(?:send|take|rush|wheel|shift|move|transfer) (?:the patient|him|her|them) to (?:theatre|icu|ct|hdu|the (?:icu|ct|cath|operating)\\p{L}*)|pace (?:the patient|him|her|them)|give (?:another|one more) (?:litre|liter|bolus|bag|dose|round|unit|pint)|(?:secure|protect|open|clear|maintain|support) (?:the |his |her |their |an )?airway|bair ?hugger|forced[- ]air|warmed fluids|tube (?:the|this|him|her|them)(?! (?:is|was))|(?:mask|oxygen|prongs|cannula|drip|line|tube|catheter|ventilator|infusion)s? (?:can|may|could|should|must|has to|have to|is to|are to) (?:now |safely )?(?:come|go|stay|be (?:taken|turned|switched|left|put|stopped|removed|moved|kept|given|started|increased|reduced|restarted))|(?:wide|large)[- ]bore|get (?:[\\p{L}\\p{N}-]+ ){0,3}(?:lines?|access|iv|cannulas?) in|(?:iv|venous|vascular|arterial) access|bag (?:the |this )?(?:patient|him|her|them)|bag(?:ging|ged)|bag-?(?:valve-?)?mask|ambu|re-?warm(?:ed|ing|s)?|active(?:ly)? (?:warm|cool)\\w*|tepid spong\\w*|spong(?:e|ing) (?:the|him|her)|ice packs?|cooling blankets?|shock (?:the|this) (?:patient|rhythm)|suction\\w*|prescrib(?:e|es|ing)|(?:be|get) prescribed|(?:re-?)?intubat\\w+|extubat\\w+|titrat\\w+|administ(?:er|ers|ered|ering|ration)|cardiover\\w+|defibrillat\\w+|transfus\\w+|(?:mechanically |artificially )?ventilat(?:e|ed|ing|or)|sedat(?:e|ed|ing)(?! (?:medicines?|drugs?|medications?))|infus(?:e|ed|ing|ion)|bolus(?:es)?|cannulat\\w+|catheteri[sz]\\w+|resuscitat\\w+|nebuli[sz]e|इंट्यूबे[\\p{L}\\p{M}]*|वेंटिलेट[\\p{L}\\p{M}]*|कार्डियोवर्[\\p{L}\\p{M}]*',
);
/** Verbs that are an order where a drug or a treatment stands in the same clause. */
const WITH_TREATMENT = words(
  'giv(?:e|es|en|ing)|start(?:s|ed|ing)?|stop(?:s|ped|ping)?|commenc\\w+|initiat\\w+|begin|hold|withhold|continue|discontinue|prepar\\w+|get ready|wide open|free[- ]flow|stat|चला (?:के|कर)|putting|placing|inserting|adding|connecting|hooking|hook(?:ed)? up|plac(?:e|ed)|get (?:him|her|them|the patient)|going (?:on|onto)|mov(?:e|ed|ing) (?:to|onto)|escalat(?:e|ed|ing) to|swap\\w*|crack(?:ed)? open|open up|bump(?:ed)? up|increase|decrease|reduce|raise|(?<!(?:be|is|are|was|were|even|much|still|than|its|the|a|slightly|or|somewhat|far|fall|fallen|go) )lower(?! (?:than|still|now|yet|without|in|on|edge|limit|bound|band|end))|wean\\w*|(?:turn|dial|crank|bring|wind|step|switch|put)(?:s|ed|ing)? (?:the |this |that |his |her |their |it |… ?|of )*(?:up|down|on|off)|appl(?:y|ied|ying)|put|place|insert\\w*|remov\\w+|provid\\w+|deliver\\w*|suppl(?:y|ied|ying)|perform\\w*|(?<!in )us(?:e|ed|ing)|try|switch\\w*|chang(?:e|ed|ing)|add|adjust\\w*|connect|hang|push|run (?:in|through)|top(?:ped)? up|flush|squeeze|order(?:ed)?|treat(?:ed|ing)?|set up|(?:कम|ज़्यादा|अधिक|तेज़|धीमा) कर[\\p{L}\\p{M}]*|दें|दो|दीजिए|दीजिये|देना|दिया जाए|शुरू कर[\\p{L}\\p{M}]*|बंद कर[\\p{L}\\p{M}]*|बढ़ा(?:एँ|एं|ओ|इए)|घटा(?:एँ|एं|ओ|इए)|लगा(?:एँ|एं|ओ|इए|ना)|लगा दें|चालू कर[\\p{L}\\p{M}]*|रोक(?:ें|ो| दें)|हटा(?:एँ|एं|ओ| दें)|पिला(?:एँ|एं|ओ)|चढ़ा(?:एँ|एं|ओ|इए)|(?:चालू|जारी|लगाए|लगा|चढ़ाए) रख[\\p{L}\\p{M}]*|रख (?:दें|दो|दीजिए)|चला (?:दो|दें|दीजिए)|चला(?:ओ|एँ|एं|इए)|(?<!ध्यान )देने|देकर|दिए जाने|चढ़ाने|चढ़ा (?:दो|दें|दीजिए)|लगाने|बढ़ाने|बढ़ाकर|bring|wear',
);
/** Hedged orders, for drugs and named treatments; "the body needs oxygen" is physiology. */
const ADVICE = words(
  'consider\\w*|recommend\\w*|suggest\\w*|advis\\w+|need(?:s|ed)?|requir\\w+|indicated|warrant\\w*|must have|should (?:have|receive|get)|चाहिए|ज़रूरत|(?:is|are) (?:due|reasonable|appropriate|advisable|called for|the answer|overdue|worthwhile|helpful|beneficial|next)|(?:would|will|could|should|may|might|can) (?:\\w+ )?(?:bring|raise|improve|help|correct|calm|lower|fix|settle|restore|support|treat|benefit|work|reverse|relieve)|benefits? from|owed|deserves?|next step|do the trick|(?:think|thinking|thought) (?:about|of)|worth (?:a |trying|giving|starting|considering|an? try)|(?:high |about |the (?:right )?)?time (?:for|to)|ought to|cr(?:y|ies|ying) out for|calls? for|merits?|candidates? for|the (?:answer|solution|treatment|remedy|fix) (?:is|would be|lies)|समय (?:आ|हो)(?: गया)?|सोच(?:ें|ना|ा|िए)|उचित|लाभ|फ़ायदा|मदद कर[\\p{L}\\p{M}]*',
);
const NAMED_TREATMENT = words(
  'supplemental oxygen|oxygen therapy|high[- ]flow(?: oxygen)?|oxygen mask|venturi(?: mask)?|(?:nasal )?prongs|nasal cannulae?|non-?rebreath\\w*|transfusion|pacing|iv fluids?|intravenous fluids?|fluids?(?! (?:loss|overload|balance|status|shifts?|chart|in the))|saline|blood products?|drips?|infusion pumps?|ventilation|niv|cpap|bipap|central line|dialysis|surgery|cpr|बाइपैप|बाईपैप|सीपैप|एनआईवी|हाई[- ]फ्लो|वेंटिलेशन|डायलिसिस',
);
/** Where a patient lies is an order too: flat is wrong for whoever cannot breathe. */
const POSITION = words(
  '(?:lie|lay|place|put|position|keep|turn) (?:[\\p{L}]+ ){0,3}(?:flat|supine|prone|head[- ]down)',
);
/** Oxygen as the answer: "oxygen is due", "cannot be left without oxygen". That the body needs it is physiology. */
const OXYGEN_ORDERED = words(
  "(?:oxygen|o2|ऑक्सीजन) (?:is|are|would be|should be) (?:due|indicated|warranted|called for|required now|needed now|the answer|overdue|next)|(?:cannot|can't|must not|should not|never) (?:be )?(?:left|go|stay|remain|be|kept?|leave) (?:[\\p{L}]+ ){0,2}(?:without|off) (?:[\\p{L}]+ )?(?:oxygen|o2)|(?:oxygen|o2|flow) (?:can|may|could|should|must|needs? to|has to|ought to|might) (?:now |safely |also |be )*(?:come (?:off|down)|go (?:up|down|on|off)|removed|stopped|reduced|lowered|increased|raised|started|given|weaned|turned|titrated|added|withdrawn|discontinued|applied)|(?:come|take|get|keep|put|place) (?:[\\p{L}]+ )?(?:off|on) (?:the )?(?:oxygen|o2)|(?<!शरीर को (?:अधिक |ज़्यादा )?)(?:oxygen|o2|ऑक्सीजन) (?:देनी|लगनी|लगेगी|देना|चाहिए|चढ़ाएँ)",
);
/** A value to be reached is treatment: "raise the mean above 65". Only as an order, at the start of a clause. */
const TO_VALUE = new RegExp(
  /(?:^|[.!?;,:।] ?|(?<!\p{L})(?:and|then|please|must|should) )(?:(?:raise|increase|restore|correct|normali[sz]e|bring (?:up|down)|push|drive) (?:up |down )?(?:the |his |her |their )?|(?:lower|reduce|decrease) (?:the|his|her|their) |(?:keep|maintain|target|aim for|hold) (?:the |his |her |an? )?)(?:mean|map|bp|blood pressure|systolic|pressure|pulse|heart rate|temperature|saturations?|spo2|sats?|respiratory rate)(?!\p{L})[^.;]{0,30}?(?:above|below|over|under|between|within|at|to) [\p{L} ]{0,12}\d/u
    .source,
  'gu',
);
/** "No drug is advised here", "dene ko nahi kaha": says that nothing is ordered. */
const DISCLAIMED = words(
  '(?:text|passage|score|card|note|पाठ|explanation)[^.]{0,60}(?:नहीं (?:कहा|बताया|सुझाया|लिखा|कहता|बताता)[\\p{L}\\p{M}]*|(?:does|do) not (?:order|advise|recommend|suggest|prescribe|ask for))|(?:nothing|none of this|no (?:word|line|sentence))(?: (?:in|of) (?:this|the) [\\p{L}]+)? (?:asks|calls|orders|advises|recommends)|(?:gives?|contains?|makes?|is|offers?) no (?:advice|order|recommendation|instruction)s? (?:on|about|for|of)|no (?:drug|dose|fluid|treatment|medicine)s?(?: (?:or|and) (?:drug|dose|fluid|treatment|medicine)s?)? (?:is|are) (?:ordered|advised|recommended|suggested|prescribed)',
);

/** Whether the sentence says that no treatment is ordered, or leaves it to whoever treats. */
export function isDisclaimed(text: string, index: number): boolean {
  const { start, end } = sentenceAround(text, index);
  return has(text.slice(start, end), DISCLAIMED) || isLeftToClinician(text, index);
}

const CHANGING = words(
  'give|start|increase|decrease|reduce|raise|lower|apply|administer|titrate|turn (?:up|down)|stop',
);
const GIVING = words('give|start|stop|begin|administer|apply|increase|reduce');
const TREAT_PATIENT = words(
  '(?:treat|treating|treated) (?!(?:[\\p{L}]+ ){0,3}?as )(?:the |this |with |for )?[\\p{L}]+|start treatment|इलाज (?:शुरू )?कर[\\p{L}\\p{M}]*',
);

/** "Whether antibiotics are needed is for the clinician to decide" advises nothing. */
const LEFT_TO_CLINICIAN = words(
  '(?:whether|if) [^.;]{1,60} (?:is|are|remains?) (?:for )?(?:the |a )?(?:clinician|doctor|team|prescriber|physician)[^.;]{0,12}(?:decide|decision|say|judge|choice)?|ask(?:ing)? (?:the )?(?:clinician|doctor|team) (?:whether|if)',
);

type Named = Span & { readonly text: string };

/** Whether a passage cited in this text speaks of what is ordered. */
function isCited(under: SentenceUnderTest, term: string): boolean {
  const { text } = under.checked;
  return under.facts.passages.some(({ id, text: passage }) => {
    const said = passage.toLowerCase();
    return (
      text.includes(`[${id.toLowerCase()}]`) &&
      inBothLanguages(said).includes(term) &&
      !isReversed(text, said)
    );
  });
}

/** What an order does: a passage that speaks of giving less licenses no order to give more. */
const MORE = words(
  'increas\\w*|rais(?:e|ed|ing)|turn(?:ed|ing)? up|step(?:ped)? up|titrat\\w+ up|more oxygen|higher flow|बढ़ा[\\p{L}\\p{M}]*|ज़्यादा कर[\\p{L}\\p{M}]*',
);
const LESS = words(
  'reduc\\w+|decreas\\w*|lower(?:ed|ing)?|wean\\w*|turn(?:ed|ing)? down|cut (?:back|down)|taper\\w*|less oxygen|घटा[\\p{L}\\p{M}]*|कम कर[\\p{L}\\p{M}]*',
);
const CEASE = words(
  'stop(?:ped|ping)?|discontinu\\w+|withh(?:old|eld)|remov\\w+|hold off|बंद कर[\\p{L}\\p{M}]*|रोक[\\p{L}\\p{M}]*|हटा[\\p{L}\\p{M}]*',
);
function isReversed(order: string, passage: string): boolean {
  return [MORE, LESS, CEASE].some((way) => has(order, way) && !has(passage, way));
}

/** "Write down the time of the oxygen start", "note which fluids are running": the record is the object. */
function isNoted(text: string, start: number): boolean {
  return isAskedFor(text, start) && has(text.slice(sentenceAround(text, start).start, start), NOTED);
}
const NOTED = words('which|whether|what|who|when|how (?:much|many|long|often)|time of|date of|if');

/** Looking at a treatment and asking about it order nothing. */
const CHECKED = words('check(?:ing)?|inspect|look at|ask(?: [\\p{L}]+){0,3} (?:whether|if|what)|whether');

/** "blood pressure", "oxygen saturation" and "enough oxygen" speak of the body, not of a treatment. */
function isVital(text: string, { start, end, text: target }: Named): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start);
  const after = text.slice(end);
  if (/^ (?:can|may|could|might) (?:raise|increase|retain) (?:the )?(?:carbon dioxide|co2)/u.test(after))
    return true;
  if (has(before.replaceAll(EFFECT, '…'), CHANGING)) return false;
  if (has(before, CHECKED)) return true;
  if (target === 'blood') return /^ (?:pressure|flow|circulation|oxygen)/u.test(after);
  if (target !== 'oxygen' && target !== 'o2') return false;
  return (
    /^ (?:saturations?|levels?|sats)/u.test(after) ||
    /(?:enough|more|less|of|the body'?s?|get|need for) $/u.test(before)
  );
}

/** "A low pressure can reduce blood flow": what a thing does to the body, where nobody who treats is the subject. */
const EFFECT =
  /(?<!(?<!\p{L})(?:you|we|one|they|nurses?|staff|teams?|doctors?|clinicians?|patient) )(?<!\p{L})(?:can|may|might|could|does|do|will|would) (?:also |often |sometimes )?(?:reduce|raise|lower|increase|decrease|change|add|supply|deliver|bring|push|hold|stop|start|remove|limit)(?!\p{L})|(?<=(?:pressure|pulse|breathing|heart|flow|rate|fever|temperature|body|blood|lungs?|reading|level) )(?:reduces|raises|lowers|increases|decreases|changes|brings|supplies|delivers|carries|pushes|uses)(?!\p{L})/gu;

/** "Oxygen is already being given" tells; whether it is true is the contradiction rule's. */
const ALREADY =
  /(?<!\p{L})(?:is|are|was|were|has been) (?:(?:already|currently|now|still|no longer) )?(?:being )?(?:given|used|supplied|delivered)(?!\p{L})/gu;

/** A verb of treating in the clause, or a few words before in a list ("give oxygen and fluids"). */
/** "The oxygen gives 2 points": what it scores. */
const POINTS_GIVEN =
  /(?:gives?|adds?|takes?|brings?) (?:\d+|[\p{L}]+) points?|adds? up(?: to)? (?:\d|[\p{L}]+(?= points|[.;]|$))|(?:takes?|gives?|adds?|brings?|scores?) (?:only |just )?\d(?= (?:each|apiece)|[.,;]|$)/gu;

function isOrdered(text: string, { start, end }: Named): boolean {
  const clause = clauseAround(text, start);
  const sentence = sentenceAround(text, start);
  const listed = text.slice(sentence.start, start).split(' ').slice(-5).join(' ');
  const around = `${text.slice(clause.start, start)} … ${text.slice(end, clause.end)}`
    .replaceAll(POINTS_GIVEN, '')
    .replaceAll(EFFECT, '…')
    .replaceAll(ALREADY, '…');
  return has(around, WITH_TREATMENT) || has(listed, GIVING);
}

/** Treatments that the record never holds: named without a citation they are an order or a story, however hedged. */
const INVASIVE = words(
  'bi-?pap|c-?pap|niv|non-?invasive (?:ventilation|support)|hfno|hfnc|high[- ]flow|dialysis|haemodialysis|hemodialysis|crrt|transfusions?|pacing|pacemakers?|central (?:venous )?(?:line|access|catheter)s?|cvc|cvp line|picc|arterial lines?|intraosseous|endotracheal\\w*|ett|tracheostom\\w*|intubation|ventilators?|mechanical ventilation|cardioversion|defibrillation|shocks? (?:delivered|of)|cpr|chest compressions?|chest (?:drain|tube)s?|intercostal drain|thoracocentesis|paracentesis|lumbar puncture|gastric lavage|stomach wash|ng tube|ryle\\w*|foley\\w*|urinary catheter|ecmo|iabp|laryngoscop\\w*|bronchoscop\\w*|endoscop\\w*|thrombolysis|angioplasty|stents?|laparotomy|surgery|operation|drips?|infusions?|boluse?s?|fluid (?:challenge|bolus|resuscitation)|iv (?:fluids?|access|line|cannula)|wide-?bore \\p{L}+|large-?bore \\p{L}+|two (?:wide|large)-?bore|cannula\\p{L}*|saline|ringer\\w*|crystalloids?|colloids?|albumin|packed cells?|prbc|ffp|plasma|nebuli[sz]\\w*|suction\\w*|physiotherapy|proning|restraints?|cooling (?:blanket|mattress|packs?)|ice packs?|warming blanket|bair hugger|sponging|sponge bath|बाइपैप|सीपैप|बाईपैप|डायलिसिस|वेंटिलेटर|ट्रांसफ्यूज़न|पेसमेकर|सेंट्रल लाइन|इंट्यूबेशन|डिफ़िब्रिलेट[\\p{L}\\p{M}]*|सीपीआर|ट्यूब|सर्जरी|ऑपरेशन|ड्रिप|सलाइन|ग्लूकोज़ चढ़ा[\\p{L}\\p{M}]*|पट्टियाँ|बर्फ|बर्फ़',
);
/** Asking somebody, or saying that nothing is told of it. */
const NOT_ORDERED = words(
  "whether|if|ask\\w*|decides?|decision|not (?:known|recorded|told|in the|mentioned|ordered|advised|a reason|mean)|no (?:record|mention|treatment|drug)|check(?:ing)?|only a|without (?:a )?(?:clinician|doctor)|never|does not|do not|doesn't|नहीं|पूछ[\\p{L}\\p{M}]*|तय|या नहीं",
);

export const directiveRule: Rule = {
  name: 'directive',
  check(under) {
    const { text } = under.checked;
    const found: Violation[] = [];
    const add = (start: number, end: number, message: string) =>
      found.push({ rule: 'directive', start, end, message });
    for (const { start, end, text: match } of spansOf(text, DOSE))
      if (DOSE_NUMBER.test(match)) add(start, end, 'A dose is never shown.');
    for (const { start, end } of spansOf(text, POSITION))
      add(start, end, 'How a patient lies is ordered by a person.');
    for (const { start, end } of spansOf(text, OXYGEN_ORDERED))
      if (!isCited(under, 'oxygen')) add(start, end, 'Oxygen is ordered.');
    for (const { start, end } of spansOf(text, TO_VALUE))
      add(start, end, 'A value to be reached is an order.');
    for (const { start, end, text: match } of spansOf(text, ALWAYS))
      if (!isCited(under, match)) add(start, end, 'An order to treat or to perform a procedure.');
    for (const { start, end, text: match } of spansOf(text, TREAT_PATIENT))
      if (!isCited(under, match)) add(start, end, 'An order to treat.');
    for (const { start, end, text: match } of spansOf(text, INVASIVE)) {
      const clause = clauseAround(text, start);
      if (
        !has(text.slice(clause.start, clause.end), NOT_ORDERED) &&
        !isCited(under, match) &&
        !isDisclaimed(text, start)
      )
        add(start, end, 'A treatment that the facts do not hold.');
    }
    // That oxygen was started is told, and held against the two sets elsewhere.
    const courses = oxygenCourses(text, under.facts);
    const isCourse = ({ start, end }: Span) => courses.some((one) => start < one.end && one.start < end);
    for (const target of [...spansOf(text, DRUGS), ...spansOf(text, TREATMENTS)])
      if (isDisclaimed(text, target.start) || isNoted(text, target.start) || isCourse(target)) continue;
      else if (!isVital(text, target) && isOrdered(text, target) && !isCited(under, target.text))
        add(target.start, target.end, 'An order about a treatment.');
    for (const { start, end, text: target } of [...spansOf(text, DRUGS), ...spansOf(text, NAMED_TREATMENT)]) {
      const sentence = sentenceAround(text, start);
      const within = text.slice(sentence.start, sentence.end);
      if (has(within, LEFT_TO_CLINICIAN) || isDisclaimed(text, start)) continue;
      // Sedatives are thought of as what slows the breath, and here nobody's remedy.
      if (/^(?:sedat|opioid|opiate|morphine)/u.test(target) && isHeldPossible(text, start)) continue;
      if (has(within, ADVICE) && !isCited(under, target)) add(start, end, 'Advice to treat.');
    }
    return found;
  },
};
