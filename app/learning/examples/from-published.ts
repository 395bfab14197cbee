/** Published data sets by configuration: which file, which fields, under which licence. Nothing is fetched here. */
import { z } from 'zod';
import { EXAMPLE_KINDS, type Example, SCENARIOS } from './example.ts';

export const publishedSetSchema = z.object({
  name: z.string().trim().min(1).max(120),
  licence: z.string().trim().min(1).max(200),
  kind: z.enum(EXAMPLE_KINDS),
  scenario: z.enum(SCENARIOS),
  language: z.enum(['en', 'hi']),
  /** Names of the fields in each line. */
  fields: z.object({ instruction: z.string(), input: z.string().nullable(), output: z.string() }),
});
export type PublishedSet = z.infer<typeof publishedSetSchema>;

/** The example of a line of a published set (parsed JSON); null where a field is not there or not a text. */
export function exampleFromPublished(set: PublishedSet, line: unknown, number: number): Example | null {
  const row = z.record(z.string(), z.unknown()).safeParse(line);
  if (!row.success) return null;
  const text = (field: string | null): string | null => {
    const value = field === null ? '' : row.data[field];
    return typeof value === 'string' ? value.trim() : null;
  };
  const instruction = text(set.fields.instruction);
  const input = text(set.fields.input);
  const output = text(set.fields.output);
  if (instruction === null || input === null || output === null || instruction === '' || output === '')
    return null;
  return {
    id: `published-${set.name}-${number}`,
    kind: set.kind,
    scenario: set.scenario,
    language: set.language,
    source: 'published',
    provenance: `${set.name}, line ${number}`,
    licence: set.licence,
    group: `published-${set.name}-${number}`,
    content: { form: 'instruction', instruction, input, output, facts: null },
  };
}
