import { describe, expect, it } from 'vitest';
import { heardPulses } from '../../app/alerting/sound/heard.ts';
import { BURSTS, SOUND_LEVELS } from '../../app/alerting/sound/pattern.ts';
import { asAudioContext, FakeAudioContext } from './fake-audio.ts';
import { FADE_S, soundBurst } from './voice.ts';

/** Enough for six partials of 659 Hz. */
const RATE = 16_000;

describe.each(SOUND_LEVELS)('a burst of level %s, as samples', (level) => {
  const burst = BURSTS[level];
  const context = new FakeAudioContext();
  soundBurst(asAudioContext(context), burst, 0.1);
  const samples = context.samples(0.1 + burst.durationMs / 1_000 + 0.5, RATE);

  it('has the pulses of its pattern, with their pitch, and silence around them', () => {
    const heard = heardPulses(samples, RATE);
    expect(heard).toHaveLength(burst.pulses.length);
    for (const [index, pulse] of burst.pulses.entries()) {
      const one = heard[index];
      expect(Math.abs((one?.startMs ?? 0) - 100 - pulse.startMs)).toBeLessThan(12);
      expect(Math.abs((one?.durationMs ?? 0) - pulse.riseMs - pulse.holdMs - pulse.fallMs)).toBeLessThan(20);
      expect(Math.abs((one?.pitchHz ?? 0) / pulse.fundamentalHz - 1)).toBeLessThan(0.04);
    }
  });

  it('fills the output to its level and clips nothing', () => {
    const peak = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    expect(peak).toBeLessThanOrEqual(burst.gain + 1e-6);
    expect(peak).toBeGreaterThan(burst.gain * 0.9);
  });
});

it('a burst that is cut off is silent after its fade', () => {
  const context = new FakeAudioContext();
  const cut = soundBurst(asAudioContext(context), BURSTS.high, 0);
  // In the middle of the second pulse.
  context.currentTime = 0.3;
  cut();
  const samples = context.samples(4, RATE);
  const rest = samples.subarray(Math.ceil((0.3 + FADE_S) * RATE));
  expect(rest.every((one) => one === 0)).toBe(true);
  expect(heardPulses(samples, RATE)).toHaveLength(2);
});
