/** Builds a data set: checks, leaves out repetitions, splits, and renders what the trainer reads. */
import { z } from 'zod';
import type { PromptFormat } from '../explanation/prompt.ts';
import { balanceOf } from './examples/balance.ts';
import { checkExample, type Rejection } from './examples/check-example.ts';
import type { Example } from './examples/example.ts';
import { type TrainingLayout, trainingRows } from './examples/training-text.ts';
import { PARTS, type Part, splitExamples } from './split/split.ts';

export const DATA_SET_FORMAT = 'medobsmind-data-set-1';

export interface DataSetOptions {
  readonly promptFormat: PromptFormat;
  readonly layout: TrainingLayout;
}

export interface DataSet {
  /** Lines of JSON by file name: training rows of each part, and pairs beside them. */
  readonly files: { readonly [name: string]: readonly string[] };
  readonly rejected: readonly { readonly id: string; readonly rejection: Rejection }[];
  readonly repeated: readonly { readonly id: string; readonly of: string; readonly exactly: boolean }[];
  readonly balance: ReturnType<typeof balanceOf>;
  readonly counts: { readonly [part in Part]: number };
}

/** What the manifest says of a data set; hashes are added where the files are written. */
export const dataSetManifestSchema = z.object({
  format: z.literal(DATA_SET_FORMAT),
  id: z.string(),
  promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
  layout: z.enum(['serial', 'parallel']),
  seed: z.number().int(),
  program: z.string(),
  examples: z.number().int(),
  counts: z.object({ train: z.number().int(), validation: z.number().int(), test: z.number().int() }),
  rejected: z.record(z.string(), z.number().int()),
  repeated: z.number().int(),
  licences: z.record(z.string(), z.number().int()),
  files: z.array(
    z.object({ name: z.string(), rows: z.number().int(), bytes: z.number().int(), sha256: z.string() }),
  ),
});
export type DataSetManifest = z.infer<typeof dataSetManifestSchema>;

/** Everything that a data set of these examples holds; the same examples give the same bytes in any order. */
export function buildDataSet(given: readonly Example[], options: DataSetOptions): DataSet {
  const rejected: { id: string; rejection: Rejection }[] = [];
  const sound = given.filter((example) => {
    const rejection = checkExample(example);
    if (rejection !== null) rejected.push({ id: example.id, rejection });
    return rejection === null;
  });
  const { parts, repeated } = splitExamples(sound);
  const files: { [name: string]: string[] } = {};
  for (const part of PARTS) {
    const linesOf = (examples: readonly Example[]): string[] =>
      examples.flatMap((example) =>
        trainingRows(example, options).map((row) => JSON.stringify({ ...row, ...aboutOf(example) })),
      );
    const isPair = ({ content }: Example): boolean => content.form === 'preference';
    files[`${part}.jsonl`] = linesOf(parts[part].filter((example) => !isPair(example)));
    files[`${part}-pairs.jsonl`] = linesOf(parts[part].filter(isPair));
  }
  const kept = PARTS.flatMap((part) => parts[part]);
  return {
    files,
    rejected,
    repeated,
    balance: balanceOf(kept),
    counts: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
  };
}

function aboutOf({ kind, scenario, language, source, licence, group }: Example) {
  return { kind, scenario, language, source, licence, group };
}
