/** A catalogue entry for a model that is only measured: where it comes from and what it may do is nobody's question. */
import { basename } from 'node:path';
import { type CatalogEntry, catalogEntrySchema } from '../../../main/engine/catalog.ts';
import type { ContenderStart } from './protocol.ts';

/** The hash is a name here: nothing is kept under it. */
const NOT_HASHED = '0'.repeat(64);

export function benchEntry({ modelFile, contextTokens }: ContenderStart): CatalogEntry & { sha256: string } {
  const entry = catalogEntrySchema.parse({
    name: basename(modelFile, '.gguf'),
    file: basename(modelFile),
    default: true,
    role: 'embedded',
    runs: 'isolated',
    licence: { name: 'not for use', url: 'https://example.org/', duties: [] },
    languages: ['en'],
    parametersMillions: 1,
    quantisation: 'any',
    sizeBytes: null,
    sha256: NOT_HASHED,
    contextTokens,
    memoryMebibytes: 1,
    promptFormat: 'chatml',
    sources: [],
  });
  return { ...entry, sha256: NOT_HASHED };
}
