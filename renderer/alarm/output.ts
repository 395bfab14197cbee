/**
 * The workstation's sound output: a context that always runs, so that an alarm needs nothing to be woken, and what is
 * wrong with it. How loud the loudspeaker is set no page can read: that is what the test tone is for.
 */
import { create } from 'zustand';
import type { SoundFault } from '../../app/alerting/sound/fault.ts';
import { BURSTS, type SoundLevel } from '../../app/alerting/sound/pattern.ts';
import { soundBurst } from './voice.ts';

export interface Output {
  /** Begins a burst now; returns the way to cut it off. Nothing where the output stands still. */
  begin(level: SoundLevel): () => void;
  /** Looks whether the alarm can be heard. */
  look(): Promise<SoundFault | null>;
  /** Calls back when the output stood still and runs again. */
  onRunning(listener: () => void): void;
  /** Calls back when outputs came or went, or this one changed its state. */
  onChange(listener: () => void): void;
}

/** What screens show of the alarm's sound. */
export interface SoundState {
  /** What is wrong with the output; null: nothing that a program can find. */
  readonly fault: SoundFault | null;
  /** It has been looked at. */
  readonly known: boolean;
  /** The level that sounds; null: silence. */
  readonly sounding: SoundLevel | null;
  /** Sounds one high burst; null while there is no output to sound it. */
  readonly playTone: (() => void) | null;
}

export const useSound = create<SoundState>(() => ({
  fault: null,
  known: false,
  sounding: null,
  playTone: null,
}));

const NOT_BEGUN = (): void => undefined;

export function openOutput(
  // A tenth of a second is nothing to an alarm; short buffers would cost twice the processor, all day.
  context: AudioContext = new AudioContext({ latencyHint: 'playback' }),
  devices: MediaDevices = navigator.mediaDevices,
): Output {
  let wasRunning = context.state === 'running';
  const onRunning = new Set<() => void>();
  const onChange = new Set<() => void>();
  const changed = (): void => {
    const isRunning = context.state === 'running';
    if (isRunning && !wasRunning) for (const listener of onRunning) listener();
    wasRunning = isRunning;
    for (const listener of onChange) listener();
  };
  context.addEventListener('statechange', changed);
  devices.addEventListener('devicechange', changed);

  return {
    begin: (level) => {
      // On a clock that stands still bursts would pile up and sound all at once.
      if (context.state !== 'running') {
        void wake();
        return NOT_BEGUN;
      }
      return soundBurst(context, BURSTS[level], context.currentTime);
    },
    look: async () => {
      const found = await devices.enumerateDevices();
      if (!found.some(({ kind }) => kind === 'audiooutput')) return 'no-output';
      if (context.state !== 'running') await wake();
      return context.state === 'running' ? null : 'not-running';
    },
    onRunning: (listener) => void onRunning.add(listener),
    onChange: (listener) => void onChange.add(listener),
  };

  /** An output that was taken away or put to sleep; it may refuse, and is asked again at the next look. */
  async function wake(): Promise<void> {
    try {
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, WAKE_MS))]);
    } catch {
      // Closed for good: the look that follows says so.
    }
  }
}

/** A context that is not running after so long does not run (ms). Ours. */
const WAKE_MS = 1_000;
