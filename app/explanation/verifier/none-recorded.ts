/** Part of the rules `unmeasured` and `diagnosis`: what the record is said to hold nothing of. */
import { spansOf, words } from './text.ts';

/** "Nor is any blood loss recorded": the record is said to hold none. */
export function isNoneRecorded(text: string, index: number): boolean {
  return spansOf(text, NONE_RECORDED).some(({ start, end }) => start <= index && index < end);
}
const NONE_RECORDED = words(
  '(?:no|nor|neither) (?:(?:is|are|was|were|has|have) )?(?:any |a |an )?(?:[\\p{L}-]+ ){1,6}?(?:(?:is|are|was|were|has been|have been) )?(?:recorded|documented|charted|entered|noted down|on record|in the record)',
);
