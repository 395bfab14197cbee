import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogEntry, catalogSchema, readCatalog } from './catalog.ts';

const catalog = await readCatalog(fileURLToPath(new URL('../../models/catalog.json', import.meta.url)));

describe('the catalogue', () => {
  it('pins the embedded default and nothing that nobody has seen', () => {
    expect(catalogEntry(catalog, null)).toMatchObject({
      name: 'SmolLM2-135M-Instruct',
      sizeBytes: 98_362_432,
    });
    for (const entry of catalog.models) expect(entry.sha256 !== null).toBe(entry.role === 'embedded');
  });

  it('finds by name and by file, and knows nothing else', () => {
    expect(catalogEntry(catalog, 'Llama-3-8B-Instruct')?.runs).toBe('in-process');
    expect(catalogEntry(catalog, 'Meta-Llama-3-8B-Instruct-Q4_K_M.gguf')?.runs).toBe('isolated');
    expect(catalogEntry(catalog, 'unknown')).toBeNull();
  });

  it('tells the duties of the Llama 3 licence', () => {
    const duties = catalogEntry(catalog, 'Llama-3-8B-Instruct')?.licence.duties.join(' ');
    expect(duties).toContain('Built with Meta Llama 3');
    expect(duties).toContain('"Llama 3"');
  });

  it('refuses two defaults and a file name with a path', () => {
    const first = catalog.models.find((model) => model.default);
    const isTaken = (...models: unknown[]): boolean =>
      catalogSchema.safeParse({ ...catalog, models }).success;
    expect(isTaken(first)).toBe(true);
    expect(isTaken(first, { ...first, file: 'b.gguf' })).toBe(false);
    expect(isTaken({ ...first, file: '../a.gguf' })).toBe(false);
  });
});
