/**
 * The sequences of a context: what each holds, which one is nearest to what is asked for, and how one takes over
 * what another has evaluated.
 */
import type { LlamaContextSequence, Token } from 'node-llama-cpp';

/** Tokens evaluated in one go: the step in which an abort or an emergency is noticed during a long prompt. */
export const BATCH_TOKENS = 64;

/** How many of these tokens a sequence already holds, from the first one on. */
export function heldOf(sequence: LlamaContextSequence, tokens: readonly Token[]): number {
  const held = sequence.contextTokens;
  const most = Math.min(held.length, tokens.length);
  let count = 0;
  while (count < most && held[count] === tokens[count]) count++;
  return count;
}

/** The sequence that holds most of these tokens; of equals the first. Null where there is none. */
export function nearest(
  sequences: readonly LlamaContextSequence[],
  tokens: readonly Token[],
): LlamaContextSequence | null {
  let best: LlamaContextSequence | null = null;
  let most = -1;
  for (const sequence of sequences) {
    const held = heldOf(sequence, tokens);
    if (held > most) [best, most] = [sequence, held];
  }
  return best;
}

/** Where a batch ends: at each mark, and every `BATCH_TOKENS` from the one before. */
function batchEnds(length: number, marks: readonly number[]): number[] {
  const ends: number[] = [];
  let start = 0;
  for (const mark of [...marks.filter((one) => one > 0 && one < length), length]) {
    for (start += BATCH_TOKENS; start < mark; start += BATCH_TOKENS) ends.push(start);
    ends.push(mark);
    start = mark;
  }
  return ends;
}

/**
 * Leaves exactly these tokens in the sequence, a batch at a time; yields before each batch, so that the caller may
 * wait or stop. Returns how many were evaluated anew.
 *
 * The last digits of what a model computes depend on which tokens share a batch. So batches end at the same places
 * every time, and what a sequence holds is reused up to such a place only: the same plan then gives the same bytes,
 * whether it was evaluated now, ahead, or read from disk.
 *
 * @param marks ascending positions at which a batch ends whatever its size: prefix, prompt.
 */
export async function* evaluateInBatches(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  marks: readonly number[],
): AsyncGenerator<undefined, number> {
  const ends = batchEnds(tokens.length, marks);
  const held = heldOf(sequence, tokens);
  const reused = ends.findLast((end) => end <= held) ?? 0;
  await sequence.adaptStateToTokens(tokens.slice(0, reused), false);
  // A sequence may be able to keep less than was asked for; it then begins where it can.
  let start = Math.min(reused, sequence.nextTokenIndex);
  for (const end of ends.filter((one) => one > start)) {
    yield undefined;
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(start, end));
    start = end;
  }
  return Math.max(0, tokens.length - reused);
}

/**
 * Makes `to` hold the first `length` tokens of `from` by copying its state (1 to 6 ms for a small model). False
 * where that could not be done, and then `to` may hold anything that its `contextTokens` say.
 *
 * The library's own way to do this is internal (node-llama-cpp 3.22 pins it); a version without it, or one that
 * refuses, costs the time to evaluate the tokens again and nothing else.
 */
export async function copyState(
  from: LlamaContextSequence,
  to: LlamaContextSequence,
  length: number,
): Promise<boolean> {
  const copy: unknown = Reflect.get(to, '_copyStateFromOtherSequence');
  if (typeof copy !== 'function') return false;
  const copied: unknown = await copy.call(to, from, length);
  return copied === true;
}
