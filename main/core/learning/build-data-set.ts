/**
 * Builds a data set on the record's own thread: what clinicians rated of patients who consent, and synthetic examples,
 * checked, split and written with a manifest into a folder that nothing else reads until a person approves it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildDataSet,
  DATA_SET_FORMAT,
  type DataSet,
  type DataSetManifest,
} from '../../../app/learning/data-set.ts';
import { previewParts } from '../../../app/learning/deidentification/identify.ts';
import type { Example } from '../../../app/learning/examples/example.ts';
import { syntheticExplanations } from '../../../app/learning/generator/holes-examples.ts';
import { syntheticRefusals } from '../../../app/learning/generator/questions.ts';
import type { Reader } from '../store/database.ts';
import {
  BALANCE_FILE,
  type BuiltDataSet,
  type DataSetJob,
  MANIFEST_FILE,
  PREVIEW_FILE,
} from './data-set-job.ts';
import { taughtExamples } from './taught-examples.ts';

/** The guide's share of education; the synthetic part of it are questions to refuse. */
const QUESTION_SHARE = 0.1;

export function buildDataSetFiles(read: Reader, job: DataSetJob): BuiltDataSet {
  const { examples: rated, acts } = taughtExamples(read, job);
  const questions = Math.round(job.synthetic * QUESTION_SHARE);
  const examples = [
    ...rated,
    ...syntheticExplanations(job.seed, job.synthetic - questions).examples,
    ...syntheticRefusals(job.seed, questions),
  ];
  const manifest = writeDataSet(job, examples);
  const subjects = [...new Set(rated.map(({ group }) => group.replace(/^patient-/u, '')))];
  return { ...manifest, subjects, acts };
}

/** Files first into a folder of another name: what is half-written is never taken for a data set. */
export function writeDataSet(
  job: Pick<DataSetJob, 'id' | 'out' | 'seed' | 'program'>,
  examples: readonly Example[],
): { readonly sha256: string; readonly manifest: string } {
  const built = buildDataSet(examples, { promptFormat: 'chatml', layout: 'serial' });
  const unfinished = `${job.out}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const files = Object.entries(built.files).map(([name, rows]) => {
    const text = rows.map((row) => `${row}\n`).join('');
    writeFileSync(join(unfinished, name), text, { mode: 0o600 });
    return { name, rows: rows.length, bytes: Buffer.byteLength(text), sha256: sha256(text) };
  });
  const manifest: DataSetManifest = {
    format: DATA_SET_FORMAT,
    id: job.id,
    promptFormat: 'chatml',
    layout: 'serial',
    seed: job.seed,
    program: job.program,
    examples: built.balance.total,
    counts: built.counts,
    rejected: countedBy(built.rejected.map(({ rejection }) => rejection.reason)),
    repeated: built.repeated.length,
    licences: countedBy(examples.map(({ licence }) => licence)),
    files,
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(join(unfinished, MANIFEST_FILE), text, { mode: 0o600 });
  writeFileSync(join(unfinished, PREVIEW_FILE), previewLines(examples, built), { mode: 0o600 });
  writeFileSync(join(unfinished, BALANCE_FILE), JSON.stringify(built.balance), { mode: 0o600 });
  renameSync(unfinished, job.out);
  return { sha256: sha256(text), manifest: text };
}

/** Every example that is not synthetic, whole; what was refused first, because somebody should know why. */
function previewLines(examples: readonly Example[], built: DataSet): string {
  const why = new Map(built.rejected.map(({ id, rejection }) => [id, rejection.detail]));
  return examples
    .filter(({ source }) => source !== 'synthetic')
    .sort((one, other) => Number(why.has(other.id)) - Number(why.has(one.id)))
    .map(({ id, source, content }) => {
      const row = {
        id,
        source,
        rejected: why.get(id) ?? null,
        parts: previewParts(JSON.stringify(content, null, 1)),
      };
      return `${JSON.stringify(row)}\n`;
    })
    .join('');
}

function countedBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
