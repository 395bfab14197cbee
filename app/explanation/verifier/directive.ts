/**
 * Rule `directive`: a drug with a dose is blocked always; an order to give, start, stop, titrate or perform is
 * blocked without a citation to a passage that says it. Nursing checks pass. Source: verification rule 5.
 */
import { DRUGS, TREATMENTS } from './drugs.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';

/** A dose: a number (or "a few") with a unit of mass, volume or activity. */
const DOSE =
  /(?:\d+(?:[.,]\d+)?|[\p{L}]+) ?(?:mg|mcg|µg|μg|micrograms?|milligrams?|grams?|ml|millilit(?:re|er)s?|international units|units? (?:of|per)|iu|mmol|meq|mg\/kg|litres?|liters?|l\/min|मिलीग्राम|माइक्रोग्राम|मिली|एमएल|ग्राम)(?![\p{L}])/gu;
const DOSE_NUMBER =
  /^(?:\d|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred|thousand|few|some)(?![\p{L}])|[\p{L}\p{M}]+ (?:मिलीग्राम|माइक्रोग्राम|मिली|एमएल|ग्राम))/u;

/** Verbs that are an order to treat whatever stands with them. */
const ALWAYS = words(
  'prescrib(?:e|es|ing)|(?:be|get) prescribed|(?:re-?)?intubat\\w+|extubat\\w+|titrat\\w+|administ(?:er|ers|ered|ering|ration)|cardiover\\w+|defibrillat\\w+|transfus\\w+|(?:mechanically |artificially )?ventilat(?:e|ed|ing|or)|sedat(?:e|ed|ing)|infus(?:e|ed|ing|ion)|bolus(?:es)?|cannulat\\w+|catheteri[sz]\\w+|resuscitat\\w+|nebuli[sz]e|इंट्यूबे[\\p{L}\\p{M}]*|वेंटिलेट[\\p{L}\\p{M}]*|कार्डियोवर्[\\p{L}\\p{M}]*',
);
/** Verbs that are an order where a drug or a treatment stands in the same clause. */
const WITH_TREATMENT = words(
  'giv(?:e|es|en|ing)|start(?:s|ed|ing)?|stop(?:s|ped|ping)?|commenc\\w+|initiat\\w+|begin|hold|withhold|continue|discontinue|increase|decrease|reduce|raise|lower|wean\\w*|(?:turn|dial|crank|bring|wind|step|switch|put)(?:s|ed|ing)? (?:the |this |that |his |her |their |it |… ?|of )*(?:up|down|on|off)|appl(?:y|ied|ying)|put|place|insert\\w*|remov\\w+|provid\\w+|deliver\\w*|suppl(?:y|ied|ying)|perform\\w*|us(?:e|ed|ing)|try|switch\\w*|chang(?:e|ed|ing)|add|adjust\\w*|connect|hang|push|run (?:in|through)|top(?:ped)? up|flush|squeeze|order(?:ed)?|treat(?:ed|ing)?|set up|(?:कम|ज़्यादा|अधिक|तेज़|धीमा) कर[\\p{L}\\p{M}]*|दें|दो|दीजिए|दीजिये|देना|दिया जाए|शुरू कर[\\p{L}\\p{M}]*|बंद कर[\\p{L}\\p{M}]*|बढ़ा(?:एँ|एं|ओ|इए)|घटा(?:एँ|एं|ओ|इए)|लगा(?:एँ|एं|ओ|इए|ना)|लगा दें|चालू कर[\\p{L}\\p{M}]*|रोक(?:ें|ो| दें)|हटा(?:एँ|एं|ओ| दें)|पिला(?:एँ|एं|ओ)|चढ़ा(?:एँ|एं|ओ|इए)',
);
/** Hedged orders, for drugs and named treatments; "the body needs oxygen" is physiology. */
const ADVICE = words(
  'consider\\w*|recommend\\w*|suggest\\w*|advis\\w+|need(?:s|ed)?|requir\\w+|indicated|warrant\\w*|must have|should (?:have|receive|get)|चाहिए|ज़रूरत',
);
const NAMED_TREATMENT = words(
  'supplemental oxygen|oxygen therapy|high[- ]flow(?: oxygen)?|oxygen mask|iv fluids?|intravenous fluids?|fluids?|saline|blood products?|drips?|infusion pumps?|ventilation|niv|cpap|bipap|central line|dialysis|surgery|cpr',
);
/** Where a patient lies is an order too: flat is wrong for whoever cannot breathe. */
const POSITION = words(
  '(?:lie|lay|place|put|position|keep|turn) (?:[\\p{L}]+ ){0,3}(?:flat|supine|prone|head[- ]down)',
);
const CHANGING = words(
  'give|start|increase|decrease|reduce|raise|lower|apply|administer|titrate|turn (?:up|down)|stop',
);
const GIVING = words('give|start|stop|begin|administer|apply|increase|reduce');
const TREAT_PATIENT = words(
  '(?:treat|treating|treated) (?!(?:[\\p{L}]+ ){0,3}?as )(?:the |this |with |for )?[\\p{L}]+|start treatment|इलाज (?:शुरू )?कर[\\p{L}\\p{M}]*',
);

type Named = Span & { readonly text: string };

/** Whether a passage cited in this text speaks of what is ordered. */
function isCited(under: SentenceUnderTest, term: string): boolean {
  const { text } = under.checked;
  return under.facts.passages.some(
    ({ id, text: passage }) => text.includes(`[${id.toLowerCase()}]`) && passage.toLowerCase().includes(term),
  );
}

/** "blood pressure", "oxygen saturation" and "enough oxygen" speak of the body, not of a treatment. */
function isVital(text: string, { start, end, text: target }: Named): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start);
  if (has(before, CHANGING)) return false;
  const after = text.slice(end);
  if (target === 'blood') return /^ (?:pressure|flow|circulation|oxygen)/u.test(after);
  if (target !== 'oxygen' && target !== 'o2') return false;
  return (
    /^ (?:saturations?|levels?|sats)/u.test(after) ||
    /(?:enough|more|less|of|the body'?s?|get|need for) $/u.test(before)
  );
}

/** A verb of treating in the clause, or a few words before in a list ("give oxygen and fluids"). */
function isOrdered(text: string, { start, end }: Named): boolean {
  const clause = clauseAround(text, start);
  const sentence = sentenceAround(text, start);
  const listed = text.slice(sentence.start, start).split(' ').slice(-5).join(' ');
  const around = `${text.slice(clause.start, start)} … ${text.slice(end, clause.end)}`;
  return has(around, WITH_TREATMENT) || has(listed, GIVING);
}

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
    for (const { start, end, text: match } of spansOf(text, ALWAYS))
      if (!isCited(under, match)) add(start, end, 'An order to treat or to perform a procedure.');
    for (const { start, end, text: match } of spansOf(text, TREAT_PATIENT))
      if (!isCited(under, match)) add(start, end, 'An order to treat.');
    for (const target of [...spansOf(text, DRUGS), ...spansOf(text, TREATMENTS)])
      if (!isVital(text, target) && isOrdered(text, target) && !isCited(under, target.text))
        add(target.start, target.end, 'An order about a treatment.');
    for (const { start, end, text: target } of [...spansOf(text, DRUGS), ...spansOf(text, NAMED_TREATMENT)]) {
      const sentence = sentenceAround(text, start);
      if (has(text.slice(sentence.start, sentence.end), ADVICE) && !isCited(under, target))
        add(start, end, 'Advice to treat.');
    }
    return found;
  },
};
