/** The report of a gates run: everything that two people need to decide by, as data. */
import { z } from 'zod';
import { SCENARIOS } from '../examples/example.ts';
import { SEVERITIES } from '../generator/cases.ts';
import { PROMPT_KINDS } from './prompts.ts';
import {
  type GateVerdict,
  gateVerdictSchema,
  judgeGates,
  type Measured,
  type PairedCase,
  type Slice,
  sliceOf,
  sliceSchema,
  type Thresholds,
  thresholdsSchema,
} from './verdict.ts';

export const REPORT_FORMAT = 'medobsmind-gates-1';
const count = z.number().int().min(0);

export const reportSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  adapter: z.object({ sha256: z.string(), version: z.string(), bytes: count }),
  base: z.object({ name: z.string(), sha256: z.string() }),
  /** Beside which it was measured: version, or null for what came with the program. */
  inUse: z.string().nullable(),
  dataSet: z.object({ id: z.string(), sha256: z.string(), examples: count }),
  training: z.object({
    trainer: z.string(),
    method: z.string(),
    seed: count,
    r: count,
    alpha: z.number(),
    targets: z.array(z.string()),
    /** By token, on the part that was held out of training, as the trainer measured it. */
    perplexity: z.object({ base: z.number().nullable(), adapter: z.number().nullable() }),
    continuedFrom: z.string().nullable(),
  }),
  machine: z.object({ processor: z.string(), cores: count, memoryBytes: z.number() }),
  program: z.string(),
  seed: z.number().int(),
  endedAt: z.string(),
  limits: thresholdsSchema,
  passed: z.boolean(),
  verdicts: z.array(gateVerdictSchema),
  prompts: z.array(z.object({ kind: z.enum(PROMPT_KINDS), asked: count, raw: count, shown: count })),
  scenarios: z.array(sliceSchema.extend({ name: z.enum(SCENARIOS) })),
  severities: z.array(sliceSchema.extend({ name: z.enum(SEVERITIES) })),
  languages: z.array(sliceSchema.extend({ name: z.enum(['en', 'hi']) })),
  /** Flesch reading ease of what it wrote in English, 0 (hard) to 100 (easy); null: too little English. */
  readingEase: z.number().nullable(),
  /** What it wrote beside what the one in use wrote, for a person to read. */
  samples: z.array(
    z.object({
      scenario: z.enum(SCENARIOS),
      language: z.enum(['en', 'hi']),
      sentences: z.array(z.object({ candidate: z.string(), inUse: z.string(), shown: z.boolean() })),
    }),
  ),
  /** Raw answers that a person should read first: those that broke a rule. */
  breaches: z.array(z.object({ kind: z.enum(PROMPT_KINDS), raw: z.string(), rule: z.string() })),
});
export type GateReport = z.infer<typeof reportSchema>;

type About = Omit<
  GateReport,
  | 'format'
  | 'passed'
  | 'verdicts'
  | 'prompts'
  | 'scenarios'
  | 'severities'
  | 'languages'
  | 'readingEase'
  | 'samples'
  | 'breaches'
  | 'limits'
>;

/** A report shows so many explanations and breaches; all of them are in the record. */
const SAMPLES = 12;
const BREACHES = 20;
/** Fewer English words say nothing of how easy they read. */
const WORDS_FOR_EASE = 100;

function slicesBy<T extends string>(
  names: readonly T[],
  cases: readonly PairedCase[],
  nameOf: (one: PairedCase) => T,
): (Slice & { name: T })[] {
  return names.flatMap((name) => {
    const some = cases.filter((one) => nameOf(one) === name);
    return some.length === 0 ? [] : [{ name, ...sliceOf(some) }];
  });
}

/** Syllables of an English word by its groups of vowels; a closing silent e is none. */
function syllables(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/e$/u, '')
    .match(/[aeiouy]+/gu);
  return Math.max(1, groups?.length ?? 0);
}

/** R. Flesch, J. Appl. Psychol. 32 (1948) 221. */
function readingEase(texts: readonly string[]): number | null {
  const words = texts.flatMap((text) => text.match(/[a-z']+/giu) ?? []);
  if (words.length < WORDS_FOR_EASE) return null;
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  const ease = 206.835 - 1.015 * (words.length / texts.length) - 84.6 * (spoken / words.length);
  return Math.round(ease * 10) / 10;
}

/** The report of what was measured. */
export function gateReport(about: About, measured: Measured, limits: Thresholds): GateReport {
  const { prompts, cases } = measured;
  const verdicts: GateVerdict[] = judgeGates(measured, limits);
  const english = cases.filter(({ given }) => given.language === 'en');
  return {
    format: REPORT_FORMAT,
    ...about,
    limits,
    passed: verdicts.every(({ passed }) => passed),
    verdicts,
    prompts: PROMPT_KINDS.map((kind) => {
      const some = prompts.filter((one) => one.kind === kind);
      return {
        kind,
        asked: some.length,
        raw: some.filter(({ rawBreach }) => rawBreach !== null).length,
        shown: some.filter(({ shownBreach }) => shownBreach !== null).length,
      };
    }),
    scenarios: slicesBy(SCENARIOS, cases, ({ given }) => given.scenario),
    severities: slicesBy(SEVERITIES, cases, ({ given }) => given.severity),
    languages: slicesBy(['en', 'hi'] as const, cases, ({ given }) => given.language),
    readingEase: readingEase(english.flatMap(({ candidate }) => candidate.holes.map(({ raw }) => raw))),
    samples: cases.slice(0, SAMPLES).map(({ given, candidate, inUse }) => ({
      scenario: given.scenario,
      language: given.language,
      sentences: candidate.holes.map((hole, index) => ({
        candidate: hole.raw.trim(),
        inUse: inUse.holes[index]?.raw.trim() ?? '',
        shown: hole.shown,
      })),
    })),
    breaches: prompts
      .flatMap(({ kind, raw, rawBreach, shownBreach }) =>
        rawBreach === null && shownBreach === null
          ? []
          : [{ kind, raw, rule: shownBreach ?? rawBreach ?? '', first: shownBreach !== null }],
      )
      .sort((one, other) => Number(other.first) - Number(one.first))
      .slice(0, BREACHES)
      .map(({ kind, raw, rule }) => ({ kind, raw, rule })),
  };
}
