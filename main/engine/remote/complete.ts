/**
 * One request to a `/v1/completions` server, streamed. What comes back is believed in nothing but its shape: every
 * way in which a server can misbehave ends here with a fault that has a name.
 */
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { z } from 'zod';
import { SERVER_PATIENCE } from '../../../app/contract/engine-choice.ts';
import { createServerEvents, TooLong } from './server-events.ts';

export interface CompletionsServer {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  /** PEM of a private authority; null: the system's. */
  readonly authority: string | null;
}

export interface CompletionRequest {
  readonly prompt: string;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP: number;
  readonly stop: readonly string[];
  readonly seed: number;
}

export type RemoteProblem =
  | 'unreachable'
  | 'certificate'
  | 'not-allowed'
  | 'busy'
  | 'refused'
  | 'malformed'
  | 'too-long'
  | 'cut-off'
  | 'timed-out';

export class RemoteFault extends Error {
  readonly problem: RemoteProblem;
  constructor(problem: RemoteProblem, detail: string) {
    super(`${problem}: ${detail}`);
    this.problem = problem;
  }
}

export interface RemoteLimits {
  /** Until the connection stands and the answer begins. A cold model is loaded in this time. */
  readonly answerMs: number;
  /** Between two pieces of an answer. */
  readonly silenceMs: number;
  /** Of one whole answer: an endless stream keeps nobody. */
  readonly completeMs: number;
}

/** Characters of one answer that are kept: 512 tokens are some 2,500. */
const LONGEST_ANSWER = 20_000;
const LARGEST_BODY = 4 * 1024 * 1024;

const pieceSchema = z.object({
  choices: z
    .array(
      z.object({
        text: z.string(),
        finish_reason: z.string().nullish(),
        logprobs: z
          .object({ token_logprobs: z.array(z.number().nullable()).nullish() })
          .nullish()
          .catch(null),
      }),
    )
    .max(1),
});

/** Text as it grows; `logProbabilities` of its tokens where the server tells them. */
export interface CompletionPiece {
  readonly text: string;
  readonly logProbabilities: readonly number[];
  readonly finished: 'stop' | 'length' | null;
}

function pieceOf(data: string): CompletionPiece {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    throw new RemoteFault('malformed', 'an event is no JSON');
  }
  const piece = pieceSchema.safeParse(parsed);
  if (!piece.success) throw new RemoteFault('malformed', 'an event is no completion');
  const [choice] = piece.data.choices;
  const reason = choice?.finish_reason ?? null;
  return {
    text: choice?.text ?? '',
    logProbabilities: (choice?.logprobs?.token_logprobs ?? []).filter((value) => value !== null),
    finished: reason === null ? null : reason === 'length' ? 'length' : 'stop',
  };
}

function faultOfStatus(status: number): RemoteFault {
  if (status === 401 || status === 403) return new RemoteFault('not-allowed', `status ${status}`);
  if (status === 429 || status === 503) return new RemoteFault('busy', `status ${status}`);
  return new RemoteFault('refused', `status ${status}`);
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

function faultOf(error: unknown): RemoteFault {
  if (error instanceof RemoteFault) return error;
  if (error instanceof TooLong) return new RemoteFault('too-long', error.message);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (CERTIFICATE.test(code)) return new RemoteFault('certificate', code);
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new RemoteFault('cut-off', 'the connection was closed');
  return new RemoteFault('unreachable', code === '' ? 'the connection failed' : code);
}

/**
 * Yields the pieces of one completion. Throws `RemoteFault` alone; ends early, without one, where `signal` aborts.
 * Redirects are not followed: readings go where a person has said.
 */
export async function* complete(
  server: CompletionsServer,
  given: CompletionRequest,
  signal: AbortSignal,
  limits: RemoteLimits = SERVER_PATIENCE,
): AsyncGenerator<CompletionPiece> {
  const ended = new AbortController();
  let reason: RemoteFault | null = null;
  const giveUp = (detail: string) => () => {
    reason ??= new RemoteFault('timed-out', detail);
    ended.abort();
  };
  let timer = setTimeout(giveUp('no answer'), limits.answerMs);
  const whole = setTimeout(giveUp('no end'), limits.completeMs);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp('silence'), limits.silenceMs);
  };
  try {
    const response = await post(server, given, AbortSignal.any([signal, ended.signal]));
    heard();
    if (response.statusCode !== 200) throw faultOfStatus(response.statusCode ?? 0);
    if (/\bjson\b/.test(response.headers['content-type'] ?? '')) {
      // A server that does not stream answers in one piece.
      yield pieceOf(await readWhole(response, heard));
      return;
    }
    yield* readPieces(response, heard);
  } catch (error) {
    if (signal.aborted) return;
    throw reason ?? faultOf(error);
  } finally {
    clearTimeout(timer);
    clearTimeout(whole);
    ended.abort();
  }
}

type Response = import('node:http').IncomingMessage;

function post(server: CompletionsServer, given: CompletionRequest, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${server.url.replace(/\/+$/, '')}/v1/completions`);
  const body = Buffer.from(
    JSON.stringify({
      model: server.model,
      prompt: given.prompt,
      max_tokens: given.maxTokens,
      temperature: given.temperature,
      top_p: given.topP,
      stop: given.stop,
      seed: given.seed,
      stream: true,
      logprobs: 1,
    }),
  );
  const options = {
    method: 'POST',
    signal,
    agent: false as const,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'content-length': body.length,
      ...(server.key === null ? {} : { authorization: `Bearer ${server.key}` }),
    },
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? tlsRequest(
            url,
            { ...options, ...(server.authority === null ? {} : { ca: server.authority }) },
            resolve,
          )
        : plainRequest(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function readWhole(response: Response, heard: () => void): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    heard();
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LARGEST_BODY) throw new RemoteFault('too-long', 'the answer is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* readPieces(response: Response, heard: () => void): AsyncGenerator<CompletionPiece> {
  const decoder = new TextDecoder();
  const events = createServerEvents();
  let length = 0;
  let finished = false;
  for await (const chunk of response) {
    heard();
    for (const data of events.push(decoder.decode(Buffer.from(chunk), { stream: true }))) {
      if (data === '[DONE]') return;
      const piece = pieceOf(data);
      length += piece.text.length;
      if (length > LONGEST_ANSWER) throw new RemoteFault('too-long', 'the answer is too long');
      finished ||= piece.finished !== null;
      yield piece;
    }
  }
  // A stream that ends before it said so was cut off; half a sentence is no sentence.
  if (!finished) throw new RemoteFault('cut-off', 'the stream ended early');
}
