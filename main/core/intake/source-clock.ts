/**
 * What is known of each device's clock: how far MSH-7 lies from our receipt. A bedside monitor whose clock is two
 * minutes slow would otherwise never have a current value.
 *
 * Nothing looks fresh by mistake: a slow clock is believed only after several messages that agree, and only
 * within a limit; a message that was really delayed stays old, because its age by receipt or stamp says so.
 */
const SAMPLES = 8;
const LEAST_SAMPLES = 3;
/** Messages of a live feed lie this close together. */
const AGREEMENT_MS = 10_000;
/** A clock that is further off is not corrected: that is for biomedical IT to mend. All three are ours. */
const MOST_MS = 15 * 60_000;

export interface SourceClocks {
  /** Notes a message: when its sender says it was sent, and when it came (wall ms). */
  note(source: string, sentMs: number, receivedMs: number): void;
  /** Milliseconds by which the source's clock is behind ours (negative: ahead); 0 while that is not known. */
  offset(source: string): number;
}

export function createSourceClocks(): SourceClocks {
  const differences = new Map<string, number[]>();
  return {
    note: (source, sentMs, receivedMs) => {
      differences.set(source, [...(differences.get(source) ?? []), receivedMs - sentMs].slice(-SAMPLES));
    },
    offset: (source) => {
      const known = differences.get(source) ?? [];
      // The least difference is the clock's; what is above it is the way the message took.
      const least = Math.min(...known);
      const agreeing = known.filter((difference) => difference - least <= AGREEMENT_MS);
      const sure = agreeing.length >= LEAST_SAMPLES && agreeing.length * 2 > known.length;
      return sure && Math.abs(least) <= MOST_MS ? least : 0;
    },
  };
}
