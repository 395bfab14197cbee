/** What a verification has done so far, kept so that it goes on after an interruption. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { REPORTS_DIR } from '../setup/paths.ts';

const progressSchema = z.object({
  done: z.number().int(),
  failures: z.array(z.string()),
  counts: z.record(z.string(), z.number()),
  /** What finished steps have said, where a verification has steps. */
  said: z.array(z.string()).default([]),
});
export type VerifyProgress = z.infer<typeof progressSchema>;

export interface ProgressFile {
  readonly progress: VerifyProgress;
  save(): void;
}

export function openProgress(name: string, restart: boolean): ProgressFile {
  const file = join(REPORTS_DIR, `verify-${name}.json`);
  const progress: VerifyProgress =
    restart || !existsSync(file)
      ? { done: 0, failures: [], counts: {}, said: [] }
      : progressSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    progress,
    save() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify(progress));
      renameSync(`${file}.part`, file);
    },
  };
}
