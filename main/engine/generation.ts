/**
 * Generations on a loaded model. The prompt's fixed beginning stays in the sequences, literals are evaluated as one
 * batch with the first token of the hole behind them, holes are sampled without digits.
 *
 * Two layouts. Serial: a hole continues from everything before it. Parallel: a hole sees the prompt and its own
 * literal, so that after the first one (the sentence that is awaited) several are written in step, one batch a
 * token. Steps are taken together on purpose: which tokens share a batch is then the same every time, and so are
 * the bytes.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import {
  type AbortSignalLike,
  type EnginePort,
  GENERATION_PRIORITIES,
  type GenerationEvent,
  type GenerationLayout,
  type GenerationPlan,
  type GenerationPriority,
  type PromptSegment,
} from '../../app/contract/engine.ts';
import { type Choice, createChoice } from './choice.ts';
import { createHole, type FilledHole, type Hole } from './hole.ts';
import type { PrefixStates } from './prefix-states.ts';
import { type Sampling, seededRandom } from './sampling.ts';
import { copyState, evaluateInBatches, heldOf, nearest } from './sequences.ts';
import type { Turn, Turns } from './turns.ts';

/** How long closing waits for a job to notice that it is over. A step takes some 20 ms. */
const CLOSE_GRACE_MS = 2000;

const NOTHING_BANNED: ReadonlySet<Token> = new Set();

class Cancelled extends Error {}
class Overflow extends Error {}

/** What a generation works with. */
export interface Workplace {
  readonly model: LlamaModel;
  /**
   * Sequences of the context that emergencies and speculation share, of the one that background jobs have, and of the one
   * for idle work. Rejects where there is no memory for them.
   */
  readonly sequences: (priority: GenerationPriority) => Promise<readonly LlamaContextSequence[]>;
  /** Shared by everything that writes with this model, whichever adapter it wears. */
  readonly turns: Turns;
  /** Tokens that one sequence can hold. */
  readonly contextTokens: number;
  /** Tokens that no hole may be sampled with. */
  readonly banned: ReadonlySet<Token>;
  /** Taken where a plan leaves it open. */
  readonly layout: GenerationLayout;
  readonly prefixStates: PrefixStates;
}

/** What a loaded model can be asked: the port's verbs, and to stop. */
export interface Generation extends Pick<EnginePort, 'prepare' | 'speculate' | 'generate'> {
  /** Cancels what runs and waits, and lets nothing begin. */
  stop(): Promise<void>;
}

/** A hole with the literal text before it, in tokens. */
interface PlannedHole {
  readonly step: number;
  readonly literal: readonly Token[];
  readonly maxTokens: number;
  /** Of a free hole; null: a guided one. */
  readonly stops: readonly string[] | null;
  /** The texts of which the likeliest is written; null: the model writes its own. */
  readonly choices: readonly Choice[] | null;
}

/** What stands before a hole: evaluated up to its last token, which waits because the hole is sampled behind it. */
interface Beginning {
  readonly evaluated: readonly Token[];
  readonly last: readonly Token[];
  readonly marks: readonly number[];
  readonly promptTokens: number;
}

function beginningOf({ prefix, prompt }: Tokenized, hole: PlannedHole | undefined): Beginning {
  const all = [...prompt, ...(hole?.literal ?? [])];
  const marks = [prefix.length, prompt.length];
  return { evaluated: all.slice(0, -1), last: all.slice(-1), marks, promptTokens: prompt.length };
}

interface Tokenized {
  readonly prefix: readonly Token[];
  readonly prompt: readonly Token[];
  readonly holes: readonly PlannedHole[];
  readonly forced: number;
  readonly layout: GenerationLayout;
}

function tokenizeSegments(model: LlamaModel, segments: readonly PromptSegment[]): Token[] {
  // Plain text is data: with special tokens off, a role token in it stays the letters it is written with.
  return segments.flatMap(({ kind, text }) => model.tokenize(text, kind === 'control', 'trimLeadingSpace'));
}

