/** An adapter's way on a whole core: a folder, its gates, two signers, a canary, the bed, and one click back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { THRESHOLDS } from '../../../app/learning/gates/verdict.ts';
import { testClock, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';
import { adapterFolder, scribe } from './test-adapters.ts';

const SEED = 77;
const CASES = 12;
/** A few prompts and alerts: what a ward asks is asked by the full tests. Nobody's machine is judged by a test. */
const SIZES = {
  cases: CASES,
  prompts: 24,
  seed: SEED,
  limits: { ...THRESHOLDS, promptsLeast: 24, inventedMost: 0.1, slowerMost: 1e6, memoryLeastBytes: 0 },
};
const ILL = { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, hr: 118, acvpu: 'A' } as const;

let folder: ReturnType<typeof testFolder>;
let clock: ReturnType<typeof testClock>;
let one: RunningCore;
let admin: TestTerminal;
let technician: TestTerminal;

async function begin(): Promise<void> {
  one = await startCore(folder.path, { engine: scribe(SEED, CASES), clock, gateSizes: SIZES });
  admin = one.terminal();
  technician = one.terminal();
}
async function signIn(terminal: TestTerminal, name: string, pin: string): Promise<void> {
  const { people } = granted(await terminal.query('ward.snapshot', {}));
  const personId = people.find((person) => person.name === name)?.id ?? '';
  granted(await terminal.command('session.sign-in', { personId, pin }));
}
beforeEach(async () => {
  folder = testFolder();
  clock = testClock();
  await begin();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  await signIn(admin, 'A', '1234');
  granted(await admin.command('person.add', { name: 'T', role: 'biomedical-it', pin: '5678' }));
  await signIn(technician, 'T', '5678');
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

const state = async () => granted(await admin.query('adapter.state', {}));
const stateOf = async (id: string) => (await state()).adapters.find((adapter) => adapter.id === id);

async function until<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Takes it in and runs its gates to their end; returns its id and its report's hash. */
async function gated(path: string): Promise<{ id: string; report: string }> {
  const { id } = granted(await technician.command('adapter.import', { folder: path }));
  granted(await technician.command('adapter.run-gates', { id }));
  const report = await until(async () => (await stateOf(id))?.report);
  return { id, report: report.sha256 };
}

let patients = 0;
/** Somebody is admitted and becomes very ill; the finished explanation of the alert. */
async function explained(bed: string) {
  patients += 1;
  granted(
    await admin.command('patient.admit', {
      identifier: `N${patients}`,
      name: `Patient ${patients}`,
      bed,
      birthDate: '1960-01-01',
      pregnant: false,
      sex: 'F',
    }),
  );
  const { beds } = granted(await admin.query('ward.snapshot', {}));
  const patientId = beds.find((shown) => shown.bed === bed)?.patient.id ?? '';
  granted(
    await admin.command('observation.enter', { patientId, values: ILL, confirmed: [...Object.keys(ILL)] }),
  );
  const { alerts } = granted(await admin.query('ward.snapshot', {}));
  const alertId = alerts.find((alert) => alert.patientId === patientId)?.id ?? '';
  return admin.until((event) => {
    if (event.type !== 'explanation' || event.explanation.status !== 'complete') return null;
    return event.explanation.alertId === alertId ? event.explanation : null;
  });
}

test('from a folder to the bed and back', { timeout: 300_000 }, async () => {
  const { id, report } = await gated(adapterFolder(folder.path, 'from-the-trainer'));
  const told = granted(await admin.query('adapter.report', { id }));
  expect(told.report.verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(told.sha256).toBe(report);
  expect(told.html).toContain('passed');
  expect(told.card).toContain('## Trust ingredients');
  expect(await stateOf(id)).toMatchObject({ state: 'gates-passed' });

  // Two people, each with a PIN, each in a role that is theirs.
  const technical = { id, role: 'technical', report, pin: '5678' } as const;
  expect(await technician.command('adapter.sign', { ...technical, pin: '0000' })).toMatchObject({
    error: { code: 'wrong-pin' },
  });
  expect(await technician.command('adapter.sign', { ...technical, role: 'clinical' })).toMatchObject({
    error: { parameters: { reason: 'role-not-yours' } },
  });
  expect(await admin.command('adapter.canary', { id, canary: { by: 'beds', beds: ['7'] } })).toMatchObject({
    error: { parameters: { reason: 'not-signed' } },
  });
  granted(await admin.command('adapter.sign', { ...technical, role: 'clinical', pin: '1234' }));
  expect(await admin.command('adapter.sign', { ...technical, pin: '1234' })).toMatchObject({
    error: { parameters: { reason: 'same-signer' } },
  });
  granted(await technician.command('adapter.sign', technical));
  const version = (await stateOf(id))?.version ?? '';
  expect(await stateOf(id)).toMatchObject({
    state: 'candidate',
    signatures: [
      { role: 'clinical', name: 'A' },
      { role: 'technical', name: 'T' },
    ],
  });

  // It leaves as a bundle; one whose release was changed is refused by name.
  const exported = granted(await admin.command('adapter.export', { id, folder: folder.path }));
  const release = join(exported.folder, 'release.json');
  writeFileSync(release, readFileSync(release, 'utf8').replace('"sequence": 1', '"sequence": 2'));
  expect(await admin.command('adapter.import', { folder: exported.folder })).toMatchObject({
    error: { code: 'adapter-refused', parameters: { reason: 'bad-signature', file: 'release.json' } },
  });

  // Shadow: it writes beside, and nobody reads it.
  granted(await admin.command('adapter.exposure', { shadowLeast: 1, canaryLeast: 1, canaryHours: 1 }));
  granted(await admin.command('adapter.shadow', { id }));
  expect(await admin.command('adapter.canary', { id, canary: { by: 'beds', beds: ['7'] } })).toMatchObject({
    error: { parameters: { reason: 'too-little-exposure' } },
  });
  expect((await explained('6')).model?.adapter).toBeNull();
  await until(async () => ((await stateOf(id))?.exposure?.explanations ?? 0) > 0 || null);

  // Canary: chosen beds, and only after that the whole ward.
  granted(await admin.command('adapter.canary', { id, canary: { by: 'beds', beds: ['7'] } }));
  expect(await admin.command('adapter.promote', { id })).toMatchObject({
    error: { parameters: { reason: 'too-little-exposure' } },
  });
  expect((await explained('7')).model?.adapter).toBe(version);
  expect((await explained('8')).model?.adapter).toBeNull();
  clock.advance(2 * 3_600_000);
  granted(await admin.command('adapter.promote', { id }));
  expect(await state()).toMatchObject({ production: id, previous: null, canStepBack: true });
  expect(one.engine.adapters()).toMatchObject({ inUse: id, known: [{ sha256: id, version }] });

  // It is in use after a restart, told before the engine is asked for anything.
  await one.core.close();
  await begin();
  expect(one.engine.adapters()).toMatchObject({ inUse: id });
  await signIn(admin, 'A', '1234');

  // One click back.
  granted(await admin.command('adapter.step-back', {}));
  expect(await state()).toMatchObject({ production: null, canStepBack: false });
  expect(one.engine.adapters()).toMatchObject({ inUse: null });
  const acts = granted(await admin.query('adapter.history', { id })).acts;
  expect(acts.map(({ act }) => act)).toEqual([
    'staged',
    'gates-ended',
    'signed',
    'signed',
    'shadowed',
    'canaried',
    'promoted',
    'stepped-back',
  ]);
});
