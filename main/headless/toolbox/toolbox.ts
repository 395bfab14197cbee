/** The program without its window, verb by verb. */

import { fileProblem, systemCodeOf } from './file-problem.ts';
import { readVerbArguments, UsageError, type Verb } from './verb.ts';

/** Each verb is loaded when it is asked for: most calls need little of the program, and a script makes many. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  news2: async () => (await import('./verbs/news2.ts')).news2,
  hl7: async () => (await import('./verbs/hl7.ts')).hl7,
  explain: async () => (await import('./verbs/explain.ts')).explain,
  guard: async () => (await import('./verbs/guard.ts')).guard,
  retrieve: async () => (await import('./verbs/retrieve.ts')).retrieve,
  dataset: async () => (await import('./verbs/dataset.ts')).dataset,
  deid: async () => (await import('./verbs/deid.ts')).deid,
  model: async () => (await import('./verbs/model.ts')).model,
  observations: async () => (await import('./verbs/observations.ts')).observations,
  replay: async () => (await import('./verbs/replay.ts')).replay,
  backup: async () => (await import('./verbs/backup.ts')).backup,
  restore: async () => (await import('./verbs/restore.ts')).restore,
  audit: async () => (await import('./verbs/audit.ts')).audit,
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
    process.stderr.write(await overview());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`There is no verb "${name}".\n${await overview()}`);
    return 2;
  }
  const verb = await load();
  if (rest.includes('--help')) {
    process.stderr.write(`${name}: ${verb.summary}\n${verb.help}\n`);
    return 0;
  }
  // A closed pipe is told to whoever writes into it, below; unheard, the event would end the program with a trace.
  process.stdout.on('error', () => {});
  try {
    const read = readVerbArguments(verb, rest);
    if (verb.needsModel?.(read.options)) await prepare();
    return await verb.run({ ...read, root });
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${name}: ${error.message} See: tool ${name} --help\n`);
      return 2;
    }
    // Whoever read the answers has closed the pipe: there is nobody left to be told.
    if (systemCodeOf(error) === 'EPIPE') return 1;
    const problem = fileProblem(error);
    if (problem === null) throw error;
    process.stderr.write(`${name}: ${problem}\n`);
    return 1;
  }
}

async function overview(): Promise<string> {
  const lines: string[] = [];
  for (const [name, load] of Object.entries(VERBS))
    lines.push(`  ${name.padEnd(14)}${(await load()).summary}`);
  return `npm run -s tool -- VERB [FILE…] [--option value]\n${lines.join('\n')}\n`;
}