/** The plan in tokens. Throws `Overflow` where it does not fit: a context that shifts would lose its beginning. */
function tokenized(plan: GenerationPlan, workplace: Workplace): Tokenized {
  const { model, contextTokens } = workplace;
  const layout = plan.layout ?? workplace.layout;
  const prefix = tokenizeSegments(model, plan.prefix);
  const prompt = [...prefix, ...tokenizeSegments(model, plan.body)];
  const holes: PlannedHole[] = [];
  let text = '';
  for (const [step, { kind, ...rest }] of plan.steps.entries()) {
    if ('text' in rest) text += rest.text;
    if (kind !== 'hole' || !('maxTokens' in rest)) continue;
    // Where holes do not see each other, each literal is the beginning of an answer and not a line of it.
    const own = layout === 'parallel' ? text.replace(/^\n/, '') : text;
    const choices = rest.choices?.map((one) => ({
      text: one,
      tokens: model.tokenize(one, false, 'trimLeadingSpace'),
    }));
    holes.push({
      step,
      literal: model.tokenize(own, false, 'trimLeadingSpace'),
      maxTokens: Math.max(rest.maxTokens, ...(choices ?? []).map(({ tokens }) => tokens.length)),
      stops: rest.free?.stop ?? null,
      choices: choices ?? null,
    });
    text = '';
  }
  const sizes = holes.map(({ literal, maxTokens }) => literal.length + maxTokens);
  const answer = layout === 'parallel' ? Math.max(0, ...sizes) : sizes.reduce((sum, size) => sum + size, 0);
  if (prompt.length + answer > contextTokens)
    throw new Overflow(`${prompt.length + answer} tokens do not fit ${contextTokens}`);
  const forced = holes.reduce((sum, { literal }) => sum + literal.length, 0);
  return { prefix, prompt, holes, forced, layout };
}

type Steps<T> = AsyncGenerator<GenerationEvent, T>;

