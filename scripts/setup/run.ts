/** Runs a program of the set-up and keeps its output for the moment it fails. */
import { spawn } from 'node:child_process';
import { SetUpError } from './report.ts';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the person should do when it fails. */
  readonly onFailure?: string;
}

/** Resolves with standard output; rejects with the last lines of both streams. */
export function run(
  command: string,
  commandArguments: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    let tail = '';
    const keep = (chunk: Buffer): void => {
      tail = (tail + chunk.toString()).slice(-2000);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      keep(chunk);
    });
    child.stderr.on('data', keep);
    child.on('error', (error) => reject(new SetUpError(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new SetUpError(
            `${command} ${commandArguments.join(' ')} ended with ${code}.\n${tail.trim()}${options.onFailure ? `\n${options.onFailure}` : ''}`,
          ),
        );
    });
  });
}
