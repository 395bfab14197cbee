/** For the tests: true claims of a random record, and near misses of each. */
import {
  type Claim,
  changeOf,
  NUMBERS,
  PARAMETERS,
  pointsOf,
  type Readings,
  type Record2,
  readingOf,
  stateOf,
  totalOf,
} from './record-oracle.ts';

/** A small seeded generator (mulberry32): the same seed gives the same records on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

function readings(random: () => number): Readings {
  const sbp = between(random, 78, 150);
  return {
    rr: between(random, 9, 32),
    spo2: between(random, 86, 99),
    on_oxygen: random() < 0.5,
    temp_c: between(random, 348, 399) / 10,
    sbp,
    dbp: Math.round(sbp * 0.58),
    hr: between(random, 44, 138),
    acvpu: random() < 0.7 ? 'A' : 'V',
  };
}

/** Two sets of readings that differ in every number. */
export function randomRecord(random: () => number): Record2 {
  for (;;) {
    const record = { now: readings(random), before: readings(random), minutes: between(random, 12, 55) };
    if (NUMBERS.every((vital) => changeOf(record, vital) !== 0)) return record;
  }
}

/** True claims of every kind. */
export function claimsOf(record: Record2): readonly Claim[] {
  const { now, before } = record;
  const scoring = PARAMETERS.filter((one) => pointsOf(now, one) > 0);
  const red = PARAMETERS.filter((one) => pointsOf(now, one) === 3);
  const equal = [1, 2, 3]
    .map((points) => scoring.filter((one) => pointsOf(now, one) === points))
    .find((group) => group.length > 1);
  const [first] = equal ?? [];
  return [
    ...NUMBERS.flatMap((vital): Claim[] => {
      const change = changeOf(record, vital);
      const way = change > 0 ? 'up' : 'down';
      return [
        { kind: 'value', vital, value: readingOf(now, vital) },
        { kind: 'state', vital, state: stateOf(now, vital) },
        { kind: 'course', vital, from: readingOf(before, vital), to: readingOf(now, vital) },
        { kind: 'way', vital, way },
        { kind: 'change', vital, way, by: Math.abs(change) },
      ];
    }),
    ...scoring.map((parameter): Claim => ({ kind: 'points', parameter, points: pointsOf(now, parameter) })),
    ...(equal === undefined || first === undefined
      ? []
      : [{ kind: 'each', parameters: equal, points: pointsOf(now, first) } as const]),
    ...(scoring.length < 2
      ? []
      : [
          {
            kind: 'sum',
            parameters: scoring.slice(0, 2),
            points: scoring.slice(0, 2).reduce((sum, one) => sum + pointsOf(now, one), 0),
          } as const,
        ]),
    { kind: 'total', total: totalOf(now) },
    ...(totalOf(now) === totalOf(before)
      ? []
      : [{ kind: 'total-course', from: totalOf(before), to: totalOf(now) } as const]),
    ...(scoring.length > 1 ? [{ kind: 'scoring', count: scoring.length } as const] : []),
    ...(red.length > 1 ? [{ kind: 'red', count: red.length } as const] : []),
    { kind: 'elapsed', minutes: record.minutes },
  ];
}

const OTHER = { up: 'down', down: 'up', low: 'high', high: 'low' } as const;
function steps(value: number, vital?: string): readonly number[] {
  const step = vital === 'temp' ? 0.1 : 1;
  return [value + step, value - step].map((one) => Math.round(one * 10) / 10).filter((one) => one >= 0);
}

/** Claims that differ from one in a single respect: another number, vital, direction. Some may be true. */
export function nearMisses(claim: Claim): readonly Claim[] {
  switch (claim.kind) {
    case 'value':
      return [
        ...steps(claim.value, claim.vital).map((value) => ({ ...claim, value })),
        ...NUMBERS.filter((vital) => vital !== claim.vital).map((vital) => ({ ...claim, vital })),
      ];
    case 'state':
      return [
        ...(['low', 'high', 'normal'] as const).map((state) => ({ ...claim, state })),
        ...NUMBERS.map((vital) => ({ ...claim, vital })),
      ];
    case 'course':
      return [
        { ...claim, from: claim.to, to: claim.from },
        ...steps(claim.from, claim.vital).map((from) => ({ ...claim, from })),
        ...steps(claim.to, claim.vital).map((to) => ({ ...claim, to })),
        ...NUMBERS.filter((vital) => vital !== claim.vital).map((vital) => ({ ...claim, vital })),
      ];
    case 'way':
      return [{ ...claim, way: OTHER[claim.way] }, ...NUMBERS.map((vital) => ({ ...claim, vital }))];
    case 'change':
      return [
        { ...claim, way: OTHER[claim.way] },
        ...steps(claim.by, claim.vital).map((by) => ({ ...claim, by })),
        ...NUMBERS.filter((vital) => vital !== claim.vital).map((vital) => ({ ...claim, vital })),
      ];
    case 'points':
      return [
        ...steps(claim.points).map((points) => ({ ...claim, points })),
        ...PARAMETERS.map((parameter) => ({ ...claim, parameter })),
      ];
    case 'each':
      return [
        ...steps(claim.points).map((points) => ({ ...claim, points })),
        ...PARAMETERS.filter((one) => !claim.parameters.includes(one)).map((one) => ({
          ...claim,
          parameters: [...claim.parameters.slice(0, -1), one],
        })),
      ];
    case 'sum':
      return steps(claim.points).map((points) => ({ ...claim, points }));
    case 'total':
      return steps(claim.total).map((total) => ({ ...claim, total }));
    case 'total-course':
      return [
        { ...claim, from: claim.to, to: claim.from },
        ...steps(claim.from).map((from) => ({ ...claim, from })),
        ...steps(claim.to).map((to) => ({ ...claim, to })),
      ];
    case 'scoring':
    case 'red':
      return steps(claim.count)
        .filter((count) => count > 1 && count < 8)
        .map((count) => ({ ...claim, count }));
    case 'elapsed':
      return steps(claim.minutes).map((minutes) => ({ ...claim, minutes }));
  }
}
