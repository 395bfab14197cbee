import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BURSTS, isGraver, SOUND_LEVELS, type SoundLevel } from './pattern.ts';
import { LEAST_GAP_MS, SILENT, type SoundSequence, stepSound } from './sequence.ts';

interface Sounded {
  readonly level: SoundLevel;
  readonly startMs: number;
  readonly endMs: number;
  readonly stopped: boolean;
}

/** What is heard where `wanted` changes at these moments, with a step at each change and at each due moment. */
function heard(
  changes: readonly { readonly atMs: number; readonly wanted: SoundLevel | null }[],
  untilMs: number,
) {
  const sounded: Sounded[] = [];
  let sequence: SoundSequence = SILENT;
  let wanted: SoundLevel | null = null;
  const step = (nowMs: number): void => {
    const next = stepSound(sequence, wanted, nowMs);
    const last = sounded.at(-1);
    if (next.stop && last !== undefined) sounded.splice(-1, 1, { ...last, endMs: nowMs, stopped: true });
    if (next.start !== null)
      sounded.push({
        level: next.start,
        startMs: nowMs,
        endMs: nowMs + BURSTS[next.start].durationMs,
        stopped: false,
      });
    sequence = next.sequence;
  };
  const passUntil = (atMs: number): void => {
    while (sequence.nextMs !== null && sequence.nextMs < atMs) step(sequence.nextMs);
  };
  for (const change of changes) {
    passUntil(change.atMs);
    wanted = change.wanted;
    step(change.atMs);
  }
  passUntil(untilMs);
  return sounded;
}

const changes = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 1, max: 30_000 }),
      wanted: fc.option(fc.constantFrom(...SOUND_LEVELS)),
    }),
    { maxLength: 20 },
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ afterMs, wanted }) => {
      atMs += afterMs;
      return { atMs, wanted };
    });
  });
const END = 20 * 30_000 + 120_000;

/** What was wanted at a moment. */
const wantedAt = (given: readonly { atMs: number; wanted: SoundLevel | null }[], atMs: number) =>
  given.findLast((change) => change.atMs <= atMs)?.wanted ?? null;

describe('the sequence of bursts', () => {
  it('never has two at once, and none of what is not wanted', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const all = heard(given, END);
        for (const [index, burst] of all.entries()) {
          const before = all[index - 1];
          if (before !== undefined) expect(burst.startMs).toBeGreaterThanOrEqual(before.endMs);
          expect(wantedAt(given, burst.startMs)).toBe(burst.level);
          // Whole as long as its level is wanted: cut off only where it no longer is.
          if (burst.stopped) expect(wantedAt(given, burst.endMs)).not.toBe(burst.level);
          else
            for (const { atMs, wanted } of given)
              if (atMs > burst.startMs && atMs < burst.endMs) expect(wanted).toBe(burst.level);
        }
      }),
    );
  });

  it('leaves a gap between a burst and one that is no graver', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const all = heard(given, END);
        for (const [index, burst] of all.entries()) {
          const before = all[index - 1];
          if (before !== undefined && !isGraver(burst.level, before.level))
            expect(burst.startMs - before.endMs).toBeGreaterThanOrEqual(LEAST_GAP_MS);
        }
      }),
    );
  });

  it('begins what becomes graver at once', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const all = heard(given, END);
        for (const [index, { atMs, wanted }] of given.entries()) {
          const before = given[index - 1];
          if (wanted === null || before === undefined || before.wanted === null) continue;
          const isLastAtIt = given[index + 1]?.atMs !== atMs;
          const sounding = all.findLast(({ startMs }) => startMs < atMs);
          if (isLastAtIt && isGraver(wanted, before.wanted) && before.atMs < atMs) {
            if (sounding !== undefined && !isGraver(wanted, sounding.level)) continue;
            expect(all.some(({ level, startMs }) => level === wanted && startMs === atMs)).toBe(true);
          }
        }
      }),
    );
  });

  it.each(SOUND_LEVELS)('repeats %s at its interval, however often it is told the same', (level) => {
    const { durationMs, intervalMs } = BURSTS[level];
    const told = Array.from({ length: 400 }, (_, second) => ({ atMs: second * 500, wanted: level }));
    const starts = heard(told, 200_000).map(({ startMs }) => startMs);
    expect(starts.length).toBeGreaterThan(3);
    // Told every half second, due in between: its own moment counts.
    for (const [index, start] of starts.entries()) expect(start).toBe(index * (durationMs + intervalMs));
  });

  it('stops midway when it is answered, and begins the lesser one after the gap', () => {
    const all = heard(
      [
        { atMs: 0, wanted: 'high' },
        { atMs: 700, wanted: 'medium' },
        { atMs: 1_800, wanted: null },
      ],
      60_000,
    );
    expect(all).toEqual([
      { level: 'high', startMs: 0, endMs: 700, stopped: true },
      { level: 'medium', startMs: 1_700, endMs: 1_800, stopped: true },
    ]);
  });
});
