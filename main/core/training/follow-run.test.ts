/** A run followed against the recorded traffic of a Ray: what is told is true, and nothing is submitted twice. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  TRAINING_FORMAT,
  trainingConfigurationSchema,
} from '../../../app/learning/training/configuration.ts';
import type { TrainingEvent } from '../../../app/learning/training/event.ts';
import type { Store } from '../store/database.ts';
import { openTestStore, silentLog, type TestClock, testClock, testFolder } from '../testing/ports.ts';
import { type RecordedRay, startRecordedRay } from '../testing/recorded-ray.ts';
import { type Follower, followRun } from './follow-run.ts';
import type { HostTrouble } from './host-trouble.ts';
import {
  insertAttempt,
  insertRun,
  type KeptAttempt,
  readAttempts,
  readEvents,
  readRun,
  saveHost,
  updateAttempt,
} from './training-tables.ts';

const RUN = 'run-1';
const JOB = 'medobsmind-1';
const PACKAGE = '_ray_pkg_0a.zip';
/** When the recorded job began. */
const BEGAN_MS = 1_795_419_351_918;
const HOUR_MS = 3_600_000;
const TIMES = { lookMs: 5, leastPauseMs: 5, mostPauseMs: 20 };
const ENDLESS = Buffer.alloc(1024 * 1024);
const SHA = 'b'.repeat(64);

let folder: ReturnType<typeof testFolder>;
let store: Store;
let ray: RecordedRay;
let clock: TestClock;
let follower: Follower | null;
let troubles: (HostTrouble['code'] | null)[];
let price = 0;

beforeEach(async () => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'record'));
  clock = testClock(BEGAN_MS + 1000 - HOUR_MS);
  // The host's clock is an hour ahead.
  ray = await startRecordedRay(() => clock.wall() + HOUR_MS);
  troubles = [];
  follower = null;
  price = 0;
  for (const name of ['packages', 'runs']) mkdirSync(join(folder.path, name));
  writeFileSync(join(folder.path, 'packages', PACKAGE), 'a zip');
});
afterEach(async () => {
  follower?.stop();
  await follower?.ended;
  await ray.close();
  store.close();
  folder.remove();
});

function prepare(ceiling: number | null = null): void {
  const configuration = trainingConfigurationSchema.parse({
    format: TRAINING_FORMAT,
    base: { kind: 'folder', path: 'weights' },
  });
  store.transaction((write) => {
    write.run("INSERT INTO learning_data_sets VALUES ('data', 0, 'p', ?, '{}')", SHA);
    const host = {
      name: 'here',
      reach: { kind: 'here' as const, python: '/nowhere' },
      runsFolder: null,
      price: { anHour: price, currency: 'INR' },
    };
    saveHost(write, { id: 'host', host, secrets: new Uint8Array(1) }, 0, 'p');
    insertRun(write, {
      id: RUN,
      hostId: 'host',
      dataSetId: 'data',
      dataSetSha256: SHA,
      configuration,
      madeMs: 0,
      madeBy: 'p',
      price: host.price,
      ceiling,
      artefacts: 'none',
      refusal: null,
    });
    insertAttempt(write, { id: JOB, runId: RUN, number: 1, package: PACKAGE }, 0);
  });
}

function follow(): void {
  follower = followRun(
    RUN,
    {
      store,
      clock,
      log: silentLog,
      hostOf: () => ({
        host: {
          name: 'here',
          reach: { kind: 'here', python: '/nowhere' },
          runsFolder: null,
          price: { anHour: price, currency: 'INR' },
        },
        secrets: { token: ray.token, privateKey: null, passphrase: null },
      }),
      localPort: async () => ray.port,
      runFolder: () => join(folder.path, 'runs', RUN),
      packagesDir: join(folder.path, 'packages'),
      artefactsDir: join(folder.path, 'adapters'),
      onTrouble: (_, trouble) => troubles.push(trouble?.code ?? null),
      onChange: () => undefined,
    },
    TIMES,
  );
}

async function close(): Promise<void> {
  follower?.stop();
  await follower?.ended;
}

function attempt(): KeptAttempt {
  const last = readAttempts(store.read, RUN).at(-1);
  if (last === undefined) throw new Error('no attempt');
  return last;
}

