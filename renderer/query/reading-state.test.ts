import { expect, test } from 'vitest';
import { ok, refused } from '../../app/contract/outcome.ts';
import { answered, asked, type ReadingState } from './reading-state.ts';

const FRESH: ReadingState<number> = { of: 'bed 7', value: null, error: null };

test('an answer is known, and a later refusal keeps it and says why it is no longer new', () => {
  const known = answered(FRESH, 'bed 7', ok(26));
  expect(known).toEqual({ of: 'bed 7', value: 26, error: null });
  const refusal = answered(known, 'bed 7', refused('storage-unavailable'));
  expect(refusal).toEqual({
    of: 'bed 7',
    value: 26,
    error: { code: 'storage-unavailable', parameters: {} },
  });
  expect(answered(refusal, 'bed 7', ok(27))).toEqual({ of: 'bed 7', value: 27, error: null });
});

test('a refusal of the first attempt has nothing to show and says why', () => {
  const state = answered(FRESH, 'bed 7', refused('not-found', { what: 'patient' }));
  expect(state.value).toBeNull();
  expect(state.error?.code).toBe('not-found');
});

test('another question begins empty, and a late answer to the one before does not fill it', () => {
  const known = answered(FRESH, 'bed 7', ok(26));
  expect(asked(known, 'bed 7')).toBe(known);
  const next = asked(known, 'bed 9');
  expect(next).toEqual({ of: 'bed 9', value: null, error: null });
  expect(answered(next, 'bed 7', ok(26))).toBe(next);
});
