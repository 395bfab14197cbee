/** Why a workstation cannot be trusted to sound an alarm. */

/** What the window finds out about its sound output. */
export const SOUND_FAULTS = [
  /** The machine has no sound output. */
  'no-output',
  /** There is one, and it takes no sound. */
  'not-running',
] as const;
export type SoundFault = (typeof SOUND_FAULTS)[number];

export type UnheardReason = SoundFault | 'muted' | 'too-quiet' | 'not-heard';

/** How loud the system's output is set, where the system tells it. */
export interface OutputLevel {
  readonly isMuted: boolean;
  /** Of the output's full level. */
  readonly percent: number;
}

/** Less is lost in the noise of an intensive care unit (50 to 60 dB by day). Ours; no system tells sound pressure. */
export const LEAST_LEVEL_PERCENT = 40;

/** Why alarms are not heard; null: nothing says so. What a machine knows comes before what a person said of it. */
export function unheardReason(
  fault: SoundFault | null,
  level: OutputLevel | null,
  tone: { readonly heard: boolean } | null,
): UnheardReason | null {
  if (fault !== null) return fault;
  if (level?.isMuted === true) return 'muted';
  if (level !== null && level.percent < LEAST_LEVEL_PERCENT) return 'too-quiet';
  return tone?.heard === false ? 'not-heard' : null;
}
