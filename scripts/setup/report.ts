/** What set-up says, on standard error: each step by name, once, with its progress; nothing where nothing is done. */
const interactive = process.stderr.isTTY === true;

/** Shows how far a step is. Terminals see each call, logs one line every ten seconds. */
export type Progress = (detail: string) => void;

/** Runs a step that has something to do: its name before, its time after, its failure in words. */
export async function step<T>(name: string, work: (progress: Progress) => Promise<T> | T): Promise<T> {
  const started = Date.now();
  let lastLine = started;
  process.stderr.write(`Set-up: ${name}…\n`);
  const progress: Progress = (detail) => {
    if (interactive) process.stderr.write(`\r\u001b[K  ${detail}`);
    else if (Date.now() - lastLine >= 10_000) {
      lastLine = Date.now();
      process.stderr.write(`  ${detail}\n`);
    }
  };
  const end = (how: string): void => {
    if (interactive) process.stderr.write('\r\u001b[K');
    process.stderr.write(`Set-up: ${name}: ${how} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  };
  try {
    const value = await work(progress);
    end('done');
    return value;
  } catch (error) {
    end('not done');
    throw error;
  }
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A set-up step that cannot go on; the message says what happened and what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
