/** The load generator and the limit line as processes of their own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const resultSchema = z.object({
  sent: z.number(),
  accepted: z.number(),
  otherwise: z.number(),
  unanswered: z.number(),
  perSecond: z.number(),
  latencyMs: z.object({
    p50: z.number().nullable(),
    p99: z.number().nullable(),
    p999: z.number().nullable(),
    most: z.number().nullable(),
  }),
});
export type LoadResult = z.infer<typeof resultSchema>;

let runs = 0;

/** Sends for so many seconds, at a rate or as fast as it is answered. Throws where a message is not accepted. */
export async function load(
  port: number,
  connections: number,
  seconds: number,
  perSecond: number | null,
): Promise<LoadResult> {
  runs += 1;
  const plan = JSON.stringify({ port, connections, seconds, perSecond, run: `r${runs}` });
  const line = await lineOf([process.execPath, join(import.meta.dirname, 'load-generator.ts'), plan]);
  const result = resultSchema.parse(JSON.parse(line));
  if (result.otherwise > 0) throw new Error(`${result.otherwise} messages were not accepted`);
  return result;
}

/** What a program says before it ends; fails where it ends badly. */
export function lineOf(command: readonly [string, ...string[]]): Promise<string> {
  const [program, ...words] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(text.trim()) : reject(new Error(`${words[0]} ended with ${code}`)),
    );
  });
}
