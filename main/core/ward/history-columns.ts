/** Gathers the rows of a history by column, as they cross to a terminal. */
import type { PackedHistory } from '../../../app/contract/packed-history.ts';
import { SOURCE_KINDS } from '../../../app/observation/observation.ts';
import { NUMERIC_VITALS, type NumericVital, VITALS, type Vital } from '../../../app/observation/vital.ts';
import type { Score } from '../../../app/scoring/score.ts';
import { isoTime } from '../clock.ts';
import type { PlotMinutes } from '../summaries/plot-minutes.ts';
import type { StoredSet } from './observations-table.ts';
import type { ScoreStep } from './scores-table.ts';

type Value = number | boolean | string | null;

export interface HistoryColumns {
  /** Scores: those in force, oldest first. */
  addSets(sets: readonly StoredSet[], steps: readonly ScoreStep[]): void;
  addMinutes(minutes: PlotMinutes, steps: readonly ScoreStep[]): void;
  /** All that was added, oldest first; of the same moment what was added first comes first. */
  packed(): PackedHistory;
}

export function createHistoryColumns(): HistoryColumns {
  const ms: number[] = [];
  const at: string[] = [];
  const source: number[] = [];
  const sets: number[] = [];
  const score: number[] = [];
  const scores = new Map<Score, number>();
  const values = new Map<Vital, Value[]>();
  const least = new Map<NumericVital, (number | null)[]>();
  const greatest = new Map<NumericVital, (number | null)[]>();

  const numberOf = (of: Score | null): number => {
    if (of === null) return -1;
    const known = scores.get(of) ?? scores.size;
    scores.set(of, known);
    return known;
  };

  return {
    addSets: (added, steps) => {
      const before = ms.length;
      for (const set of added) {
        ms.push(set.observedMs);
        at.push(set.observedAt);
        source.push(SOURCE_KINDS.indexOf(set.source.kind));
        sets.push(1);
        score.push(numberOf(scoreAt(steps, set.committedMs)));
      }
      for (const vital of VITALS)
        if (added.some((set) => set.values[vital] !== undefined))
          appendTo(
            values,
            vital,
            before,
            added.map((set) => set.values[vital] ?? null),
          );
    },
    addMinutes: (minutes, steps) => {
      const before = ms.length;
      for (const lastMs of minutes.lastMs) {
        ms.push(lastMs);
        at.push(isoTime(lastMs));
      }
      for (const { kind } of minutes.source) source.push(SOURCE_KINDS.indexOf(kind));
      for (const committedMs of minutes.committedMs) score.push(numberOf(scoreAt(steps, committedMs)));
      sets.push(...minutes.sets);
      if (minutes.onOxygen.some((word) => word !== null))
        appendTo(values, 'on_oxygen', before, minutes.onOxygen);
      if (minutes.acvpu.some((word) => word !== null)) appendTo(values, 'acvpu', before, minutes.acvpu);
      for (const { vital, median, ...ends } of minutes.numbers) {
        appendTo(values, vital, before, median);
        // One set is told as it was; of several the ends are told where they differ.
        const moved = ends.least.map(
          (end, place) => end !== ends.greatest[place] && (minutes.sets[place] ?? 1) > 1,
        );
        if (!moved.includes(true)) continue;
        const told = (column: readonly (number | null)[]) =>
          column.map((end, place) => (moved[place] === true ? end : null));
        appendTo(least, vital, before, told(ends.least));
        appendTo(greatest, vital, before, told(ends.greatest));
      }
    },
    packed: () => {
      const order = orderOf(ms);
      const ordered = <T>(column: T[]): T[] =>
        order === null
          ? column
          : order.map((place) => {
              const value = column[place];
              if (value === undefined) throw new Error('a column that is too short');
              return value;
            });
      const whole = <T>(column: (T | null)[]): (T | null)[] => {
        while (column.length < ms.length) column.push(null);
        return ordered(column);
      };
      const columnsIn = <V extends Vital, T>(columns: ReadonlyMap<V, (T | null)[]>, of: readonly V[]) => {
        const told: { [vital in V]?: (T | null)[] } = {};
        for (const vital of of) {
          const column = columns.get(vital);
          if (column !== undefined) told[vital] = whole(column);
        }
        return told;
      };
      return {
        at: ordered(at),
        source: ordered(source),
        sets: ordered(sets),
        values: columnsIn(values, VITALS),
        least: columnsIn(least, NUMERIC_VITALS),
        greatest: columnsIn(greatest, NUMERIC_VITALS),
        scores: [...scores.keys()],
        score: ordered(score),
      };
    },
  };
}

/** Appends to a column whose rows before these may have had none of it. */
function appendTo<K, T>(
  columns: Map<K, (T | null)[]>,
  key: K,
  before: number,
  more: readonly (T | null)[],
): void {
  const column = columns.get(key);
  if (column === undefined) {
    // The whole of most histories: nothing came before.
    columns.set(key, before === 0 ? [...more] : [...Array<null>(before).fill(null), ...more]);
    return;
  }
  while (column.length < before) column.push(null);
  for (const value of more) column.push(value);
}

/** The places in the order of time; null where they are in it. */
function orderOf(ms: readonly number[]): number[] | null {
  if (ms.every((one, place) => place === 0 || (ms[place - 1] ?? 0) <= one)) return null;
  return ms.map((_, place) => place).sort((a, b) => (ms[a] ?? 0) - (ms[b] ?? 0));
}

function scoreAt(steps: readonly ScoreStep[], atMs: number): Score | null {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.score ?? null;
}
