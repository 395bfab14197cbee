/** One request to the served interface: read, put in line behind the ward, answered. */
import type { EnginePort } from '../../../app/contract/engine.ts';
import type { Clock, Ids } from '../clock.ts';
import type { HttpAnswer, HttpRequest, HttpStream } from '../http/http-server.ts';
import {
  type CompletionRequest,
  completeRaw,
  completionEvents,
  completionOf,
  completionRequestSchema,
  UNVERIFIED,
} from './completions.ts';
import { explainServed, readExplainRequest, type ServedExplainPorts } from './explain.ts';
import type { ServingLane } from './lane.ts';

export interface ServeRequestPorts extends ServedExplainPorts {
  readonly engine: EnginePort;
  readonly lane: ServingLane;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly completionsAllowed: () => boolean;
  readonly counted: (what: 'explained' | 'completed' | 'refused') => void;
}

/** English: it is read by engineers. The form is what clients of `/v1/completions` expect. */
export function problem(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, headers, body: { error: { code, message, type: 'medobsmind', param: null } } };
}

const AGAIN = { 'retry-after': '2' };
const BUSY = problem(429, 'busy', 'The ward comes first. Ask again.', AGAIN);

export async function serveRequest(
  ports: ServeRequestPorts,
  { path, body, signal }: HttpRequest,
): Promise<HttpAnswer | HttpStream> {
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return refused(problem(400, 'no-json', 'The body is no JSON in UTF-8.'));
  }
  return path === '/explain' ? explain() : complete();

  function refused(answer: HttpAnswer): HttpAnswer {
    ports.counted('refused');
    return answer;
  }

  async function explain(): Promise<HttpAnswer> {
    const read = readExplainRequest(given);
    if (!read.ok) {
      const why = read.problem === 'implausible' ? 'is outside what can be measured' : 'is not as it must be';
      return refused(problem(400, 'invalid-request', `“${read.field}” ${why}.`));
    }
    const answer = await ports.lane.run(signal, (end) => explainServed(ports, read.asked, end));
    if (answer === 'busy') return refused(BUSY);
    ports.counted('explained');
    return { status: 200, body: answer };
  }

  async function complete(): Promise<HttpAnswer | HttpStream> {
    if (!ports.completionsAllowed())
      return refused(problem(403, 'not-enabled', 'Raw completions are switched off on this workstation.'));
    const read = completionRequestSchema.safeParse(given);
    if (!read.success) {
      const field = read.error.issues[0]?.path.join('.') ?? '';
      return refused(problem(400, 'invalid-request', `“${field}” is not as it must be.`));
    }
    const { model, state } = ports.engine.status();
    if (state !== 'ready' || model === null)
      return refused(problem(503, 'engine-unavailable', 'No model is loaded.', AGAIN));
    const created = Math.floor(ports.clock.wall() / 1_000);
    const head = { id: `cmpl-${ports.ids.next()}`, created, model: model.name };
    return read.data.stream === true ? streamed(head, read.data) : whole(head, read.data);
  }

  type Head = Parameters<typeof completionOf>[0];

  async function whole(head: Head, asked: CompletionRequest): Promise<HttpAnswer> {
    const done = await ports.lane.run(signal, (end) =>
      completionOf(head, completeRaw(ports.engine, asked, end)),
    );
    if (done === 'busy') return refused(BUSY);
    if (!done.ok)
      return done.reason === 'overflow'
        ? refused(problem(400, 'overflow', 'Prompt and answer do not fit the context.'))
        : refused(problem(503, done.reason, 'The text is not complete.', AGAIN));
    ports.counted('completed');
    return { status: 200, body: done.body, headers: UNVERIFIED };
  }

  /** The lane is held until the last piece has been taken. */
  async function streamed(head: Head, asked: CompletionRequest): Promise<HttpAnswer | HttpStream> {
    const begun = Promise.withResolvers<HttpAnswer | HttpStream>();
    const held = ports.lane.run(signal, async (end) => {
      const over = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => over.resolve(), { once: true });
      async function* pieces(): AsyncGenerator<string> {
        try {
          yield* completionEvents(head, completeRaw(ports.engine, asked, end));
        } finally {
          over.resolve();
        }
      }
      const headers = { ...UNVERIFIED, 'content-type': 'text/event-stream; charset=utf-8' };
      begun.resolve({ status: 200, headers, pieces: pieces() });
      await over.promise;
      ports.counted('completed');
    });
    void held.then((end) => end === 'busy' && begun.resolve(refused(BUSY)));
    return begun.promise;
  }
}
