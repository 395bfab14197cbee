/** `npm run check`: the checks alone, for the minutes between edits. */
import { runChecks } from '../setup/checks.ts';
import { say } from '../setup/report.ts';

const results = await runChecks(({ name, passed }) => say(`${passed ? 'ok  ' : 'FAIL'} ${name}`));
if (results.some(({ passed }) => !passed)) process.exitCode = 1;
