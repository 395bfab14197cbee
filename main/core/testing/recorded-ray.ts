/**
 * Ray's Jobs API with the answers of a Ray 2.60 that were recorded, on loopback, for tests of the client: it can lose
 * answers, start again, forget jobs and be hostile when a test asks for it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TRAINING_EVENT_PREFIX, type TrainingEvent } from '../../../app/learning/training/event.ts';

export interface RecordedJob {
  readonly entrypoint: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string;
  status: string;
  message: string;
  log: string;
  stops: number;
}

export interface RecordedRay {
  readonly port: number;
  readonly token: string;
  readonly jobs: Map<string, RecordedJob>;
  readonly packages: Map<string, Buffer>;
  /** Every id that was submitted, also those that were refused. */
  readonly submitted: string[];
  mode: string;
  /** So many answers are lost: what was asked is done, and the connection cut. */
  losing: number;
  /** Does what Ray would not, and returns whether it did. */
  hostile: ((request: IncomingMessage, answer: ServerResponse) => boolean) | null;
  tell(id: string, event: TrainingEvent): void;
  end(id: string, status: string, message?: string): void;
  /** Its jobs and packages are gone. */
  startAgain(): void;
  close(): Promise<void>;
}

const SESSION = 'session_2026-11-23_07-34-02_556390_';
/** As the host of the trainer's own tests tells it. */
const HOST_REPORT = JSON.stringify(
  JSON.parse(
    readFileSync(new URL('../../../resources/trainer/tests/host-report-case.json', import.meta.url), 'utf8'),
  ),
);
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** @param wall its host's clock */
export async function startRecordedRay(wall: () => number): Promise<RecordedRay> {
  const token = 'token-of-a-test-0123456789';
  const tails = new Map<Duplex, string>();
  let sessions = 9581;
  const ray = {
    token,
    jobs: new Map<string, RecordedJob>(),
    packages: new Map<string, Buffer>(),
    submitted: [] as string[],
    mode: 'token',
    losing: 0,
    hostile: null as RecordedRay['hostile'],
  };

  const server = createServer(async (request, answer) => {
    const body = await bodyOf(request);
    answer.setHeader('date', new Date(wall()).toUTCString());
    if (ray.hostile?.(request, answer) === true) return;
    const path = request.url ?? '';
    const say = (status: number, text: string, type = 'text/plain'): void => {
      if (ray.losing > 0 && path !== '/api/authentication_mode' && path !== '/api/version') {
        ray.losing -= 1;
        request.socket.destroy();
      } else answer.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(text);
    };
    const json = (value: unknown): void => say(200, JSON.stringify(value), 'application/json');
    if (path === '/api/authentication_mode') return json({ authentication_mode: ray.mode });
    if (request.headers.authorization === undefined)
      return say(401, 'Unauthorized: Missing authentication token');
    if (request.headers.authorization !== `Bearer ${token}`)
      return say(403, 'Forbidden: Invalid authentication token');
    // Ray takes these for a browser's.
    if ('sec-fetch-mode' in request.headers && request.method !== 'GET')
      return say(405, 'Method Not Allowed');
    if (path === '/api/version')
      return json({
        version: '4',
        ray_version: '2.60.0',
        ray_commit: 'b7f4259e944bf6959f721b106adc366ddfa0c356',
        session_name: `${SESSION}${sessions}`,
      });
    const [, name] = /^\/api\/packages\/gcs\/(.+)$/u.exec(path) ?? [];
    if (name !== undefined) {
      if (request.method === 'PUT') ray.packages.set(name, body);
      if (ray.packages.has(name)) return say(200, '');
      return say(404, `Package gcs://${name} does not exist`);
    }
    if (path === '/api/jobs/' && request.method === 'POST') return submit(body, json, say);
    if (request.method === 'DELETE') {
      ray.jobs.delete(path.slice('/api/jobs/'.length));
      return json({ deleted: true });
    }
    const [, id = '', act] = /^\/api\/jobs\/([^/]+)(\/stop)?$/u.exec(path) ?? [];
    const job = ray.jobs.get(id);
    if (job === undefined) return say(404, `Job ${id} does not exist`);
    if (act !== undefined) {
      job.stops += 1;
      return json({ stopped: true });
    }
    return json({
      type: 'SUBMISSION',
      job_id: null,
      submission_id: id,
      driver_info: null,
      status: job.status,
      entrypoint: job.entrypoint,
      message: job.message,
      error_type: null,
      start_time: 1_795_419_351_918,
      end_time: isOver(job) ? 1_795_419_361_843 : null,
      metadata: null,
      runtime_env: null,
      driver_agent_http_address: 'http://192.0.2.2:52365',
      driver_node_id: 'cd715d9bdcd269a5f12ce31b95c751d2923a0cbbbced91b0c5c7f0d1',
      driver_exit_code: null,
    });
  });

  function submit(body: Buffer, json: (value: unknown) => void, say: (status: number, text: string) => void) {
    const asked = JSON.parse(body.toString('utf8'));
    const id = String(asked.submission_id);
    ray.submitted.push(id);
    if (ray.jobs.has(id))
      return say(
        500,
        `Traceback (most recent call last):\n  File "job_manager.py", line 553, in submit_job\nValueError: Job with submission_id ${id} already exists. Please use a different submission_id.\n.`,
      );
    ray.jobs.set(id, {
      entrypoint: String(asked.entrypoint),
      environment: asked.runtime_env.env_vars,
      workingDir: String(asked.runtime_env.working_dir),
      status: 'RUNNING',
      message: 'Job is currently running.',
      log: `2026-11-23 07:35:51,925\tINFO job_manager.py:581 -- Runtime env is setting up.\nRunning entrypoint for job ${id}: ${asked.entrypoint}\n`,
      stops: 0,
    });
    if (String(asked.entrypoint).includes('check-host')) {
      const job = ray.jobs.get(id);
      if (job !== undefined) Object.assign(job, { status: 'SUCCEEDED', log: `${job.log}${HOST_REPORT}\n` });
    }
    return json({ job_id: id, submission_id: id });
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const [, id = ''] = /^\/api\/jobs\/([^/]+)\/logs\/tail$/u.exec(request.url ?? '') ?? [];
    const job = ray.jobs.get(id);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => tails.delete(socket));
    if (job === undefined || request.headers.authorization !== `Bearer ${token}`)
      return socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}${GUID}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    tails.set(socket, id);
    socket.write(frame(job.log));
    if (isOver(job)) socket.end(CLOSED);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const tailsOf = (id: string): Duplex[] => [...tails].flatMap(([socket, of]) => (of === id ? [socket] : []));
  return Object.assign(ray, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    tell: (id: string, event: TrainingEvent) => {
      const line = `(driver pid=17) ${TRAINING_EVENT_PREFIX}${JSON.stringify(event)}\n`;
      const job = ray.jobs.get(id);
      if (job !== undefined) job.log += line;
      for (const socket of tailsOf(id)) socket.write(frame(line));
    },
    end: (id: string, status: string, message = '') => {
      const job = ray.jobs.get(id);
      if (job !== undefined) Object.assign(job, { status, message });
      for (const socket of tailsOf(id)) socket.end(CLOSED);
    },
    startAgain: () => {
      sessions += 1;
      ray.jobs.clear();
      ray.packages.clear();
      for (const socket of tails.keys()) socket.destroy();
    },
    close: async () => {
      for (const socket of tails.keys()) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Closed in order, code 1000. */
const CLOSED = Buffer.from([0x88, 2, 0x03, 0xe8]);

function frame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  head.writeUInt8(126, 1);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

function isOver({ status }: RecordedJob): boolean {
  return status !== 'PENDING' && status !== 'RUNNING';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
