import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Unit and integration tests: they stand beside what they test. `*.full.test.ts` runs in `npm run test:full` only. */
export default defineConfig({
  test: {
    include: ['{app,main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
    exclude: process.env.MEDOBSMIND_FULL ? [] : ['**/*.full.test.ts'],
    environment: 'node',
    // The runner leaves one core idle by itself: on a workstation of two that is half of it.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: 'reports/unit.json' }]],
  },
});
