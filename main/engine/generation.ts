/**
 * One generation after another on a loaded model: the prompt's fixed beginning stays in the sequence, literals are
 * evaluated as one batch with the first token of the hole behind them, holes are sampled without digits.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type {
  AbortSignalLike,
  EnginePort,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
  PromptSegment,
} from '../../app/contract/engine.ts';
import { holeEnd } from './hole-end.ts';
import { type Sampling, sampleAfter, seededRandom } from './sampling.ts';
import { createTurns } from './turns.ts';

/** Tokens evaluated in one go: the step in which an abort or an emergency is noticed during a long prompt. */
export const BATCH_TOKENS = 64;
/** How long closing waits for a job to notice that it is over. A step takes some 20 ms. */
const CLOSE_GRACE_MS = 2000;

class Cancelled extends Error {}
class Overflow extends Error {}

function tokenizeSegments(model: LlamaModel, segments: readonly PromptSegment[]): Token[] {
  // Plain text is data: with special tokens off, a role token in it stays the letters it is written with.
  return segments.flatMap(({ kind, text }) => model.tokenize(text, kind === 'control', 'trimLeadingSpace'));
}

function tokenizePlain(model: LlamaModel, text: string): Token[] {
  return model.tokenize(text, false, 'trimLeadingSpace');
}

/** Leaves exactly these tokens in the sequence, reusing what is there; returns how many were evaluated anew. */
async function evaluatePrompt(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  check: () => void,
): Promise<number> {
  await sequence.adaptStateToTokens([...tokens], false);
  const reused = sequence.nextTokenIndex;
  for (let start = reused; start < tokens.length; start += BATCH_TOKENS) {
    check();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(start, start + BATCH_TOKENS));
  }
  return Math.max(0, tokens.length - reused);
}

interface FilledHole {
  readonly text: string;
  readonly ended: 'sentence' | 'length';
  readonly probability: number | null;
  readonly tokens: number;
  /** Tokens of the text that the sequence has not evaluated yet. */
  readonly pending: Token[];
}

async function fillHole(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  before: readonly Token[],
  maxTokens: number,
  sampling: Sampling,
  onToken: () => void,
): Promise<FilledHole> {
  let pending = [...before];
  let evaluated: Token[] = [];
  let sampled = 0;
  let logProbability = 0;
  let text = '';
  const probability = () => (sampled === 0 ? null : Math.min(1, Math.exp(logProbability / sampled)));
  while (sampled < maxTokens) {
    const next = await sampleAfter(sequence, pending, sampling);
    onToken();
    if (model.isEogToken(next.token))
      return {
        text: text.trimEnd(),
        ended: 'sentence',
        probability: probability(),
        tokens: sampled,
        pending: [],
      };
    sampled++;
    logProbability += next.logProbability;
    pending = [next.token];
    const whole = model.detokenize([...evaluated, next.token]);
    const end = holeEnd(whole);
    if (end !== null) {
      const rest = end.text.startsWith(text) ? end.text.slice(text.length) : '';
      const tail = whole === end.text ? pending : rest === '' ? [] : tokenizePlain(model, rest);
      return { ...end, probability: probability(), tokens: sampled, pending: tail };
    }
    evaluated = [...evaluated, next.token];
    text = whole;
  }
  return { text: text.trimEnd(), ended: 'length', probability: probability(), tokens: sampled, pending };
}

/** What a loaded model can be asked: the port's two verbs, and to stop. */
export interface Generation extends Pick<EnginePort, 'prepare' | 'generate'> {
  /** Cancels what runs and waits, and lets nothing begin. */
  stop(): Promise<void>;
}

/** @param banned tokens that no hole may be sampled with. */
export function createGeneration(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  banned: ReadonlySet<Token>,
  contextTokens: number,
): Generation {
  const turns = createTurns();
  let stopped = false;

  async function* run(
    plan: GenerationPlan,
    check: () => void,
    startedAt: number,
  ): AsyncGenerator<GenerationEvent> {
    const prompt = tokenizeSegments(model, [...plan.prefix, ...plan.body]);
    const steps = plan.steps.map((step) =>
      step.kind === 'literal' ? { ...step, tokens: tokenizePlain(model, step.text) } : step,
    );
    const forced = steps.reduce((sum, step) => sum + (step.kind === 'literal' ? step.tokens.length : 0), 0);
    const longest = steps.reduce((sum, step) => sum + (step.kind === 'hole' ? step.maxTokens : 0), 0);
    if (prompt.length + forced + longest > contextTokens)
      throw new Overflow(`${prompt.length + forced + longest} tokens do not fit ${contextTokens}`);

    // The prompt's last token waits for the first literal, so that nothing is evaluated only to be thrown away.
    const promptNew = await evaluatePrompt(sequence, prompt.slice(0, -1), check);
    let pending = prompt.slice(-1);
    let sampled = 0;
    let firstToken: number | null = null;
    const random = seededRandom(plan.sampling.seed);
    const sampling: Sampling = { ...plan.sampling, random, banned };
    const onToken = () => {
      firstToken ??= performance.now() - startedAt;
      check();
    };
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'literal') {
        pending = [...pending, ...step.tokens];
        continue;
      }
      check();
      const hole = await fillHole(model, sequence, pending, step.maxTokens, sampling, onToken);
      sampled += hole.tokens;
      // An end token leaves nothing to continue from; the next literal stands right behind the text.
      pending = hole.pending;
      const { text, ended, probability, tokens } = hole;
      yield { kind: 'hole', step: index, text, probability, tokens, ended };
    }
    yield {
      kind: 'done',
      tokens: { promptNew: promptNew + 1, forced, sampled },
      timing: { firstToken, complete: performance.now() - startedAt },
    };
  }

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    const startedAt = performance.now();
    const cancelled = () => stopped || signal.aborted;
    const wake = () => turns.wake();
    signal.addEventListener('abort', wake, { once: true });
    const turn = await turns.take(priority, cancelled);
    try {
      if (turn === null) {
        yield { kind: 'failed', reason: 'cancelled', detail: 'cancelled while waiting' };
        return;
      }
      const check = () => {
        if (cancelled()) throw new Cancelled('cancelled');
        if (turn.givesWay()) throw new Cancelled('gave way to an emergency');
      };
      check();
      yield* run(plan, check, startedAt);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const reason =
        error instanceof Cancelled ? 'cancelled' : error instanceof Overflow ? 'overflow' : 'failed';
      yield { kind: 'failed', reason, detail };
    } finally {
      signal.removeEventListener('abort', wake);
      turn?.release();
    }
  }

  return {
    generate,
    async prepare(prefix) {
      const turn = await turns.take('background', () => stopped);
      if (turn === null) return;
      try {
        await evaluatePrompt(sequence, tokenizeSegments(model, prefix), () => {
          if (stopped || turn.givesWay()) throw new Cancelled('gave way');
        });
      } catch (error) {
        // Preparing is an optimisation: an alert evaluates the prefix itself where it did not finish.
        if (!(error instanceof Cancelled)) throw error;
      } finally {
        turn.release();
      }
    },
    async stop() {
      stopped = true;
      turns.wake();
      // A reader that stopped asking between two events holds its turn for ever; closing does not wait for it.
      const over = turns.take('emergency', () => false).then((turn) => turn?.release());
      await Promise.race([over, delay(CLOSE_GRACE_MS, undefined, { ref: false })]);
    },
  };
}
