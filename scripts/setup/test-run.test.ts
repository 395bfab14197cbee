/** A suite that is stopped leaves nothing computing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** A runner that starts a worker and ends at the first signal, as a runner does whose worker hangs in a test. */
const RUNNER = `
  const worker = require('node:child_process').spawn(process.execPath, ['-e', \`
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
    console.log(process.pid);
    setInterval(() => {}, 1000);
  \`], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
`;
const SUITE = `
  const { runVisibly } = await import(${JSON.stringify(new URL('./test-run.ts', import.meta.url).href)});
  await runVisibly(process.execPath, ['-e', ${JSON.stringify(RUNNER)}]);
`;

test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT'] as const)(
  '%s to the suite ends its runner and the workers of that',
  { timeout: 30_000 },
  async (signal) => {
    const suite = spawn(process.execPath, ['--input-type=module', '-e', SUITE]);
    const [said] = await once(suite.stdout, 'data');
    const worker = Number(String(said));
    try {
      expect(isAlive(worker)).toBe(true);
      suite.kill(signal);
      expect(await once(suite, 'exit')).toEqual([1, null]);
      await expect.poll(() => isAlive(worker), { timeout: 10_000 }).toBe(false);
    } finally {
      if (isAlive(worker)) process.kill(worker, 'SIGKILL');
    }
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // there is no such process
  }
}
