/** For the tests: the verdicts over true claims and near misses of many seeded records. */
import { completeFacts } from '../../facts.ts';
import { guardText } from '../verifier.ts';
import { claimsOf, nearMisses, randomRecord, seeded } from './claims-of-record.ts';
import { isHeld } from './record-oracle.ts';
import { wordingsOf } from './wordings.ts';

/**
 * The wordings of the claims of so many records, and of each near miss that the oracle calls false; of all of them
 * every so-manieth, for the smaller run.
 */
export function judged(records: number, seed: number, every = 1) {
  const random = seeded(seed);
  const wronglyBlocked: string[] = [];
  const shownThoughFalse: string[] = [];
  let [told, untold, place] = [0, 0, 0];
  const isTaken = () => place++ % every === 0;
  for (let index = 0; index < records; index++) {
    const record = randomRecord(random);
    const facts = completeFacts({
      vitals: record.now,
      previous: { vitals: record.before, minutes_ago: record.minutes },
    });
    const blocked = (text: string) => guardText(facts, text).verdict === 'block';
    for (const claim of claimsOf(record)) {
      for (const text of wordingsOf(claim).filter(isTaken)) {
        told++;
        if (blocked(text)) wronglyBlocked.push(text);
      }
      for (const miss of nearMisses(claim).filter((one) => !isHeld(record, one)))
        for (const text of wordingsOf(miss).filter(isTaken)) {
          untold++;
          if (!blocked(text)) shownThoughFalse.push(text);
        }
    }
  }
  return { told, untold, wronglyBlocked, shownThoughFalse };
}
