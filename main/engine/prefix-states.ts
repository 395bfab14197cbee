/**
 * What the model computed of a prompt's fixed beginning, kept on disk: the first explanation after a start then
 * does not wait for it. It holds instructions and invented examples, nothing of a patient.
 *
 * A state file that does not fit model, library and context may crash the process, so its name is the hash of all
 * of them and of the tokens, and its bytes are checked before they are loaded.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { sha256Of } from './model-file.ts';

export interface PrefixStates {
  /** Loads the state of exactly these tokens into the sequence; false where there is none that can be trusted. */
  restore(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<boolean>;
  /** Keeps the state of a sequence that holds exactly these tokens. Never rejects: it only saves time. */
  keep(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void>;
}

export const NO_PREFIX_STATES: PrefixStates = {
  restore: () => Promise.resolve(false),
  keep: () => Promise.resolve(),
};

/** A language and a depth each; an 8B model's are some 90 MB. Older ones go. Ours. */
const MOST_KEPT = 4;
const ENDING = '.state';

/** @param identity names model, adapter, library, context and machine: a state is valid for all of them or not at all. */
export function createPrefixStates(directory: string, identity: string): PrefixStates {
  const checked = new Set<string>();
  const fileOf = (tokens: readonly Token[]): string => {
    const hash = createHash('sha256').update(identity).update('\0').update(tokens.join(','));
    return path.join(directory, `${hash.digest('hex')}${ENDING}`);
  };

  return {
    async restore(sequence, tokens) {
      const file = fileOf(tokens);
      try {
        if (!checked.has(file)) {
          const expected = (await readFile(`${file}.sha256`, 'utf8')).trim();
          if ((await sha256Of(file)) !== expected) throw new Error('the state file was altered');
          checked.add(file);
        }
        await sequence.loadStateFromFile(file, { acceptRisk: true });
        await utimes(file, new Date(), new Date());
      } catch (error) {
        if (!isAbsent(error)) await forget(file, error);
        return false;
      }
      return true;
    },
    async keep(sequence, tokens) {
      const file = fileOf(tokens);
      const draft = `${file}.${process.pid}.part`;
      try {
        await mkdir(directory, { recursive: true });
        await sequence.saveStateToFile(draft);
        await writeFile(`${file}.sha256`, await sha256Of(draft));
        await rename(draft, file);
        checked.add(file);
        await prune(directory);
      } catch (error) {
        await forget(draft, error);
      }
    },
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';
}

async function forget(file: string, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${path.basename(file)}: ${reason}`, 'PrefixStateWarning');
  for (const one of [file, `${file}.sha256`]) await rm(one, { force: true }).catch(() => undefined);
}

async function prune(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(ENDING));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      return { file, usedMs: (await stat(file)).mtimeMs };
    }),
  );
  files.sort((one, other) => other.usedMs - one.usedMs);
  for (const { file } of files.slice(MOST_KEPT)) {
    await rm(file, { force: true });
    await rm(`${file}.sha256`, { force: true });
  }
}
