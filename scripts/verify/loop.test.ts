import { afterEach, expect, test, vi } from 'vitest';
import { verifyLoop } from './loop.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('without a Python environment it says what to do, and that nothing was shown', async () => {
  vi.stubEnv('MEDOBSMIND_TRAINER_PYTHON', '');
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  expect(await verifyLoop(1, false, ['--python', '/nowhere/bin/python'])).toBe(1);
  expect(said.join('')).toMatch(/no Python environment .*pip install .*--python FILE/u);
});
