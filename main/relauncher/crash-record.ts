/** Which runs ended badly, kept beside the record so that it outlives the relauncher itself. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

/**
 * Opens the record. Nothing about it may end the relauncher, which would leave the ward without its program: a
 * record that cannot be read counts as empty and is kept aside, one that cannot be written (a full disk) is
 * kept in memory. Both are said with `say`.
 */
export function openCrashRecord(userDataDir: string, say: (text: string) => void): CrashRecord {
  const file = join(userDataDir, 'crashes.json');
  let crashes = read(file, say);
  return {
    crashes: () => crashes,
    add(crash) {
      crashes = [...crashes, crash].slice(-KEPT);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.part`, JSON.stringify({ crashes }));
        renameSync(`${file}.part`, file);
      } catch (error) {
        say(
          `MedObsMind: the crash is remembered until this command ends, but not on disk: ${reasonOf(error)}`,
        );
      }
    },
  };
}

function read(file: string, say: (text: string) => void): Crash[] {
  if (!existsSync(file)) return [];
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).crashes;
  } catch {
    setAside(file, say);
    return [];
  }
}

function setAside(file: string, say: (text: string) => void): void {
  const aside = `${file}.unreadable`;
  try {
    renameSync(file, aside);
    say(`MedObsMind: the record of crashes could not be read; it is kept as ${aside}.`);
  } catch (error) {
    say(`MedObsMind: the record of crashes can be neither read nor kept aside: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
