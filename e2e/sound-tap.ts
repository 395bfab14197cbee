/** Listens in on what the program really plays: the samples that its audio context sends to the loudspeaker. */
import { z } from 'zod';
import { type HeardPulse, heardPulses } from '../app/alerting/sound/heard.ts';
import type { Program } from './program.ts';

/** One of so many samples is kept: no partial of any pattern is above 4 kHz. */
const KEEP_EVERY = 2;
/** Large, so that a busy page loses none of it. */
const BLOCK = 16_384;

const recording = z.object({ rate: z.number(), samples: z.array(z.number()) });

export interface SoundTap {
  /** What has been heard so far is not asked for. */
  forget(): Promise<void>;
  /** What has been heard since the last of these calls, or since the page was loaded. */
  heard(): Promise<HeardPulse[]>;
  /** What is heard in the next so many milliseconds. */
  listen(forMs: number): Promise<HeardPulse[]>;
}

/** Loads the page anew, with a tap between its audio context and the loudspeaker. */
export async function tapSound({ electron, page }: Program): Promise<SoundTap> {
  await electron.context().addInitScript(
    ([every, block]) => {
      const Native = AudioContext;
      const kept: number[] = [];
      let rate = 0;
      class Tapped extends Native {
        constructor(options?: AudioContextOptions) {
          super(options);
          const loudspeaker = this.destination;
          const bus = this.createGain();
          const tap = this.createScriptProcessor(block, 1, 1);
          tap.onaudioprocess = ({ inputBuffer }) => {
            const samples = inputBuffer.getChannelData(0);
            for (let at = 0; at < samples.length; at += every)
              kept.push(Math.round((samples[at] ?? 0) * 10_000) / 10_000);
          };
          bus.connect(loudspeaker);
          bus.connect(tap);
          tap.connect(loudspeaker);
          rate = this.sampleRate / every;
          Object.defineProperty(this, 'destination', { value: bus });
        }
      }
      Object.assign(globalThis, {
        AudioContext: Tapped,
        takeSound: (isWanted: boolean) => {
          const samples = kept.splice(0);
          return { rate, samples: isWanted ? samples : [] };
        },
      });
    },
    [KEEP_EVERY, BLOCK] as const,
  );
  await page.reload();
  const take = async (isWanted: boolean): Promise<HeardPulse[]> => {
    const taken: unknown = await page.evaluate((wanted) => {
      const taking: unknown = Reflect.get(globalThis, 'takeSound');
      return typeof taking === 'function' ? taking(wanted) : null;
    }, isWanted);
    const { rate, samples } = recording.parse(taken);
    return rate === 0 ? [] : heardPulses(Float32Array.from(samples), rate);
  };
  return {
    forget: async () => void (await take(false)),
    heard: () => take(true),
    listen: async (forMs) => {
      await take(false);
      await page.waitForTimeout(forMs);
      return take(true);
    },
  };
}
