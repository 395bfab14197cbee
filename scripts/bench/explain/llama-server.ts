/**
 * The other peer in `bench -- explain`: what an engineer would deploy, llama.cpp's own server of the release that
 * node-llama-cpp carries, built from the source bundle in that package, with its prompt cache on.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { gridVitals } from '../../../main/headless/toolbox/grid.ts';
import { ROOT, RUNTIME_DIR } from '../../setup/paths.ts';
import { run } from '../../setup/run.ts';
import { freePort } from '../free-port.ts';
import { type Contender, ended, mostMebibytesOf } from './contender.ts';
import { peerConversation } from './peer-prompt.ts';
import { type ContenderStart, firstSentenceEnded, type WriteRequest, type Written } from './protocol.ts';

const FOLDER = join(RUNTIME_DIR, 'bench', 'llama-server');
const BUILT = join(FOLDER, 'build', 'bin', 'llama-server');
const LIBRARY = join(ROOT, 'node_modules', 'node-llama-cpp', 'llama');
const START_LIMIT_MS = 120_000;

/** The release that both sides are of. */
export function llamaRelease(): string {
  const told: unknown = JSON.parse(readFileSync(join(LIBRARY, 'llama.cpp.info.json'), 'utf8'));
  return z.object({ tag: z.string() }).parse(told).tag;
}

/** The built server, or null where it has not been built. */
export function builtServer(): string | null {
  return existsSync(BUILT) ? BUILT : null;
}

/**
 * Builds the server from the package's bundle; needs git, cmake and a C++ compiler, and takes some ten minutes on two
 * cores. It computes with the very processor kernels that node-llama-cpp brings: they are laid beside it, and both
 * choose among them in the same way.
 */
export async function buildServer(): Promise<void> {
  const source = join(FOLDER, 'source');
  if (!existsSync(source)) await run('git', ['clone', '--quiet', join(LIBRARY, 'gitRelease.bundle'), source]);
  const off = ['LLAMA_CURL', 'LLAMA_OPENSSL', 'LLAMA_BUILD_TESTS', 'LLAMA_BUILD_EXAMPLES', 'GGML_NATIVE'];
  const on = ['GGML_BACKEND_DL', 'BUILD_SHARED_LIBS'];
  await run('cmake', [
    ...['-S', source, '-B', join(FOLDER, 'build'), '-DCMAKE_BUILD_TYPE=Release'],
    ...off.map((name) => `-D${name}=OFF`),
    ...on.map((name) => `-D${name}=ON`),
  ]);
  await run('cmake', [
    ...['--build', join(FOLDER, 'build'), '--target', 'llama-server', 'ggml-cpu'],
    ...['-j', String(availableParallelism())],
  ]);
  const kernels = join(
    ROOT,
    'node_modules',
    '@node-llama-cpp',
    `${process.platform}-${process.arch}`,
    'bins',
  );
  for (const file of readdirSync(kernels, { recursive: true, encoding: 'utf8' }))
    if (basename(file).startsWith('libggml-cpu-'))
      copyFileSync(join(kernels, file), join(dirname(BUILT), basename(file)));
}

const eventSchema = z.looseObject({
  content: z.string(),
  stop: z.boolean(),
  tokens_predicted: z.number().optional(),
});

export async function startLlamaServer(program: string, start: ContenderStart): Promise<Contender> {
  const port = await freePort();
  const child = spawn(
    program,
    [
      ...['-m', start.modelFile, '-t', String(start.threads), '-tb', String(start.threads)],
      ...['-c', String(start.contextTokens), '-np', '1', '--host', '127.0.0.1', '--port', String(port)],
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  for (const until = performance.now() + START_LIMIT_MS; ; ) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || performance.now() > until) throw new Error('llama-server did not start');
    await delay(200);
  }
  return {
    name: 'llama-server',
    write: (request) => write(url, request),
    mostMebibytes: () => mostMebibytesOf(child.pid),
    close: () => ended(child),
  };
}

async function write(url: string, request: WriteRequest): Promise<Written> {
  const ask = (alert: number, tokens: number): Promise<Response> =>
    fetch(`${url}/completion`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        prompt: peerConversation(completeFacts({ vitals: gridVitals(alert) })).rendered,
        n_predict: tokens,
        ignore_eos: true,
        temperature: 0,
        stream: true,
        cache_prompt: request.preparation !== 'cold',
      }),
    });
  // What does not change from alert to alert is in its cache; what this alert brings is not.
  if (request.preparation !== 'cold') await (await ask(request.alert + 1, 1)).text();
  const began = performance.now();
  const response = await ask(request.alert, request.tokens);
  if (!response.ok || response.body === null) throw new Error(`llama-server answered ${response.status}`);
  let firstMs: number | null = null;
  let text = '';
  let tokens = 0;
  let rest = '';
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${bytes}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      const event = eventSchema.parse(JSON.parse(line.slice('data: '.length)));
      text += event.content;
      tokens = event.tokens_predicted ?? tokens + 1;
      if (firstMs === null && firstSentenceEnded(text, tokens, request)) firstMs = performance.now() - began;
    }
  }
  const completeMs = performance.now() - began;
  const { sentences } = request;
  return { firstMs: firstMs ?? completeMs, completeMs, forced: 0, sampled: tokens, sentences, shown: null };
}
