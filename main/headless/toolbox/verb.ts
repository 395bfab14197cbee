/** What a verb of the toolbox is. */
import { parseArgs } from 'node:util';

export interface VerbContext {
  /** Files named on the command line. */
  readonly files: readonly string[];
  /** Options by name, as they were typed. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** The program's folder: models, resources. */
  readonly root: string;
}

export interface Verb {
  /** One line for `tool help`. */
  readonly summary: string;
  /** Lines for `tool VERB --help`. */
  readonly help: string;
  /** Options by name: whether each has a value, as Node's own reader describes them. */
  readonly options: Readonly<Record<string, { type: 'string' | 'boolean' }>>;
  /** Whether a language model is used with these options, so that set-up fetches it first; absent: never. */
  readonly needsModel?: (options: VerbContext['options']) => boolean;
  /** Resolves with the exit status: 0 all good, 1 a line was refused, 2 wrong usage. */
  run(context: VerbContext): Promise<number>;
}

/** Wrong usage: the message goes to standard error and the status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function readVerbArguments(
  verb: Verb,
  words: readonly string[],
): Pick<VerbContext, 'files' | 'options'> {
  try {
    const read = parseArgs({ args: [...words], options: { ...verb.options }, allowPositionals: true });
    return { files: read.positionals, options: Object.fromEntries(Object.entries(read.values)) };
  } catch (error) {
    // Node's own words; after the first sentence it explains how to name a file that begins with a dash.
    const words = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${words.replace(/\. .*$/s, '')}.`);
  }
}

export function textOption(context: VerbContext, name: string): string | null {
  const value = context.options[name];
  return typeof value === 'string' ? value : null;
}
