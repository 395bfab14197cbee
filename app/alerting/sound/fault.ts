/** Why a workstation cannot be trusted to sound an alarm. */
export const SOUND_FAULTS = [
  /** The machine has no sound output. */
  'no-output',
  /** There is one, and it takes no sound. */
  'not-running',
] as const;
export type SoundFault = (typeof SOUND_FAULTS)[number];
