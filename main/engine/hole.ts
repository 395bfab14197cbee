/** One hole being filled, a token at a time, so that several can be filled in step with each other. */
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { freeEnd, holeEnd } from './hole-end.ts';
import { type Sampling, sampleAfter } from './sampling.ts';

export interface FilledHole {
  readonly text: string;
  readonly ended: 'sentence' | 'length';
  /** exp of the mean log-probability of its tokens; null where there is none. */
  readonly probability: number | null;
  readonly tokens: number;
  /** Tokens of the text that the sequence has not evaluated yet. */
  readonly pending: readonly Token[];
}

export interface Hole {
  /** Writes one token more; the filled hole where that was the last one, else null. */
  next(): Promise<FilledHole | null>;
  /** What it holds so far. */
  text(): string;
}

/** @param before tokens that the sequence has not evaluated yet; never empty. */
export function createHole(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  before: readonly Token[],
  maxTokens: number,
  sampling: Sampling,
  /** The stops of a free hole; null: a guided one. */
  stops: readonly string[] | null = null,
): Hole {
  let pending: readonly Token[] = before;
  let evaluated: readonly Token[] = [];
  let sampled = 0;
  let logProbability = 0;
  let text = '';

  function filled(end: Pick<FilledHole, 'text' | 'ended'>, rest: readonly Token[]): FilledHole {
    const probability = sampled === 0 ? null : Math.min(1, Math.exp(logProbability / sampled));
    return { ...end, probability, tokens: sampled, pending: rest };
  }

  return {
    text: () => text,
    async next() {
      const next = await sampleAfter(sequence, pending, sampling);
      if (model.isEogToken(next.token)) return filled({ text: text.trimEnd(), ended: 'sentence' }, []);
      sampled++;
      logProbability += next.logProbability;
      pending = [next.token];
      const whole = model.detokenize([...evaluated, next.token]);
      const end = stops === null ? holeEnd(whole) : freeEnd(whole, stops);
      if (end !== null) {
        const rest = end.text.startsWith(text) ? end.text.slice(text.length) : '';
        const isWhole = whole === end.text;
        const tail = isWhole ? pending : rest === '' ? [] : model.tokenize(rest, false, 'trimLeadingSpace');
        return filled(end, tail);
      }
      evaluated = [...evaluated, next.token];
      text = whole;
      return sampled < maxTokens ? null : filled({ text: text.trimEnd(), ended: 'length' }, pending);
    },
  };
}
