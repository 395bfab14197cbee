import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { admissionKey, admit, libraryVersion } from './admission.ts';
import type { SmokeResult } from './smoke-load.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-admission-'));
  file = join(folder, 'admissions.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GOOD: SmokeResult = { verdict: 'in-process', loadMs: 300, tokensPerSecond: 40, layout: 'serial' };
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

it('tells models, adapters, libraries and runtimes apart', () => {
  const plain = { sha256: 'x', adapterSha256: null, library: '3.22.1' };
  const key = admissionKey(plain);
  expect(admissionKey({ ...plain, sha256: 'y' })).not.toBe(key);
  expect(admissionKey({ ...plain, adapterSha256: 'a' })).not.toBe(key);
  expect(admissionKey({ ...plain, adapterSha256: 'a' })).not.toBe(
    admissionKey({ ...plain, adapterSha256: 'b' }),
  );
  expect(admissionKey({ ...plain, library: '3.23.0' })).not.toBe(key);
  expect(key).toContain(process.versions.node);
});

it('knows the version of the library that is installed', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8'));
  expect(await libraryVersion()).toBe(dependencies['node-llama-cpp']);
});

it('admits a good model where the record cannot be written, and says so', async () => {
  const nowhere = join(folder, 'absent', 'admissions.json');
  const warned = once(process, 'warning');
  expect(await admit(nowhere, 'a', async () => GOOD)).toEqual(GOOD);
  expect(String((await warned)[0])).toContain('admissions.json');
});
