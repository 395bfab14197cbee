/**
 * `POST /v1/completions`: raw text of the model, for tools that speak the usual interface. Nothing of it is verified;
 * every answer says so in a header and in a field. Served where an administrator has switched it on, and nowhere else.
 */
import { z } from 'zod';
import type { EnginePort, GenerationPlan } from '../../../app/contract/engine.ts';
import { NO_PROGRESS_MS, watchedEvents } from '../explanation/watched-events.ts';

/** The training guide's sampling. */
const GUIDE = { maxTokens: 512, temperature: 0.3, topP: 0.95, stop: ['###'] };
/** Characters of a prompt: more tokens than this do not fit any context of ours. */
const LONGEST_PROMPT = 16_000;

const stopText = z.string().min(1).max(64);
/** Fields beside these are of other servers and change nothing. */
export const completionRequestSchema = z.object({
  model: z.string().max(200).optional(),
  prompt: z
    .union([z.string(), z.array(z.string()).length(1)])
    .transform((prompt) => (Array.isArray(prompt) ? prompt.join('') : prompt))
    .pipe(z.string().min(1).max(LONGEST_PROMPT)),
  max_tokens: z.number().int().min(1).max(GUIDE.maxTokens).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  stop: z.union([stopText, z.array(stopText).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  stream: z.boolean().nullish(),
  // What this server does not do is refused, not left out in silence.
  n: z.literal(1).nullish(),
  best_of: z.literal(1).nullish(),
  echo: z.literal(false).nullish(),
  suffix: z.null().optional(),
});
export type CompletionRequest = z.output<typeof completionRequestSchema>;

export const UNVERIFIED = { 'x-medobsmind-verified': 'false' };

function planOf(asked: CompletionRequest): GenerationPlan {
  const stop = asked.stop ?? GUIDE.stop;
  return {
    prefix: [],
    body: [{ kind: 'control', text: asked.prompt }],
    steps: [
      {
        kind: 'hole',
        maxTokens: asked.max_tokens ?? GUIDE.maxTokens,
        free: { stop: typeof stop === 'string' ? [stop] : stop },
      },
    ],
    layout: 'serial',
    sampling: {
      temperature: asked.temperature ?? GUIDE.temperature,
      topP: asked.top_p ?? GUIDE.topP,
      seed: asked.seed ?? 1,
    },
  };
}

export interface CompletionHead {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

function chunkOf(head: CompletionHead, text: string, finish: string | null): object {
  const choices = [{ index: 0, text, logprobs: null, finish_reason: finish }];
  return { ...head, object: 'text_completion', verified: false, choices };
}

export type Progress =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'end';
      readonly finish: 'stop' | 'length';
      readonly promptTokens: number;
      readonly tokens: number;
    }
  | { readonly kind: 'failed'; readonly reason: 'overflow' | 'engine' | 'gave-way' };

/** The text as it grows. Ends with `end` or `failed`; never throws. */
export async function* completeRaw(
  engine: EnginePort,
  asked: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  let told = '';
  let finish: 'stop' | 'length' = 'length';
  try {
    for await (const event of watchedEvents(engine, planOf(asked), 'background', abort, NO_PROGRESS_MS)) {
      if (event.kind === 'piece') {
        told += event.text;
        yield { kind: 'text', text: event.text };
      } else if (event.kind === 'hole') {
        finish = event.ended === 'length' ? 'length' : 'stop';
        const rest = event.text.startsWith(told) ? event.text.slice(told.length) : '';
        if (rest !== '') yield { kind: 'text', text: rest };
      } else if (event.kind === 'done') {
        yield { kind: 'end', finish, promptTokens: event.tokens.promptNew, tokens: event.tokens.sampled };
      } else if (event.kind === 'failed' || event.kind === 'timed-out') {
        const overflow = event.kind === 'failed' && event.reason === 'overflow';
        yield { kind: 'failed', reason: overflow ? 'overflow' : signal.aborted ? 'gave-way' : 'engine' };
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    abort.abort();
  }
}

/** Server-Sent Events, as the `openai` client reads them. */
export async function* completionEvents(
  head: CompletionHead,
  progress: AsyncIterable<Progress>,
): AsyncGenerator<string> {
  const line = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
  for await (const one of progress) {
    if (one.kind === 'text') yield line(chunkOf(head, one.text, null));
    else if (one.kind === 'end') yield line(chunkOf(head, '', one.finish));
    else yield line({ error: { message: `The text is not complete: ${one.reason}.`, code: one.reason } });
  }
  yield 'data: [DONE]\n\n';
}

/** The whole of it at once, or why there is none. */
export async function completionOf(
  head: CompletionHead,
  progress: AsyncIterable<Progress>,
): Promise<{ readonly ok: true; readonly body: object } | { readonly ok: false; readonly reason: string }> {
  let text = '';
  for await (const one of progress) {
    if (one.kind === 'text') text += one.text;
    else if (one.kind === 'failed') return { ok: false, reason: one.reason };
    else {
      const { promptTokens, tokens } = one;
      const usage = {
        prompt_tokens: promptTokens,
        completion_tokens: tokens,
        total_tokens: promptTokens + tokens,
      };
      return { ok: true, body: { ...chunkOf(head, text, one.finish), usage } };
    }
  }
  return { ok: false, reason: 'engine' };
}
