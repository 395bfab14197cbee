/** Alerts that an adapter is asked to explain at its gates: invented readings of every scenario, from a seed of their own. */
import { z } from 'zod';
import type { GenerationPlan } from '../../contract/engine.ts';
import { assembleSentence, type HoleEvent } from '../../explanation/assemble.ts';
import { type FactsInput, FINDING_RULES, type FindingRule } from '../../explanation/explanation.ts';
import { completeFacts } from '../../explanation/facts.ts';
import { planExplanation } from '../../explanation/plan.ts';
import type { PromptFormat } from '../../explanation/prompt.ts';
import { NEWS2_PARAMETERS } from '../../scoring/score.ts';
import { SCENARIOS } from '../examples/example.ts';
import { inventedFacts, SEVERITIES } from '../generator/cases.ts';
import { createChance } from '../random.ts';
import { SECOND_LOOK, secondLook } from './second-look.ts';

const OF_READINGS = SCENARIOS.filter((scenario) => scenario !== 'refusal' && scenario !== 'adversarial');

export interface GateCase {
  readonly id: string;
  readonly scenario: (typeof SCENARIOS)[number];
  readonly severity: (typeof SEVERITIES)[number];
  readonly language: 'en' | 'hi';
  readonly facts: FactsInput;
}

/** So many cases, scenario by scenario; languages in turn. The same seed gives the same cases. */
export function gateCases(seed: number, count: number, languages: readonly ('en' | 'hi')[]): GateCase[] {
  const chance = createChance(seed);
  const cases: GateCase[] = [];
  for (let index = 0; cases.length < count && index < count * 4; index++) {
    const scenario = OF_READINGS[index % OF_READINGS.length] ?? 'early-sepsis';
    const severity = SEVERITIES[Math.floor(index / OF_READINGS.length) % SEVERITIES.length] ?? 'severe';
    const facts = inventedFacts(scenario, severity, chance);
    // An alert rings for a reason: readings without points are no case.
    if (completeFacts(facts).drivers.length === 0) continue;
    const language = languages[cases.length % languages.length] ?? 'en';
    cases.push({ id: `case-${cases.length + 1}`, scenario, severity, language, facts });
  }
  return cases;
}

/** The plan of a case, as the bed would ask for it. */
export function casePlan(
  given: GateCase,
  promptFormat: PromptFormat,
  adapter: string | null,
  /** Whether a trained adapter writes, one that came with the program included. */
  taught: boolean,
): GenerationPlan {
  const { language } = given;
  const { plan } = planExplanation(completeFacts(given.facts), { language, promptFormat, taught });
  return { ...plan, adapter };
}

/** Rules by which a hole does not fit what it was asked for. */
const MISFIT: readonly FindingRule[] = [
  'direction',
  'trend',
  'contradiction',
  'unmeasured',
  'number',
  'unit',
  'form',
];
/** Rules by which a hole tells what is in no record. */
const INVENTED: readonly FindingRule[] = ['unmeasured', 'number', 'unit', 'citation', 'identifier', 'trend'];

export const writtenHoleSchema = z.object({
  kind: z.enum(['driver', 'summary', 'consider', 'weigh', 'check', 'fact', 'question']),
  about: z.enum(NEWS2_PARAMETERS).nullable(),
  raw: z.string(),
  /** As the model wrote it; else an approved phrase or the rule stands there. */
  shown: z.boolean(),
  findings: z.array(z.enum(FINDING_RULES)),
  fits: z.boolean(),
  invents: z.boolean(),
  /** What the second look objects to, where it was shown. */
  secondLook: z.enum(SECOND_LOOK).nullable(),
  words: z.number().int(),
  probability: z.number().nullable(),
  tokens: z.number().int(),
});
export type WrittenHole = z.infer<typeof writtenHoleSchema>;

export const writtenCaseSchema = z.object({
  /** Milliseconds at work, without what it stood still for others. */
  ms: z.number(),
  holes: z.array(writtenHoleSchema),
});
export type WrittenCase = z.infer<typeof writtenCaseSchema>;

/** Judges the holes of a case. */
export function judgeCase(
  given: GateCase,
  promptFormat: PromptFormat,
  events: readonly HoleEvent[],
): WrittenHole[] {
  const facts = completeFacts(given.facts);
  const { sentences } = planExplanation(facts, { language: given.language, promptFormat });
  return events.flatMap((event) => {
    const index = sentences.findIndex(({ step }) => step === event.step);
    const planned = sentences[index];
    if (planned === undefined) return [];
    const context = { index, language: given.language, measured: null };
    const sentence = assembleSentence(planned, event, facts, context);
    const shown = sentence.verdict === 'shown';
    const findings = [...new Set(sentence.findings.map(({ rule }) => rule))];
    return [
      {
        kind: planned.kind,
        about: planned.about,
        raw: event.text,
        shown,
        findings,
        fits: !findings.some((rule) => MISFIT.includes(rule)),
        invents: findings.some((rule) => INVENTED.includes(rule)),
        secondLook: shown ? secondLook(event.text, facts, planned.about) : null,
        words: event.text.split(/\s+/u).filter((word) => /\p{L}/u.test(word)).length,
        probability: event.probability,
        tokens: event.tokens,
      },
    ];
  });
}
