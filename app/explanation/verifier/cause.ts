/**
 * Part of the rule `diagnosis`: what is given as the cause of a reading must be a reading, the score's own rule or
 * plain physiology. The world of causes is closed: a cause with a word that nothing here knows is an unlicensed
 * conclusion, whatever it is called, unless it is told as a possibility. Source: verification rules 4 and 6 and "every
 * clinical term must be licensed".
 */
import { isCheck, isConditional } from './context.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';
import { isApproved } from './vocabulary.ts';

const BEHIND = words(
  'caused by|(?:comes?|came|arises?|arose) from|because of|due to|owing to|(?:the )?result of|resulting from|results from|secondary to|explained by|attributable to|attributed to|stem(?:s|ming)? from|on account of|thanks to|triggered by|provoked by|brought on by|brought about by|set off by|precipitated by|(?:the )?(?:cause|culprit|reason|trigger|source|explanation)(?: [\\p{L}]+){0,4} (?:is|was|lies in|must be)(?! (?:not|unknown|unclear|uncertain|undetermined|unsettled|unexplained|undecided|open|still|yet|to be|for|another|beyond|one that))|points? (?:squarely |clearly |straight )?(?:to|towards?)|(?:is|are) a sign of|signals?|betrays?|in keeping with|consistent with|typical of|characteristic of|fits? with|speaks for|speaks of|smacks of|reeks of|spells?',
);
const BROUGHT = words(
  '(?:caus(?:ed|es|ing)|brought|brings|made|makes|drove|drives|driving|pushed|pushes|pushing|sent|sends|produc(?:ed|es)|led to|leads to|triggered|triggers|explains|explained|accounts? for|(?:is|are|was|were) (?:the (?:cause|reason|source|culprit)|behind|responsible for|what (?:made|is making|drives)|to blame)) (?:[\\p{L}]+ ){0,2}?(?:this|these|the|his|her|that|spo2|sats?|saturation|temperature|fever|pulse|heart|breathing|pressure|bp|readings?|alert|score|fall|rise|drop|news ?2?|map|systolic|tachy|hypo)',
);
const HEDGED = words(
  'may|might|could|can|possibl[ey]|perhaps|whether|if|cannot|not|no|never|consider|sometimes|often|possib\\w+|potential(?:ly)?|suspected|would|what|which|unknown|suggests?|among|several|many|different|various|one of|neither|nor|does|do|ask|when|where|conceivabl[ey]',
);
const WORD = /[\p{L}][\p{L}\p{M}'-]*/gu;
/** Words of readings, chart and grammar besides the approved vocabulary. */
const KNOWN = new Set(
  "rule rules chart chart's scale band bands points point total sum zero own three two one reading's systolic diastolic mean map bp spo2 news news2 pressures acvpu tachycardia bradycardia hypotension hypertension hypoxaemia hypoxemia hypoxia tachypnoea tachypnea bradypnoea fever pyrexia hypothermia confusion alertness supplemental oxygen's saturations breaths beats missing incomplete absent lowest highest largest single alone combined combination together mainly mostly chiefly largely partly each limit threshold index shock site policy rise fall drop change changes difference increase decrease heaviest weight weights scoring scored count counts counted driver drivers parameter parameters figure figures measured recorded entry entries respiratory circulatory infection's raised fewer absence lack presence use using per cent percent mmhg min bpm minutes hour hours ago earlier rising falling risen fallen more than also including plus minus both reduced consciousness-level stimulation patient’s deficit demand unknown several possible things".split(
    ' ',
  ),
);

/** Approved as words, and yet no cause that a monitor knows. */
const NO_CAUSE = new Set([
  'stress',
  'worry',
  'touch',
  'talk',
  'life',
  'place',
  'experience',
  'feeling',
  'sit',
  'type',
]);

function isKnown(word: string): boolean {
  if (NO_CAUSE.has(word)) return false;
  if (word.length <= 2 || isApproved(word) || KNOWN.has(word)) return true;
  return word.split('-').every((part) => isApproved(part) || KNOWN.has(part)) ||
    /^(?:[a-z]+)(?:'s)$/.test(word)
    ? isApproved(word.replace(/'s$/, '')) || KNOWN.has(word.replace(/'s$/, ''))
    : isApproved(word.replace(/(?:s|ed|ing|ly|er)$/, ''));
}

function unknownIn(text: string): boolean {
  const named = subjectsNamed(text);
  return [...text.matchAll(WORD)].some(
    ({ index, 0: word }) =>
      /^[a-z'-]+$/.test(word) &&
      !named.some(({ start, end }) => index >= start && index < end) &&
      !isKnown(word),
  );
}

/** How many words a cause has before it says something else. */
const CAUSE_WORDS = 6;

/** Causes told as facts that no reading, rule or physiology holds. */
export function unlicensedCauses(text: string): Span[] {
  const free = (start: number, end: number) => {
    const sentence = sentenceAround(text, start);
    return (
      !has(text.slice(sentence.start, end), HEDGED) &&
      !isConditional(text, start) &&
      !isCheck(text, start, end)
    );
  };
  const behind = spansOf(text, BEHIND).filter(({ start, end }) => {
    const clause = clauseAround(text, end);
    const cause = text.slice(end, clause.end).trim().split(' ').slice(0, CAUSE_WORDS).join(' ');
    return free(start, end) && !/\[p\d/u.test(text) && unknownIn(cause);
  });
  const before = spansOf(text, BROUGHT).filter(({ start, end }) => {
    const clause = clauseAround(text, start);
    return free(start, end) && !/\[p\d/u.test(text) && unknownIn(text.slice(clause.start, start));
  });
  return [...behind, ...before];
}
