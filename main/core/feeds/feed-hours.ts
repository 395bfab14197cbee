/**
 * How well each sender does, hour by hour: what came, what was not taken and why, and the pauses. Counted in memory
 * as messages are committed; what changed is written once a minute, because a count is worth no fsync of its own.
 */
import type { FeedView } from '../../../app/contract/feed-views.ts';
import { isoTime } from '../clock.ts';
import type { FeedHour } from './feeds-table.ts';

/** What became of one message. */
export interface FeedNote {
  readonly device: string;
  readonly receivedMs: number;
  readonly outcome: 'accepted' | 'held' | 'refused';
  readonly taken: number;
  /** Why the message, or values of it, were not taken: codes of this program. */
  readonly reasons: readonly string[];
}

export interface FeedHours {
  note(note: FeedNote): void;
  devices(): readonly string[];
  day(device: string, nowMs: number): Pick<FeedView, 'day' | 'lastAt'>;
  /** Hours that were counted since they were written last. */
  changed(): readonly FeedHour[];
  /** They are written now. */
  written(hours: readonly FeedHour[]): void;
}

export const HOUR_MS = 3_600_000;
const HOURS_SHOWN = 24;
/** A pause of a live feed; a spot-check device has only such. Ours. */
const GAP_MS = 60_000;
/** Senders counted: a name comes off the wire, so there is a limit. The ward has tens. Ours. */
export const MOST_FEEDS = 256;
const MOST_REASONS = 32;

export function createFeedHours(kept: readonly FeedHour[]): FeedHours {
  const feeds = new Map<string, Map<number, FeedHour>>();
  const dirty = new Set<FeedHour>();
  for (const hour of kept) hoursOf(hour.device)?.set(hour.hour, hour);

  function hoursOf(device: string): Map<number, FeedHour> | null {
    const hours = feeds.get(device) ?? (feeds.size < MOST_FEEDS ? new Map<number, FeedHour>() : null);
    if (hours !== null) feeds.set(device, hours);
    return hours;
  }

  return {
    note: (note) => {
      const hours = hoursOf(note.device);
      if (hours === null) return;
      const hour = Math.floor(note.receivedMs / HOUR_MS);
      let lastMs = 0;
      for (const one of hours.values()) lastMs = Math.max(lastMs, one.lastMs);
      const before = hours.get(hour) ?? emptyHour(note.device, hour);
      const after = withNote(before, note, lastMs);
      dirty.delete(before);
      dirty.add(after);
      hours.set(hour, after);
      for (const old of hours.keys()) if (old <= hour - HOURS_SHOWN - 1) hours.delete(old);
    },
    devices: () => [...feeds.keys()],
    day: (device, nowMs) => {
      const from = Math.floor(nowMs / HOUR_MS) - HOURS_SHOWN;
      const hours = [...(feeds.get(device)?.values() ?? [])].filter(({ hour }) => hour > from);
      const sum = (of: (hour: FeedHour) => number): number => hours.reduce((all, one) => all + of(one), 0);
      const reasons: { [reason: string]: number } = {};
      for (const hour of hours)
        for (const [reason, count] of Object.entries(hour.reasons))
          reasons[reason] = (reasons[reason] ?? 0) + count;
      const lastMs = Math.max(0, ...hours.map((hour) => hour.lastMs));
      return {
        lastAt: lastMs === 0 ? null : isoTime(lastMs),
        day: {
          messages: sum(({ messages }) => messages),
          values: sum(({ taken }) => taken),
          held: sum(({ held }) => held),
          refused: sum(({ refused }) => refused),
          gaps: sum(({ gaps }) => gaps),
          longestGapMs: Math.max(0, ...hours.map(({ longestGapMs }) => longestGapMs)),
          reasons: Object.entries(reasons)
            .map(([reason, count]) => ({ reason, count }))
            .sort((a, b) => b.count - a.count)
            .slice(0, MOST_REASONS),
        },
      };
    },
    changed: () => [...dirty],
    written: (hours) => {
      for (const hour of hours) dirty.delete(hour);
    },
  };
}

function emptyHour(device: string, hour: number): FeedHour {
  const nothing = { messages: 0, taken: 0, held: 0, refused: 0, gaps: 0, longestGapMs: 0, lastMs: 0 };
  return { device, hour, ...nothing, reasons: {} };
}

function withNote(hour: FeedHour, note: FeedNote, lastMs: number): FeedHour {
  const gapMs = lastMs === 0 ? 0 : note.receivedMs - lastMs;
  const isGap = gapMs > GAP_MS;
  const reasons = note.reasons.length === 0 ? hour.reasons : { ...hour.reasons };
  for (const reason of note.reasons)
    if (reason in reasons || Object.keys(reasons).length < MOST_REASONS)
      reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    ...hour,
    messages: hour.messages + 1,
    taken: hour.taken + note.taken,
    held: hour.held + (note.outcome === 'held' ? 1 : 0),
    refused: hour.refused + (note.outcome === 'refused' ? 1 : 0),
    gaps: hour.gaps + (isGap ? 1 : 0),
    longestGapMs: isGap ? Math.max(hour.longestGapMs, gapMs) : hour.longestGapMs,
    lastMs: Math.max(hour.lastMs, note.receivedMs),
    reasons,
  };
}
