/** The checks that need no program: format and lint, types, layers, dead code. */
import { join } from 'node:path';
import { ROOT } from './paths.ts';

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

export const CHECKS: readonly Check[] = [
  tool('format and lint (Biome)', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  tool('types: app alone', 'typescript/bin/tsc', '-p', 'tsconfig.app.json'),
  tool('types: processes', 'typescript/bin/tsc', '-p', 'tsconfig.main.json'),
  tool('types: scripts and end-to-end tests', 'typescript/bin/tsc', '-p', 'tsconfig.scripts.json'),
  tool('types: screens and preload', 'typescript/bin/tsc', '-p', 'tsconfig.renderer.json'),
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
