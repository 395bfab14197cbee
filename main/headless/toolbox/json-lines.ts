/** JSON Lines in and out: one answer a line, in order, flushed; a bad line answers in its place and the run goes on. */
import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Longest line that is read: a shape of this program never needs more. */
const LONGEST_LINE = 1_048_576;

export interface LineError {
  readonly code: string;
  readonly message: string;
}

export type LineAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: LineError; readonly id?: unknown };

/** Writes one line and waits until it is out. */
export function writeLine(value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(value)}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

/** Throws the system's error where one of the files cannot be read: before anything is prepared or answered. */
export function insistOnFiles(files: readonly string[]): void {
  for (const file of files) {
    // Not opened: a pipe that somebody writes into would be torn down by that.
    accessSync(file, constants.R_OK);
    if (statSync(file).isDirectory())
      throw Object.assign(new Error(`${file} is a folder`), { code: 'EISDIR', syscall: 'read', path: file });
  }
}

/**
 * Answers every line of the files (of standard input where there are none). Blank lines are passed over.
 * Resolves with the exit status: 0 all good, 1 where a line was refused.
 */
export async function answerLines(
  files: readonly string[],
  answer: (line: unknown) => Promise<LineAnswer> | LineAnswer,
): Promise<number> {
  insistOnFiles(files);
  let status = 0;
  for (const input of files.length === 0 ? [process.stdin] : files.map((file) => createReadStream(file)))
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue;
      const given = await answerOne(line, answer);
      if (!given.ok) status = 1;
      await writeLine(
        given.ok ? given.value : { ...(given.id === undefined ? {} : { id: given.id }), error: given.error },
      );
    }
  return status;
}

async function answerOne(
  line: string,
  answer: (line: unknown) => Promise<LineAnswer> | LineAnswer,
): Promise<LineAnswer> {
  if (line.length > LONGEST_LINE)
    return {
      ok: false,
      error: { code: 'too-long', message: `The line is longer than ${LONGEST_LINE} characters.` },
    };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, error: { code: 'not-json', message: 'The line is not JSON.' } };
  }
  return answer(value);
}

/** The `id` that a line came with, so that a refusal can be matched with it. */
export function idOf(line: unknown): { id?: unknown } {
  return typeof line === 'object' && line !== null && 'id' in line ? { id: line.id } : {};
}
