/** The checks that need no program: format and lint, types, layers, dead code. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { runApart } from './test-run.ts';

export interface Check {
  readonly name: string;
  readonly command: string;
  readonly commandArguments: readonly string[];
}

const tool = (name: string, file: string, ...commandArguments: string[]): Check => ({
  name,
  command: process.execPath,
  commandArguments: [join(ROOT, 'node_modules', file), ...commandArguments],
});

/** Types of one part of the program. What the compiler found out is kept, so that only what changed is checked again. */
const types = (part: string, words: string): Check =>
  tool(
    `types: ${words}`,
    'typescript/bin/tsc',
    ...[
      '-p',
      `tsconfig.${part}.json`,
      '--incremental',
      '--tsBuildInfoFile',
      `.cache/types/${part}.tsbuildinfo`,
    ],
  );

/** The longest first: then the last ones end together. */
const CHECKS: readonly Check[] = [
  types('main', 'processes'),
  types('scripts', 'scripts and end-to-end tests'),
  types('renderer', 'screens and preload'),
  types('app', 'app alone'),
  tool('format and lint (Biome)', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  tool(
    'layers (dependency-cruiser)',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    'app',
    'main',
    'preload',
    'renderer',
    'scripts',
    'e2e',
  ),
  tool('dead code (knip)', 'knip/bin/knip.js'),
];

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

/** Runs every check, as many at once as there are cores; each says what it has to say in one piece when it is done. */
export async function runChecks(done: (result: CheckResult) => void): Promise<CheckResult[]> {
  const waiting = [...CHECKS.entries()];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, { name, command, commandArguments }] = next;
      const started = Date.now();
      const { status, output } = await runApart(command, commandArguments);
      process.stderr.write(output);
      const result = { name, passed: status === 0, seconds: (Date.now() - started) / 1000 };
      results[place] = result;
      done(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, work));
  return results;
}
