/** A training from the screen: a host with a pinned key, the form, the live curve, stop and resume, what was fetched. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { learningQueries } from '../app/contract/calls/learning.ts';
import type { TrainingEvent } from '../app/learning/training/event.ts';
import { startRecordedRay } from '../main/core/testing/recorded-ray.ts';
import { startSshServer } from '../main/core/testing/ssh-server.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { call, setUpWard } from './ward-steps.ts';

const stateSchema = learningQueries['data-set.state'].result;
const STEPS = 240;
const FIGURES = {
  steps: STEPS,
  secondsTraining: 260,
  secondsAnExample: 1.31,
  perplexity: { base: 14.2, adapter: 3.1 },
};

test('a training on a host: pinned, previewed, begun, followed, stopped, gone on with, fetched', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-runs-'));
  const ray = await startRecordedRay(Date.now);
  const ssh = await startSshServer(ray.port);
  try {
    const program = await ward.launch();
    const { page } = program;
    await setUpWard(page);
    await page.getByRole('link', { name: 'Trainer', exact: true }).click();
    await expect(page.getByText('No training yet.', { exact: false })).toBeVisible();
    await lookAtBoth(program, 'trainer-empty');

    // The host, with the key that it shows.
    await page.getByRole('button', { name: 'Add a host' }).click();
    const form = page.getByRole('form', { name: 'A host' });
    await form.getByLabel('Name').fill('GPU host');
    await form.getByLabel('Address').fill('127.0.0.1');
    await form.getByLabel('SSH port').fill(String(ssh.port));
    await form.getByLabel('User').fill('icu');
    await form.getByLabel('Ray’s port on the host').fill(String(ray.port));
    await form.getByLabel('Folder for trainings on the host').fill(folder);
    await form.getByLabel('Price of an hour').fill('92');
    await form.getByRole('button', { name: 'Ask the host for its key' }).click();
    await expect(form.getByLabel('The host’s key')).toHaveValue(/^SHA256:/u);
    await form.getByLabel('Private key', { exact: true }).fill(ssh.userKey);
    await form.getByLabel('Ray’s token').fill(ray.token);
    await lookAtBoth(program, 'trainer-host');
    await form.getByRole('button', { name: 'Save the host' }).click();
    ray.mode = 'disabled';
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('asks nobody for a token', { exact: false })).toBeVisible();
    ray.mode = 'token';
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('It answers: Ray 2.60.0, with tokens.')).toBeVisible();
    await expect(page.getByText('The driver is 535.10', { exact: false })).toBeVisible();

    // A data set that was approved.
    await call(page, 'commands', 'data-set.build', { seed: 3, synthetic: 40 });
    const dataSets = async () => stateSchema.parse(await call(page, 'queries', 'data-set.state', {}));
    await expect.poll(async () => (await dataSets()).building, { timeout: 60_000 }).toBe(false);
    const [built] = (await dataSets()).dataSets;
    if (built === undefined) throw new Error('no data set');
    await call(page, 'commands', 'data-set.approve', { id: built.id, sha256: built.sha256 });

    // The form: the guide's values, what goes, a ceiling.
    await page.getByRole('button', { name: 'New training' }).click();
    const begin = page.getByRole('form', { name: 'A new training' });
    await expect(begin.getByLabel('Learning rate')).toHaveValue('0.0002');
    await expect(begin.getByLabel('Rank r')).toHaveValue('16');
    await expect(begin.getByRole('button', { name: 'Send and begin' })).toBeDisabled();
    await begin.getByLabel('Folder on the host').fill('/srv/weights');
    await begin.getByLabel('Cost ceiling').fill('1200');
    await begin.getByRole('button', { name: 'Show what goes' }).click();
    await expect(begin.getByText('medobsmind_trainer/job.py')).toBeVisible();
    await expect(begin.getByText('data/train.jsonl')).toBeVisible();
    await lookAtBoth(program, 'trainer-new');
    await begin.getByRole('button', { name: 'Send and begin' }).click();

    // Live.
    await expect.poll(() => ray.jobs.size, { timeout: 20_000 }).toBe(1);
    const [id = ''] = ray.jobs.keys();
    expect(ray.jobs.get(id)?.environment).toHaveProperty('MEDOBSMIND_MOST_SECONDS');
    ray.tell(id, startedAt(null));
    ray.tell(id, { event: 'note', at: Date.now(), code: 'warm-up-too-long', words: '' });
    for (let step = 1; step <= 150; step += 1) tellStep((event) => ray.tell(id, event), step);
    await expect(page.getByText('150 / 240').first()).toBeVisible({ timeout: 20_000 });
    await lookAtBoth(program, 'trainer-running');

    // The network goes: what stands there is what was last known.
    ray.losing = 1_000;
    await expect(page.getByText('cannot be reached', { exact: false })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('This is what was last known.', { exact: false })).toBeVisible();
    await lookAtBoth(program, 'trainer-unreachable');
    ray.losing = 0;
    await expect(page.getByText('cannot be reached', { exact: false })).toBeHidden({ timeout: 90_000 });

    // Stopped, and gone on with from the checkpoint.
    await page.getByRole('button', { name: 'Stop with a checkpoint' }).click();
    await expect(page.getByText('Stop asked by Asha Rao.', { exact: false })).toBeVisible();
    await expect.poll(() => ray.jobs.get(id)?.stops, { timeout: 20_000 }).toBeGreaterThan(0);
    ray.tell(id, { event: 'stopped', at: Date.now(), step: 150 });
    ray.end(id, 'STOPPED');
    await page.getByRole('button', { name: 'Go on from the last checkpoint' }).click({ timeout: 30_000 });
    await expect.poll(() => ray.jobs.size, { timeout: 20_000 }).toBe(2);
    const second = [...ray.jobs.keys()].at(-1) ?? '';
    ray.tell(second, startedAt(150));
    for (let step = 151; step <= STEPS; step += 1) tellStep((event) => ray.tell(second, event), step);
    const { runs } = z
      .object({ runs: z.array(z.object({ id: z.string() })) })
      .parse(await call(page, 'queries', 'training.state', {}));
    ray.tell(second, leave(join(folder, runs[0]?.id ?? ''), built.sha256));
    ray.end(second, 'SUCCEEDED');
    await expect(page.getByText('Fetched; sizes and hashes', { exact: false })).toBeVisible({
      timeout: 30_000,
    });
    await lookAtBoth(program, 'trainer-fetched');
    expect(ray.submitted.filter((job) => !job.includes('check'))).toHaveLength(2);
  } finally {
    ssh.close();
    await ray.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function startedAt(resumedFrom: number | null): TrainingEvent {
  return {
    event: 'started',
    at: Date.now(),
    method: 'sft',
    device: 'NVIDIA A10',
    trial: false,
    steps: STEPS,
    examples: 9262,
    heldOut: 1158,
    tooLong: 0,
    parameters: 8_030_261_248,
    baseSha256: 'b'.repeat(64),
    dataSetSha256: 'd'.repeat(64),
    resumedFrom,
  };
}

/** A loss that falls as losses do, with an evaluation and a checkpoint every fifty steps. */
function tellStep(tell: (event: TrainingEvent) => void, step: number): void {
  const loss = 0.6 + 1.4 * Math.exp(-step / 50) + 0.05 * Math.sin(step * 1.7);
  tell({
    event: 'step',
    at: Date.now(),
    step,
    steps: STEPS,
    epoch: step / 80,
    loss,
    learningRate: 2e-4,
    gradientNorm: 0.3,
    secondsAnExample: 1.31,
    secondsLeft: (STEPS - step) * 21,
    gpu: { memoryMebibytes: 19_046, percent: 98 },
  });
  if (step % 50 !== 0) return;
  tell({ event: 'evaluated', at: Date.now(), step, loss: loss + 0.1, perplexity: Math.exp(loss + 0.1) });
  tell({ event: 'saved', at: Date.now(), step });
}

/** What the trainer leaves on the host; its end, as it tells it. */
function leave(folder: string, dataSetSha256: string): TrainingEvent {
  mkdirSync(folder, { recursive: true });
  const files = ['adapter.gguf', 'adapter_config.json', 'adapter_model.safetensors'].map((name) => {
    const content = `GGUF ${name}`.repeat(40_000);
    writeFileSync(join(folder, name), content);
    return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  const sha256 = 'b'.repeat(64);
  const manifest = {
    format: 'medobsmind-adapter-1',
    trainer: '1',
    identity: sha256,
    method: 'sft',
    base: { name: 'base', sha256 },
    dataSet: {
      id: 'data',
      sha256: dataSetSha256,
      promptFormat: 'chatml',
      layout: 'serial',
      examples: 9262,
      heldOut: 1158,
      tooLong: 0,
    },
    seed: 42,
    lora: { r: 16, alpha: 32, targets: ['q_proj'] },
    training: {},
    continuedFrom: null,
    figures: FIGURES,
    versions: {},
    files,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { event: 'finished', at: Date.now(), seconds: 300, ...FIGURES, artefacts: files };
}
