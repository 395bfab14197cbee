/**
 * Part of the rule `number`: the time that lies between the two sets, told of them ("two hours apart", "thirty minutes
 * took the pulse up", "in 50 minutes the rate went from 12 to 6"). A time in which something is to be done is no
 * time between sets.
 */
import { licences } from './licences.ts';
import type { PlacedNumber } from './placed-number.ts';
import { has, words } from './text.ts';

const BETWEEN = words(
  'apart|between|later|after|gap|interval|separat\\w+|took|taken|went|gone|has|have|had|since|earlier|ago|before|previous|passed|saw|brought|sufficed|enough|was|were|up|down|from|change\\w*|differ\\w*|rose|risen|fell|fallen|dropped|climbed|lost|gained|पहले|बाद|अंतर|फ़ासल[\\p{L}\\p{M}]*|बीच|दूर',
);
const HINDI_COURSE = words('(?:बढ़|घट|गिर|उतर|बदल|सुधर|बिगड़)[\\p{L}\\p{M}]*|से');
const MOVED = words(
  'rose|risen|fell|fallen|dropped|climbed|lost|gained|went|gone|come|came|changed?|moved|grew|grown|tripled|doubled|halved|added|worsened|improved',
);
/** What is to be done has its time from the chart or a passage. */
const TO_DO = words(
  'please|repeat|recheck|check|measure|call|tell|inform|review|reviewed|assess|assessment|every|next|again|due|should|must|needs?|wait|will|until|give|can|may|could|would|करें|कीजिए|बताएँ|बुलाएँ|दोहराएँ|भीतर|हर',
);
const MINUTES_AN_HOUR = 60;

/** Whether the time since the set before is told of the two sets. */
export function isTimeBetween({ claim, value, text, sentence, facts: { previous } }: PlacedNumber): boolean {
  if (previous === null || (claim.unit !== 'minutes' && claim.unit !== 'hours')) return false;
  const minutes = claim.unit === 'hours' ? value * MINUTES_AN_HOUR : value;
  if (Math.round(minutes) !== Math.round(previous.minutes_ago)) return false;
  const within = text.slice(sentence.start, sentence.end);
  if (/(?<!\p{L})within /u.test(within) && !has(within, MOVED)) return false;
  return (has(within, BETWEEN) || has(within, HINDI_COURSE)) && !has(within, TO_DO);
}

/** What sets a time back from now: "30 minutes ago", "31 minutes apart". */
const BACK = new RegExp(
  /^ (?:ago|apart|between the (?:two )?(?:sets|readings)|(?:have |had )?(?:passed|gone by) since|back(?! to)|पहले की|पुरान[ाी])(?![\p{L}\p{M}])/u.source.normalize(
    'NFKC',
  ),
  'u',
);
/** "The last set was taken 30 minutes ago" where it was 31. */
export function isTimeDenied({ claim, value, after, facts }: PlacedNumber): boolean {
  if ((claim.unit !== 'minutes' && claim.unit !== 'hours') || !BACK.test(after)) return false;
  return !licences(facts).some(
    ({ as, unit, value: held }) =>
      (as === 'elapsed' || as === 'age') && unit === claim.unit && Math.abs(held - value) < 1e-9,
  );
}
