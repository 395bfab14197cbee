import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogEntry } from './catalog.ts';
import { verifyModelFile } from './model-file.ts';
import { DEFAULT_ENTRY } from './test-models.ts';

const BYTES = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(3_000_000, 7)]);
const ENTRY: CatalogEntry = {
  ...DEFAULT_ENTRY,
  sizeBytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
};

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'model-file-'));
  file = path.join(folder, 'model.gguf');
  await writeFile(file, BYTES);
});
afterEach(() => rm(folder, { recursive: true }));

describe('verifyModelFile', () => {
  it('accepts the pinned bytes', async () => {
    expect(await verifyModelFile(file, ENTRY)).toEqual({ ok: true, sha256: ENTRY.sha256 });
  });

  it.each([
    ['truncated', BYTES.subarray(0, 1_000_000)],
    ['altered', Buffer.concat([BYTES.subarray(0, -1), Buffer.from([8])])],
    ['altered', Buffer.concat([BYTES, Buffer.from([8])])],
    ['not-gguf', Buffer.alloc(BYTES.length, 1)],
    ['not-gguf', Buffer.from('GG')],
  ])('refuses a file that is %s, by name', async (reason, bytes) => {
    await writeFile(file, bytes);
    const verdict = await verifyModelFile(file, ENTRY);
    expect(verdict).toMatchObject({ ok: false, reason });
    expect(verdict.ok ? '' : verdict.detail).toContain('model.gguf');
  });

  it('refuses a missing file and one that nobody pinned', async () => {
    expect(await verifyModelFile(`${file}x`, ENTRY)).toMatchObject({ reason: 'missing' });
    expect(await verifyModelFile(file, { ...ENTRY, sha256: null })).toMatchObject({ reason: 'not-pinned' });
  });

  it('remembers a verified file, and hashes again when it has changed', async () => {
    const record = path.join(folder, 'verified.json');
    await verifyModelFile(file, ENTRY, record);
    expect(await readFile(record, 'utf8')).toContain(ENTRY.sha256);
    const altered = Buffer.from(BYTES);
    altered[100] = 9;
    await writeFile(file, altered);
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    expect(await verifyModelFile(file, ENTRY, record)).toMatchObject({ ok: false, reason: 'altered' });
  });

  it('takes a damaged record for none', async () => {
    const record = path.join(folder, 'verified.json');
    await writeFile(record, '{ not json');
    expect((await verifyModelFile(file, ENTRY, record)).ok).toBe(true);
  });

  it('accepts a good file where the record cannot be written, and says so', async () => {
    const warned = once(process, 'warning');
    const verdict = await verifyModelFile(file, ENTRY, path.join(folder, 'absent', 'verified.json'));
    expect(verdict).toEqual({ ok: true, sha256: ENTRY.sha256 });
    expect(String((await warned)[0])).toContain('verified.json');
  });

  it('does not hash on where nobody waits', async () => {
    const verdict = await verifyModelFile(file, ENTRY, null, AbortSignal.abort());
    expect(verdict).toMatchObject({ ok: false, reason: 'unreadable' });
  });
});
