/** One explanation, outside the ward: facts in, rule text and checked sentences out, with what it cost. */
import type { EnginePort, GenerationPlan } from '../../../app/contract/engine.ts';
import { confidenceOf, createAssembler } from '../../../app/explanation/assemble.ts';
import type { ExplanationDepth, FactsInput, Sentence } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { ApprovedWords } from '../../../app/explanation/phrases.ts';
import { planExplanation } from '../../../app/explanation/plan.ts';
import { ruleText } from '../../../app/explanation/rule-text.ts';
import type { Score } from '../../../app/scoring/score.ts';

export interface ExplainOptions {
  /** `rules`: no model is asked. */
  readonly mode: 'guided' | 'free' | 'rules';
  readonly language: 'en' | 'hi';
  readonly depth: ExplanationDepth;
  /** What stands in for withheld words. */
  readonly approved: ApprovedWords;
  readonly seed: number | null;
}

export interface Explained {
  readonly mode: 'guided' | 'free' | 'rules';
  /** Why a guided explanation became one by rules alone; null otherwise. */
  readonly reason: string | null;
  readonly score: Score;
  readonly rule_text: string;
  readonly sentences: readonly Sentence[];
  readonly confidence: { readonly value: number; readonly policy: string } | null;
  /** Milliseconds since the call. */
  readonly timing_ms: {
    readonly rule_text: number;
    readonly first_verified_sentence: number | null;
    readonly complete: number;
  };
  readonly tokens: { readonly prompt_new: number; readonly forced: number; readonly sampled: number };
  readonly model: { readonly name: string; readonly sha256: string; readonly adapter: string | null } | null;
}

const NO_TOKENS = { prompt_new: 0, forced: 0, sampled: 0 };

/** Never rejects for the engine's sake: whatever it does, the rule text is there. */
export async function explainFacts(
  input: FactsInput,
  engine: EnginePort | null,
  options: ExplainOptions,
): Promise<Explained> {
  const started = performance.now();
  const since = (): number => Math.round((performance.now() - started) * 10) / 10;
  const facts = completeFacts(input);
  const text = ruleText(facts, options.language);
  const ruleTextMs = since();
  const status = engine?.status() ?? null;
  const byRules = (reason: string | null): Explained => ({
    mode: 'rules',
    reason,
    score: facts.news2,
    rule_text: text,
    sentences: [],
    confidence: null,
    timing_ms: { rule_text: ruleTextMs, first_verified_sentence: null, complete: since() },
    tokens: NO_TOKENS,
    model: null,
  });
  if (options.mode === 'rules' || engine === null) return byRules(null);
  if (status?.state !== 'ready' || status.model === null)
    return byRules(`${status?.state}: ${status?.detail ?? ''}`);
  if (!status.model.languages.includes(options.language))
    return byRules(`the model does not write ${options.language}`);

  const explanation = planExplanation(facts, {
    language: options.language,
    promptFormat: status.model.promptFormat,
    depth: options.depth,
    mode: options.mode,
    taught: status.model.adapter !== null,
    ...sampling(options.seed),
  });
  const thresholds = status.model.thresholds ?? null;
  const assembler = createAssembler(explanation, facts, thresholds, options.approved);
  const found = new Map(assembler.byCode);
  let firstVerified: number | null = null;
  let tokens = NO_TOKENS;
  for await (const event of engine.generate(explanation.plan, 'emergency', new AbortController().signal)) {
    if (event.kind === 'failed') return byRules(`${event.reason}: ${event.detail}`);
    if (event.kind === 'done')
      tokens = {
        prompt_new: event.tokens.promptNew,
        forced: event.tokens.forced,
        sampled: event.tokens.sampled,
      };
    const sentence = assembler.accept(event);
    if (sentence === null) continue;
    found.set(
      explanation.sentences.findIndex(({ step }) => 'step' in event && step === event.step),
      sentence,
    );
    if (sentence.verdict === 'shown') firstVerified ??= since();
  }
  const sentences: readonly Sentence[] = explanation.sentences.flatMap((_, place) => found.get(place) ?? []);
  const { name, sha256, adapter } = status.model;
  return {
    mode: options.mode,
    reason: null,
    score: facts.news2,
    rule_text: text,
    sentences,
    confidence: confidenceOf(sentences, thresholds),
    timing_ms: { rule_text: ruleTextMs, first_verified_sentence: firstVerified, complete: since() },
    tokens,
    model: { name, sha256, adapter },
  };
}

/** A seed asks for varied words (the guide's sampling); without one the text is the same every time. */
function sampling(seed: number | null): { sampling?: GenerationPlan['sampling'] } {
  return seed === null ? {} : { sampling: { temperature: 0.3, topP: 0.95, seed } };
}
