/** The program without its window, verb by verb. */

import { readVerbArguments, UsageError, type Verb } from './verb.ts';
import { audit } from './verbs/audit.ts';
import { backup } from './verbs/backup.ts';
import { explain } from './verbs/explain.ts';
import { guard } from './verbs/guard.ts';
import { hl7 } from './verbs/hl7.ts';
import { model } from './verbs/model.ts';
import { news2 } from './verbs/news2.ts';
import { observations } from './verbs/observations.ts';
import { replay } from './verbs/replay.ts';
import { restore } from './verbs/restore.ts';

export const VERBS: Readonly<Record<string, Verb>> = {
  news2,
  hl7,
  explain,
  guard,
  model,
  observations,
  replay,
  backup,
  restore,
  audit,
};

/**
 * Runs one verb. `prepare` makes the language model ready where the verb uses it. Resolves with the exit status;
 * standard output carries answers only.
 */
export async function runToolbox(
  words: readonly string[],
  root: string,
  prepare: () => Promise<void>,
): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help') {
    process.stderr.write(overview());
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) {
    process.stderr.write(`There is no verb "${name}".\n${overview()}`);
    return 2;
  }
  if (rest.includes('--help')) {
    process.stderr.write(`${name}: ${verb.summary}\n${verb.help}\n`);
    return 0;
  }
  // A closed pipe is told to whoever writes into it, below; unheard, the event would end the program with a trace.
  process.stdout.on('error', () => {});
  try {
    const read = readVerbArguments(verb, rest);
    if (verb.needsModel) await prepare();
    return await verb.run({ ...read, root });
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n${name}: ${verb.help}\n`);
      return 2;
    }
    const problem = problemOfSystem(error);
    if (problem === null) throw error;
    // Whoever read the answers has closed the pipe: there is nobody left to be told.
    if (problem.code !== 'EPIPE') process.stderr.write(`${name}: ${problem.message}\n`);
    return 1;
  }
}

/** An error of the operating system (a file that is not there, a closed pipe); null for every other one. */
function problemOfSystem(error: unknown): { readonly code: string; readonly message: string } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'syscall' in error ? { code: error.code, message: error.message } : null;
}

function overview(): string {
  const lines = Object.entries(VERBS).map(([name, verb]) => `  ${name.padEnd(14)}${verb.summary}`);
  return `npm run -s tool -- VERB [FILE…] [--option value]\n${lines.join('\n')}\n`;
}
