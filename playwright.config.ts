import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests: the built program in the real Electron. One at a time: each has the two cores of a workstation to
 * itself. A journey tagged `@full` is left out of `npm test` and walked by `npm run test:full`.
 */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  outputDir: 'reports/e2e',
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
});
