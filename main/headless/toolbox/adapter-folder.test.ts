/** The toolbox looks at an adapter's folder: what fits, what was altered, and who has signed. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeAdapter } from '../../../app/learning/adapters/made-adapter.ts';
import { DEFAULT_ENTRY, hasModel } from '../../engine/test-models.ts';
import { isFolder, verifyAdapterFolder } from './adapter-folder.ts';

const context = { files: [], options: {}, root: fileURLToPath(new URL('../../../', import.meta.url)) };
const folder = mkdtempSync(join(tmpdir(), 'tool-adapter-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  const gguf = madeAdapter();
  const files = [
    { name: 'adapter.gguf', bytes: gguf.length, sha256: createHash('sha256').update(gguf).digest('hex') },
  ];
  const none = { base: null, adapter: null };
  writeFileSync(join(folder, 'adapter.gguf'), gguf);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      format: 'medobsmind-adapter-1',
      trainer: '0',
      identity: 'c'.repeat(64),
      method: 'sft',
      base: { name: DEFAULT_ENTRY.file, sha256: DEFAULT_ENTRY.sha256 },
      dataSet: {
        id: 'x',
        sha256: 'd'.repeat(64),
        promptFormat: 'chatml',
        layout: 'serial',
        examples: 0,
        heldOut: 0,
        tooLong: 0,
      },
      seed: 1,
      lora: { r: 2, alpha: 4, targets: ['v_proj'] },
      training: {},
      continuedFrom: null,
      figures: { steps: 0, secondsTraining: 0, secondsAnExample: 0, perplexity: none },
      versions: {},
      files,
    }),
  );
});

test('a folder is told from a model by being one', () => {
  expect(isFolder(folder)).toBe(true);
  expect(isFolder('SmolLM2-135M-Instruct')).toBe(false);
  expect(isFolder(undefined)).toBe(false);
});

test.runIf(hasModel)('what fits and is unsigned, what was altered, and another base', async () => {
  const answer = await verifyAdapterFolder(context, folder, DEFAULT_ENTRY);
  expect(answer).toMatchObject({ ok: true, rank: 2, signature: 'unsigned' });
  const other = { ...DEFAULT_ENTRY, sha256: 'f'.repeat(64) };
  expect(await verifyAdapterFolder(context, folder, other)).toMatchObject({
    ok: false,
    reason: 'other-base',
  });
  appendFileSync(join(folder, 'adapter.gguf'), 'x');
  expect(await verifyAdapterFolder(context, folder, DEFAULT_ENTRY)).toMatchObject({
    ok: false,
    reason: 'altered',
    file: 'adapter.gguf',
  });
});
