/** Which level must sound now, from the open alerts and from whether somebody has put the sound off for a while. */
import type { TechnicalCode } from '../../technical/technical.ts';
import type { AlertPriority, AlertState } from '../alert.ts';
import { isUnanswered } from '../ladder.ts';
import { SOUND_LEVELS, type SoundLevel } from './pattern.ts';

/** Sound is off for so long unless the site says otherwise (the two minutes that bedside monitors have; ours). */
export const AUDIO_OFF_MINUTES = 2;
/** A site cannot make it longer: after that nobody remembers that a ward is silent. Never without end. Ours. */
export const AUDIO_OFF_MOST_MINUTES = 10;

/** Sound is off from one moment to another, both ISO 8601. */
export interface AudioOff {
  readonly since: string;
  readonly until: string;
}

export interface SoundingAlert {
  readonly state: AlertState;
  readonly priority: AlertPriority;
  readonly firedAt: string;
  /** Of an invented patient. */
  readonly demonstration: boolean;
}

export interface Audible {
  readonly alerts: readonly SoundingAlert[];
  readonly technical: readonly { readonly code: TechnicalCode; readonly acknowledgedBy: string | null }[];
  /** A patient who is not invented is in the ward. */
  readonly hasPatients: boolean;
  /** The terminal has heard nothing of the core for longer than a restart takes. */
  readonly isCut: boolean;
  readonly audioOff: AudioOff | null;
  /** Time of day, ms since the epoch. */
  readonly nowMs: number;
}

/**
 * Technical matters that sound: this machine no longer watches a bed, or no longer keeps what it is told. The others
 * can wait for somebody who looks; a single vital that is missing the bedside monitor sounds itself. Ours.
 */
const SOUNDING_CODES: readonly TechnicalCode[] = [
  'feed-silent',
  'listener-down',
  'storage-full',
  'storage-unwritable',
  'storage-damaged',
];

/**
 * Whether sound is off at a moment. A time of day that was set back to before it began ends it, so that a corrected
 * clock never makes it long.
 */
export function isAudioOff(off: AudioOff | null, nowMs: number): boolean {
  if (off === null) return false;
  const sinceMs = Date.parse(off.since);
  const untilMs = Math.min(Date.parse(off.until), sinceMs + AUDIO_OFF_MOST_MINUTES * 60_000);
  return nowMs >= sinceMs && nowMs < untilMs;
}

/**
 * A high alert that fired since sound was put off sounds all the same. Whoever put it off silenced what was known; of
 * this one they could not have known, and it waits minutes at most. Lesser ones wait with their light alone: the
 * standard lets audio paused hold back every sound and never a light.
 */
function breaksThrough({ priority, firedAt }: SoundingAlert, off: AudioOff): boolean {
  return priority === 'high' && Date.parse(firedAt) > Date.parse(off.since);
}

/** The gravest level that must sound; null: silence. */
export function audibleLevel({
  alerts,
  technical,
  hasPatients,
  isCut,
  audioOff,
  nowMs,
}: Audible): SoundLevel | null {
  // Nobody is called to an invented patient while real ones are in the ward.
  const asking = alerts.filter(
    ({ state, demonstration }) => isUnanswered(state) && !(demonstration && hasPatients),
  );
  const off = audioOff !== null && isAudioOff(audioOff, nowMs) ? audioOff : null;
  const levels = new Set<SoundLevel>(
    asking.filter((alert) => off === null || breaksThrough(alert, off)).map(({ priority }) => priority),
  );
  const isTechnical =
    isCut || technical.some((one) => one.acknowledgedBy === null && SOUNDING_CODES.includes(one.code));
  if (isTechnical && off === null) levels.add('technical');
  return SOUND_LEVELS.find((level) => levels.has(level)) ?? null;
}
