/**
 * A context of Web Audio for tests, of the parts that the alarm uses: its clock is set by the test, and it computes
 * the samples that a real one would, so that what is judged is sound and not calls.
 */

interface Ramp {
  readonly atS: number;
  readonly value: number;
  readonly linear: boolean;
}

class FakeParam {
  value = 0;
  readonly ramps: Ramp[] = [];
  setValueAtTime(value: number, atS: number): void {
    this.ramps.push({ atS, value, linear: false });
  }
  linearRampToValueAtTime(value: number, atS: number): void {
    this.ramps.push({ atS, value, linear: true });
  }
  at(timeS: number): number {
    const ramps = this.ramps.toSorted((a, b) => a.atS - b.atS);
    const next = ramps.findIndex(({ atS }) => atS > timeS);
    const before = ramps[(next === -1 ? ramps.length : next) - 1];
    const after = next === -1 ? undefined : ramps[next];
    const from = before?.value ?? this.value;
    if (after === undefined || !after.linear || before === undefined) return from;
    return from + ((after.value - from) * (timeS - before.atS)) / (after.atS - before.atS);
  }
}

class FakeNode {
  to: FakeNode | null = null;
  connect(node: FakeNode): FakeNode {
    this.to = node;
    return node;
  }
  disconnect(): void {
    this.to = null;
  }
}

class FakeGain extends FakeNode {
  readonly gain = new FakeParam();
}

class FakeOscillator extends FakeNode {
  readonly frequency = new FakeParam();
  onended: (() => void) | null = null;
  startS = Number.POSITIVE_INFINITY;
  stopS = Number.POSITIVE_INFINITY;
  private partials: readonly number[] = [];
  setPeriodicWave(partials: readonly number[]): void {
    this.partials = partials;
  }
  start(atS: number): void {
    this.startS = atS;
  }
  stop(atS: number): void {
    this.stopS = atS;
  }
  sampleAt(timeS: number): number {
    if (timeS < this.startS || timeS >= this.stopS) return 0;
    const phase = 2 * Math.PI * this.frequency.value * (timeS - this.startS);
    return this.partials.reduce((sum, amplitude, partial) => sum + amplitude * Math.sin(partial * phase), 0);
  }
}

export class FakeAudioContext extends EventTarget {
  state: AudioContextState = 'running';
  currentTime = 0;
  readonly destination = new FakeNode();
  readonly oscillators: FakeOscillator[] = [];
  /** What the next `resume` comes to. */
  wakes = true;

  createGain(): FakeGain {
    return new FakeGain();
  }
  createOscillator(): FakeOscillator {
    const oscillator = new FakeOscillator();
    this.oscillators.push(oscillator);
    return oscillator;
  }
  createPeriodicWave(_real: Float32Array, imaginary: Float32Array): readonly number[] {
    return [...imaginary];
  }
  resume(): Promise<void> {
    if (!this.wakes) return Promise.reject(new Error('no device'));
    this.become('running');
    return Promise.resolve();
  }
  become(state: AudioContextState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  /** The samples from the beginning, as the destination would get them. */
  samples(seconds: number, rate: number): Float32Array {
    const all = new Float32Array(Math.round(seconds * rate));
    for (const oscillator of this.oscillators) {
      const gains: FakeParam[] = [];
      let node = oscillator.to;
      while (node !== null && node !== this.destination) {
        if (node instanceof FakeGain) gains.push(node.gain);
        node = node.to;
      }
      if (node === null) continue;
      const from = Math.max(0, Math.floor(oscillator.startS * rate));
      const to = Math.min(all.length, Math.ceil(oscillator.stopS * rate));
      for (let at = from; at < to; at++) {
        const timeS = at / rate;
        const gain = gains.reduce((product, one) => product * one.at(timeS), 1);
        all[at] = (all[at] ?? 0) + gain * oscillator.sampleAt(timeS);
      }
    }
    return all;
  }
}

/** The program's type for it: Web Audio's own interfaces have a hundred members that no alarm touches. */
export function asAudioContext(fake: FakeAudioContext): AudioContext {
  return fake as unknown as AudioContext;
}

/** Outputs that a test plugs in and out. */
export class FakeDevices extends EventTarget {
  kinds: readonly MediaDeviceKind[] = ['audiooutput'];
  enumerateDevices(): Promise<{ readonly kind: MediaDeviceKind }[]> {
    return Promise.resolve(this.kinds.map((kind) => ({ kind })));
  }
}

export function asMediaDevices(fake: FakeDevices): MediaDevices {
  return fake as unknown as MediaDevices;
}
