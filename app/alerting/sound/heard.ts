/** What is heard in samples of sound: for the tests, which judge the sound itself and not the plan of it. */
import { RANGES } from './pattern.ts';

export interface HeardPulse {
  readonly startMs: number;
  readonly durationMs: number;
  readonly pitchHz: number;
}

const WINDOW_MS = 5;
/** Root mean square of full scale under which nothing is heard. */
const SILENCE = 0.02;
/** Shorter than any spacing of a pattern: a dip within a pulse. */
const DIP_MS = 15;

/**
 * A period that falls between two samples is a little less like than one that falls on them. The next likeness of such
 * a sound, half a period off, is far below.
 */
const LIKE = 0.15;

/** The pulses in samples (−1 to 1) at a rate (Hz), in order. */
export function heardPulses(samples: Float32Array, rate: number): HeardPulse[] {
  const perWindow = Math.round((rate * WINDOW_MS) / 1_000);
  const runs: { from: number; to: number }[] = [];
  for (let at = 0; at + perWindow <= samples.length; at += perWindow) {
    if (rootMeanSquare(samples.subarray(at, at + perWindow)) < SILENCE) continue;
    const last = runs.at(-1);
    if (last !== undefined && at - last.to <= (rate * DIP_MS) / 1_000) last.to = at + perWindow;
    else runs.push({ from: at, to: at + perWindow });
  }
  return runs.map(({ from, to }) => ({
    startMs: (from / rate) * 1_000,
    durationMs: ((to - from) / rate) * 1_000,
    pitchHz: pitchOf(samples.subarray(from, to), rate),
  }));
}

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
}

/** Of the pitches a fundamental may have, the highest at which the sound is like itself a period later (autocorrelation). */
function pitchOf(samples: Float32Array, rate: number): number {
  const [lowest, highest] = RANGES.fundamentalHz;
  const length = Math.min(Math.round(rate / 20), Math.floor(samples.length / 2));
  const middle = samples.subarray(Math.floor(samples.length / 4));
  const likeness: number[] = [];
  for (let lag = Math.floor(rate / highest); lag <= Math.ceil(rate / lowest); lag++) {
    let together = 0;
    let alone = 0;
    let later = 0;
    for (let at = 0; at < length && at + lag < middle.length; at++) {
      const a = middle[at] ?? 0;
      const b = middle[at + lag] ?? 0;
      together += a * b;
      alone += a * a;
      later += b * b;
    }
    likeness[lag] = together / (Math.sqrt(alone * later) || 1);
  }
  const best = Math.max(...likeness.filter((one) => one !== undefined));
  const near = likeness.findIndex((one) => one !== undefined && one > best - LIKE);
  // Uphill from there to the top of its own hump.
  let lag = near;
  while ((likeness[lag + 1] ?? Number.NEGATIVE_INFINITY) > (likeness[lag] ?? 0)) lag++;
  return rate / lag;
}
