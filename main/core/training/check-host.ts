/** Asks the host itself whether it can train: a short job runs the trainer's own check there. */
import { setTimeout as pause } from 'node:timers/promises';
import { type HostReport, hostReportSchema } from '../../../app/learning/training/host-report.ts';
import { HostTrouble } from './host-trouble.ts';
import type { OpenStream } from './ray-http.ts';
import type { RayJobs, RaySubmission } from './ray-jobs.ts';
import { shellQuoted } from './shell-quoted.ts';
import { packTrainer } from './training-package.ts';
import { readWebSocket } from './web-socket.ts';

export interface HostCheck {
  readonly jobs: RayJobs;
  readonly ray: OpenStream;
  readonly token: string;
  readonly resourcesDir: string;
  /** Where runs will lie; made where it is not there. */
  readonly folder: string;
  readonly id: string;
}

/** A cluster that begins with the first job takes its time to make the environment. Ours. */
const LIMIT_MS = 120_000;
const LOOK_MS = 1000;
const LOG_LIMIT_MS = 30_000;

/** Throws HostTrouble where the job cannot be run or tells nothing that can be read. */
export async function checkHost(check: HostCheck): Promise<HostReport> {
  const { jobs, id } = check;
  const quoted = shellQuoted(check.folder);
  const { name, bytes } = await packTrainer(check.resourcesDir);
  if (!(await jobs.hasPackage(name))) await jobs.putPackage(name, bytes);
  const refusal = await submitted(jobs, {
    id,
    entrypoint: `mkdir -p ${quoted} && python -m medobsmind_trainer check-host --json --folder ${quoted}`,
    workingDir: `gcs://${name}`,
    environment: {},
    metadata: { program: 'medobsmind' },
  });
  if (refusal !== null) throw new HostTrouble('package-not-taken', refusal.slice(-200));
  try {
    await ended(jobs, id);
    return await reportOf(check);
  } finally {
    // One that is still waiting for its environment would run for nobody.
    await jobs.stop(id);
    await jobs.forget(id);
  }
}

/** A cluster that has only just started takes nothing yet. */
async function submitted(jobs: RayJobs, submission: RaySubmission): Promise<string | null> {
  for (let waited = 0; ; waited += LOOK_MS)
    try {
      return await jobs.submit(submission);
    } catch (error) {
      const starting = error instanceof HostTrouble && error.code === 'cluster-starting';
      if (!starting || waited >= LIMIT_MS) throw error;
      await pause(LOOK_MS);
    }
}

async function ended(jobs: RayJobs, id: string): Promise<void> {
  for (let waited = 0; waited < LIMIT_MS; waited += LOOK_MS) {
    const job = await jobs.job(id);
    if (job === null || (job.status !== 'PENDING' && job.status !== 'RUNNING')) return;
    await pause(LOOK_MS);
  }
  throw new HostTrouble('check-not-told');
}

async function reportOf({ ray, token, id }: HostCheck): Promise<HostReport> {
  let log = '';
  const path = `/api/jobs/${encodeURIComponent(id)}/logs/tail`;
  const signal = AbortSignal.timeout(LOG_LIMIT_MS);
  await readWebSocket(await ray(), { path, token, signal }, (text) => {
    log += text;
    if (log.length > 1024 * 1024) throw new HostTrouble('answer-too-long');
  });
  for (const line of log.split('\n')) {
    const report = reportIn(line);
    if (report !== null) return report;
  }
  throw new HostTrouble('check-not-told', log.trim().split('\n').at(-1)?.slice(0, 200) ?? '');
}

function reportIn(line: string): HostReport | null {
  if (!line.startsWith('{')) return null;
  try {
    return hostReportSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null; // a line of another's
  }
}
