/** One scheduler of the alarm's sound: told what must sound, it begins and cuts off bursts at their moments. */
import type { SoundLevel } from '../../app/alerting/sound/pattern.ts';
import { SILENT, stepSound } from '../../app/alerting/sound/sequence.ts';

export interface SchedulerPorts {
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; returns the way to forget it. */
  readonly later: (call: () => void, afterMs: number) => () => void;
  /** Begins a burst now; returns the way to cut it off. */
  readonly begin: (level: SoundLevel) => () => void;
}

export interface Scheduler {
  /** What must sound from now on; null: silence. Telling the same again changes nothing. */
  want(level: SoundLevel | null): void;
  /** What sounded is lost, because the output stood still: begins anew. */
  restart(): void;
}

export function createScheduler({ now, later, begin }: SchedulerPorts): Scheduler {
  let sequence = SILENT;
  let wanted: SoundLevel | null = null;
  let cut: (() => void) | null = null;
  let forget: (() => void) | null = null;

  function step(): void {
    forget?.();
    const next = stepSound(sequence, wanted, now());
    ({ sequence } = next);
    if (next.stop) cut?.();
    if (next.start !== null) cut = begin(next.start);
    forget = sequence.nextMs === null ? null : later(step, Math.max(0, sequence.nextMs - now()));
  }
  return {
    want: (level) => {
      if (level === wanted) return;
      wanted = level;
      step();
    },
    restart: () => {
      cut?.();
      sequence = SILENT;
      step();
    },
  };
}
