/**
 * Streams after their commit: the sets that wait to be scored, and which bed is scored when. A bed is scored at most
 * every 250 ms, and all of them together take no more than a share of the time: under a flood acknowledgements go
 * before, and every bed has its turn, the one that has waited longest first.
 */
import type { StoredSet } from './observations-table.ts';

/** The screens are told as often (design: "updates merge to at most 4 a second a bed"). */
export const LEAST_PAUSE_MS = 250;
/**
 * A turn takes so long at most, and rests for so many times as long as it took. Whatever that leaves waiting in a
 * flood, the ward's tick scores within two seconds: it lets time pass in every bed once a second. Ours.
 */
export const TURN_MS = 4;
export const REST_FACTOR = 16;

export interface Streams {
  /** Sets of the patient that are committed and not scored yet, oldest first. */
  unscored(patientId: string): readonly StoredSet[];
  add(patientId: string, sets: readonly StoredSet[]): void;
  /** The patient's waiting sets are scored, or the patient has left. */
  done(patientId: string): void;
  /** Beds whose turn it is, the one that has waited longest first. */
  due(nowMs: number): readonly string[];
  /** Milliseconds until the next bed is due; null where none waits. */
  nextIn(nowMs: number): number | null;
  scoredAt(patientId: string, nowMs: number): void;
}

export function createStreams(): Streams {
  const waiting = new Map<string, StoredSet[]>();
  const lastScored = new Map<string, number>();
  const dueAt = (patientId: string): number =>
    (lastScored.get(patientId) ?? Number.NEGATIVE_INFINITY) + LEAST_PAUSE_MS;

  return {
    unscored: (patientId) => waiting.get(patientId) ?? [],
    add: (patientId, sets) => {
      const present = waiting.get(patientId);
      if (present === undefined) waiting.set(patientId, [...sets]);
      else present.push(...sets);
    },
    done: (patientId) => void waiting.delete(patientId),
    due: (nowMs) =>
      [...waiting.keys()].filter((id) => dueAt(id) <= nowMs).sort((a, b) => dueAt(a) - dueAt(b)),
    nextIn: (nowMs) => {
      let least: number | null = null;
      for (const id of waiting.keys()) {
        const wait = Math.max(0, dueAt(id) - nowMs);
        if (least === null || wait < least) least = wait;
      }
      return least;
    },
    scoredAt: (patientId, nowMs) => void lastScored.set(patientId, nowMs),
  };
}

/**
 * A bed's sets with new ones, at most one a second of each source: a gateway that sends waveforms' worth of numerics
 * would otherwise fill the minute's window with thousands. A set is left out only where a later one of the same second
 * and source has every vital of it, so that the newest value and its time stay what they are; the median of a minute
 * is then that of its seconds.
 */
export function oneASecond(
  known: readonly StoredSet[],
  added: readonly StoredSet[],
): { readonly sets: readonly StoredSet[]; readonly fresh: readonly StoredSet[] } {
  const latest = new Map<string, StoredSet>();
  const slots = new Set<string>();
  const fresh: StoredSet[] = [];
  for (const set of added.toSorted((a, b) => b.observedMs - a.observedMs || b.id - a.id)) {
    const second = secondOf(set);
    const slot = `${set.observedMs} ${second}`;
    // Of one moment and source the last row is in force: it carries what the ones before it said.
    if (slots.has(slot)) continue;
    slots.add(slot);
    const later = latest.get(second);
    if (later === undefined) latest.set(second, set);
    else if (hasAllOf(later, set)) continue;
    fresh.push(set);
  }
  const sets = known.filter((set) => {
    const later = latest.get(secondOf(set));
    return later === undefined || later.observedMs <= set.observedMs || !hasAllOf(later, set);
  });
  return { sets, fresh: fresh.reverse() };
}

function secondOf({ observedMs, source }: StoredSet): string {
  return `${Math.floor(observedMs / 1000)} ${source.kind} ${source.name}`;
}

function hasAllOf(later: StoredSet, set: StoredSet): boolean {
  for (const vital in set.values) if (!(vital in later.values)) return false;
  for (const vital of set.unavailable ?? [])
    if (!(vital in later.values) && later.unavailable?.includes(vital) !== true) return false;
  return (set.ambiguous?.length ?? 0) === 0;
}
