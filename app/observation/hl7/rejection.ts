/** Why a value was not taken. The words are made at the screen. */
export const REJECTION_REASONS = [
  'code-unknown',
  'code-disagrees',
  'not-a-number',
  'not-understood',
  'unit-unknown',
  'unit-missing',
  'unit-unfit',
  'implausible',
  'time-invalid',
  'time-imprecise',
  'time-in-future',
  'status-unknown',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
