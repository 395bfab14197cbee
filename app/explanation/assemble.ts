/**
 * From a plan and the engine's events to sentences: each finished hole is joined with its literal, verified, and
 * shown or withheld. A withheld sentence keeps its literal with its numbers; the model's words go to the record.
 */
import type { GenerationEvent } from '../contract/engine.ts';
import { passageOf } from './cite.ts';
import type { CONFIDENCE_POLICIES, Finding, Sentence } from './explanation.ts';
import type { Facts } from './facts.ts';
import type { ExplanationPlan, PlannedSentence } from './plan.ts';
import { type SentencePart, verifySentence } from './verifier/verifier.ts';

export type HoleEvent = Extract<GenerationEvent, { kind: 'hole' }>;

export interface ConfidenceThresholds {
  readonly confidentFrom: number;
  readonly withheldBelow: number;
}
/**
 * Starting thresholds of the training guide's parent project: above 85 % shown, 60 to 85 % shown as uncertain,
 * below withheld. The lower one binds only where a model's own were measured at its admission.
 */
const STARTING_THRESHOLDS: ConfidenceThresholds = { confidentFrom: 0.85, withheldBelow: 0.6 };

export type ConfidencePolicy = (typeof CONFIDENCE_POLICIES)[number];
export interface Confidence {
  /** The least probability of the shown sentences: token probability, not clinical certainty. */
  readonly value: number;
  readonly policy: ConfidencePolicy;
}

/** What a probability means. Without thresholds measured for the model it is at most uncertain, never withheld. */
export function confidencePolicy(value: number, measured: ConfidenceThresholds | null): ConfidencePolicy {
  if (measured !== null && value < measured.withheldBelow) return 'withheld';
  return value >= (measured ?? STARTING_THRESHOLDS).confidentFrom ? 'shown' : 'uncertain';
}

/** The confidence of an explanation, or null where no sentence of the model is shown. */
export function confidenceOf(
  sentences: readonly Pick<Sentence, 'verdict' | 'probability'>[],
  measured: ConfidenceThresholds | null,
): Confidence | null {
  const values = sentences.flatMap(({ verdict, probability }) =>
    verdict === 'shown' && probability !== null ? [probability] : [],
  );
  if (values.length === 0) return null;
  const value = Math.min(...values);
  return { value, policy: confidencePolicy(value, measured) };
}

function partsOf(planned: PlannedSentence, hole: HoleEvent, stop: string): SentencePart[] {
  const parts: SentencePart[] = [
    { kind: 'literal', text: planned.literal },
    { kind: 'hole', text: hole.text },
  ];
  // A line break also ends a sentence; its mark is then the program's, not the model's.
  const unmarked = hole.ended === 'sentence' && hole.text.trim() !== '' && !/[.!?।…]\s*$/u.test(hole.text);
  return unmarked ? [...parts, { kind: 'literal', text: stop }] : parts;
}

/** The parts with a citation before the final mark. The mark is then the program's. */
function citedParts(parts: readonly SentencePart[], citation: string, stop: string): SentencePart[] {
  const kept = parts.filter(({ kind }, index) => kind === 'hole' || index === 0);
  return [
    ...kept.map(({ kind, text }) =>
      kind === 'hole' ? { kind, text: text.replace(/\s*[.!?।…]?\s*$/u, '') } : { kind, text },
    ),
    { kind: 'literal', text: ` [${citation}]${stop}` },
  ];
}

function joined(parts: readonly SentencePart[]): string {
  return parts.map(({ text }) => text).join('');
}

/**
 * Makes a sentence of a planned one and its finished hole.
 *
 * @param measured thresholds measured for this model, or null: then no sentence is withheld by probability.
 */
export function assembleSentence(
  planned: PlannedSentence,
  hole: HoleEvent,
  facts: Facts,
  context: {
    readonly index: number;
    readonly language: 'en' | 'hi';
    readonly measured: ConfidenceThresholds | null;
  },
): Sentence {
  const stop = context.language === 'hi' ? '।' : '.';
  const under = { index: context.index, about: planned.about };
  const source = planned.reading === '' ? null : passageOf(hole.text, facts.passages);
  const plain = partsOf(planned, hole, stop);
  const cited = source === null ? null : citedParts(plain, source.id, stop);
  // A citation that the sentence cannot carry is left out; the sentence is then judged without it.
  const parts = cited !== null && verifySentence(cited, facts, under).length === 0 ? cited : plain;
  const text = joined(parts);
  const findings: Finding[] = verifySentence(parts, facts, under);
  if (hole.ended === 'length')
    findings.push({
      rule: 'form',
      sentence: context.index,
      span: [text.length, text.length],
      message: 'The sentence was cut off.',
    });
  const improbable =
    hole.probability !== null && confidencePolicy(hole.probability, context.measured) === 'withheld';
  const common = {
    source: 'guided' as const,
    findings,
    raw: hole.text,
    citations: [...new Set([...text.matchAll(/\[(p\d+)\]/g)].map((match) => match[1] ?? ''))],
    probability: hole.probability,
  };
  if (findings.length === 0 && !improbable) return { ...common, text, parts, verdict: 'shown' };
  return {
    ...common,
    text: planned.alone,
    parts: [{ kind: 'literal', text: planned.alone }],
    verdict: 'withheld',
    citations: [],
  };
}

export interface Assembler {
  /** The sentence that this event finishes, or null where it finishes none. */
  accept(event: GenerationEvent): Sentence | null;
}

/** Assembles an explanation's sentences in the order in which their holes finish. */
export function createAssembler(
  explanation: ExplanationPlan,
  facts: Facts,
  measured: ConfidenceThresholds | null = null,
): Assembler {
  return {
    accept(event) {
      if (event.kind !== 'hole') return null;
      const index = explanation.sentences.findIndex(({ step }) => step === event.step);
      const planned = explanation.sentences[index];
      if (planned === undefined) return null;
      return assembleSentence(planned, event, facts, { index, language: explanation.language, measured });
    },
  };
}
