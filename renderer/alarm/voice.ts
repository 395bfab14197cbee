/** The tones of a burst as Web Audio makes them: an oscillator with the pattern's partials and an envelope a pulse. */
import { type Burst, PARTIALS, type Pulse } from '../../app/alerting/sound/pattern.ts';

/** A cut-off burst fades for so long (s): silence at once to an ear, without the click of a cut. */
export const FADE_S = 0.02;

/** The greatest value of the partials together, so that a full level fills the output and never clips it. */
const PEAK = Math.max(
  ...Array.from({ length: 2_000 }, (_, step) =>
    PARTIALS.reduce(
      (sum, amplitude, index) => sum + amplitude * Math.sin((index + 1) * (step / 2_000) * 2 * Math.PI),
      0,
    ),
  ),
);

/**
 * Puts a burst on a context's output.
 * @param atS when its first rise begins, on the context's clock, in seconds.
 * @returns the way to cut it off, now.
 */
export function soundBurst(context: BaseAudioContext, burst: Burst, atS: number): () => void {
  const wave = context.createPeriodicWave(
    new Float32Array(PARTIALS.length + 1),
    new Float32Array([0, ...PARTIALS]),
    { disableNormalization: true },
  );
  const output = context.createGain();
  output.gain.value = burst.gain / PEAK;
  output.connect(context.destination);
  const oscillators = burst.pulses.map((pulse) => {
    const oscillator = context.createOscillator();
    oscillator.setPeriodicWave(wave);
    oscillator.frequency.value = pulse.fundamentalHz;
    const envelope = context.createGain();
    const endS = shape(envelope.gain, pulse, atS + pulse.startMs / 1_000);
    oscillator.connect(envelope).connect(output);
    oscillator.start(atS + pulse.startMs / 1_000);
    oscillator.stop(endS);
    return oscillator;
  });
  const last = oscillators.at(-1);
  if (last !== undefined) last.onended = () => output.disconnect();
  return () => {
    const nowS = context.currentTime;
    output.gain.setValueAtTime(burst.gain / PEAK, nowS);
    output.gain.linearRampToValueAtTime(0, nowS + FADE_S);
    for (const oscillator of oscillators) oscillator.stop(nowS + FADE_S);
  };
}

/** Up, held, down. Returns when it is over (s). */
function shape(gain: AudioParam, { riseMs, holdMs, fallMs }: Pulse, atS: number): number {
  const fullS = atS + riseMs / 1_000;
  const fallS = fullS + holdMs / 1_000;
  const endS = fallS + fallMs / 1_000;
  gain.setValueAtTime(0, atS);
  gain.linearRampToValueAtTime(1, fullS);
  gain.setValueAtTime(1, fallS);
  gain.linearRampToValueAtTime(0, endS);
  return endS;
}
