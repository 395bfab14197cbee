/**
 * How loud the system's sound output is set. PulseAudio and PipeWire tell it through `pactl`; Windows tells it to no
 * command, and there the test tone alone says whether an alarm is heard.
 */
import { execFile } from 'node:child_process';
import type { OutputLevel } from '../../../app/alerting/sound/fault.ts';

/** Runs `pactl` with these words; null where there is none, or it fails. */
export type Pactl = (words: readonly string[]) => Promise<string | null>;

/** A sound server that hangs is not waited for (ms). */
const PATIENCE_MS = 3_000;

export const pactl: Pactl = (words) =>
  new Promise((resolve) => {
    if (process.platform !== 'linux') return resolve(null);
    execFile(
      'pactl',
      [...words],
      // Its words are translated otherwise.
      { timeout: PATIENCE_MS, env: { ...process.env, LC_ALL: 'C' } },
      (error, text) => resolve(error === null ? text : null),
    );
  });

/** The default output's level; null where nothing tells it. Of several channels the softest counts. */
export async function readOutputLevel(run: Pactl = pactl): Promise<OutputLevel | null> {
  const volume = await run(['get-sink-volume', '@DEFAULT_SINK@']);
  if (volume === null) return null;
  const percents = [...volume.matchAll(/(\d+)%/g)].map(([, digits]) => Number(digits));
  if (percents.length === 0) return null;
  const mute = await run(['get-sink-mute', '@DEFAULT_SINK@']);
  return { isMuted: /^Mute: yes$/m.test(mute ?? ''), percent: Math.min(...percents) };
}
