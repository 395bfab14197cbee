/** `npm run verify -- NAME`: a long check, resumable, that prints how often it was done and what that proves. */

import { say } from '../setup/report.ts';
import { VERIFICATIONS } from '../verify/verifications.ts';

const [name = '', ...words] = process.argv.slice(2);
const verification = Object.hasOwn(VERIFICATIONS, name) ? VERIFICATIONS[name] : undefined;
if (verification === undefined) {
  say('npm run verify -- NAME [--count N] [--restart]');
  for (const [known, { summary, count }] of Object.entries(VERIFICATIONS))
    say(`  ${known.padEnd(10)}${summary} (${count})`);
  process.exit(2);
}
const counted = words.indexOf('--count');
const count = counted < 0 ? verification.count : Number(words[counted + 1]);
if (!Number.isInteger(count) || count < 1) {
  say('--count needs a whole number.');
  process.exit(2);
}
// Said and saved: what a trial may have left running must not keep whoever waits for the answer.
process.exit(await verification.run(count, words.includes('--restart'), words));
