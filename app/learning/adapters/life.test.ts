import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ActContext,
  type AdapterAct,
  applyAct,
  type Canary,
  EMPTY_REGISTRY,
  type Registry,
  registryOf,
  SIGNER_ROLES,
  STEP_BACK_REASONS,
} from './life.ts';

const IDS = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const [A = ''] = IDS;
const REPORT = 'd'.repeat(64);
const STATEMENT = 'e'.repeat(64);
const ENOUGH: ActContext = {
  exposure: { explanations: 30, hours: 24 },
  policy: { shadowLeast: 20, canaryLeast: 30, canaryHours: 24 },
};

/** The way of an adapter to the bed. */
function wayTo(adapter: string): AdapterAct[] {
  return [
    { act: 'staged', adapter },
    { act: 'gates-ended', adapter, passed: true, report: REPORT },
    { act: 'signed', adapter, role: 'clinical', person: 'p1', statement: STATEMENT, report: REPORT },
    { act: 'signed', adapter, role: 'technical', person: 'p2', statement: STATEMENT, report: REPORT },
    { act: 'shadowed', adapter },
    { act: 'canaried', adapter, canary: { by: 'share', percent: 10 } },
    { act: 'promoted', adapter },
  ];
}

test('from staging to the bed and one click back', () => {
  const two = registryOf(IDS.slice(0, 2).flatMap(wayTo));
  expect(two).toMatchObject({ production: IDS[1], previous: A, canStepBack: true, trial: null });
  const back = applyAct(two, { act: 'stepped-back', adapter: IDS[1] ?? '', reason: 'person' }, ENOUGH);
  if (!back.ok) throw new Error(back.why);
  expect(back.registry).toMatchObject({ production: A, previous: null });
  expect(back.registry.lives.get(IDS[1] ?? '')?.state).toBe('stepped-back');
});

test.each([
  ['one signature', wayTo(A).slice(0, 3), { act: 'shadowed', adapter: A }, 'not-signed'],
  [
    'one person in both roles',
    wayTo(A).slice(0, 3),
    { act: 'signed', adapter: A, role: 'technical', person: 'p1', statement: STATEMENT, report: REPORT },
    'same-signer',
  ],
  [
    'a report that was not the one',
    wayTo(A).slice(0, 2),
    { act: 'signed', adapter: A, role: 'technical', person: 'p1', statement: STATEMENT, report: STATEMENT },
    'report-changed',
  ],
  ['a canary of no alert', wayTo(A).slice(0, 6), { act: 'promoted', adapter: A }, 'too-little-exposure'],
  [
    'no shadow before',
    wayTo(A).slice(0, 4),
    { act: 'canaried', adapter: A, canary: { by: 'share', percent: 5 } },
    'not-a-candidate',
  ],
] as const)('%s is not enough', (_, before, act, why) => {
  const context = { ...ENOUGH, exposure: { explanations: 0, hours: 0 } };
  expect(applyAct(registryOf(before), act, context)).toEqual({ ok: false, why });
});

const adapter = fc.constantFrom(...IDS);
const anyAct: fc.Arbitrary<AdapterAct> = fc.oneof(
  fc.record({ act: fc.constant('staged' as const), adapter }),
  fc.record({
    act: fc.constant('gates-ended' as const),
    adapter,
    passed: fc.boolean(),
    report: fc.constantFrom(REPORT, STATEMENT),
  }),
  fc.record({
    act: fc.constant('signed' as const),
    adapter,
    role: fc.constantFrom(...SIGNER_ROLES),
    person: fc.constantFrom('p1', 'p2'),
    statement: fc.constantFrom(REPORT, STATEMENT),
    report: fc.constantFrom(REPORT, STATEMENT),
  }),
  fc.record({ act: fc.constant('shadowed' as const), adapter }),
  fc.record({
    act: fc.constant('canaried' as const),
    adapter,
    canary: fc.constant<Canary>({ by: 'beds', beds: ['7'] }),
  }),
  fc.record({ act: fc.constant('promoted' as const), adapter }),
  fc.record({
    act: fc.constant('stepped-back' as const),
    adapter,
    reason: fc.constantFrom(...STEP_BACK_REASONS),
  }),
  fc.record({ act: fc.constant('withdrawn' as const), adapter }),
);
/** Acts at random reach the bed too rarely: whole ways, and parts of them, are mixed in. */
const anyStretch = fc.oneof(
  { weight: 3, arbitrary: anyAct.map((act) => [act]) },
  { weight: 1, arbitrary: fc.tuple(adapter, fc.nat(7)).map(([one, length]) => wayTo(one).slice(0, length)) },
);

function held(registry: Registry): void {
  const inState = (state: string) =>
    [...registry.lives].filter(([, life]) => life.state === state).map(([id]) => id);
  expect(inState('production')).toEqual(registry.production === null ? [] : [registry.production]);
  expect(inState('previous')).toEqual(registry.previous === null ? [] : [registry.previous]);
  expect([...inState('shadow'), ...inState('canary')]).toEqual(
    registry.trial === null ? [] : [registry.trial.adapter],
  );
  for (const state of ['candidate', 'shadow', 'canary', 'production', 'previous'])
    for (const id of inState(state)) {
      const { signed, report } = registry.lives.get(id) ?? { signed: {}, report: null };
      expect(report).not.toBeNull();
      expect(new Set(Object.values(signed)).size).toBe(2);
    }
}

test('whatever is tried: one at the bed at most, signed by two people, and the way back is kept', () => {
  fc.assert(
    fc.property(
      fc.array(anyStretch, { maxLength: 14 }),
      fc.nat(40),
      fc.nat(40),
      (stretches, explanations, hours) => {
        const context = { ...ENOUGH, exposure: { explanations, hours } };
        let registry = EMPTY_REGISTRY;
        for (const act of stretches.flat()) {
          const applied = applyAct(registry, act, context);
          if (!applied.ok) continue;
          if (act.act === 'promoted') {
            expect(explanations).toBeGreaterThanOrEqual(30);
            expect(applied.registry.previous).toBe(registry.production);
          }
          registry = applied.registry;
          held(registry);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('what the record holds leads to the same registry, and nobody steps back to what was withdrawn', () => {
  fc.assert(
    fc.property(fc.array(anyStretch, { maxLength: 14 }), (stretches) => {
      const done: AdapterAct[] = [];
      let registry = EMPTY_REGISTRY;
      for (const act of stretches.flat()) {
        const applied = applyAct(registry, act, ENOUGH);
        if (!applied.ok) continue;
        done.push(act);
        registry = applied.registry;
        if (registry.production !== null)
          expect(registry.lives.get(registry.production)?.state).not.toBe('withdrawn');
      }
      expect(registryOf(done)).toEqual(registry);
    }),
    { numRuns: 200 },
  );
});
