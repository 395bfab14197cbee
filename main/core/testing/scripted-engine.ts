/** An engine for tests: it writes what it is told to, hole by hole, or hangs. It is never part of the program. */
import type {
  ChosenEngine,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
} from '../../../app/contract/engine.ts';
import type { EngineAdapters } from '../../../app/contract/engine-adapters.ts';
import type { EngineChoice } from '../../../app/contract/engine-choice.ts';

export const READY: EngineStatus = {
  state: 'ready',
  detail: null,
  model: {
    name: 'Scripted',
    file: 'scripted.gguf',
    sha256: 'a'.repeat(64),
    adapter: null,
    promptFormat: 'chatml',
    languages: ['en'],
    tokensPerSecond: null,
    layout: null,
  },
};
export const MISSING: EngineStatus = { state: 'missing', detail: 'no file', model: null };

export interface ScriptedEngine extends ChosenEngine {
  /** The trained adapters that it was told last. */
  readonly adapters: () => EngineAdapters | null;
  /** What was chosen, in order. */
  readonly chosen: readonly EngineChoice[];
  setStatus(status: EngineStatus): void;
  /** The plans that were asked for, in order. */
  readonly asked: readonly { readonly plan: GenerationPlan; readonly priority: GenerationPriority }[];
  /** The last plan that was worth evaluating ahead, or null. */
  readonly speculated: () => GenerationPlan | null;
  /** How the next generations go; the last one stays. */
  script(...how: Script[]): void;
  /** Lets held generations go on. */
  release(): void;
}

/** `echo`: repeats all that it was given, as a model that obeys would. `words`: fills each hole. `hang`: never yields, and ignores being cancelled. `hold`: waits for `release`. */
export type Script = 'echo' | { readonly words: string } | 'hang' | { readonly hold: string } | 'fail';

/** Everything of a plan that a model would read. */
export function given({ prefix, body, steps }: GenerationPlan): string {
  const texts = [...prefix, ...body, ...steps].map((one) => ('text' in one ? one.text : ''));
  return texts.join('');
}

export function scriptedEngine(status: EngineStatus = READY): ScriptedEngine {
  let current = status;
  let scripts: Script[] = [{ words: ' this needs to be looked at.' }];
  let held: (() => void)[] = [];
  const listeners = new Set<(status: EngineStatus) => void>();
  let speculated: GenerationPlan | null = null;
  const chosen: EngineChoice[] = [];
  let adapters: EngineAdapters | null = null;
  const asked: { plan: GenerationPlan; priority: GenerationPriority }[] = [];

  async function* generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
  ): AsyncGenerator<GenerationEvent> {
    asked.push({ plan, priority });
    const script = scripts.length > 1 ? scripts.shift() : scripts[0];
    if (script === 'hang') await new Promise(() => undefined);
    if (script === 'fail') {
      yield { kind: 'failed', reason: 'failed', detail: 'scripted' };
      return;
    }
    if (script === undefined || script === 'hang') return;
    if (script !== 'echo' && 'hold' in script) await new Promise<void>((resolve) => held.push(resolve));
    const text = script === 'echo' ? given(plan) : 'hold' in script ? script.hold : script.words;
    for (const [step, { kind, ...rest }] of plan.steps.entries()) {
      if (kind === 'hole' && 'free' in rest)
        for (const piece of text.match(/.{1,4}/gsu) ?? []) yield { kind: 'piece', step, text: piece };
      if (kind === 'hole') yield { kind: 'hole', step, text, probability: 0.9, tokens: 6, ended: 'sentence' };
    }
    yield {
      kind: 'done',
      layout: plan.layout ?? 'serial',
      tokens: { promptNew: 10, forced: 10, sampled: 12 },
      timing: { firstToken: 1, complete: 2 },
    };
  }

  return {
    asked,
    chosen,
    choose: (choice) => void chosen.push(choice),
    adapt: (next) => {
      adapters = next;
    },
    adapters: () => adapters,
    status: () => current,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    prepare: () => Promise.resolve(),
    speculate: (plan) => {
      speculated = plan;
    },
    speculated: () => speculated,
    generate,
    setStatus: (next) => {
      current = next;
      for (const listener of listeners) listener(next);
    },
    script: (...how) => {
      scripts = [...how];
    },
    release: () => {
      for (const go of held) go();
      held = [];
    },
  };
}
