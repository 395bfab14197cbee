import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { admissionKey, admit } from './admission.ts';
import type { SmokeResult } from './smoke-load.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-admission-'));
  file = join(folder, 'admissions.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GOOD: SmokeResult = { verdict: 'in-process', loadMs: 300, tokensPerSecond: 40 };
const BAD: SmokeResult = { verdict: 'refused', detail: 'it crashed' };

it('tries a model once and remembers that it worked', async () => {
  let tries = 0;
  const tryIt = async () => {
    tries++;
    return GOOD;
  };
  expect(await admit(file, 'a', tryIt)).toEqual(GOOD);
  expect(await admit(file, 'a', tryIt)).toEqual(GOOD);
  expect(tries).toBe(1);
  await admit(file, 'b', tryIt);
  expect(tries).toBe(2);
});

it('does not remember a failure', async () => {
  expect(await admit(file, 'a', async () => BAD)).toEqual(BAD);
  expect(await admit(file, 'a', async () => GOOD)).toEqual(GOOD);
});

it('tries again where the record is damaged', async () => {
  writeFileSync(file, '{"a": 7');
  expect(await admit(file, 'a', async () => GOOD)).toEqual(GOOD);
  expect(readFileSync(file, 'utf8')).toContain('in-process');
});

it('tells models, adapters and runtimes apart', () => {
  expect(admissionKey('x', null)).not.toBe(admissionKey('y', null));
  expect(admissionKey('x', null)).not.toBe(admissionKey('x', 'adapter.gguf'));
  expect(admissionKey('x', null)).toContain(process.versions.node);
});
