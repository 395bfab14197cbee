/** Which runs ended badly, kept beside the record so that it outlives the relauncher itself. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const crashSchema = z.object({
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string(),
  /** Exit status, or the signal that ended it. */
  ending: z.union([z.number(), z.string()]),
  safeMode: z.boolean(),
});
export type Crash = z.infer<typeof crashSchema>;
const recordSchema = z.object({ crashes: z.array(crashSchema) });

/** Older crashes are history of no use to a decision. */
const KEPT = 50;

export interface CrashRecord {
  crashes(): readonly Crash[];
  add(crash: Crash): void;
}

/** A record that cannot be read counts as empty and is kept aside: crashing on it would be a crash loop. */
export function openCrashRecord(userDataDir: string): CrashRecord {
  const file = join(userDataDir, 'crashes.json');
  let crashes = read(file);
  return {
    crashes: () => crashes,
    add(crash) {
      crashes = [...crashes, crash].slice(-KEPT);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify({ crashes }));
      renameSync(`${file}.part`, file);
    },
  };
}

function read(file: string): Crash[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  try {
    return recordSchema.parse(JSON.parse(text)).crashes;
  } catch {
    renameSync(file, `${file}.unreadable`);
    return [];
  }
}
