/**
 * The language model in this process: node-llama-cpp's low-level sequence under the engine port.
 *
 * One context, one sequence, one job at a time. The prompt's fixed beginning stays in the sequence, so an alert
 * evaluates only what is new; literals are evaluated as one batch with the first token of the hole behind them.
 */
import { getLlama, type LlamaContextSequence, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';
import type {
  AbortSignalLike,
  EnginePort,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
  PromptSegment,
} from '../../app/contract/engine.ts';
import type { CatalogEntry } from './catalog.ts';
import { holeEnd } from './hole-end.ts';
import { type Sampling, sampleAfter, seededRandom } from './sampling.ts';
import { createTurns } from './turns.ts';

export interface InProcessOptions {
  readonly modelFile: string;
  /** What the catalogue says of this file, with the hash that was verified. */
  readonly catalogEntry: CatalogEntry & { readonly sha256: string };
  readonly threads: number;
  readonly adapterFile?: string | null;
  /** From the smoke load on this machine; shown, never used to decide. */
  readonly tokensPerSecond?: number | null;
}

export type InProcessEngine = EnginePort & { close(): Promise<void> };

/** Tokens evaluated in one go: the step in which an abort or an emergency is noticed during a long prompt. */
const BATCH_TOKENS = 64;
/**
 * A prompt with its answer is under 1500 tokens; more context would only cost memory. The key-value cache must
 * also stay under 1 GiB in one piece (the allocator of Electron on Linux ends the process there).
 */
const CONTEXT_TOKENS = 2048;
const MOST_CACHE_BYTES = 2 ** 30 - 1;
const BYTES_PER_CACHED_NUMBER = 2;

class Cancelled extends Error {}
class Overflow extends Error {}

/** Size of the key-value cache, from the model file's own description; null where it does not tell. */
function cacheBytes(model: LlamaModel, contextTokens: number): number | null {
  const { metadata } = model.fileInfo;
  const described: unknown = Reflect.get(metadata, metadata.general.architecture);
  if (typeof described !== 'object' || described === null) return null;
  const blocks: unknown = Reflect.get(described, 'block_count');
  const width: unknown = Reflect.get(described, 'embedding_length');
  const attention: unknown = Reflect.get(described, 'attention');
  if (typeof attention !== 'object' || attention === null) return null;
  const heads: unknown = Reflect.get(attention, 'head_count');
  const cachedHeads: unknown = Reflect.get(attention, 'head_count_kv') ?? heads;
  if (typeof blocks !== 'number' || typeof width !== 'number') return null;
  if (typeof heads !== 'number' || typeof cachedHeads !== 'number') return null;
  return 2 * blocks * (width / heads) * cachedHeads * BYTES_PER_CACHED_NUMBER * contextTokens;
}

function digitTokens(model: LlamaModel): ReadonlySet<Token> {
  const banned = new Set<Token>();
  for (const token of model.iterateAllTokens())
    if (/\p{N}/u.test(model.detokenize([token], true))) banned.add(token);
  return banned;
}

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
      return { text: text.trimEnd(), ended: 'sentence', probability: probability(), tokens: sampled, pending: [] };
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

/**
 * Loads a model and returns the engine port on it.
 *
 * Rejects where the file cannot be loaded or its cache would be too large; `generate` itself never throws.
 * Loading blocks the event loop for 0.3 to 0.5 s, generation for at most some 20 ms at a time.
 */
export async function createInProcessEngine(options: InProcessOptions): Promise<InProcessEngine> {
  const { modelFile, catalogEntry, threads, adapterFile = null } = options;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
    skipDownload: true,
  });
  const model = await llama.loadModel({ modelPath: modelFile }).catch(async (error: unknown) => {
    await llama.dispose();
    throw error;
  });
  const contextTokens = Math.min(CONTEXT_TOKENS, catalogEntry.contextTokens);
  try {
    const bytes = cacheBytes(model, contextTokens);
    if (bytes !== null && bytes > MOST_CACHE_BYTES)
      throw new Error(`the key-value cache would need ${bytes} bytes`);
    const context = await model.createContext({
      contextSize: contextTokens,
      batchSize: BATCH_TOKENS,
      sequences: 1,
      threads,
      failedCreationRemedy: false,
      ...(adapterFile === null ? {} : { lora: adapterFile }),
    });
    const sequence = context.getSequence();
    const status: EngineStatus = {
      state: 'ready',
      detail: null,
      model: {
        name: catalogEntry.name,
        file: catalogEntry.file,
        sha256: catalogEntry.sha256,
        adapter: adapterFile,
        promptFormat: catalogEntry.promptFormat,
        languages: [...catalogEntry.languages],
        tokensPerSecond: options.tokensPerSecond ?? null,
      },
    };
    const port = createPort(model, sequence, digitTokens(model), contextTokens, status);
    return {
      ...port.engine,
      async close() {
        await port.stop();
        await context.dispose();
        await model.dispose();
        await llama.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    await llama.dispose();
    throw error;
  }
}

function createPort(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  banned: ReadonlySet<Token>,
  contextTokens: number,
  status: EngineStatus,
): { engine: EnginePort; stop(): Promise<void> } {
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
    engine: {
      status: () => status,
      // A loaded model does not change its status; the composition around it does.
      onStatus: () => () => undefined,
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
      generate,
    },
    async stop() {
      stopped = true;
      turns.wake();
      const turn = await turns.take('emergency', () => false);
      turn?.release();
    },
  };
}
