import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Attempt,
  type AttemptSight,
  CALL_SETTLES_MS,
  hasEnded,
  maySubmit,
  NEW_ATTEMPT,
  seen,
} from './attempt.ts';
import type { TrainingEvent } from './event.ts';

const STOPPED: TrainingEvent = { event: 'stopped', at: 1, step: 4 };
const FAILED: TrainingEvent = { event: 'failed', at: 1, code: 'memory', words: 'too little' };
const FINISHED: TrainingEvent = {
  event: 'finished',
  at: 1,
  seconds: 1,
  steps: 3,
  secondsTraining: 1,
  secondsAnExample: 1,
  perplexity: { base: null, adapter: null },
  artefacts: [{ name: 'adapter.gguf', bytes: 1, sha256: 'a'.repeat(64) }],
};

const session = fc.constantFrom('one', 'two');
const atMs = fc.integer({ min: 0, max: 10 * CALL_SETTLES_MS });
const sights: fc.Arbitrary<AttemptSight> = fc.oneof(
  fc.record({ kind: fc.constant('stop-asked' as const), atMs }),
  fc.record({ kind: fc.constant('called' as const), session, atMs }),
  fc.record({ kind: fc.constant('refused' as const), words: fc.constant('no') }),
  fc.record({ kind: fc.constant('unknown' as const), session, atMs }),
  fc.record({
    kind: fc.constant('alive' as const),
    status: fc.constantFrom('PENDING' as const, 'RUNNING' as const),
  }),
  fc.record({
    kind: fc.constant('ended' as const),
    status: fc.constantFrom('STOPPED' as const, 'SUCCEEDED' as const, 'FAILED' as const),
    last: fc.constantFrom(null, STOPPED, FAILED, FINISHED),
    words: fc.constant('trace'),
  }),
);

function after(given: readonly AttemptSight[]): Attempt {
  return given.reduce(seen, NEW_ATTEMPT);
}

test('what has ended stays as it is, and is never submitted again', () => {
  fc.assert(
    fc.property(fc.array(sights, { maxLength: 20 }), sights, session, (before, next, cluster) => {
      const attempt = after(before);
      fc.pre(hasEnded(attempt));
      expect(seen(attempt, next)).toBe(attempt);
      expect(maySubmit(attempt, cluster)).toBe(false);
    }),
  );
});

test('once a cluster has told of it, it is never submitted, whatever is seen afterwards', () => {
  fc.assert(
    fc.property(
      fc.array(sights, { maxLength: 20 }),
      fc.array(sights, { maxLength: 20 }),
      session,
      (before, later, cluster) => {
        const told = seen(after(before), { kind: 'alive', status: 'PENDING' });
        expect(maySubmit(later.reduce(seen, told), cluster)).toBe(false);
      },
    ),
  );
});

test('what was sent to one cluster is not sent to another, and what shall stop is not sent at all', () => {
  fc.assert(
    fc.property(fc.array(sights, { maxLength: 20 }), (given) => {
      const attempt = after(given);
      const called = given.findLast(({ kind }) => kind === 'called');
      if (attempt.phase === 'prepared' && called?.kind === 'called')
        expect(maySubmit(attempt, called.session === 'one' ? 'two' : 'one')).toBe(false);
      if (given.some(({ kind }) => kind === 'stop-asked'))
        expect(maySubmit(attempt, 'one') || maySubmit(attempt, 'two')).toBe(false);
    }),
  );
});

test('a failure is told exactly where it failed, and a job that runs never waits again', () => {
  fc.assert(
    fc.property(fc.array(sights, { maxLength: 30 }), (given) => {
      let attempt = NEW_ATTEMPT;
      for (const sight of given) {
        const next = seen(attempt, sight);
        if (attempt.phase === 'running') expect(next.phase).not.toBe('pending');
        if (attempt.phase !== 'prepared') expect(next.phase).not.toBe('prepared');
        attempt = next;
      }
      expect(attempt.failure !== null).toBe(attempt.phase === 'failed');
    }),
  );
});

test.each([
  ['SUCCEEDED', FINISHED, 'finished'],
  // Asked to stop when it had just finished.
  ['STOPPED', FINISHED, 'finished'],
  ['STOPPED', STOPPED, 'stopped'],
  ['STOPPED', null, 'stopped'],
  // Ended by itself with status 3, as asked by the host.
  ['FAILED', STOPPED, 'stopped'],
  ['FAILED', FAILED, 'failed'],
  ['FAILED', null, 'failed'],
  // Nothing was left: a status alone is no adapter.
  ['SUCCEEDED', null, 'failed'],
] as const)('%s after %o is %s', (status, last, phase) => {
  const running = after([{ kind: 'alive', status: 'RUNNING' }]);
  expect(seen(running, { kind: 'ended', status, last, words: '' }).phase).toBe(phase);
});

test('unknown to the cluster: submitted where it cannot run, lost where it ran, stopped where nobody wants it', () => {
  const at = (atMs: number, session = 'one'): AttemptSight => ({ kind: 'unknown', session, atMs });
  expect(maySubmit(after([at(0)]), 'one')).toBe(true);
  const called: AttemptSight = { kind: 'called', session: 'one', atMs: 0 };
  // The call was given up, and nothing came of it.
  expect(maySubmit(after([called, at(1)]), 'one')).toBe(true);
  // Whether it came before the restart nobody can say.
  expect(after([called, at(1, 'two')]).phase).toBe('lost');
  expect(after([called, { kind: 'alive', status: 'RUNNING' }, at(1)]).phase).toBe('lost');
  const unwanted: AttemptSight = { kind: 'stop-asked', atMs: 0 };
  expect(after([unwanted, at(0)]).phase).toBe('stopped');
  // A call that was given up may still arrive.
  expect(after([called, unwanted, at(1)]).phase).toBe('prepared');
  expect(after([called, unwanted, at(CALL_SETTLES_MS)]).phase).toBe('stopped');
});
