/** `npm run check`: the checks alone, for the minutes between edits. */
import { CHECKS } from '../setup/checks.ts';
import { say } from '../setup/report.ts';
import { runVisibly } from '../setup/test-run.ts';

for (const check of CHECKS) {
  const status = await runVisibly(check.command, check.commandArguments);
  say(`${status === 0 ? 'ok  ' : 'FAIL'} ${check.name}`);
  if (status !== 0) process.exitCode = 1;
}
