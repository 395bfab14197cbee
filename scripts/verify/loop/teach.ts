/** From a data set to an adapter on this workstation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrainingRunView } from '../../../app/contract/calls/training.ts';
import { checkAdapterFile, readGgufHeader } from '../../../app/learning/adapters/gguf-adapter.ts';
import { ADAPTER_GGUF_FILE, adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import {
  TRAINING_FORMAT,
  trainingConfigurationSchema,
} from '../../../app/learning/training/configuration.ts';
import { granted } from '../../../main/core/testing/running-core.ts';
import { catalogEntry, readCatalog } from '../../../main/engine/catalog.ts';
import { MODELS_DIR } from '../../setup/paths.ts';
import { type Course, figure, newestDataSet, theRun, trained, waitFor } from './course.ts';

const SEED = 20_260;
/** What the small model wants; the guide's own rate is meant for 8 billion parameters. */
const LEARNING_RATE = 1e-3;

export async function buildDataSet(course: Course): Promise<string[]> {
  const one = course.clinician();
  const state = async () => granted(await one.query('data-set.state', {}));
  if ((await state()).dataSets.length === 0) {
    granted(await one.command('data-set.build', { seed: SEED, synthetic: course.size.synthetic }));
    await waitFor('the data set is built', async () => ((await state()).building ? null : true));
    const { problem } = await state();
    if (problem !== null) throw new Error(`the data set was not built: ${problem}`);
  }
  const built = await newestDataSet(course);
  if (built.counts.train === 0) throw new Error('the data set has nothing to train');
  const { train, validation, test } = built.counts;
  const rejected = built.rejected.map(({ name, count }) => `${count} ${name}`).join(', ') || 'none';
  const sources = built.balance.sources
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`);
  return [
    `${built.examples} examples (${sources.join(', ')}): ${train} to train, ${validation} to validate, ${test} that nobody trains on; rejected: ${rejected}; repeated: ${built.repeated}`,
  ];
}

export async function previewDataSet(course: Course): Promise<string[]> {
  const one = course.clinician();
  const { id, sha256, approvedBy } = await newestDataSet(course);
  const { rows } = granted(await one.query('data-set.preview', { id, from: 0, most: 200 }));
  const hits = rows.flatMap(({ parts }) => parts.filter(({ kind }) => kind !== null)).length;
  if (approvedBy === null) granted(await one.command('data-set.approve', { id, sha256 }));
  return [
    `${rows.length} examples from the ward looked at, identifiers marked in them: ${hits}; approved by ${(await newestDataSet(course)).approvedBy ?? 'nobody'}, SHA-256 ${sha256.slice(0, 16)}`,
  ];
}

/** Saves the host as it is reached now: after an interruption its ports and keys are new. */
export async function saveHost(course: Course): Promise<string> {
  const { ssh, ray } = course;
  const one = course.clinician();
  const [known] = granted(await one.query('training.state', {})).hosts;
  const saved = await one.command('training-host.save', {
    id: known?.id ?? null,
    host: {
      name: 'Ray behind sshd on loopback',
      reach: {
        kind: 'ssh',
        ssh: { host: '127.0.0.1', port: ssh.port, user: ssh.user, hostKey: ssh.hostKey, identity: 'key' },
        rayPort: ray.port,
      },
      runsFolder: course.runsFolder,
      price: { anHour: 1, currency: 'INR' },
    },
    secrets: { token: ray.token, privateKey: ssh.privateKey },
  });
  return granted(saved).id;
}

export async function checkHost(course: Course): Promise<string[]> {
  const id = await saveHost(course);
  const { version, report, trouble } = granted(await course.clinician().query('training-host.check', { id }));
  if (trouble !== null) throw new Error(`the host is not reached: ${trouble.code} ${trouble.found}`);
  if (report === null) throw new Error('the host told nothing of itself');
  const found = report.findings.map(({ what, ok, found }) => `${what} ${found}${ok ? '' : ' (too little)'}`);
  return [
    `Ray ${version ?? 'of an unknown version'}, fit: ${report.fit}`,
    ...found.map((line) => `  ${line}`),
  ];
}

async function configurationOf({ size, continueFrom }: Course) {
  const embedded = catalogEntry(await readCatalog(join(MODELS_DIR, 'catalog.json')), null);
  if (embedded === null) throw new Error('the catalogue has no default model');
  return trainingConfigurationSchema.parse({
    format: TRAINING_FORMAT,
    base: { kind: 'folder', path: MODELS_DIR, file: embedded.file },
    continueFrom,
    training: {
      epochs: size.epochs,
      batch: size.batch,
      accumulation: 1,
      learningRate: LEARNING_RATE,
      warmUpSteps: 5,
      logEvery: 1,
      saveEvery: 10,
      evaluateEvery: 1_000,
    },
  });
}

export async function submit(course: Course): Promise<string[]> {
  const one = course.clinician();
  const { runs } = granted(await one.query('training.state', {}));
  const { id: dataSetId, sha256 } = await newestDataSet(course);
  const asked = { hostId: await saveHost(course), dataSetId, configuration: await configurationOf(course) };
  const { files, bytes, examples } = granted(await one.query('training.preview', asked));
  if (runs.length === 0) granted(await one.command('training.begin', { ...asked, sha256, ceiling: 100 }));
  const { attempts } = await theRun(course);
  return [
    `${files.length} files, ${figure(bytes / 1024, 0)} KiB packed, ${examples} examples × ${course.size.epochs}; attempt ${attempts}`,
  ];
}

/** The jobs of this program that Ray itself knows, by its own list. */
async function submissions({ ray }: Course): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${ray.port}/api/jobs/`, {
    headers: { authorization: `Bearer ${ray.token}` },
  });
  const jobs = z
    .array(z.object({ metadata: z.record(z.string(), z.string()).nullish() }))
    .parse(await answer.json());
  return jobs.filter(({ metadata }) => metadata?.run !== undefined).length;
}

