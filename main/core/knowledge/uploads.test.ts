import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countingIds, silentLog, testClock, testFolder } from '../testing/ports.ts';
import { docxOf, pdfOf } from './document-fixtures.ts';
import { createUploads } from './uploads.ts';

const SCRIPT = new URL('./document-worker.ts', import.meta.url);
const ports = { clock: testClock(), ids: countingIds(), log: silentLog };

test('a reader that never ends, or eats all memory, is stopped, and the next file is read', async () => {
  const folder = testFolder();
  const stuck = join(folder.path, 'stuck.mjs');
  writeFileSync(stuck, 'for (;;) {}');
  const hungry = join(folder.path, 'hungry.mjs');
  writeFileSync(hungry, 'const all = []; for (;;) all.push(new Array(1e6).fill({ a: all.length }));');
  const bytes = new Uint8Array(Buffer.from('# A'));
  const slow = createUploads({ ...ports, script: stuck, limitMs: 300 });
  const first = slow.open('a.md', bytes);
  // One file at a time.
  expect(await slow.open('b.md', bytes)).toBe('busy');
  expect(await first).toBe('too-slow');
  expect(await slow.open('b.md', bytes)).toBe('too-slow');
  expect(await createUploads({ ...ports, script: hungry }).open('a.md', bytes)).toBe('unreadable');
  folder.remove();
});

test('DOCX and PDF give their text; what is hidden in them is told and is in no card', async () => {
  const uploads = createUploads({ ...ports, script: SCRIPT });
  const seen = 'Count the breaths for a full minute and look at effort.';
  for (const bytes of [
    docxOf(seen, 'secret order to a program', true),
    pdfOf([
      { text: seen, points: 11 },
      { text: 'secret order to a program', points: 1 },
    ]),
  ]) {
    const upload = await uploads.open('ours', new Uint8Array(bytes));
    if (typeof upload === 'string') throw new Error(upload);
    expect(upload.draft.cards.map(({ text }) => text).join(' ')).toContain('full minute');
    expect(JSON.stringify(upload.draft.cards)).not.toContain('secret');
    expect(upload.draft.hidden.join()).toContain('secret order');
    expect(uploads.find(upload.id)).toBe(upload);
  }
});
