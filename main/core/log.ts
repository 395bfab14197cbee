/**
 * The one logger: a JSON object a line, to standard error. It takes codes and numbers; names,
 * identifiers, message contents and free text are never handed to it.
 */

export type LogFields = { readonly [name: string]: string | number | boolean | null };
export type LogLevel = 'info' | 'warn' | 'error';

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** A logger that writes lines with `write`; `now` gives wall milliseconds. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  return (level, event, fields = {}) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  };
}

export function standardErrorLog(): Log {
  return createLog((line) => void process.stderr.write(line));
}

/** What went wrong, short enough for a log line and without the stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown error';
}
