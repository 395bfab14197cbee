import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenFile } from './screen-files.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-screens-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), 'page');
  writeFileSync(join(root, 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'secret.json'), 'secret');
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(folder, 'renderer-other', 'b.js'), 'other');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the files of the screens', () => {
  it('finds the page and its parts', () => {
    expect(screenFile(root, 'app://medobsmind/')).toBe(join(root, 'index.html'));
    expect(screenFile(root, 'app://medobsmind/assets/a.js')).toBe(join(root, 'assets', 'a.js'));
  });

  it.each([
    'app://medobsmind/..%2fsecret.json',
    'app://medobsmind/%2e%2e/secret.json',
    'app://medobsmind/assets/..%2f..%2fsecret.json',
    'app://medobsmind/..%2frenderer-other%2fb.js',
    'app://medobsmind/..%5csecret.json',
    'app://medobsmind/index.html%00.js',
    'app://medobsmind/assets',
    'app://medobsmind/missing.js',
    'app://elsewhere/index.html',
    'file:///etc/passwd',
    'app://medobsmind/%',
  ])('refuses %s', (url) => {
    expect(screenFile(root, url)).toBeNull();
  });

  it('never leaves the folder, whatever the path', () => {
    const piece = fc.constantFrom(
      '..',
      '%2e%2e',
      '..%2f',
      '%2f',
      'assets',
      'secret.json',
      '.',
      '%5c',
      'a.js',
      '//',
      '%00',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = screenFile(root, `app://medobsmind/${pieces.join('/')}`);
        expect(file === null || file.startsWith(`${root}/`)).toBe(true);
      }),
    );
  });
});
