/**
 * Keeps the program running from outside of it. A model that takes the whole program down costs the ward a
 * moment; a second crash in a row brings everything back but the engine; a crash loop ends in words.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EXIT_CANNOT_START, EXIT_WRONG_USAGE } from '../../app/contract/launch-options.ts';
import { PARENT_VARIABLE } from '../../app/contract/parent.ts';
import { type CrashRecord, openCrashRecord } from './crash-record.ts';
import { crashesInARow, decide } from './relaunch-policy.ts';
import { isAtTerminal, passSignalsOn } from './signals.ts';

export interface Relaunched {
  readonly command: string;
  /** Arguments of every start; `--safe-mode` is added when it is due. */
  readonly commandArguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly userDataDir: string;
  /** Words for the person at the command line. */
  readonly say: (text: string) => void;
}

/**
 * Runs the program until it ends by itself. Returns its exit status: 0 after an ordinary end, 1 after giving up.
 * An interrupt or a request to terminate is passed on and counts as an ordinary end.
 */
export async function keepRunning(program: Relaunched): Promise<number> {
  const record = openCrashRecord(program.userDataDir, program.say);
  let child: ChildProcess | null = null;
  const signals = passSignalsOn(() => child, isAtTerminal());
  let hasRun = false;
  try {
    for (;;) {
      const decision = decide(record.crashes(), Date.now());
      // A person who starts it by hand gets one try, whatever happened before.
      if (decision.next === 'give-up' && hasRun) {
        program.say(giveUpText(program.userDataDir));
        return 1;
      }
      const safeMode = decision.next === 'give-up' || decision.safeMode;
      hasRun = true;
      if (safeMode)
        program.say('MedObsMind: two crashes in a row: starting in safe mode, without explanations.');
      const ending = await runOnce(
        program,
        safeMode,
        record,
        (started) => {
          child = started;
        },
        () => signals.asked,
      );
      if (ending !== null) return ending;
      program.say(
        `MedObsMind: the program crashed and is started again (crash ${crashesInARow(record.crashes(), Date.now())} in a row).`,
      );
    }
  } finally {
    signals.stop();
  }
}

/** Resolves with the exit status of an ordinary end, or null after a crash, which is then in the record. */
function runOnce(
  program: Relaunched,
  safeMode: boolean,
  record: CrashRecord,
  started: (child: ChildProcess) => void,
  endingWasAskedFor: () => boolean,
): Promise<number | null> {
  const startedAt = new Date().toISOString();
  return new Promise((resolve, reject) => {
    const child = spawn(
      program.command,
      [...program.commandArguments, ...(safeMode ? ['--safe-mode'] : [])],
      {
        stdio: 'inherit',
        // It ends in order when nobody is there any more who could start it again.
        env: { ...program.environment, [PARENT_VARIABLE]: String(process.pid) },
      },
    );
    started(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      const isFinal = code === EXIT_WRONG_USAGE || code === EXIT_CANNOT_START;
      if (code === 0 || isFinal || endingWasAskedFor()) {
        resolve(code ?? 0);
        return;
      }
      record.add({
        startedAt,
        endedAt: new Date().toISOString(),
        ending: signal ?? code ?? 'unknown',
        safeMode,
      });
      resolve(null);
    });
  });
}

function giveUpText(userDataDir: string): string {
  return [
    'MedObsMind: the program crashed again and again, in safe mode too. It was not started any more.',
    'The bedside monitors are not affected. Use the paper chart, and call biomedical IT.',
    `What happened is in ${userDataDir} (crashes.json and the logs).`,
  ].join('\n');
}
