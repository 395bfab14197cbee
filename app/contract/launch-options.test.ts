import { describe, expect, it } from 'vitest';
import { defaultUserDataDir, readLaunchOptions } from './launch-options.ts';

const options = (words: string[], strict = true) => {
  const read = readLaunchOptions(words, strict);
  if (!read.ok) throw new Error(read.problem);
  return read.options;
};
const problem = (words: string[], strict = true) => {
  const read = readLaunchOptions(words, strict);
  return read.ok ? null : read.problem;
};

describe('launch options', () => {
  it('reads both spellings', () => {
    expect(options(['--user-data-dir', '/ward', '--mllp-port=0', '--headless'])).toMatchObject({
      userDataDir: '/ward',
      mllpPort: 0,
      headless: true,
      safeMode: false,
    });
  });

  it('passes over other programs’ switches only where that is asked for', () => {
    const words = ['--inspect=0', '/program', '--no-sandbox', '--mllp-port', '2575'];
    expect(options(words, false).mllpPort).toBe(2575);
    expect(problem(words)).toContain('--inspect=0');
  });

  it.each([
    [['--mllp-port', 'x']],
    [['--mllp-port', '70000']],
    [['--mllp-port', '-1']],
    [['--user-data-dir']],
    [['--user-data-dir=']],
    [['--fault', 'everything']],
    [['--headless=yes']],
  ])('refuses %j in words', (words) => {
    expect(problem(words)).not.toBeNull();
  });

  it('finds the folder that Electron would', () => {
    expect(defaultUserDataDir('linux', { HOME: '/home/n' })).toBe('/home/n/.config/MedObsMind');
    expect(defaultUserDataDir('linux', { HOME: '/home/n', XDG_CONFIG_HOME: '/c' })).toBe('/c/MedObsMind');
    expect(defaultUserDataDir('win32', { APPDATA: 'C:\\A' })).toBe('C:\\A\\MedObsMind');
    expect(defaultUserDataDir('darwin', { HOME: '/Users/n' })).toBe(
      '/Users/n/Library/Application Support/MedObsMind',
    );
  });
});
