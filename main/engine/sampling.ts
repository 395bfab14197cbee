/**
 * Choosing the next token, and how probable the model itself found it.
 *
 * Measured (135M model, 49k vocabulary, two cores, a token): greedy with the total weight 8–10 ms, the forty best
 * with their logits 14–16 ms, the library's `confidence` 13–17 ms, greedy alone 6.5–9 ms. At temperature 0 the
 * chosen token is the best one, so its probability under the model's own distribution is 1 / total weight: exact,
 * and before any ban. Only where the best token is banned, or at a temperature above 0, are the best candidates
 * fetched and chosen from here.
 */
import type { LlamaContextSequence, Token } from 'node-llama-cpp';

export interface Sampled {
  readonly token: Token;
  /** Natural logarithm of its probability under the model's own distribution, before bans. */
  readonly logProbability: number;
}

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  /** Uniform numbers in [0, 1); the same seed gives the same row. */
  readonly random: () => number;
  readonly banned: ReadonlySet<Token>;
}

/** Candidates looked at where the best token will not do. More never mattered at the temperatures in use. */
const CANDIDATES = 64;

/** A small, well-known generator (mulberry32): replays need the same numbers on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Candidate {
  readonly token: Token;
  readonly logit: number;
}

/** Picks among candidates (best first): greedy at temperature 0, else by temperature and nucleus. */
export function pick(candidates: readonly Candidate[], sampling: Sampling): Candidate | null {
  const allowed = candidates.filter(({ token }) => !sampling.banned.has(token));
  const best = allowed[0];
  if (best === undefined || sampling.temperature === 0) return best ?? null;
  const weights = allowed.map(({ logit }) => Math.exp((logit - best.logit) / sampling.temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let nucleus = 0;
  let size = 0;
  while (size < weights.length && nucleus < sampling.topP * total) nucleus += weights[size++] ?? 0;
  let left = sampling.random() * nucleus;
  for (let index = 0; index < size; index++) {
    left -= weights[index] ?? 0;
    if (left < 0) return allowed[index] ?? best;
  }
  return best;
}

async function bestToken(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<Sampled> {
  const last = tokens.at(-1);
  if (last === undefined) throw new Error('nothing to continue from');
  const results = await sequence.controlledEvaluate([
    ...tokens.slice(0, -1),
    [last, { generateNext: { token: true, totalLogitWeight: true, options: { temperature: 0 } } }],
  ]);
  const next = results[tokens.length - 1]?.next;
  if (next?.token === undefined || next.token === null || next.totalLogitWeight === undefined)
    throw new Error('the model gave no next token');
  return { token: next.token, logProbability: -Math.log(next.totalLogitWeight) };
}

async function bestCandidates(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  sampling: Sampling,
): Promise<Sampled> {
  const last = tokens.at(-1);
  if (last === undefined) throw new Error('nothing to continue from');
  const results = await sequence.controlledEvaluate([
    ...tokens.slice(0, -1),
    [
      last,
      {
        generateNext: { totalLogitWeight: true, logits: { filter: { tokens: [], includeTop: CANDIDATES } } },
      },
    ],
  ]);
  const next = results[tokens.length - 1]?.next;
  const candidates = [...(next?.logits ?? [])].map(([token, logit]) => ({ token, logit }));
  const best = candidates[0];
  const chosen = pick(candidates, sampling);
  if (best === undefined || chosen === null || next?.totalLogitWeight === undefined)
    throw new Error('the model gave no next token');
  return {
    token: chosen.token,
    logProbability: chosen.logit - best.logit - Math.log(next.totalLogitWeight),
  };
}

/** Evaluates the tokens in one go and chooses what follows them. */
export async function sampleAfter(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  sampling: Sampling,
): Promise<Sampled> {
  if (sampling.temperature > 0) return bestCandidates(sequence, tokens, sampling);
  const best = await bestToken(sequence, tokens);
  if (!sampling.banned.has(best.token)) return best;
  // The last token is taken back and evaluated again: the only way to see the runners-up of its position.
  const end = sequence.nextTokenIndex;
  await sequence.eraseContextTokenRanges([{ start: end - 1, end }]);
  return bestCandidates(sequence, tokens.slice(-1), sampling);
}
