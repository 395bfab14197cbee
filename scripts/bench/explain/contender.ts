/** A process that writes explanations when asked, so that each contender's memory and threads are its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ContenderStart, type WriteRequest, type Written, writtenSchema } from './protocol.ts';

export interface Contender {
  readonly name: string;
  write(request: WriteRequest): Promise<Written>;
  /** Greatest resident memory so far (MiB), mapped weights included. */
  mostMebibytes(): number | null;
  close(): Promise<void>;
}

export function mostMebibytesOf(pid: number | undefined): number | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return found === null ? null : Math.round(Number(found[1]) / 1024);
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Starts one of this folder's programs on plain Node; it loads the model with its first request. */
export function startContender(name: string, program: string, start: ContenderStart): Contender {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), JSON.stringify(start)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    name,
    write: (request) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error(`${name} ended`));
        child.once('exit', onExit);
        lines.once('line', (line) => {
          child.off('exit', onExit);
          const answer = writtenSchema.safeParse(JSON.parse(line));
          if (answer.success) resolve(answer.data);
          else reject(new Error(`${name}: ${line}`));
        });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    mostMebibytes: () => mostMebibytesOf(child.pid),
    close: () => ended(child),
  };
}

/** The other end: answers each request line with what `write` measured, or with why it could not. */
export async function answerRequests(
  read: (line: unknown) => WriteRequest,
  write: (request: WriteRequest) => Promise<Written>,
): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await write(read(JSON.parse(line))).catch((error: unknown) => ({ failed: String(error) }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
