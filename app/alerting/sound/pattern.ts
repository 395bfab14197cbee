/**
 * How alarms sound: the pulses of one burst of each level, after the habits of IEC 60601-1-8 (2006 with amendments 1
 * and 2). Its table 3 (bursts) and table 4 (pulses) give ranges, which `RANGES` repeats; within them every figure is
 * ours. The program is a secondary notifier and claims no conformity: sound pressure at the bed is nobody's to promise
 * from here.
 */
import type { AlertPriority } from '../alert.ts';

/** Gravest first. A technical matter has a sound of its own below all patients' alerts. */
export const SOUND_LEVELS = ['high', 'medium', 'low', 'technical'] as const;
export type SoundLevel = AlertPriority | 'technical';

/** What the standard's tables 3 and 4 allow; times in ms, frequencies in Hz. */
export const RANGES = {
  pulses: { high: [10, 10], medium: [3, 3], low: [1, 2], technical: [1, 2] },
  /** From the end of one pulse's full level to the beginning of the next one's: x of a high burst, y of the others. */
  spacingMs: { high: [50, 125], medium: [125, 250], low: [125, 250], technical: [125, 250] },
  /** Between the two halves of a high burst. */
  halfSpacingMs: [350, 1_300],
  /** From the end of a burst to the next one. A low one need not come again; if it does, not sooner. */
  intervalMs: {
    high: [2_500, 15_000],
    medium: [2_500, 30_000],
    low: [15_000, 600_000],
    technical: [15_000, 600_000],
  },
  /** For which a pulse has its full level. */
  pulseMs: { high: [75, 200], medium: [125, 250], low: [125, 250], technical: [125, 250] },
  /** Part of the pulse's time that its rise takes. */
  rise: [0.1, 0.4],
  fundamentalHz: [150, 1_000],
  /** At least so many partials lie in this band, none of them further below the fundamental than this. */
  partials: { least: 4, bandHz: [300, 4_000], withinDb: 15 },
  /** Between the loudest and the softest pulse of one burst. */
  withinBurstDb: 10,
} as const;

/** Notes of the equal-tempered scale on A = 440 Hz (ISO 16), in Hz. */
const NOTE = { c4: 261.63, c5: 523.25, e5: 659.26 } as const;

/**
 * The standard's general melody (its table F.1): a high burst is c c c, c c; a medium one c c c; a low one e c. A
 * technical one falls by an octave, the c c of its "equipment failure".
 */
const MELODY: { readonly [level in SoundLevel]: readonly number[] } = {
  high: Array.from({ length: 10 }, () => NOTE.c5),
  medium: [NOTE.c5, NOTE.c5, NOTE.c5],
  low: [NOTE.e5, NOTE.c5],
  technical: [NOTE.c5, NOTE.c4],
};

/** Full level of one pulse. Shorter is more urgent. */
const PULSE_MS: { readonly [level in SoundLevel]: number } = {
  high: 120,
  medium: 200,
  low: 200,
  technical: 250,
};
const SPACING_MS: { readonly [level in SoundLevel]: number } = {
  high: 100,
  medium: 200,
  low: 200,
  technical: 150,
};
/** Between a high burst's halves of five. */
const HALF_SPACING_MS = 600;
/** After the third pulse of each half: twice the spacing and a pulse, so that three and two are heard. */
const AFTER_THIRD_MS = 2 * SPACING_MS.high + PULSE_MS.high;
/** From the end of a burst to the next: short enough to be believed, long enough to be spoken over. */
const INTERVAL_MS: { readonly [level in SoundLevel]: number } = {
  high: 5_000,
  medium: 10_000,
  low: 25_000,
  technical: 40_000,
};

/** Edges that do not click; a rise of a fifth of the pulse's time. The fall and the next rise fit into the spacing. */
const RISE_PART = 0.2;
const FALL_MS = 40;

/** Relative to the fundamental, which is the first: within 9.5 dB of it, so that a small loudspeaker has enough to say. */
export const PARTIALS: readonly number[] = [1, 0.8, 0.65, 0.5, 0.4, 0.33];

/** Of what the output takes. A high alarm is never softer than a lesser one. In steps of 3 dB. */
const LEVEL: { readonly [level in SoundLevel]: number } = { high: 1, medium: 0.71, low: 0.5, technical: 0.5 };

export interface Pulse {
  /** When its rise begins, in ms from the beginning of the burst. */
  readonly startMs: number;
  readonly riseMs: number;
  /** At full level. */
  readonly holdMs: number;
  readonly fallMs: number;
  readonly fundamentalHz: number;
}

export interface Burst {
  readonly level: SoundLevel;
  readonly pulses: readonly Pulse[];
  /** From the first rise to the end of the last fall. */
  readonly durationMs: number;
  /** From its end to the beginning of the next one. */
  readonly intervalMs: number;
  /** 0 to 1 of what the output takes. */
  readonly gain: number;
}

/** From the end of pulse `index`'s full level to the beginning of the next one's. */
function spacingAfter(level: SoundLevel, index: number): number {
  if (level !== 'high') return SPACING_MS[level];
  const place = index % 5;
  if (place === 4) return HALF_SPACING_MS;
  return place === 2 ? AFTER_THIRD_MS : SPACING_MS.high;
}

function burstOf(level: SoundLevel): Burst {
  const holdMs = PULSE_MS[level];
  const riseMs = RISE_PART * holdMs;
  let startMs = 0;
  const pulses = MELODY[level].map((fundamentalHz, index): Pulse => {
    const pulse = { startMs, riseMs, holdMs, fallMs: FALL_MS, fundamentalHz };
    startMs += holdMs + spacingAfter(level, index);
    return pulse;
  });
  const durationMs = Math.max(...pulses.map((pulse) => pulse.startMs + riseMs + holdMs + FALL_MS));
  return { level, pulses, durationMs, intervalMs: INTERVAL_MS[level], gain: LEVEL[level] };
}

/** One burst of each level. */
export const BURSTS: { readonly [level in SoundLevel]: Burst } = {
  high: burstOf('high'),
  medium: burstOf('medium'),
  low: burstOf('low'),
  technical: burstOf('technical'),
};

/** Whether the first level is graver than the second. */
export function isGraver(a: SoundLevel, b: SoundLevel): boolean {
  return SOUND_LEVELS.indexOf(a) < SOUND_LEVELS.indexOf(b);
}
