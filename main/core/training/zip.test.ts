import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { testFolder } from '../testing/ports.ts';
import { zipOf } from './zip.ts';

test('another program reads what was packed, and the same files give the same bytes', async () => {
  const folder = testFolder();
  const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-zé]{1,8}){0,2}$/u);
  const entries = fc.uniqueArray(
    fc.record({ name, bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) }),
    { maxLength: 6, selector: (entry) => entry.name },
  );
  try {
    await fc.assert(
      fc.asyncProperty(entries, async (given) => {
        const zip = await zipOf(given);
        expect((await zipOf([...given].reverse())).equals(zip)).toBe(true);
        const file = join(folder.path, 'package.zip');
        writeFileSync(file, zip);
        const read = await openPromise(file, { lazyEntries: true });
        const found: Record<string, string> = {};
        for await (const entry of read.eachEntry()) {
          const parts: Buffer[] = [];
          for await (const part of await read.openReadStreamPromise(entry)) parts.push(Buffer.from(part));
          found[entry.fileName] = Buffer.concat(parts).toString('hex');
        }
        expect(found).toEqual(
          Object.fromEntries(given.map((entry) => [entry.name, entry.bytes.toString('hex')])),
        );
      }),
      { numRuns: 20 },
    );
  } finally {
    folder.remove();
  }
});
