/** What the steps of `verify -- loop` share: where it happens, the ward with two people at it, and how much is asked. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AdapterView } from '../../../app/contract/calls/adapters.ts';
import type { DataSetView } from '../../../app/contract/calls/learning.ts';
import type { TrainingRunView } from '../../../app/contract/calls/training.ts';
import type { RayHost } from '../../../main/core/testing/ray-host.ts';
import { granted, type TestTerminal } from '../../../main/core/testing/running-core.ts';
import type { SshHost } from '../../../main/core/testing/ssh-host.ts';
import type { VerifyProgress } from '../progress-file.ts';
import { startWard, type Ward } from './ward.ts';

export interface LoopSize {
  /** Explanations that the clinician at the bed finds accurate and helpful. */
  readonly rated: number;
  /** Sentences that a doctor at the review desk puts right, in the words of the generator. */
  readonly corrections: number;
  /** Invented examples besides. */
  readonly synthetic: number;
  readonly epochs: number;
  readonly batch: number;
  readonly gates: 'whole' | 'tiny';
}
/** 200 corrections, trained twice among some 200 examples, and the gates as the program has them. */
export const WHOLE_LOOP: LoopSize = {
  rated: 4,
  corrections: 200,
  synthetic: 160,
  epochs: 2,
  batch: 4,
  gates: 'whole',
};
export const QUICK_LOOP: LoopSize = {
  rated: 1,
  corrections: 8,
  synthetic: 6,
  epochs: 1,
  batch: 1,
  gates: 'tiny',
};

/** Who is at the ward: a clinician who signs clinically, biomedical IT who signs technically, and a doctor at the review desk. */
const CLINICIAN = { name: 'Asha Rao', pin: '482913' };
const TECHNICIAN = { name: 'Tarun Iyer', pin: '573820', role: 'biomedical-it' } as const;
const REVIEWER = { name: 'Meera Shah', pin: '664201', role: 'doctor' } as const;
export const PIN_OF = { clinical: CLINICIAN.pin, technical: TECHNICIAN.pin };

export interface Course {
  readonly size: LoopSize;
  /** Where the ward's record lies. */
  readonly userDataDir: string;
  /** Where the host keeps its runs. */
  readonly runsFolder: string;
  readonly ray: RayHost;
  readonly ssh: SshHost;
  readonly progress: VerifyProgress;
  readonly save: () => void;
  /** Their terminals at the program that runs now. */
  readonly clinician: () => TestTerminal;
  readonly technician: () => TestTerminal;
  /** Treats nobody of the ward. */
  readonly reviewer: () => TestTerminal;
  /** A folder on the host with an adapter to train further; null: the base. */
  readonly continueFrom: string | null;
  /** SIGKILL, and the program is opened again on the same record. */
  readonly killAndReopen: () => Promise<void>;
}

/** People at a ward's terminals: set up and added where the record does not know them yet. */
export async function signedIn(
  ward: Ward,
): Promise<{ clinician: TestTerminal; technician: TestTerminal; reviewer: TestTerminal }> {
  const clinician = ward.terminal();
  const technician = ward.terminal();
  const reviewer = ward.terminal();
  const people = async () => granted(await clinician.query('ward.snapshot', {})).people;
  const enter = async (terminal: TestTerminal, { name, pin }: { name: string; pin: string }) => {
    const personId = (await people()).find((person) => person.name === name)?.id ?? '';
    granted(await terminal.command('session.sign-in', { personId, pin }));
  };
  if ((await people()).length === 0)
    granted(
      await clinician.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator: CLINICIAN }),
    );
  await enter(clinician, CLINICIAN);
  for (const [person, terminal] of [
    [TECHNICIAN, technician],
    [REVIEWER, reviewer],
  ] as const) {
    if (!(await people()).some(({ name }) => name === person.name))
      granted(await clinician.command('person.add', person));
    await enter(terminal, person);
  }
  await waitFor('the model is loaded', async () => {
    const { engine } = granted(await clinician.query('ward.snapshot', {})).system;
    if (engine.state === 'ready') return true;
    if (engine.state === 'starting') return null;
    throw new Error(`the model is not available: ${engine.state}, ${engine.detail ?? ''}`);
  });
  return { clinician, technician, reviewer };
}

/** Opens the ward; what it is told to do afterwards goes to the process that runs at that moment. */
export async function openCourse(
  given: Omit<Course, 'clinician' | 'technician' | 'reviewer' | 'killAndReopen'> & {
    readonly logFile: string;
  },
): Promise<Course & { close(): Promise<void>; readonly gone: Promise<never> }> {
  let failed: (reason: unknown) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => {
    failed = reject;
  });
  gone.catch(() => undefined);
  const open = async () => {
    const ward = await startWard(given.userDataDir, given.size.gates, given.logFile);
    ward.gone.catch(failed);
    return { ward, ...(await Promise.race([signedIn(ward), ward.gone])) };
  };
  let now = await open();
  return {
    ...given,
    gone,
    clinician: () => now.clinician,
    technician: () => now.technician,
    reviewer: () => now.reviewer,
    killAndReopen: async () => {
      await now.ward.kill();
      now = await open();
    },
    close: () => now.ward.close(),
  };
}

/** Looks again until there is something. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null | undefined>,
  limitMs = 1_800_000,
): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > until)
      throw new Error(`waited ${Math.round(limitMs / 60_000)} minutes in vain: ${what}`);
    await pause(300);
  }
}

export async function newestDataSet(course: Course): Promise<DataSetView> {
  const [found] = granted(await course.clinician().query('data-set.state', {})).dataSets;
  if (found === undefined) throw new Error('there is no data set');
  return found;
}

/** The one training of the course. */
export async function theRun(course: Course): Promise<TrainingRunView> {
  const [found] = granted(await course.clinician().query('training.state', {})).runs;
  if (found === undefined) throw new Error('there is no training');
  return found;
}

/** The adapter that the training left, as the registry has it; null: not taken in yet. */
export async function trained(course: Course): Promise<AdapterView | null> {
  const { dataSetId } = await theRun(course);
  const { adapters, refused } = granted(await course.clinician().query('adapter.state', {}));
  const [problem] = refused;
  if (problem !== undefined)
    throw new Error(`the adapter was not taken in: ${problem.reason} ${problem.file}`);
  return adapters.find((adapter) => adapter.dataSet === dataSetId) ?? null;
}

export async function theAdapter(course: Course): Promise<AdapterView> {
  const found = await trained(course);
  if (found === null) throw new Error('the registry does not have the adapter');
  return found;
}

/** Six figures at most, of whatever a line tells. */
export function figure(value: number | null, digits = 2): string {
  return value === null ? 'unknown' : value.toFixed(digits).replace(/\.0+$/u, '');
}
