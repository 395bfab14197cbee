/** What set-up says, on standard error: each step by name, once, with its progress; nothing where nothing is done. */
const interactive = process.stderr.isTTY === true;

/** Tells how far a step is. Terminals show it at once, logs with the next line that comes every ten seconds. */
export type Progress = (detail: string) => void;

/** How often a log is told that a step goes on (ms). */
const LOG_EVERY_MS = 10_000;

/** Runs a step that has something to do: its name before, how far it is and for how long, its time after, its failure in words. */
export async function step<T>(name: string, work: (progress: Progress) => Promise<T> | T): Promise<T> {
  const started = Date.now();
  const seconds = (digits: number): string => `${((Date.now() - started) / 1000).toFixed(digits)} s`;
  let detail = name;
  process.stderr.write(`Set-up: ${name}…\n`);
  const show = (): void => {
    process.stderr.write(
      interactive ? `\r\u001b[K  ${detail}, ${seconds(0)}` : `  ${detail}, ${seconds(0)} so far\n`,
    );
  };
  const ticking = setInterval(show, interactive ? 1000 : LOG_EVERY_MS);
  const progress: Progress = (now) => {
    detail = now;
    if (interactive) show();
  };
  const end = (how: string): void => {
    clearInterval(ticking);
    if (interactive) process.stderr.write('\r\u001b[K');
    process.stderr.write(`Set-up: ${name}: ${how} (${seconds(1)})\n`);
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
