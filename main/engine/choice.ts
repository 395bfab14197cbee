/** A hole with given texts: the model says which of them it finds likeliest behind what stands before. */
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { FilledHole, Hole } from './hole.ts';

export interface Choice {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/**
 * Weighs all texts in one step; the probability is the chosen one's. Of equals the first counts.
 *
 * @param before tokens that the sequence has not evaluated yet; never empty. They stay evaluated, the texts do not.
 */
export function createChoice(
  sequence: LlamaContextSequence,
  before: readonly Token[],
  choices: readonly Choice[],
): Hole {
  return {
    text: () => '',
    async next(): Promise<FilledHole> {
      const last = before.at(-1);
      if (last === undefined) throw new Error('nothing to continue from');
      await sequence.evaluateWithoutGeneratingNewTokens(before.slice(0, -1));
      let best: { readonly choice: Choice; readonly meanLog: number } | null = null;
      for (const choice of choices) {
        const meanLog = await meanLogProbability(sequence, last, choice.tokens);
        if (best === null || meanLog > best.meanLog) best = { choice, meanLog };
      }
      if (best === null) throw new Error('nothing to choose from');
      const { choice, meanLog } = best;
      return {
        text: choice.text,
        ended: 'sentence',
        probability: Math.min(1, Math.exp(meanLog)),
        tokens: 0,
        pending: [last, ...choice.tokens],
      };
    },
  };
}

/**
 * The mean natural logarithm of the probability of each token behind those before it, under the model's own
 * distribution. Leaves the sequence as it was.
 */
async function meanLogProbability(
  sequence: LlamaContextSequence,
  last: Token,
  tokens: readonly Token[],
): Promise<number> {
  const begin = sequence.nextTokenIndex;
  const inputs = [last, ...tokens.slice(0, -1)];
  const results = await sequence.controlledEvaluate(
    inputs.map((input, index): [Token, object] => [input, { generateNext: likelihoodOf(tokens[index]) }]),
  );
  await sequence.eraseContextTokenRanges([{ start: begin, end: sequence.nextTokenIndex }]);
  let sum = 0;
  for (const [index, token] of tokens.entries()) {
    const next = results[index]?.next;
    const logit = next?.logits?.get(token);
    const greatest = Math.max(...(next?.logits?.values() ?? []));
    if (logit === undefined || next?.totalLogitWeight === undefined)
      throw new Error('the model gave no probability');
    sum += logit - greatest - Math.log(next.totalLogitWeight);
  }
  return sum / Math.max(1, tokens.length);
}

/** What is asked of the model about one token: its logit, beside the greatest, and the weight of all. */
function likelihoodOf(token: Token | undefined) {
  const tokens = token === undefined ? [] : [token];
  return { totalLogitWeight: true, logits: { filter: { tokens, includeMax: true } } };
}
