import { describe, expect, it } from 'vitest';
import { BURSTS, type Burst, isGraver, PARTIALS, RANGES, SOUND_LEVELS } from './pattern.ts';

const within = (value: number, [least, most]: readonly [number, number]): void => {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
};

/** From the end of each pulse's full level to the beginning of the next one's. */
function spacings({ pulses }: Burst): number[] {
  return pulses.slice(1).map((next, index) => {
    const pulse = pulses[index];
    if (pulse === undefined) throw new Error('no pulse before it');
    return next.startMs + next.riseMs - (pulse.startMs + pulse.riseMs + pulse.holdMs);
  });
}

describe.each(SOUND_LEVELS)('a burst of level %s', (level) => {
  const burst = BURSTS[level];

  it('has as many pulses, so long, so far apart, as the standard allows', () => {
    within(burst.pulses.length, RANGES.pulses[level]);
    within(burst.intervalMs, RANGES.intervalMs[level]);
    for (const pulse of burst.pulses) {
      within(pulse.holdMs, RANGES.pulseMs[level]);
      within(pulse.riseMs / pulse.holdMs, RANGES.rise);
      within(pulse.fundamentalHz, RANGES.fundamentalHz);
    }
    const between = spacings(burst);
    // The fall of one pulse and the rise of the next fit in between.
    for (const [index, spacing] of between.entries()) {
      const [pulse, next] = [burst.pulses[index], burst.pulses[index + 1]];
      expect((pulse?.fallMs ?? 0) + (next?.riseMs ?? 0)).toBeLessThanOrEqual(spacing);
    }
    if (level !== 'high') for (const spacing of between) within(spacing, RANGES.spacingMs[level]);
  });

  it('has enough partials that are heard, and clips nothing', () => {
    for (const { fundamentalHz } of burst.pulses) {
      const heard = PARTIALS.filter((amplitude, index) => {
        const frequency = fundamentalHz * (index + 1);
        const [low, high] = RANGES.partials.bandHz;
        return (
          frequency >= low && frequency <= high && 20 * Math.log10(amplitude) >= -RANGES.partials.withinDb
        );
      });
      expect(heard.length).toBeGreaterThanOrEqual(RANGES.partials.least);
    }
    expect(burst.gain).toBeLessThanOrEqual(1);
  });
});

it('a high burst is three and two, twice', () => {
  const between = spacings(BURSTS.high).map(Math.round);
  const [x = 0] = between;
  const pulse = BURSTS.high.pulses[0]?.holdMs ?? 0;
  within(x, RANGES.spacingMs.high);
  const half = [x, x, 2 * x + pulse, x];
  expect([...between.slice(0, 4), ...between.slice(5)]).toEqual([...half, ...half]);
  within(between[4] ?? 0, RANGES.halfSpacingMs);
});

it('the graver the level, the louder, the shorter its pulses and the sooner it comes again', () => {
  for (const a of SOUND_LEVELS)
    for (const b of SOUND_LEVELS.filter((one) => isGraver(a, one))) {
      expect(BURSTS[a].gain).toBeGreaterThanOrEqual(BURSTS[b].gain);
      expect(BURSTS[a].intervalMs).toBeLessThan(BURSTS[b].intervalMs);
      expect(BURSTS[a].pulses[0]?.holdMs).toBeLessThanOrEqual(BURSTS[b].pulses[0]?.holdMs ?? 0);
    }
});

it('no two levels sound alike', () => {
  const heard = SOUND_LEVELS.map((level) =>
    JSON.stringify(BURSTS[level].pulses.map(({ fundamentalHz, startMs }) => [fundamentalHz, startMs])),
  );
  expect(new Set(heard).size).toBe(SOUND_LEVELS.length);
});