/** On a machine that does other things too. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 5 });

const phaseIs = (phase: KeptAttempt['phase']) => soon(() => attempt().phase).toBe(phase);
const told = (): number => readEvents(store.read, RUN).length;

function saved(step: number): TrainingEvent {
  return { event: 'saved', at: step, step };
}

/** What a trainer leaves; its end, as it tells it. */
function leave(content = 'GGUF'): TrainingEvent {
  const at = join(folder.path, 'runs', RUN);
  mkdirSync(at, { recursive: true });
  const file = { name: 'adapter.gguf', bytes: 4, sha256: createHash('sha256').update('GGUF').digest('hex') };
  writeFileSync(join(at, file.name), content);
  const figures = {
    steps: 2,
    secondsTraining: 1,
    secondsAnExample: 1,
    perplexity: { base: null, adapter: null },
  };
  writeFileSync(
    join(at, 'manifest.json'),
    JSON.stringify({
      format: 'medobsmind-adapter-1',
      trainer: '1',
      identity: SHA,
      method: 'sft',
      base: { name: 'base', sha256: SHA },
      dataSet: {
        id: 'data',
        sha256: SHA,
        promptFormat: 'chatml',
        layout: 'serial',
        examples: 1,
        heldOut: 0,
        tooLong: 0,
      },
      seed: 1,
      lora: { r: 16, alpha: 32, targets: ['q_proj'] },
      training: {},
      continuedFrom: null,
      figures,
      versions: {},
      files: [file],
    }),
  );
  return { event: 'finished', at: 9, seconds: 2, ...figures, artefacts: [file] };
}

test('a run is submitted once, told as it goes, and what it left is fetched', async () => {
  prepare();
  follow();
  await phaseIs('running');
  const job = ray.jobs.get(JOB);
  expect(job).toMatchObject({
    workingDir: `gcs://${PACKAGE}`,
    environment: { RAY_JOB_STOP_WAIT_TIME_S: '600' },
  });
  expect(job?.entrypoint).toContain(`--run '${join(folder.path, 'runs', RUN)}'`);
  expect(ray.packages.get(PACKAGE)?.toString()).toBe('a zip');
  ray.tell(JOB, saved(1));
  ray.tell(JOB, saved(2));
  await soon(told).toBe(2);
  ray.tell(JOB, leave());
  ray.end(JOB, 'SUCCEEDED');
  await follower?.ended;
  expect(attempt()).toMatchObject({ phase: 'finished', beganMs: BEGAN_MS, failure: null });
  expect(readRun(store.read, RUN)?.artefacts).toBe('fetched');
  expect(readFileSync(join(folder.path, 'adapters', RUN, 'adapter.gguf'), 'utf8')).toBe('GGUF');
  expect(readdirSync(join(folder.path, 'packages'))).toEqual([]);
  expect(ray.submitted).toEqual([JOB]);
});

test('answers that are lost are asked for again, and the job is submitted under its one id', async () => {
  prepare();
  ray.losing = 4;
  follow();
  await phaseIs('running');
  expect(troubles).toContain('unreachable');
  expect(new Set(ray.submitted)).toEqual(new Set([JOB]));
  expect(ray.jobs.size).toBe(1);
  ray.tell(JOB, saved(1));
  await soon(told).toBe(1);
  // The connection breaks off in the middle: what was told is told again, and counted once.
  ray.losing = 2;
  ray.tell(JOB, saved(2));
  await soon(told).toBe(2);
  await soon(() => troubles.at(-1)).toBeNull();
});

test('a program that ends with its call on the way finds the job by its id', async () => {
  prepare();
  // The cluster has taken it; the answer never came, and the program ended.
  ray.packages.set(PACKAGE, Buffer.from('a zip'));
  ray.jobs.set(JOB, {
    entrypoint: '',
    environment: {},
    workingDir: '',
    status: 'RUNNING',
    message: '',
    log: '',
    stops: 0,
  });
  store.transaction((write) =>
    updateAttempt(write, { ...attempt(), session: 'session_2026-11-23_07-34-02_556390_9581', calledMs: 1 }),
  );
  follow();
  await phaseIs('running');
  expect(ray.submitted).toEqual([]);
});

test('what the program missed while it was closed is told when it comes back', async () => {
  prepare();
  follow();
  await phaseIs('running');
  ray.tell(JOB, saved(1));
  await soon(told).toBe(1);
  await close();
  ray.tell(JOB, saved(2));
  ray.tell(JOB, { event: 'failed', at: 3, code: 'memory', words: 'Too little memory.' });
  ray.end(JOB, 'FAILED', 'exit code 1');
  clock.advance(5 * 24 * 3_600_000);
  follow();
  await follower?.ended;
  expect(attempt()).toMatchObject({
    phase: 'failed',
    failure: { code: 'memory', words: 'Too little memory.' },
  });
  // Told by the host's clock, and not by how long nobody looked.
  expect(attempt()).toMatchObject({ beganMs: BEGAN_MS, endedMs: 1_795_419_361_843 });
  expect(told()).toBe(3);
});

test('a cluster that was started again is noticed, and nothing is submitted by itself', async () => {
  prepare();
  follow();
  await phaseIs('running');
  ray.startAgain();
  await follower?.ended;
  expect(attempt()).toMatchObject({ phase: 'lost' });
  expect(ray.jobs.size).toBe(0);
  expect(ray.submitted).toEqual([JOB]);
  expect(readRun(store.read, RUN)?.artefacts).toBe('none');
});

