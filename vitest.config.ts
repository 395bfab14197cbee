import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Tests that compute with the real model. It takes every core by itself, and its threads wait for one another: beside
 * another test it is many times slower. They run one at a time, after all the others.
 */
const WITH_THE_MODEL = [
  'main/engine/in-process.test.ts',
  'main/engine/isolated/isolated.full.test.ts',
  'main/engine/pre-emption.full.test.ts',
  'main/engine/smoke-load.test.ts',
  'main/headless/toolbox/grid.test.ts',
];
const FULL_ONLY = process.env.MEDOBSMIND_FULL ? [] : ['**/*.full.test.ts'];

/** Unit and integration tests: they stand beside what they test. `*.full.test.ts` runs in `npm run test:full` only. */
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    /**
     * The modules of a core are loaded once in each worker and not once in each file, which took two fifths of the
     * time. They keep no state of their own: everything that lives is made by a factory.
     */
    isolate: false,
    fsModuleCache: true,
    fsModuleCachePath: '.cache/vitest',
    reporters: ['default', ['json', { outputFile: 'reports/unit.json' }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'program',
          include: ['{app,main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
          exclude: [...FULL_ONLY, ...WITH_THE_MODEL],
          // The runner leaves one core idle by itself: on a workstation of two that is half of it.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'model',
          include: WITH_THE_MODEL,
          exclude: FULL_ONLY,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
