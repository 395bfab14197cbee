/**
 * From a plan and the engine's events to sentences: each finished hole is joined with its literal, verified, and
 * shown or withheld. A withheld sentence keeps its literal with its numbers, with an approved phrase behind it where
 * one fits; the model's words go to the record.
 */

import type { ConfidenceThresholds, GenerationEvent } from '../contract/engine.ts';
import { approvedSentence } from './approved.ts';
import { passageOf } from './cite.ts';
import type { CONFIDENCE_POLICIES, Finding, Sentence } from './explanation.ts';
import type { Facts } from './facts.ts';
import { type ApprovedWords, NO_APPROVED_WORDS } from './phrases.ts';
import type { ExplanationPlan, PlanMode, PlannedSentence } from './plan.ts';
import { type SentencePart, verifySentence } from './verifier/verifier.ts';

export type HoleEvent = Extract<GenerationEvent, { kind: 'hole' }>;

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

function partsOf(planned: PlannedSentence, hole: HoleEvent, stop: string, mode: PlanMode): SentencePart[] {
  const parts: SentencePart[] =
    mode === 'free'
      ? [{ kind: 'hole', text: hole.text.trimStart() }]
      : [
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
    /** `guided` unless told otherwise. */
    readonly mode?: PlanMode;
    /** What stands in for withheld words; without it the rule sentence does. */
    readonly approved?: ApprovedWords;
  },
): Sentence {
  const { index, language, mode = 'guided', approved = NO_APPROVED_WORDS } = context;
  const stop = language === 'hi' ? '।' : '.';
  // A free sentence is about what it says: no place in a plan vouches for it.
  const under = { index, about: mode === 'free' ? null : planned.about };
  const source = planned.reading === '' ? null : passageOf(hole.text, facts.passages);
  const plain = partsOf(planned, hole, stop, mode);
  const cited = source === null ? null : citedParts(plain, source.id, stop);
  const plainFindings: Finding[] = verifySentence(plain, facts, under);
  // A passage gives words and nothing else: what is wrong without the citation is not made right by it.
  const needsWordsAlone = plainFindings.every(({ rule }) => rule === 'unlicensed');
  const isCited = cited !== null && needsWordsAlone && verifySentence(cited, facts, under).length === 0;
  const parts = isCited ? cited : plain;
  const findings = isCited ? [] : plainFindings;
  const text = joined(parts);
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
    source: mode,
    findings,
    raw: hole.text,
    citations: [...new Set([...text.matchAll(/\[(p\d+)\]/g)].map((match) => match[1] ?? ''))],
    probability: hole.probability,
  };
  if (findings.length === 0 && !improbable) return { ...common, text, parts, verdict: 'shown' };
  const instead = approvedSentence(planned, facts, { index, language, approved });
  if (instead !== null) {
    const { source, text: approvedText, parts: approvedParts } = instead;
    return {
      ...common,
      source,
      text: approvedText,
      parts: approvedParts,
      verdict: 'withheld',
      citations: [],
    };
  }
  return {
    ...common,
    text: planned.alone,
    parts: [{ kind: 'literal', text: planned.alone }],
    verdict: 'withheld',
    citations: [],
  };
}

/** The sentence of a plan that has no hole, or null where it has one. */
function sentenceByCode(planned: PlannedSentence): Sentence | null {
  return planned.step === null ? ruleSentence(planned.literal) : null;
}

function ruleSentence(text: string): Sentence {
  return {
    text,
    parts: [{ kind: 'literal', text }],
    source: 'rule',
    verdict: 'shown',
    findings: [],
    raw: null,
    citations: [],
    probability: null,
  };
}

/** A plan's sentences without a model: approved phrases, and where none fits the rule sentence. */
export function sentencesWithoutModel(
  sentences: readonly PlannedSentence[],
  facts: Facts,
  language: 'en' | 'hi',
  approved: ApprovedWords,
): Sentence[] {
  return sentences.map(
    (planned, index) =>
      sentenceByCode(planned) ??
      approvedSentence(planned, facts, { index, language, approved }) ??
      ruleSentence(planned.alone),
  );
}

export interface Assembler {
  /** The sentences that need no model, by their place. */
  readonly byCode: ReadonlyMap<number, Sentence>;
  /** The sentence that this event finishes, or null where it finishes none. */
  accept(event: GenerationEvent): Sentence | null;
}

/** Assembles an explanation's sentences in the order in which their holes finish. */
export function createAssembler(
  explanation: ExplanationPlan,
  facts: Facts,
  measured: ConfidenceThresholds | null = null,
  approved: ApprovedWords = NO_APPROVED_WORDS,
): Assembler {
  const { language, mode } = explanation;
  const byCode = new Map<number, Sentence>();
  for (const [index, planned] of explanation.sentences.entries()) {
    const sentence = sentenceByCode(planned);
    if (sentence !== null) byCode.set(index, sentence);
  }
  return {
    byCode,
    accept(event) {
      if (event.kind !== 'hole') return null;
      const index = explanation.sentences.findIndex(({ step }) => step === event.step);
      const planned = explanation.sentences[index];
      if (planned === undefined) return null;
      return assembleSentence(planned, event, facts, { index, language, measured, mode, approved });
    },
  };
}