/** Waits for the training; one that was lost with the host of an interrupted verification is gone on with. */
async function training(
  course: Course,
  what: string,
  fits: (run: TrainingRunView) => boolean,
): Promise<TrainingRunView> {
  return waitFor(what, async () => {
    const run = await theRun(course);
    if (fits(run)) return run;
    if (run.mayResume && run.phase === 'lost')
      granted(await course.clinician().command('training.resume', { id: run.id, ceiling: 100 }));
    else if (run.mayResume) throw new Error(`the training is ${run.phase}: ${JSON.stringify(run.failure)}`);
    return null;
  });
}

export async function watchLive(course: Course): Promise<string[]> {
  const run = await training(course, 'two losses are told', ({ losses }) => losses.length > 1);
  const told = run.losses.slice(0, 2).map(({ step, loss }) => `step ${step} ${figure(loss, 3)}`);
  return [
    `loss ${told.join(', ')} of ${run.steps ?? '?'} steps on the ${run.device ?? '?'}, ${figure(run.secondsAnExample)} s an example, ${figure(run.secondsLeft, 0)} s left, cost so far ${figure(run.cost.soFar, 3)} ${run.price.currency}; notes: ${run.notes.join(', ') || 'none'}`,
  ];
}

export async function killMidway(course: Course): Promise<string[]> {
  const before = await training(course, 'a step is told', ({ step }) => step > 0);
  if (before.phase !== 'running')
    throw new Error('the training was over before the program could be killed: begin again with --restart');
  const known = await submissions(course);
  await course.killAndReopen();
  const after = await training(
    course,
    'the curve goes on',
    ({ step, phase, trouble }) => trouble === null && (step > before.step || phase === 'finished'),
  );
  const again = await submissions(course);
  if (after.id !== before.id || after.attempts !== before.attempts || again !== known)
    throw new Error(`submitted again: attempts ${after.attempts}, jobs at Ray ${again} (before: ${known})`);
  const gap = after.losses.findIndex(({ step }, place) => step !== place + 1);
  if (gap >= 0) throw new Error(`the curve has a gap behind step ${gap}`);
  return [
    `killed (SIGKILL) at step ${before.step}, opened again: the same job at step ${after.step}, jobs at Ray ${again}, the curve has ${after.losses.length} points without a gap`,
  ];
}

export async function fetchArtefacts(course: Course): Promise<string[]> {
  const run = await training(
    course,
    'the artefacts are fetched',
    ({ artefacts }) => artefacts.state !== 'none',
  );
  const { state, refusal, files } = run.artefacts;
  if (state !== 'fetched') throw new Error(`refused: ${refusal?.code ?? ''} ${refusal?.file ?? ''}`);
  const first = run.losses[0]?.loss ?? null;
  const last = run.losses.at(-1)?.loss ?? null;
  return [
    `${run.step} steps, loss ${figure(first, 3)} to ${figure(last, 3)}, perplexity ${figure(run.perplexity?.base ?? null)} to ${figure(run.perplexity?.adapter ?? null)}`,
    ...files.map(
      ({ name, bytes, sha256 }) =>
        `  ${name}: ${bytes} bytes, SHA-256 ${sha256.slice(0, 16)}, as its manifest says`,
    ),
  ];
}

export async function converted(course: Course): Promise<string[]> {
  const { folder } = (await theRun(course)).artefacts;
  if (folder === null) throw new Error('nothing was fetched');
  const bytes = readFileSync(join(folder, ADAPTER_GGUF_FILE));
  const read = readGgufHeader(bytes);
  const checked = read.ok ? checkAdapterFile(read.header, bytes.length, null) : read;
  if (!checked.ok) throw new Error(`the converted adapter is ${checked.problem}`);
  const { rank, alpha, matrices } = checked.adapter;
  const manifest = adapterManifestSchema.parse(
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
  );
  const adapter = await waitFor('the registry takes it in', () => trained(course));
  return [
    `${matrices} matrices of rank ${rank}, alpha ${alpha}, for ${manifest.base.name}, continued from ${manifest.continuedFrom?.slice(0, 16) ?? 'the base'}`,
    `taken in by the registry as “${adapter.version}”, ${adapter.state}`,
  ];
}
