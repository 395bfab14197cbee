/**
 * Runs an adapter's gates with the engine of this machine, one at a time, as idle work: each prompt and each alert stands
 * still while the ward needs the model. Every answer is durable when it is there, so a run that was cut off, by a person
 * or with the program, goes on where it was.
 */
import os from 'node:os';
import type { EnginePort, GenerationPlan } from '../../../app/contract/engine.ts';
import type { HoleEvent } from '../../../app/explanation/assemble.ts';
import {
  casePlan,
  type GateCase,
  gateCases,
  judgeCase,
  type WrittenCase,
  writtenCaseSchema,
} from '../../../app/learning/gates/cases.ts';
import {
  judgePrompt,
  type PromptAnswer,
  promptAnswerSchema,
} from '../../../app/learning/gates/judge-prompt.ts';
import { type GatePrompt, PROMPTS_A_PLAN, promptPlan } from '../../../app/learning/gates/prompts.ts';
import { type GateReport, gateReport } from '../../../app/learning/gates/report.ts';
import type { PairedCase } from '../../../app/learning/gates/verdict.ts';
import { adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import { type Clock, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store } from '../store/database.ts';
import type { KeptAdapter } from './adapters-tables.ts';
import { countAnswers, type GateRun, insertAnswer, readAnswers, setRunState } from './gate-tables.ts';

export interface GateRunnerPorts {
  readonly store: Store;
  readonly engine: EnginePort;
  readonly clock: Clock;
  readonly log: Log;
  readonly prompts: () => readonly GatePrompt[];
  readonly program: string;
  /** Called when a run is about to begin: the engine must know its adapter by then. */
  readonly begun: () => void;
  /** Called when a run has come to its end, with its report. */
  readonly ended: (run: GateRun, report: GateReport) => void;
}

export interface GateRunner {
  /** Runs, or goes on with, this run. Nothing else may run. */
  run(run: GateRun, adapter: KeptAdapter): void;
  running(): string | null;
  /** Items that are answered, and how many there are. */
  progress(run: GateRun): { readonly done: number; readonly of: number };
  /** Stops what runs; its answers stay. */
  stop(): void;
  close(): void;
}

/** What ends a run: `stopped` by a person or the program's end, else in words. */
class Ended extends Error {
  readonly state: 'stopped' | 'failed';
  constructor(state: 'stopped' | 'failed', detail: string) {
    super(detail);
    this.state = state;
  }
}

const memoryLeft = (): number => process.availableMemory();

export function createGateRunner(ports: GateRunnerPorts): GateRunner {
  const { store, engine, clock, log } = ports;
  let current: { readonly id: string; readonly abort: AbortController } | null = null;
  let closed = false;

  /** Every hole of a plan, with the milliseconds that it was at work. */
  async function write(
    plan: GenerationPlan,
    signal: AbortSignal,
  ): Promise<{ holes: HoleEvent[]; ms: number }> {
    const holes: HoleEvent[] = [];
    let ms = 0;
    let since = performance.now();
    let standing = false;
    for await (const event of engine.generate(plan, 'idle', signal)) {
      if (event.kind === 'paused' && !standing) {
        ms += performance.now() - since;
        standing = true;
      } else if (event.kind === 'resumed' && standing) {
        since = performance.now();
        standing = false;
      } else if (event.kind === 'hole') holes.push(event);
      else if (event.kind === 'failed')
        throw new Ended(event.reason === 'cancelled' ? 'stopped' : 'failed', event.detail);
      else if (event.kind === 'done') return { holes, ms: ms + performance.now() - since };
    }
    throw new Ended(signal.aborted ? 'stopped' : 'failed', 'the engine ended without a word');
  }

  function keep(run: GateRun, answers: readonly (readonly [string, unknown])[]): void {
    store.transaction((writer) => {
      for (const [item, answer] of answers) insertAnswer(writer, run.id, item, answer);
    });
  }

  function insistOnSameModel(run: GateRun): void {
    const { state, model, refusedAdapters = [] } = engine.status();
    const refusal = refusedAdapters.find(({ sha256 }) => sha256 === run.adapterId);
    if (refusal !== undefined) throw new Ended('failed', refusal.detail);
    if (state !== 'ready' || model === null) throw new Ended('failed', `the engine is ${state}`);
    if (model.sha256 !== run.settings.baseSha256) throw new Ended('failed', 'another model is in use now');
  }

  async function work(run: GateRun, adapter: KeptAdapter, signal: AbortSignal): Promise<GateReport> {
    const { settings } = run;
    const answers = readAnswers(store.read, run.id);
    let least = memoryLeft();
    const asked = promptsOf(run);
    const open = asked.filter(({ id }) => !answers.has(id));
    for (let from = 0; from < open.length; from += PROMPTS_A_PLAN) {
      insistOnSameModel(run);
      const some = open.slice(from, from + PROMPTS_A_PLAN);
      const { holes } = await write(promptPlan(some, settings.promptFormat, run.adapterId), signal);
      const found = some.map((prompt, index): [string, PromptAnswer] => {
        const hole = holes.find(({ step }) => step === index * 2 + 1);
        if (hole === undefined) throw new Ended('failed', 'a prompt was not answered');
        return [prompt.id, judgePrompt(prompt, hole.text)];
      });
      keep(run, found);
      for (const [item, answer] of found) answers.set(item, answer);
      least = Math.min(least, memoryLeft());
    }
    for (const given of casesOf(run))
      for (const who of ['candidate', 'in-use'] as const) {
        const item = itemOf(given, who);
        if (answers.has(item)) continue;
        insistOnSameModel(run);
        const worn = who === 'candidate' ? run.adapterId : settings.inUse;
        const taught = worn !== null || cameWithTheProgram();
        const { holes, ms } = await write(casePlan(given, settings.promptFormat, worn, taught), signal);
        const inOrder = [...holes].sort((one, other) => one.step - other.step);
        const answer: WrittenCase = { ms, holes: judgeCase(given, settings.promptFormat, inOrder) };
        keep(run, [[item, answer]]);
        answers.set(item, answer);
        least = Math.min(least, memoryLeft());
      }
    return reportOf(run, adapter, answers, least);
  }

  /** Whether the model writes with an adapter that nobody here took in. */
  function cameWithTheProgram(): boolean {
    const { model } = engine.status();
    return model !== null && model.adapter !== null && model.adapterSha256 === undefined;
  }

  function promptsOf({ settings }: GateRun): GatePrompt[] {
    const wanted = new Set(settings.prompts);
    return ports.prompts().filter(({ id }) => wanted.has(id));
  }
  function casesOf({ settings }: GateRun): GateCase[] {
    return gateCases(settings.seed, settings.cases, settings.languages);
  }
  function itemOf({ id }: GateCase, who: 'candidate' | 'in-use'): string {
    return `${id} ${who}`;
  }

  function reportOf(
    run: GateRun,
    adapter: KeptAdapter,
    answers: ReadonlyMap<string, unknown>,
    memoryLeftBytes: number,
  ): GateReport {
    const { settings } = run;
    const manifest = adapterManifestSchema.parse(JSON.parse(adapter.manifest));
    const prompts = promptsOf(run).map(({ id }) => promptAnswerSchema.parse(answers.get(id)));
    const cases = casesOf(run).map(
      (given): PairedCase => ({
        given,
        candidate: writtenCaseSchema.parse(answers.get(itemOf(given, 'candidate'))),
        inUse: writtenCaseSchema.parse(answers.get(itemOf(given, 'in-use'))),
      }),
    );
    const [processor] = os.cpus();
    return gateReport(
      {
        adapter: { sha256: adapter.id, version: adapter.version, bytes: adapter.bytes },
        base: manifest.base,
        inUse: settings.inUseVersion,
        dataSet: {
          id: manifest.dataSet.id,
          sha256: manifest.dataSet.sha256,
          examples: manifest.dataSet.examples,
        },
        training: {
          trainer: manifest.trainer,
          method: manifest.method,
          seed: manifest.seed,
          ...manifest.lora,
          perplexity: manifest.figures.perplexity,
          continuedFrom: manifest.continuedFrom,
        },
        machine: {
          processor: processor?.model.trim() ?? 'unknown',
          cores: os.cpus().length,
          memoryBytes: os.totalmem(),
        },
        program: ports.program,
        seed: settings.seed,
        endedAt: isoTime(clock.wall()),
      },
      { prompts, cases, memoryLeftBytes },
      settings.limits,
    );
  }

  async function begin(run: GateRun, adapter: KeptAdapter, abort: AbortController): Promise<void> {
    try {
      const report = await work(run, adapter, abort.signal);
      if (closed) return;
      ports.ended(run, report);
      log('info', 'gates-ended', { passed: report.passed });
    } catch (error) {
      // A closing program leaves the run as it is: the next start goes on with it.
      if (closed) return;
      const state = error instanceof Ended ? error.state : 'failed';
      const detail = state === 'stopped' ? null : reasonOf(error);
      log(state === 'stopped' ? 'info' : 'error', 'gates-not-ended', { state, reason: detail });
      try {
        store.transaction((writer) => setRunState(writer, run.id, state, detail));
      } catch (unkept) {
        log('error', 'gates-not-kept', { reason: reasonOf(unkept) });
      }
    } finally {
      if (current?.id === run.id) current = null;
    }
  }

  return {
    run(run, adapter) {
      const abort = new AbortController();
      current = { id: run.id, abort };
      ports.begun();
      void begin(run, adapter, abort);
    },
    running: () => current?.id ?? null,
    progress: (run) => ({
      done: countAnswers(store.read, run.id),
      of: run.settings.prompts.length + run.settings.cases * 2,
    }),
    stop: () => current?.abort.abort(),
    close() {
      closed = true;
      current?.abort.abort();
    },
  };
}
