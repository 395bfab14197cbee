import fc from 'fast-check';
import { expect, test } from 'vitest';
import { birthDateProblem, differences, isSameName } from './identity.ts';
import { NO_POLICIES, patientPolicySchema, withPolicy } from './policies.ts';
import { bedKey, cleanMark, cleanName } from './text.ts';

const NOON = Date.UTC(2026, 8, 12, 12);

test('nothing that cannot be seen stays in a name or a mark, whatever was sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(cleanMark(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(cleanName(text).replaceAll(/[\u200C\u200D]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(cleanName(cleanName(text))).toBe(cleanName(text));
      expect(bedKey(cleanMark(text))).toBe(bedKey(text));
    }),
  );
  expect(cleanName('A\u202Elive\u0000 \t B')).toBe('Alive B');
  expect(cleanMark('B4\u0000\u200D1')).toBe('B41');
});

test('a joiner that shapes an Indian letter stays, and one elsewhere does not', () => {
  expect(cleanName('क्\u200Dष')).toBe('क्\u200Dष');
  expect(cleanName('\u200DAsha\u200C')).toBe('Asha');
});

test('a birth date lies between 130 years ago and today', () => {
  expect(birthDateProblem('2026-09-12', NOON)).toBeNull();
  expect(birthDateProblem('2026-09-14', NOON)).toBe('in-future');
  expect(birthDateProblem('1896-09-13', NOON)).toBeNull();
  expect(birthDateProblem('1896-09-11', NOON)).toBe('too-long-ago');
  expect(birthDateProblem('2026-02-30', NOON)).toBe('not-a-date');
});

test('the order and case of a name do not make another name, another word does', () => {
  expect(isSameName('RAO, ASHA', 'Asha Rao')).toBe(true);
  expect(isSameName('Asha Rao', 'Rao')).toBe(true);
  expect(isSameName('Asha Rao', 'Usha Rao')).toBe(false);
  expect(isSameName('आशा राव', 'राव, आशा')).toBe(true);
  const known = { name: 'Asha Rao', birthDate: null };
  expect(differences(known, { name: null, birthDate: '1990-01-01' })).toEqual({
    name: false,
    birthDate: false,
  });
});

test('scale 2 needs a prescriber and a reason, and scale 1 takes it back', () => {
  const two = { kind: 'spo2-scale', scale: 2, prescriber: 'Dr Iyer', reason: 'COPD' } as const;
  expect(patientPolicySchema.safeParse({ ...two, prescriber: ' ' }).success).toBe(false);
  expect(patientPolicySchema.safeParse({ ...two, reason: '' }).success).toBe(false);
  const set = withPolicy(NO_POLICIES, patientPolicySchema.parse(two), NOON);
  expect(set.scale2).toEqual({ prescriber: 'Dr Iyer', reason: 'COPD', sinceMs: NOON });
  expect(withPolicy(set, { kind: 'spo2-scale', scale: 1, reason: 'a mistake' }, NOON).scale2).toBeNull();
});
