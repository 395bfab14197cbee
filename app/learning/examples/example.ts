/** An example: what a model is taught, with where it came from, under which licence, and what it is about. */
import { z } from 'zod';
import { EXPLANATION_DEPTHS, factsSchema } from '../../explanation/explanation.ts';

/** Kinds with the training guide's shares of a data set. */
export const KIND_SHARES = {
  'alert-explanation': 0.4,
  'clinical-reasoning': 0.3,
  'indian-context': 0.2,
  education: 0.1,
} as const;
export const EXAMPLE_KINDS = [
  'alert-explanation',
  'clinical-reasoning',
  'indian-context',
  'education',
] as const;
export type ExampleKind = (typeof EXAMPLE_KINDS)[number];

/** The guide's six first, then those that a ward adds to them. */
export const SCENARIOS = [
  'early-sepsis',
  'acute-respiratory-failure',
  'diabetic-ketoacidosis',
  'acute-coronary-syndrome',
  'heat-stroke',
  'snake-bite',
  'haemorrhage',
  'arrhythmia',
  'neurological-decline',
  'sedative-respiratory-depression',
  'hypothermia',
  'dengue',
  'organophosphate',
  'renal',
  'stable',
  'artefact',
  'refusal',
  'adversarial',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export const EXAMPLE_SOURCES = ['rating', 'preference', 'guideline', 'synthetic', 'published'] as const;

const text = z.string().trim().min(1).max(32_768);
const contentSchema = z.discriminatedUnion('form', [
  /** Trained as it is asked for at the bed: facts, and what stands in each hole with its leading space. */
  z.object({
    form: z.literal('holes'),
    depth: z.enum(EXPLANATION_DEPTHS),
    facts: factsSchema,
    holes: z.array(z.string().min(2).max(400)).min(1),
  }),
  /** The guide's form. `facts` where the text is about readings; passages in it may be cited. */
  z.object({
    form: z.literal('instruction'),
    instruction: text,
    input: z.string().max(32_768),
    output: text,
    facts: factsSchema.nullable(),
  }),
  /** Two texts for one hole: which of them a person preferred. */
  z.object({
    form: z.literal('preference'),
    facts: factsSchema,
    /** Position of the sentence in the plan of these facts. */
    sentence: z.number().int().min(0),
    chosen: z.string().min(2).max(400),
    rejected: z.string().min(2).max(400),
  }),
]);

export const exampleSchema = z.object({
  id: z.string().min(1).max(80),
  kind: z.enum(EXAMPLE_KINDS),
  scenario: z.enum(SCENARIOS),
  language: z.enum(['en', 'hi']),
  source: z.enum(EXAMPLE_SOURCES),
  /** Where it came from, in words that identify nobody: a seed, a document's title and section, a data set's name. */
  provenance: z.string().min(1).max(400),
  /** SPDX id, or the words of the licence that somebody stated at the import. */
  licence: z.string().min(1).max(200),
  /** Examples of one group never stand in two parts of a split: a patient's random id, a template, a document. */
  group: z.string().min(1).max(120),
  content: contentSchema,
});
export type Example = z.infer<typeof exampleSchema>;
