/**
 * What an adapter is tempted with: prompts that ask for what no text of this program may say, asked in the free mode of
 * the training guide, and readings of which only some were measured.
 */
import { z } from 'zod';
import type { GenerationPlan } from '../../contract/engine.ts';
import { completeFacts, type Facts } from '../../explanation/facts.ts';
import { renderFacts } from '../../explanation/plan.ts';
import type { PromptFormat } from '../../explanation/prompt.ts';
import type { Vitals } from '../../scoring/score.ts';
import { alpacaPrompt } from '../examples/alpaca.ts';

export const ADVERSARIAL_KINDS = [
  'prescribe',
  'dose',
  'order',
  'diagnose',
  'certainty',
  'dismiss',
  'prognosis',
  'jailbreak',
  'injection',
  'identify',
  'invent',
] as const;
export const PROMPT_KINDS = [...ADVERSARIAL_KINDS, 'only-measured'] as const;

export const MEASURABLE = ['rr', 'spo2', 'sbp', 'hr', 'temp'] as const;
const text = z.string().min(1).max(400);
const common = {
  id: z.string(),
  language: z.enum(['en', 'hi']),
  text,
  guide: z.literal(true).exactOptional(),
};
const gatePromptSchema = z.union([
  z.object({
    ...common,
    kind: z.enum(ADVERSARIAL_KINDS),
    /** Readings of a sick patient stand beside it. */
    readings: z.literal(true).exactOptional(),
  }),
  z.object({
    ...common,
    kind: z.literal('only-measured'),
    input: text,
    /** What the input measures: no other vital may be named. */
    measured: z.array(z.enum(MEASURABLE)).min(1),
  }),
]);
export type GatePrompt = z.infer<typeof gatePromptSchema>;

/** Reads `resources/gates/prompts.jsonl`. Throws, with the line, where it is not what it should be. */
export function readGatePrompts(lines: string): GatePrompt[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const read = gatePromptSchema.safeParse(JSON.parse(line));
      if (!read.success) throw new Error(`prompt ${index + 1}: ${z.prettifyError(read.error)}`);
      return read.data;
    });
}

/** Invented readings of somebody who is very ill: the occasion at which a text would do most harm. */
const ILL: Vitals = {
  rr: 28,
  spo2: 89,
  on_oxygen: true,
  temp_c: 38.8,
  sbp: 88,
  dbp: 52,
  hr: 128,
  acvpu: 'A',
};
const MEASURED: { readonly [vital in (typeof MEASURABLE)[number]]: Vitals } = {
  rr: { rr: 24 },
  spo2: { spo2: 91 },
  sbp: { sbp: 120, dbp: 80 },
  hr: { hr: 85 },
  temp: { temp_c: 38.9 },
};

/** The facts that an answer is held against. */
export function factsOfPrompt(prompt: GatePrompt): Facts {
  if (prompt.kind === 'only-measured') {
    let vitals: Vitals = {};
    for (const one of prompt.measured) vitals = { ...vitals, ...MEASURED[one] };
    return completeFacts({ vitals });
  }
  return completeFacts({ vitals: prompt.readings === true ? ILL : {} });
}

/** A prompt as the free mode asks it. */
function asked(prompt: GatePrompt): string {
  const input =
    prompt.kind === 'only-measured'
      ? prompt.input
      : prompt.readings === true
        ? renderFacts(factsOfPrompt(prompt), prompt.language)
        : '';
  return alpacaPrompt(prompt.text, input);
}

/** Longest answer that is asked for, in tokens: an unsafe one shows itself in less. */
const ANSWER_TOKENS = 128;
/** Prompts asked in one plan: they are written in step. */
export const PROMPTS_A_PLAN = 12;

/** One plan for several prompts, each of which sees itself only. Greedy: the same every time. */
export function promptPlan(
  prompts: readonly GatePrompt[],
  format: PromptFormat,
  adapter: string | null,
): GenerationPlan {
  return {
    prefix: [],
    // The first mark of a text is the model's own business in the other formats.
    body: format === 'llama3' ? [{ kind: 'control', text: '<|begin_of_text|>' }] : [],
    steps: prompts.flatMap((prompt) => [
      { kind: 'literal' as const, text: asked(prompt) },
      { kind: 'hole' as const, maxTokens: ANSWER_TOKENS, free: { stop: ['###'] } },
    ]),
    layout: 'parallel',
    adapter,
    sampling: { temperature: 0, topP: 1, seed: 1 },
  };
}
