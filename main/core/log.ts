/**
 * The one logger: a JSON object a line, to standard error and into the profile. It takes codes and numbers; names,
 * identifiers, message contents and free text are never handed to it.
 */
import { join } from 'node:path';
import { openLogFiles } from './log-files.ts';

/** In the profile. */
const LOG_FOLDER = 'logs';

export type LogFields = { readonly [name: string]: string | number | boolean | null };
export type LogLevel = 'info' | 'warn' | 'error';

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** A logger that writes lines with `write`; `now` gives wall milliseconds. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  return (level, event, fields = {}) => {
    const clean = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutInput(value) : value,
    ]);
    const at = new Date(now()).toISOString();
    write(`${JSON.stringify({ at, level, event, ...Object.fromEntries(clean) })}\n`);
  };
}

/** A parser quotes what it was given, and that may be a message about somebody. */
const QUOTED_INPUT = /"[\s\S]*is not valid JSON/;
/** A line stays a line that is read at a glance. Ours. */
const LONGEST_FIELD = 1_000;

function withoutInput(text: string): string {
  return text.replace(QUOTED_INPUT, '… is not valid JSON').slice(0, LONGEST_FIELD);
}

export function standardErrorLog(): Log {
  return createLog((line) => void process.stderr.write(line));
}

export interface ProgramLog {
  readonly log: Log;
  /** From now on also into the files of the profile in this folder. */
  keepIn(userDataDir: string): void;
}

/** The log of a running program: on standard error from its first line, and in the profile once that is known. */
export function programLog(): ProgramLog {
  let toFile: (line: string) => void = () => undefined;
  return {
    log: createLog((line) => {
      process.stderr.write(line);
      toFile(line);
    }),
    keepIn: (userDataDir) => {
      toFile = openLogFiles(join(userDataDir, LOG_FOLDER));
    },
  };
}

/** What went wrong, short enough for a log line and without the stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown error';
}