test('a stop is asked of the host until it has ended, and a stop before the call is no job', async () => {
  prepare();
  follow();
  await phaseIs('running');
  store.transaction((write) =>
    updateAttempt(write, { ...attempt(), stopAskedMs: clock.wall(), stopAskedBy: 'p' }),
  );
  follower?.poke();
  await soon(() => ray.jobs.get(JOB)?.stops).toBe(1);
  ray.tell(JOB, { event: 'stopped', at: 4, step: 2 });
  ray.end(JOB, 'STOPPED');
  await follower?.ended;
  expect(attempt()).toMatchObject({ phase: 'stopped', stopAskedBy: 'p' });

  store.transaction((write) => {
    insertAttempt(write, { id: 'medobsmind-2', runId: RUN, number: 2, package: PACKAGE }, 0);
    updateAttempt(write, { ...attempt(), id: 'medobsmind-2', phase: 'prepared', stopAskedMs: 1 });
  });
  follow();
  await follower?.ended;
  expect(attempt()).toMatchObject({ id: 'medobsmind-2', phase: 'stopped' });
  expect(ray.submitted).toEqual([JOB]);
});

test('the ceiling stops it, on the host too while the program is closed', async () => {
  price = 3600;
  prepare(20);
  follow();
  await phaseIs('running');
  expect(ray.jobs.get(JOB)?.environment).toMatchObject({ MEDOBSMIND_MOST_SECONDS: '20' });
  expect(attempt().stopAskedMs).toBeNull();
  clock.advance(25_000);
  await soon(() => ray.jobs.get(JOB)?.stops).toBeGreaterThan(0);
  expect(attempt()).toMatchObject({ stopAskedBy: null });
});

test('an altered file is refused with its reason, and nothing of it stands there', async () => {
  prepare();
  follow();
  await phaseIs('running');
  ray.tell(JOB, leave('GGUX'));
  ray.end(JOB, 'SUCCEEDED');
  await follower?.ended;
  expect(readRun(store.read, RUN)).toMatchObject({
    artefacts: 'refused',
    refusal: { code: 'altered', file: 'adapter.gguf' },
  });
  expect(readdirSync(join(folder.path, 'adapters'))).toEqual([]);
});

test('a success without a result is none', async () => {
  prepare();
  follow();
  await phaseIs('running');
  ray.end(JOB, 'SUCCEEDED', 'Job finished successfully.');
  await follower?.ended;
  expect(attempt()).toMatchObject({ phase: 'failed', failure: { code: 'no-result' } });
});

/** A host that answers everything in this way. */
function answering(answer: (url: string, reply: ServerResponse) => boolean): () => void {
  return () => {
    ray.hostile = ({ url }, reply) => answer(url ?? '', reply);
  };
}

function always(status: number, text: string): () => void {
  return answering((_, reply) => {
    reply.writeHead(status).end(text);
    return true;
  });
}

test.each([
  [
    'authentication-disabled',
    () => {
      ray.mode = 'disabled';
    },
  ],
  [
    'token-refused',
    answering((url, reply) => {
      if (url !== '/api/version') return false;
      reply.writeHead(403).end('Forbidden: Invalid authentication token');
      return true;
    }),
  ],
  ['ray-too-old', always(404, '')],
  ['not-ray', always(500, '<html>')],
  ['answer-unreadable', always(200, '<html>')],
  [
    'answer-too-long',
    answering((_, reply) => {
      const more = (): void => {
        while (!reply.destroyed && reply.write(ENDLESS)) {
          // Until the connection is cut.
        }
        if (!reply.destroyed) reply.once('drain', more);
      };
      more();
      return true;
    }),
  ],
] as const)('%s: nothing is sent', async (code, arrange) => {
  arrange();
  prepare();
  follow();
  await soon(() => troubles.filter((trouble) => trouble !== null)[0]).toBe(code);
  expect(ray.submitted).toEqual([]);
  expect(ray.packages.size).toBe(0);
  expect(attempt()).toMatchObject({ phase: 'prepared', calledMs: null });
});

test('a package that is gone from this machine is told, and nothing is submitted', async () => {
  rmSync(join(folder.path, 'packages', PACKAGE));
  prepare();
  follow();
  await soon(() => troubles).toContain('package-missing');
  expect(ray.submitted).toEqual([]);
});

test('a record that takes nothing keeps the job from being submitted; what it tells meanwhile is not lost', async () => {
  prepare();
  const full = new Error('database or disk is full');
  let fails = true;
  const { transaction } = store;
  Object.assign(store, {
    transaction: (work: Parameters<Store['transaction']>[0]) => {
      if (fails) throw Object.assign(full, { code: 'ENOSPC' });
      return transaction(work);
    },
  });
  follow();
  await soon(() => troubles).toContain('disk-full');
  expect(ray.submitted).toEqual([]);
  fails = false;
  await phaseIs('running');
  fails = true;
  ray.tell(JOB, saved(1));
  await soon(() => troubles.at(-1)).toBe('disk-full');
  expect(told()).toBe(0);
  fails = false;
  await soon(told).toBe(1);
  expect(ray.submitted).toEqual([JOB]);
});
