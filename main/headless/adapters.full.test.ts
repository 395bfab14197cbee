/**
 * An adapter's way with the real engine and the embedded model: gates asked of the very file, stopped and gone on with,
 * signed, tried at a bed, in use, and one click back. The limits are wide on purpose: a made adapter has learnt nothing,
 * and what is shown here is the way and not the quality.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChosenEngine } from '../../app/contract/engine.ts';
import { embeddedAdapter, madeAdapter } from '../../app/learning/adapters/made-adapter.ts';
import type { AdapterManifest } from '../../app/learning/training/adapter-manifest.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../core/testing/running-core.ts';
import { scriptedEngine } from '../core/testing/scripted-engine.ts';
import { WIDE_LIMITS } from '../core/testing/wide-limits.ts';
import { createChosenEngine } from '../engine/chosen.ts';
import { hasModel, PATIENCE_MS, PINNED_ENTRY } from '../engine/test-models.ts';
import { openHeadlessEngine } from './engine.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ILL = { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, hr: 118, acvpu: 'A' } as const;

const folder = mkdtempSync(join(tmpdir(), 'way-'));
let engine: ChosenEngine & { close(): Promise<void> };
let one: RunningCore;
let admin: TestTerminal;
let technician: TestTerminal;

async function signIn(terminal: TestTerminal, name: string, pin: string): Promise<void> {
  const { people } = granted(await terminal.query('ward.snapshot', {}));
  const personId = people.find((person) => person.name === name)?.id ?? '';
  granted(await terminal.command('session.sign-in', { personId, pin }));
}

beforeAll(async () => {
  engine = createChosenEngine({
    openInProcess: () =>
      openHeadlessEngine({
        root: ROOT,
        model: null,
        adapterFile: null,
        threads: null,
        safeMode: false,
        recordDirectory: folder,
        smokeLoadFirst: false,
        fault: null,
      }),
    openIsolated: () => {
      throw new Error('nobody chose it');
    },
  });
  const asScripted = { ...scriptedEngine(), ...engine };
  const gateSizes = { cases: 3, prompts: 4, seed: 5, limits: WIDE_LIMITS };
  one = await startCore(folder, { engine: asScripted, gateSizes });
  admin = one.terminal();
  technician = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  await signIn(admin, 'A', '1234');
  granted(await admin.command('person.add', { name: 'T', role: 'biomedical-it', pin: '5678' }));
  await signIn(technician, 'T', '5678');
}, PATIENCE_MS);
afterAll(async () => {
  await one.core.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function until<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

let patients = 0;
async function explained(bed: string) {
  patients += 1;
  const person = { identifier: `N${patients}`, name: `Patient ${patients}`, bed, sex: 'F' } as const;
  granted(await admin.command('patient.admit', { ...person, birthDate: '1960-01-01', pregnant: false }));
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

test.runIf(hasModel)('the way of a real file with the real engine', { timeout: 1_800_000 }, async () => {
  await until(async () => (engine.status().state === 'ready' ? true : null));
  const gguf = madeAdapter({ alpha: 1, tensors: embeddedAdapter(1, 8) });
  const from = join(folder, 'from');
  mkdirSync(from);
  writeFileSync(join(from, 'adapter.gguf'), gguf);
  const manifest: AdapterManifest = {
    format: 'medobsmind-adapter-1',
    trainer: '0.1.0',
    identity: 'c'.repeat(64),
    method: 'sft',
    base: { name: PINNED_ENTRY.file, sha256: PINNED_ENTRY.sha256 },
    dataSet: {
      id: 'none',
      sha256: 'd'.repeat(64),
      promptFormat: 'chatml',
      layout: 'serial',
      examples: 0,
      heldOut: 0,
      tooLong: 0,
    },
    seed: 1,
    lora: { r: 2, alpha: 1, targets: ['v_proj'] },
    training: {},
    continuedFrom: null,
    figures: { steps: 0, secondsTraining: 0, secondsAnExample: 0, perplexity: { base: null, adapter: null } },
    versions: {},
    files: [
      { name: 'adapter.gguf', bytes: gguf.length, sha256: createHash('sha256').update(gguf).digest('hex') },
    ],
  };
  writeFileSync(join(from, 'manifest.json'), JSON.stringify(manifest));
  const { id } = granted(await technician.command('adapter.import', { folder: from }));
  const view = async () => {
    const { adapters } = granted(await admin.query('adapter.state', {}));
    return adapters.find((adapter) => adapter.id === id);
  };
  granted(await technician.command('adapter.run-gates', { id }));
  // Stopped between two answers, its answers stay and it goes on behind them.
  await until(async () => ((await view())?.gates?.done ?? 0) > 0 || null);
  await technician.command('adapter.stop-gates', { id });
  await until(async () => ((await view())?.gates?.state === 'running' ? null : true));
  const kept = (await view())?.gates?.done ?? 0;
  if ((await view())?.report === null) {
    expect(kept).toBeGreaterThan(0);
    granted(await technician.command('adapter.run-gates', { id }));
  }
  const report = await until(async () => (await view())?.report?.sha256);
  const told = granted(await admin.query('adapter.report', { id })).report;
  expect(told.verdicts.filter(({ passed }) => !passed).map(({ gate }) => gate)).toEqual([]);
  expect(told.samples.flatMap(({ sentences }) => sentences).length).toBeGreaterThan(0);

  granted(await admin.command('adapter.sign', { id, role: 'clinical', report, pin: '1234' }));
  granted(await technician.command('adapter.sign', { id, role: 'technical', report, pin: '5678' }));
  granted(await admin.command('adapter.exposure', { shadowLeast: 0, canaryLeast: 1, canaryHours: 0 }));
  granted(await admin.command('adapter.canary', { id, canary: { by: 'beds', beds: ['7'] } }));
  const version = (await view())?.version ?? '';
  expect((await explained('7')).model?.adapter).toBe(version);
  expect((await explained('8')).model?.adapter).toBeNull();
  granted(await admin.command('adapter.promote', { id }));
  await until(async () => (engine.status().model?.adapterSha256 === id ? true : null));
  expect((await explained('9')).model?.adapter).toBe(version);
  granted(await admin.command('adapter.step-back', {}));
  await until(async () => (engine.status().model?.adapterSha256 === undefined ? true : null));
  expect((await explained('10')).model?.adapter).toBeNull();
});
