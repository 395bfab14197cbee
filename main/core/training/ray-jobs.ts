/** Ray's Jobs API as far as a training needs it, on Ray 2.52 or newer with token authentication. */
import { z } from 'zod';
import { RAY_JOB_STATUSES } from '../../../app/learning/training/attempt.ts';
import { HostTrouble } from './host-trouble.ts';
import { askRay, type OpenStream, type RayAnswer, type RayRequest } from './ray-http.ts';

const versionSchema = z.object({
  version: z.string(),
  ray_version: z.string().max(64),
  /** Another one: the cluster was started again, and its jobs are gone. */
  session_name: z.string().min(1).max(200),
});
const modeSchema = z.object({ authentication_mode: z.string().max(64) });
const jobSchema = z.object({
  status: z.enum(RAY_JOB_STATUSES),
  message: z.string().nullish(),
  /** Milliseconds since 1970, by the host's clock. */
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
});
export type RayJob = z.infer<typeof jobSchema>;

export interface RaySubmission {
  readonly id: string;
  readonly entrypoint: string;
  /** The package's URI, `gcs://_ray_pkg_….zip`. */
  readonly workingDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Met {
  readonly session: string;
  readonly version: string;
  /** The host's clock; null: it told none. */
  readonly atMs: number | null;
}

export interface RayJobs {
  /** Insists on token authentication and on a version that has it; returns the cluster's session. */
  meet(): Promise<Met>;
  /** Null: the cluster does not know the id. */
  job(id: string): Promise<RayJob | null>;
  hasPackage(name: string): Promise<boolean>;
  putPackage(name: string, bytes: Buffer): Promise<void>;
  /** The cluster's words where it refused; null where it took it. Throws HostTrouble `cluster-starting` while it cannot. An id that is there already is for the caller to look up. */
  submit(submission: RaySubmission): Promise<string | null>;
  stop(id: string): Promise<void>;
  /** Takes an ended job off the cluster's list. */
  forget(id: string): Promise<void>;
}

/** Token authentication came with it. */
const LEAST_VERSION = [2, 52] as const;
const UPLOAD_LIMIT_MS = 30 * 60_000;
const WORDS_MOST = 2000;
/** Ray's own words (`job_head.py`, 2.60). */
const NO_AGENT = 'No available agent to submit job';

export function createRayJobs(open: OpenStream, token: string): RayJobs {
  /** Everything but the mode of authentication is asked with the token. */
  const ask = async (asked: RayRequest): Promise<RayAnswer> => {
    const answer = await askRay(open, { token, ...asked });
    if (answer.status === 401 || answer.status === 403) throw new HostTrouble('token-refused');
    return answer;
  };
  return {
    meet: async () => {
      const mode = await askRay(open, { method: 'GET', path: '/api/authentication_mode' });
      // A Ray before tokens does not know the question.
      if (mode.status === 404) throw new HostTrouble('ray-too-old');
      if (mode.status !== 200) throw new HostTrouble('not-ray', String(mode.status));
      const { authentication_mode } = read(modeSchema, mode);
      if (authentication_mode !== 'token')
        throw new HostTrouble('authentication-disabled', authentication_mode);
      const answer = await ask({ method: 'GET', path: '/api/version' });
      if (answer.status !== 200) throw new HostTrouble('not-ray', String(answer.status));
      const { ray_version, session_name } = read(versionSchema, answer);
      if (!isNewEnough(ray_version)) throw new HostTrouble('ray-too-old', ray_version);
      return { session: session_name, version: ray_version, atMs: answer.atMs };
    },
    job: async (id) => {
      const answer = await ask({ method: 'GET', path: `/api/jobs/${encodeURIComponent(id)}` });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw new HostTrouble('not-ray', String(answer.status));
      return read(jobSchema, answer);
    },
    hasPackage: async (name) => {
      const answer = await ask({ method: 'GET', path: `/api/packages/gcs/${name}` });
      if (answer.status !== 200 && answer.status !== 404)
        throw new HostTrouble('package-not-taken', wordsOf(answer));
      return answer.status === 200;
    },
    putPackage: async (name, bytes) => {
      const path = `/api/packages/gcs/${name}`;
      const answer = await ask({ method: 'PUT', path, bytes, limitMs: UPLOAD_LIMIT_MS });
      if (answer.status !== 200) throw new HostTrouble('package-not-taken', wordsOf(answer));
    },
    submit: async ({ id, entrypoint, workingDir, environment, metadata }) => {
      const json = {
        submission_id: id,
        entrypoint,
        runtime_env: { working_dir: workingDir, env_vars: environment },
        metadata,
      };
      const answer = await ask({ method: 'POST', path: '/api/jobs/', json });
      if (answer.status === 200) return null;
      const words = wordsOf(answer);
      // A cluster that has only just started: it is no refusal of this job.
      if (words.includes(NO_AGENT)) throw new HostTrouble('cluster-starting');
      return words;
    },
    stop: async (id) => {
      const answer = await ask({ method: 'POST', path: `/api/jobs/${encodeURIComponent(id)}/stop` });
      if (answer.status !== 200 && answer.status !== 404)
        throw new HostTrouble('not-ray', String(answer.status));
    },
    forget: async (id) => {
      // One that has not ended stays on the list: it is told there, and nothing rests on it.
      await ask({ method: 'DELETE', path: `/api/jobs/${encodeURIComponent(id)}` });
    },
  };
}

function read<T>(schema: z.ZodType<T>, { body }: RayAnswer): T {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    // Neither JSON nor the shape that Ray documents.
    throw new HostTrouble('answer-unreadable');
  }
}

/** The last lines of what the cluster said: Python puts the reason at the end of a trace. */
function wordsOf({ body, status }: RayAnswer): string {
  const words = body.toString('utf8').trim().slice(-WORDS_MOST);
  return words === '' ? String(status) : words;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor >= LEAST_VERSION[1]);
}
