/**
 * `bench -- fit`: what a model writes into the holes of alerts that no data set of another seed holds, raw, before the
 * verifier withholds anything; with a trained adapter or without. The holes are written to a file for people to label,
 * without a word of who wrote them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HoleEvent } from '../../app/explanation/assemble.ts';
import { completeFacts } from '../../app/explanation/facts.ts';
import { drivenList } from '../../app/explanation/rule-text.ts';
import {
  casePlan,
  type GateCase,
  gateCases,
  judgeCase,
  type WrittenHole,
} from '../../app/learning/gates/cases.ts';
import { wilson } from '../../app/statistics/intervals.ts';
import { openHeadlessEngine } from '../../main/headless/engine.ts';
import { ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';

/** Six scenarios more than once in each severity, some 300 holes. */
const CASES = 64;
/** Not a seed that trains: the demonstration's are told in its card. */
const SEED = 977;

export interface FitOptions {
  /** An adapter's GGUF; null: the model as it is. */
  readonly adapter: string | null;
  readonly cases: number;
  readonly seed: number;
  /** Folder of the data set that trained it: what stands there word for word was recited; null: not asked. */
  readonly taught: string | null;
  /** Where the holes go for people to label; null: nowhere. */
  readonly holes: string | null;
}

export interface FitFigures {
  readonly adapter: string | null;
  readonly cases: number;
  readonly holes: number;
  readonly fit: { readonly holes: number; readonly lower: number; readonly upper: number };
  /** As the model wrote them, after the verifier. */
  readonly shown: number;
  /** Shown, and objected to by the second look. */
  readonly contradictionsShown: number;
  readonly distinct: number;
  /** Of the distinct ones, how many the data set does not hold; null: no data set was given. */
  readonly notTaught: number | null;
  readonly findings: Readonly<Record<string, number>>;
  readonly msAnExplanation: number;
}

/** Null where the words are wrong. */
export function fitOptions(words: readonly string[]): FitOptions | null {
  const after = (option: string): string | null => {
    const at = words.indexOf(option);
    return at === -1 ? null : (words[at + 1] ?? null);
  };
  const whole = z.coerce.number().int().min(1).max(100_000);
  const cases = whole.safeParse(after('--cases') ?? CASES);
  const seed = whole.safeParse(after('--seed') ?? SEED);
  const options = { adapter: after('--adapter'), taught: after('--taught'), holes: after('--holes') };
  const given = [options.adapter, options.taught].filter((file) => file !== null);
  if (!cases.success || !seed.success || !given.every((file) => existsSync(file))) return null;
  return { ...options, cases: cases.data, seed: seed.data };
}

const rowSchema = z.object({ segments: z.array(z.object({ text: z.string(), loss: z.boolean() })) });

/** Every text that the data set's training part teaches. */
function taughtIn(folder: string): ReadonlySet<string> {
  if (!readdirSync(folder).includes('train.jsonl')) throw new Error(`${folder} is no data set`);
  const rows = readFileSync(join(folder, 'train.jsonl'), 'utf8').split('\n').filter(Boolean);
  const segments = rows.flatMap((row) => rowSchema.parse(JSON.parse(row)).segments);
  return new Set(segments.flatMap(({ text, loss }) => (loss ? [text.trim()] : [])));
}

/** What a reader needs to judge a hole: nothing of the model. */
function forReaders(given: GateCase, holes: readonly WrittenHole[]): string {
  const facts = completeFacts(given.facts);
  return holes
    .map(({ kind, about, raw }, number) => {
      const driven = drivenList(facts).find(({ parameter }) => parameter === about) ?? null;
      const hole = {
        id: `${given.id}-${number + 1}`,
        kind,
        driver: driven,
        pattern: facts.pattern,
        text: raw,
      };
      return `${JSON.stringify({ ...hole, readings: given.facts.vitals })}\n`;
    })
    .join('');
}

/** Null where the model is missing; why was said then. */
export async function benchFit(options: FitOptions): Promise<FitFigures | null> {
  const engine = openHeadlessEngine({
    root: ROOT,
    model: null,
    adapterFile: options.adapter,
    shippedAdapter: false,
    threads: null,
    safeMode: false,
    recordDirectory: null,
    smokeLoadFirst: false,
    fault: null,
  });
  try {
    const { state, model, detail } = await engine.started;
    if (state !== 'ready' || model === null) {
      say(`The model is not available: ${detail ?? state}`);
      return null;
    }
    const written: WrittenHole[] = [];
    const lines: string[] = [];
    const begun = performance.now();
    for (const given of gateCases(options.seed, options.cases, ['en'])) {
      const plan = casePlan(given, model.promptFormat, null, options.adapter !== null);
      const events: HoleEvent[] = [];
      for await (const event of engine.generate(plan, 'background', new AbortController().signal)) {
        if (event.kind === 'failed') throw new Error(event.detail);
        if (event.kind === 'hole') events.push(event);
      }
      events.sort((one, other) => one.step - other.step);
      const holes = judgeCase(given, model.promptFormat, events);
      written.push(...holes);
      lines.push(forReaders(given, holes));
    }
    if (options.holes !== null) writeFileSync(options.holes, lines.join(''));
    return figuresOf(options, written, performance.now() - begun);
  } finally {
    await engine.close();
  }
}

function figuresOf(options: FitOptions, written: readonly WrittenHole[], ms: number): FitFigures {
  const fitting = written.filter(({ fits }) => fits).length;
  const distinct = new Set(written.map(({ raw }) => raw.trim()));
  const taught = options.taught === null ? null : taughtIn(options.taught);
  const findings: Record<string, number> = {};
  for (const rule of written.flatMap((hole) => hole.findings)) findings[rule] = (findings[rule] ?? 0) + 1;
  return {
    adapter: options.adapter,
    cases: options.cases,
    holes: written.length,
    fit: { holes: fitting, ...wilson(fitting, written.length) },
    shown: written.filter(({ shown }) => shown).length,
    contradictionsShown: written.filter(({ secondLook }) => secondLook !== null).length,
    distinct: distinct.size,
    notTaught: taught === null ? null : [...distinct].filter((text) => !taught.has(text)).length,
    findings,
    msAnExplanation: Math.round(ms / options.cases),
  };
}

export function fitLines(figures: FitFigures): string[] {
  const { adapter, cases, holes, fit, shown, contradictionsShown, distinct, notTaught } = figures;
  const share = (part: number, of = holes): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
  return [
    `${adapter === null ? 'without an adapter' : 'with the adapter'}: ${cases} alerts, ${holes} holes, ${figures.msAnExplanation} ms an explanation`,
    `fit by the verifier, raw: ${fit.holes} (${share(fit.holes)}; 95 %: ${share(fit.lower, 1)} to ${share(fit.upper, 1)})`,
    `shown as the model wrote them: ${shown} (${share(shown)}); of those objected to: ${contradictionsShown}`,
    `distinct: ${distinct}${notTaught === null ? '' : `, not in the training set: ${notTaught} (${share(notTaught, distinct)})`}`,
    ...Object.entries(figures.findings).map(([rule, count]) => `  ${rule}: ${count}`),
  ];
}
