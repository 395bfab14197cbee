/**
 * A training from an approved data set to fetched artefacts, by a real Ray with token authentication behind a real sshd
 * on loopback: followed live, left by a program that ends, stopped, gone on with, and noticed lost when the cluster is
 * started again. Needs the trainer's Python environment, OpenSSH's server and the embedded model.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TrainingRunView } from '../../../app/contract/calls/training.ts';
import { adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import {
  TRAINING_FORMAT,
  trainingConfigurationSchema,
} from '../../../app/learning/training/configuration.ts';
import { type RayHost, startRayHost, trainerPython } from '../testing/ray-host.ts';
import { granted, MODELS, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';
import { hasSshServer, type SshHost, startSshHost } from '../testing/ssh-host.ts';
import { createLocalRay } from './local-ray.ts';

const MODEL = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const PYTHON = trainerPython();
const POSSIBLE = PYTHON !== null && hasSshServer() && existsSync(join(MODELS, MODEL));
const PIN = '482913';
/** On two cores that others use too. */
const LONG = 600_000;

describe.skipIf(!POSSIBLE)('a training on a real host', () => {
  let folder = '';
  let ray: RayHost;
  let ssh: SshHost;
  let core: RunningCore;
  let one: TestTerminal;
  let personId = '';
  let hostId = '';
  let dataSet = { id: '', sha256: '' };

  beforeAll(async () => {
    if (PYTHON === null) return;
    folder = mkdtempSync(join(tmpdir(), 'mom-'));
    for (const name of ['ray', 'ssh', 'runs', 'ward']) mkdirSync(join(folder, name));
    [ray, ssh] = await Promise.all([
      startRayHost(join(folder, 'ray'), PYTHON),
      startSshHost(join(folder, 'ssh')),
    ]);
    core = await startCore(join(folder, 'ward'));
    one = core.terminal();
    granted(
      await one.command('ward.set-up', {
        wardName: 'ICU',
        language: 'en',
        administrator: { name: 'Asha Rao', pin: PIN },
      }),
    );
    personId = granted(await one.query('ward.snapshot', {})).people[0]?.id ?? '';
    granted(await one.command('session.sign-in', { personId, pin: PIN }));
    granted(await one.command('data-set.build', { seed: 5, synthetic: 40 }));
    while (granted(await one.query('data-set.state', {})).building) await pause(200);
    const [built] = granted(await one.query('data-set.state', {})).dataSets;
    if (built === undefined) throw new Error('no data set');
    dataSet = { id: built.id, sha256: built.sha256 };
    granted(await one.command('data-set.approve', dataSet));
    const saved = await one.command('training-host.save', {
      id: null,
      host: {
        name: 'GPU host',
        reach: {
          kind: 'ssh',
          ssh: { host: '127.0.0.1', port: ssh.port, user: ssh.user, hostKey: ssh.hostKey, identity: 'key' },
          rayPort: ray.port,
        },
        runsFolder: join(folder, 'runs'),
        price: { anHour: 2, currency: 'USD' },
      },
      secrets: { token: ray.token, privateKey: ssh.privateKey },
    });
    hostId = granted(saved).id;
  }, LONG);

  afterAll(async () => {
    await core?.core.close();
    await ray?.stop();
    await ssh?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, LONG);

  /** A few short steps: what is shown is the way, not what is learnt. */
  function configurationOf(mostSteps: number) {
    return trainingConfigurationSchema.parse({
      format: TRAINING_FORMAT,
      base: { kind: 'folder', path: MODELS, file: MODEL },
      threads: 1,
      training: {
        batch: 1,
        accumulation: 1,
        learningRate: 0.001,
        warmUpSteps: 1,
        logEvery: 1,
        saveEvery: 2,
        evaluateEvery: 1000,
        mostSteps,
      },
    });
  }

  async function begin(mostSteps: number): Promise<string> {
    const asked = { hostId, dataSetId: dataSet.id, configuration: configurationOf(mostSteps) };
    return granted(await one.command('training.begin', { ...asked, sha256: dataSet.sha256, ceiling: null }))
      .id;
  }

  async function view(id: string): Promise<TrainingRunView> {
    const run = granted(await one.query('training.state', {})).runs.find((run) => run.id === id);
    if (run === undefined) throw new Error('the run is not told');
    return run;
  }

  async function until(id: string, fits: (run: TrainingRunView) => boolean): Promise<TrainingRunView> {
    await expect.poll(async () => fits(await view(id)), { timeout: LONG, interval: 300 }).toBe(true);
    return view(id);
  }

  test('is submitted, followed live and fetched', { timeout: LONG }, async () => {
    const checked = granted(await one.query('training-host.check', { id: hostId }));
    expect(checked).toMatchObject({ trouble: null, report: { format: 'medobsmind-host-1' } });
    const id = await begin(6);
    const live = await until(id, ({ losses }) => losses.length > 0);
    expect(live).toMatchObject({ phase: 'running', steps: 6, device: 'processor', trouble: null });
    const done = await until(id, ({ artefacts }) => artefacts.state !== 'none');
    expect(done).toMatchObject({ phase: 'finished', step: 6, attempts: 1, artefacts: { state: 'fetched' } });
    expect(done.losses.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(done.cost.soFar).toBeGreaterThan(0);
    const { folder: into } = done.artefacts;
    if (into === null) throw new Error('nothing was fetched');
    const manifest = adapterManifestSchema.parse(
      JSON.parse(readFileSync(join(into, 'manifest.json'), 'utf8')),
    );
    expect(readdirSync(into).sort()).toEqual(
      [...manifest.files.map(({ name }) => name), 'manifest.json'].sort(),
    );
    expect(readFileSync(join(into, 'adapter.gguf')).subarray(0, 4).toString()).toBe('GGUF');
    // Nothing of the way there stays behind.
    expect(readdirSync(join(folder, 'ward', 'learning', 'packages'))).toEqual([]);
  });

  test('goes on while the program is closed, is stopped with a checkpoint, and goes on from it', {
    timeout: LONG * 2,
  }, async () => {
    const id = await begin(400);
    await until(id, ({ losses }) => losses.length > 1);
    await core.core.close();
    core = await startCore(join(folder, 'ward'));
    one = core.terminal();
    granted(await one.command('session.sign-in', { personId, pin: PIN }));
    const before = (await view(id)).step;
    await until(id, ({ step, trouble }) => step > before && trouble === null);
    granted(await one.command('training.stop', { id }));
    const stopped = await until(id, ({ phase }) => phase !== 'running');
    expect(stopped).toMatchObject({ phase: 'stopped', stopAskedBy: 'Asha Rao', mayResume: true });
    expect(stopped.savedStep).toBe(stopped.step);

    granted(await one.command('training.resume', { id, ceiling: null }));
    const again = await until(id, ({ step }) => step > stopped.step);
    expect(again).toMatchObject({ attempts: 2, phase: 'running' });
    expect(again.losses.map(({ step }) => step)).toEqual(again.losses.map((_, place) => place + 1));

    // The cluster is started again: its jobs are gone, and nothing is submitted by itself.
    await ray.stop();
    await until(id, ({ trouble }) => trouble !== null);
    await ray.start();
    const lost = await until(id, ({ mayResume }) => mayResume);
    // Failed where its end was still seen, else lost; begun again by nobody.
    expect(['lost', 'failed']).toContain(lost.phase);
    expect(lost).toMatchObject({ attempts: 2, trouble: null });
  });
});

describe.skipIf(PYTHON === null)('trial mode', () => {
  test('Ray is started on this machine, looks itself over, is found again and ended by its process', {
    timeout: LONG,
  }, async () => {
    // An apostrophe is a letter of folders like any other.
    const folder = mkdtempSync(join(tmpdir(), "mom-o'"));
    let core = await startCore(folder);
    try {
      let one = core.terminal();
      const administrator = { name: 'Asha Rao', pin: PIN };
      granted(await one.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator }));
      const personId = granted(await one.query('ward.snapshot', {})).people[0]?.id ?? '';
      granted(await one.command('session.sign-in', { personId, pin: PIN }));
      const host = {
        name: 'Trial',
        reach: { kind: 'here' as const, python: PYTHON ?? '' },
        runsFolder: null,
        price: { anHour: 0, currency: 'INR' },
      };
      const { id } = granted(await one.command('training-host.save', { id: null, host, secrets: {} }));
      const first = granted(await one.query('training-host.check', { id }));
      expect(first).toMatchObject({ trouble: null, report: { format: 'medobsmind-host-1' } });
      const started = noteOf(folder);
      // The program ends; what it started goes on and is found again.
      await core.core.close();
      core = await startCore(folder);
      one = core.terminal();
      granted(await one.command('session.sign-in', { personId, pin: PIN }));
      expect(granted(await one.query('training-host.check', { id }))).toMatchObject({ trouble: null });
      expect(noteOf(folder)).toEqual(started);
      granted(await one.command('training-host.remove', { id }));
      expect(() => process.kill(started.pid, 0)).toThrow();
    } finally {
      await core.core.close();
      await createLocalRay(join(folder, 'learning', 'trial')).stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function noteOf(folder: string): { readonly pid: number } {
  const note = readFileSync(join(folder, 'learning', 'trial', 'ray.json'), 'utf8');
  return z.object({ pid: z.number(), port: z.number() }).parse(JSON.parse(note));
}
