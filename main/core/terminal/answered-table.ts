/** The SQL of `answered_commands`: a command that is sent again with its key is answered, not done again. */
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

const row = z.object({
  actor: z.string(),
  name: z.string(),
  params_lookup: z.instanceof(Uint8Array),
  value_sealed: z.instanceof(Uint8Array),
});

/** A day: longer than any terminal goes on repeating a command. */
const KEPT_MS = 24 * 3_600_000;

export interface AnsweredCommand {
  readonly key: string;
  readonly name: string;
  readonly params: unknown;
}

export function keepAnswer(
  write: Writer,
  sealing: Sealing,
  command: AnsweredCommand & { readonly actor: string },
  value: unknown,
  at: number,
): void {
  write.run('DELETE FROM answered_commands WHERE at_ms < ?', at - KEPT_MS);
  write.run(
    'INSERT INTO answered_commands (key, at_ms, actor, name, params_lookup, value_sealed) VALUES (?, ?, ?, ?, ?, ?)',
    command.key,
    at,
    command.actor,
    command.name,
    paramsLookup(sealing, command.params),
    sealing.seal('answered_commands.value', JSON.stringify(value)),
  );
}

/**
 * What was answered under this key: nothing yet, this value, or something else (`foreign`: the key belongs to
 * another command, person or content, and must not be answered with it).
 */
export function findAnswer(
  read: Reader,
  sealing: Sealing,
  command: AnsweredCommand,
): { readonly kind: 'none' | 'foreign' } | { readonly kind: 'answered'; readonly value: unknown } {
  const found = read.one(
    row,
    'SELECT actor, name, params_lookup, value_sealed FROM answered_commands WHERE key = ?',
    command.key,
  );
  if (found === null) return { kind: 'none' };
  const same =
    found.name === command.name &&
    Buffer.compare(found.params_lookup, paramsLookup(sealing, command.params)) === 0;
  if (!same) return { kind: 'foreign' };
  const value: unknown = JSON.parse(sealing.openText('answered_commands.value', found.value_sealed));
  return { kind: 'answered', value };
}

function paramsLookup(sealing: Sealing, params: unknown): Uint8Array {
  return sealing.lookup('answered_commands.params', JSON.stringify(params) ?? 'null');
}
