import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forkSmokeHelper, type SmokeHelper, type SpawnSmokeHelper, smokeLoad } from './smoke-load.ts';
import { hasModel, MODEL_FILE, PATIENCE_MS, PINNED_ENTRY } from './test-models.ts';

const REQUEST = { modelFile: MODEL_FILE, entry: PINNED_ENTRY, threads: 2, adapterFile: null };
const GOOD = { ok: true, loadMs: 10, tokens: 20, tokensPerSecond: 30, layout: 'parallel' };
const CHILD = fileURLToPath(new URL('./smoke-load-child.ts', import.meta.url));

function helper(
  behave: (on: { message: (value: unknown) => void; exit: (how: string) => void }) => void,
): SpawnSmokeHelper {
  return (): SmokeHelper => {
    let message: (value: unknown) => void = () => undefined;
    return {
      onMessage: (listener) => {
        message = listener;
      },
      onExit: (listener) => queueMicrotask(() => behave({ message, exit: listener })),
      kill: () => undefined,
    };
  };
}
const answers = (value: unknown) => helper(({ message }) => message(value));
const crashes = helper(({ exit }) => exit('signal SIGILL'));
const hangs = helper(() => undefined);

describe('smokeLoad', () => {
  const run = (sameRuntime: SpawnSmokeHelper, plainNode: SpawnSmokeHelper | null = null) =>
    smokeLoad({ request: REQUEST, timeoutMs: 50, sameRuntime, plainNode });

  it('admits what loads here', async () => {
    expect(await run(answers(GOOD))).toEqual({
      verdict: 'in-process',
      loadMs: 10,
      tokensPerSecond: 30,
      layout: 'parallel',
    });
  });
  it('tells what loads on plain Node only', async () => {
    expect(await run(crashes, answers(GOOD))).toMatchObject({ verdict: 'isolated' });
  });
  it.each([
    ['a crash', crashes, 'SIGILL'],
    ['a hang', hangs, 'no answer'],
    ['nonsense', answers({ hello: 1 }), 'something else'],
    ['a refusal', answers({ ok: false, detail: 'out of memory' }), 'out of memory'],
  ])('refuses %s with its reason', async (_name, spawn, detail) => {
    const result = await run(spawn, crashes);
    expect(result.verdict).toBe('refused');
    expect(result.verdict === 'refused' ? result.detail : '').toContain(detail);
  });

  it('kills its helper when the program closes, and starts no other one', async () => {
    const closing = new AbortController();
    let kills = 0;
    let others = 0;
    const result = smokeLoad({
      request: REQUEST,
      timeoutMs: PATIENCE_MS,
      sameRuntime: (request) => ({ ...hangs(request), kill: () => void kills++ }),
      plainNode: (request) => {
        others++;
        return hangs(request);
      },
      signal: closing.signal,
    });
    expect(kills).toBe(0);
    closing.abort();
    expect(await result).toMatchObject({ verdict: 'refused', detail: expect.stringContaining('closed') });
    expect([kills, others]).toEqual([1, 0]);
  });
});

describe.skipIf(!hasModel)('smokeLoad with the real model in a real helper', () => {
  it(
    'measures a speed',
    async () => {
      const result = await smokeLoad({
        request: REQUEST,
        timeoutMs: PATIENCE_MS,
        sameRuntime: forkSmokeHelper(CHILD),
        plainNode: null,
      });
      expect(result).toMatchObject({ verdict: 'in-process' });
      expect(result.verdict === 'refused' ? 0 : result.tokensPerSecond).toBeGreaterThan(0);
    },
    PATIENCE_MS + 30_000,
  );
});

describe('a real helper with a file that is no model', () => {
  it(
    'reports and ends',
    async () => {
      const request = { ...REQUEST, modelFile: CHILD };
      const result = await smokeLoad({
        request,
        timeoutMs: PATIENCE_MS,
        sameRuntime: forkSmokeHelper(CHILD),
        plainNode: null,
      });
      expect(result.verdict).toBe('refused');
    },
    PATIENCE_MS + 30_000,
  );
});
