/** The embedder of the models folder, checked against the catalogue before a byte of it is used. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Embedder } from '../../../app/knowledge/embedder.ts';
import { embedderEntrySchema } from '../../../app/knowledge/embedder-entry.ts';
import { readStaticEmbedder } from '../../../app/knowledge/static-embedder.ts';
import { type Log, reasonOf } from '../log.ts';

const catalogSchema = z.object({ embedder: embedderEntrySchema });

/** Null where it is missing, altered or unreadable; the log says which. The library is then searched by words alone. */
export function openEmbedder(modelsDir: string, log: Log): Embedder | null {
  try {
    const catalog: unknown = JSON.parse(readFileSync(join(modelsDir, 'catalog.json'), 'utf8'));
    const { embedder: entry } = catalogSchema.parse(catalog);
    const file = readFileSync(join(modelsDir, entry.file));
    const sha256 = createHash('sha256').update(file).digest('hex');
    if (sha256 !== entry.sha256) throw new Error(`${entry.file} is not the file of the catalogue`);
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    return readStaticEmbedder(file, sha256, (bytes) => utf8.decode(bytes));
  } catch (error) {
    log('warn', 'embedder-not-loaded', { reason: reasonOf(error) });
    return null;
  }
}