export function createGeneration(workplace: Workplace): Generation {
  const { model, prefixStates, turns } = workplace;
  let stopped = false;

  /**
   * Evaluates what stands before a hole, standing still or stopping between batches as the job's turn asks.
   * Returns how many tokens of the prompt were new.
   */
  async function* evaluate(
    sequence: LlamaContextSequence,
    { evaluated, marks, promptTokens }: Beginning,
    between: () => Steps<void>,
  ): Steps<number> {
    const batches = evaluateInBatches(sequence, evaluated, marks);
    for (;;) {
      const batch = await batches.next();
      // What is new stands at the end, the literal behind the prompt.
      if (batch.done === true) return Math.max(0, batch.value - (evaluated.length - promptTokens));
      yield* between();
    }
  }

  /** Restores the fixed beginning from disk where a sequence does not hold it already. */
  async function withPrefix(sequence: LlamaContextSequence, prefix: readonly Token[]): Promise<void> {
    if (prefix.length === 0 || heldOf(sequence, prefix) === prefix.length) return;
    await prefixStates.restore(sequence, prefix);
  }

  function holeIn(
    sequence: LlamaContextSequence,
    before: readonly Token[],
    hole: PlannedHole,
    plan: GenerationPlan,
  ): Hole {
    if (hole.choices !== null) return createChoice(sequence, before, hole.choices);
    const { temperature, topP, seed } = plan.sampling;
    const random = seededRandom(seed + hole.step);
    const banned = hole.stops === null ? workplace.banned : NOTHING_BANNED;
    const sampling: Sampling = { temperature, topP, random, banned };
    return createHole(model, sequence, before, hole.maxTokens, sampling, hole.stops);
  }

  function eventOf(step: number, { text, ended, probability, tokens }: FilledHole): GenerationEvent {
    return { kind: 'hole', step, text, probability, tokens, ended };
  }

  interface Counts {
    promptNew: number;
    sampled: number;
  }

  async function* writeSerially(
    sequence: LlamaContextSequence,
    plan: GenerationPlan,
    tokens: Tokenized,
    counts: Counts,
    between: () => Steps<void>,
    onToken: () => void,
  ): Steps<void> {
    const [first] = tokens.holes;
    const beginning = beginningOf(tokens, first);
    counts.promptNew += yield* evaluate(sequence, beginning, between);
    let pending = beginning.last;
    for (const hole of tokens.holes) {
      if (hole !== first) pending = [...pending, ...hole.literal];
      const work = holeIn(sequence, pending, hole, plan);
      const pieces = hole.stops === null ? null : createPieces(hole.stops);
      let filled: FilledHole | null = null;
      while (filled === null) {
        yield* between();
        filled = await work.next();
        onToken();
        const text = filled === null ? pieces?.(work.text()) : undefined;
        if (text !== undefined && text !== '') yield { kind: 'piece', step: hole.step, text };
      }
      counts.sampled += filled.tokens;
      // An end token leaves nothing to continue from; the next literal stands right behind the text.
      pending = filled.pending;
      yield eventOf(hole.step, filled);
    }
  }

  async function* writeInParallel(
    sequences: readonly LlamaContextSequence[],
    plan: GenerationPlan,
    tokens: Tokenized,
    counts: Counts,
    between: () => Steps<void>,
    onToken: () => void,
  ): Steps<void> {
    const { prompt } = tokens;
    const todo = [...tokens.holes];
    let free = [...sequences];
    let active: {
      readonly hole: PlannedHole;
      readonly sequence: LlamaContextSequence;
      readonly work: Hole;
    }[] = [];

    async function* begin(hole: PlannedHole): Steps<void> {
      const beginning = beginningOf(tokens, hole);
      const sequence = nearest(free, beginning.evaluated);
      if (sequence === null) return;
      free = free.filter((one) => one !== sequence);
      counts.promptNew += yield* evaluate(sequence, beginning, between);
      active.push({ hole, sequence, work: holeIn(sequence, beginning.last, hole, plan) });
    }

    async function share(from: LlamaContextSequence): Promise<void> {
      for (const other of sequences)
        if (heldOf(other, prompt) < prompt.length) await copyState(from, other, prompt.length);
    }

    const [lead] = todo.splice(0, 1);
    if (lead === undefined) return;
    yield* begin(lead);
    let leading = true;
    while (active.length > 0) {
      yield* between();
      const steps = await Promise.all(active.map(async (one) => ({ one, filled: await one.work.next() })));
      onToken();
      for (const { one, filled } of steps) {
        if (filled === null) continue;
        counts.sampled += filled.tokens;
        active = active.filter((other) => other !== one);
        free.push(one.sequence);
        yield eventOf(one.hole.step, filled);
      }
      if (active.length === 0 && leading) {
        leading = false;
        const [from] = free.filter((one) => heldOf(one, prompt) === prompt.length);
        if (from !== undefined && todo.length > 0) await share(from);
      }
      if (leading) continue;
      for (const hole of todo.splice(0, free.length)) yield* begin(hole);
    }
  }

  async function* run(
    plan: GenerationPlan,
    priority: GenerationPriority,
    between: () => Steps<void>,
    startedAt: number,
  ): Steps<void> {
    const tokens = tokenized(plan, workplace);
    const sequences = await workplace.sequences(priority);
    const start = nearest(sequences, beginningOf(tokens, tokens.holes[0]).evaluated);
    if (start === null) throw new Error('the engine has no sequence');
    await withPrefix(start, tokens.prefix);
    const counts = { promptNew: 0, sampled: 0 };
    let firstToken: number | null = null;
    const onToken = (): void => {
      firstToken ??= performance.now() - startedAt;
    };
    if (tokens.layout === 'serial') yield* writeSerially(start, plan, tokens, counts, between, onToken);
    else yield* writeInParallel(sequences, plan, tokens, counts, between, onToken);
    yield {
      kind: 'done',
      layout: tokens.layout,
      tokens: { ...counts, forced: tokens.forced },
      timing: { firstToken, complete: performance.now() - startedAt },
    };
  }

  /** Between two steps: ends a cancelled job, holds one that is outranked. */
  async function* standStill(turn: Turn, cancelled: () => boolean): Steps<void> {
    if (cancelled()) throw new Cancelled('cancelled');
    if (!turn.mustWait()) return;
    yield { kind: 'paused' };
    await turn.wait();
    if (cancelled()) throw new Cancelled('cancelled');
    yield { kind: 'resumed' };
  }

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncGenerator<GenerationEvent> {
    const startedAt = performance.now();
    let over = false;
    const cancelled = (): boolean => over || stopped || signal.aborted;
    const wake = (): void => turns.wake();
    signal.addEventListener('abort', wake, { once: true });
    const taking = turns.take(priority, cancelled);
    let turn: Turn | null = null;
    try {
      // Behind another one: said, so that waiting for one's turn is not taken for a model that hangs.
      const waits = (await Promise.race([taking, Promise.resolve('waits' as const)])) === 'waits';
      if (waits) yield { kind: 'paused' };
      turn = await taking;
      if (turn === null) throw new Cancelled('cancelled while waiting');
      if (waits) yield { kind: 'resumed' };
      if (priority === 'emergency') evaluated = null;
      const mine = turn;
      const between = (): Steps<void> => standStill(mine, cancelled);
      yield* between();
      yield* run(plan, priority, between, startedAt);
    } catch (error) {
      yield failure(error);
    } finally {
      signal.removeEventListener('abort', wake);
      over = true;
      turn?.release();
      // A reader that left while this job waited never takes the turn that it was promised.
      turns.wake();
      if (turn === null) void taking.then((promised) => promised?.release());
      void evaluateAhead();
    }
  }

  // What may be asked for soon, what of it is evaluated, and whether somebody is at it.
  let wanted: GenerationPlan | null = null;
  let evaluated: GenerationPlan | null = null;
  let ahead = false;

  async function evaluateAhead(): Promise<void> {
    if (ahead) return;
    ahead = true;
    while (wanted !== null && wanted !== evaluated && !stopped) {
      const plan: GenerationPlan = wanted;
      const dropped = (): boolean => stopped || wanted !== plan;
      const turn = await turns.take('speculation', dropped);
      if (turn === null) continue;
      try {
        await speculateOn(plan, () => {
          if (dropped() || turn.mustWait()) throw new Cancelled('gave way');
        });
        evaluated = plan;
      } catch (error) {
        // Giving way is tried again; a plan that cannot be evaluated fails, with its reason, when it is asked for.
        if (!(error instanceof Cancelled) && wanted === plan) wanted = null;
      } finally {
        turn.release();
      }
    }
    ahead = false;
  }

  async function speculateOn(plan: GenerationPlan, check: () => void): Promise<void> {
    const tokens = tokenized(plan, workplace);
    const { prefix, prompt, layout } = tokens;
    const sequences = await workplace.sequences('emergency');
    const first = nearest(sequences, prompt);
    if (first === null) return;
    await withPrefix(first, prefix);
    const others = sequences.filter((one) => one !== first);
    const places = layout === 'parallel' ? [first, ...others] : [first];
    for (const [index, sequence] of places.entries()) {
      const hole = tokens.holes[index];
      if (hole === undefined) return;
      check();
      if (sequence !== first && heldOf(sequence, prompt) < prompt.length)
        await copyState(first, sequence, prompt.length);
      const { evaluated: before, marks } = beginningOf(tokens, hole);
      for await (const _ of evaluateInBatches(sequence, before, marks)) check();
    }
  }

  return {
    generate,
    speculate(plan) {
      wanted = plan;
      turns.wake();
      void evaluateAhead();
    },
    async prepare(segments) {
      const prefix = tokenizeSegments(model, segments);
      const turn = await turns.take('speculation', () => stopped);
      if (turn === null) return;
      try {
        const sequence = nearest(await workplace.sequences('emergency'), prefix);
        if (sequence === null || heldOf(sequence, prefix) === prefix.length) return;
        if (await prefixStates.restore(sequence, prefix)) return;
        for await (const _ of evaluateInBatches(sequence, prefix, []))
          if (stopped || turn.mustWait()) throw new Cancelled('gave way');
        await prefixStates.keep(sequence, prefix);
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
      const over = GENERATION_PRIORITIES.map((lane) =>
        turns.take(lane, () => false).then((turn) => turn?.release()),
      );
      await Promise.race([Promise.all(over), delay(CLOSE_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** What is new of a growing text, less what may turn out to be a stop or half a letter. */
function createPieces(stops: readonly string[]): (text: string) => string {
  const held = Math.max(0, ...stops.map(({ length }) => length - 1));
  let told = 0;
  return (text) => {
    const until = text.replace(/\uFFFD+$/u, '').length - held;
    if (until <= told) return '';
    const piece = text.slice(told, until);
    told = until;
    return piece;
  };
}

function failure(error: unknown): GenerationEvent {
  const detail = error instanceof Error ? error.message : String(error);
  const reason = error instanceof Cancelled ? 'cancelled' : error instanceof Overflow ? 'overflow' : 'failed';
  return { kind: 'failed', reason, detail };
}
