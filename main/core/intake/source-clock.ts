/**
 * What is known of each device's clock: how far MSH-7 lies from our receipt. A bedside monitor whose clock is two
 * minutes slow would otherwise never have a current value.
 *
 * Nothing looks fresh by mistake. A message cannot arrive before it was sent, so the least difference seen is the
 * most by which a clock can be behind; what is above it is the way the message took. A backlog that is sent late
 * looks like a slow clock, but it comes faster than it was written: a clock is believed only where messages agree
 * for a minute on both clocks. Once known, a clock falls behind no faster than clocks drift: what comes later than
 * that has waited on its way. But what waits in a queue stays in order and leaves nothing out. A stamp before the
 * sender's last one tells that its clock was set back, and one that leaves out a pause tells that the sender was off:
 * then what was known of it is in doubt, and it goes as soon as the messages since then agree with each other and none
 * comes by the clock of before.
 */

/** Messages of a live feed agree to within this. */
const AGREEMENT_MS = 10_000;
const LEAST_SAMPLES = 3;
/** A slow clock is believed after messages have agreed for so long, by the sender's clock and by ours. */
const LEAST_SPAN_MS = 60_000;
/** One sample is kept of each such stretch, so that a fast feed's samples reach over the span. */
const STRETCH_MS = 5_000;
const SAMPLES = 24;
/** A clock that is further off is not corrected: that is for biomedical IT to mend. */
const MOST_MS = 15 * 60_000;
/** A sender that leaves out so long, and so many times its pause before, was off. */
const LEAST_OFF_MS = 60_000;
const OFF_PAUSES = 3;
/** Of a quartz clock: about 17 s a day. */
const DRIFT = 200e-6;
/** Our own clock was set where wall and monotonic time differ by more between two messages. All of these are ours. */
const CLOCK_SET_MS = 2_000;

export interface SourceClocks {
  /** Notes a message: when its sender says it was sent, and when it came (wall ms). */
  note(source: string, sentMs: number, receivedMs: number): void;
  /** Milliseconds by which the source's clock is behind ours (negative: ahead); 0 while that is not known. */
  offset(source: string): number;
  /** What is known of each source's clock. */
  known(): readonly KnownClock[];
  /** Clocks that are too far off to be corrected, as their last messages agree; somebody has to set them. */
  tooFar(): readonly { readonly source: string; readonly offsetMs: number }[];
  /** Somebody has set the source's clock: what was known of it is learnt anew. */
  forget(source: string): void;
  /** What was known before a restart of the program; only where this machine's own clocks were not set since. */
  restore(source: string, offsetMs: number, atMs: number): void;
}

export interface KnownClock {
  readonly source: string;
  readonly offsetMs: number;
  /** Wall ms at which that was learnt. */
  readonly atMs: number;
  /** By how much it falls further behind in a day; null before an hour of it. */
  readonly driftMsPerDay: number | null;
}

interface Sample {
  /** Beginning of its stretch, by our clock. */
  readonly stretchMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

interface Known {
  readonly offsetMs: number;
  readonly atMs: number;
  /** Where it was when it was first known. */
  readonly first: { readonly offsetMs: number; readonly atMs: number };
}

/** A drift is told from at least this long. Ours: in an hour a bad quartz drifts by less than a second. */
const LEAST_DRIFT_SPAN_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Sources whose clocks are kept: names come off the wire, so there is a limit. Ours. */
const MOST_SOURCES = 256;

interface Latest {
  readonly sentMs: number;
  readonly pauseMs: number;
  readonly receivedMs: number;
}

interface SourceClock {
  readonly samples: readonly Sample[];
  readonly known: Known | null;
  /** The clock may have been set since it was known, and no message came by it as it was before. */
  readonly inDoubt: boolean;
  /** The sender's last stamp, how long after the one before, and when it came. */
  readonly latest: Latest | null;
  /** Where its messages agree on an offset that is not corrected. */
  readonly tooFarMs: number | null;
}

const UNKNOWN: SourceClock = { samples: [], known: null, inDoubt: false, latest: null, tooFarMs: null };

/** `monotonic`: milliseconds that setting the machine's clock does not touch. */
export function createSourceClocks(monotonic: () => number = () => performance.now()): SourceClocks {
  const clocks = new Map<string, SourceClock>();
  let wallAhead: number | null = null;

  /** Names come off the wire: the one that was silent longest goes, but none whose clock is known. */
  const makeRoom = (): boolean => {
    let oldest: { readonly source: string; readonly receivedMs: number } | null = null;
    for (const [source, { known, latest }] of clocks) {
      const receivedMs = latest?.receivedMs ?? 0;
      if (known === null && (oldest === null || receivedMs < oldest.receivedMs))
        oldest = { source, receivedMs };
    }
    return oldest !== null && clocks.delete(oldest.source);
  };

  return {
    note: (source, sentMs, receivedMs) => {
      const ahead = receivedMs - monotonic();
      // Differences to a clock that was set since tell nothing; they are learnt again.
      if (wallAhead !== null && Math.abs(ahead - wallAhead) > CLOCK_SET_MS) clocks.clear();
      wallAhead = ahead;
      if (!clocks.has(source) && clocks.size >= MOST_SOURCES && !makeRoom()) return;
      clocks.set(source, noted(clocks.get(source) ?? UNKNOWN, sentMs, receivedMs));
    },
    offset: (source) => {
      const offset = clocks.get(source)?.known?.offsetMs ?? 0;
      return Math.abs(offset) <= MOST_MS ? offset : 0;
    },
    known: () =>
      [...clocks].flatMap(([source, { known }]) =>
        known === null
          ? []
          : [{ source, offsetMs: known.offsetMs, atMs: known.atMs, driftMsPerDay: driftOf(known) }],
      ),
    tooFar: () =>
      [...clocks].flatMap(([source, { tooFarMs }]) =>
        tooFarMs === null ? [] : [{ source, offsetMs: tooFarMs }],
      ),
    forget: (source) => void clocks.delete(source),
    restore: (source, offsetMs, atMs) => {
      if (Math.abs(offsetMs) > MOST_MS || clocks.has(source) || clocks.size >= MOST_SOURCES) return;
      // It may have been set while this program was not running.
      clocks.set(source, { ...UNKNOWN, known: { offsetMs, atMs, first: { offsetMs, atMs } }, inDoubt: true });
    },
  };
}

function noted(before: SourceClock, sentMs: number, receivedMs: number): SourceClock {
  const { inDoubt, latest, samples: kept } = doubted(before, sentMs, receivedMs);
  const last = kept.at(-1);
  const inStretch =
    last !== undefined && receivedMs >= last.stretchMs && receivedMs - last.stretchMs < STRETCH_MS;
  const sample: Sample = { stretchMs: inStretch ? last.stretchMs : receivedMs, sentMs, receivedMs };
  // Nearly every message of a fast feed tells nothing that the stretch has not told already.
  if (inStretch && difference(sample) >= difference(last) && before.known !== null)
    return { ...before, inDoubt, latest, samples: kept };
  const samples = inStretch
    ? [...kept.slice(0, -1), difference(sample) < difference(last) ? sample : last]
    : [...kept, sample].slice(-SAMPLES);
  const steady = steadyLeast(samples);
  const tooFarMs = steady === null ? before.tooFarMs : Math.abs(steady) > MOST_MS ? steady : null;
  const known = learnt(steady, steady !== null && inDoubt ? null : before.known, receivedMs);
  return { samples, known, inDoubt: inDoubt && steady === null, latest, tooFarMs };
}

/** Whether the sender's clock may have been set before this message, and what is still to be learnt from. */
function doubted(
  { samples, known, inDoubt, latest }: SourceClock,
  sentMs: number,
  receivedMs: number,
): Pick<SourceClock, 'samples' | 'inDoubt' | 'latest'> {
  const pauseMs = latest === null ? 0 : sentMs - latest.sentMs;
  const now = { sentMs, receivedMs, pauseMs };
  if (known === null) return { samples, inDoubt: false, latest: now };
  const isBack = latest !== null && receivedMs >= latest.receivedMs && pauseMs < -AGREEMENT_MS;
  const wasOff = latest !== null && pauseMs > LEAST_OFF_MS && pauseMs > OFF_PAUSES * latest.pauseMs;
  if (isBack || wasOff) return { samples: [], inDoubt: true, latest: now };
  // It was one message that came late, or nobody has touched the clock: it goes on as it was.
  const isOfBefore = inDoubt && receivedMs - sentMs <= known.offsetMs + AGREEMENT_MS;
  return { samples, inDoubt: inDoubt && !isOfBefore, latest: now };
}

/** Less than was known is believed, because it makes values look older; more only as far as a clock drifts. */
function learnt(steady: number | null, known: Known | null, nowMs: number): Known | null {
  if (steady === null || Math.abs(steady) > MOST_MS) return known;
  const first = known?.first ?? { offsetMs: steady, atMs: nowMs };
  if (known === null || steady <= known.offsetMs) return { offsetMs: steady, atMs: nowMs, first };
  const drifted = known.offsetMs + Math.max(0, nowMs - known.atMs) * DRIFT;
  return { offsetMs: Math.min(steady, drifted), atMs: nowMs, first };
}

/** The least difference where messages have agreed with it over the whole span, on both clocks. */
function steadyLeast(samples: readonly Sample[]): number | null {
  const least = Math.min(...samples.map(difference));
  const agreeing = samples.filter((sample) => difference(sample) - least <= AGREEMENT_MS);
  const first = agreeing[0];
  const last = agreeing.at(-1);
  if (first === undefined || last === undefined) return null;
  const spans =
    last.receivedMs - first.receivedMs >= LEAST_SPAN_MS && last.sentMs - first.sentMs >= LEAST_SPAN_MS;
  const most = agreeing.length >= LEAST_SAMPLES && agreeing.length * 2 > samples.length;
  return spans && most ? least : null;
}

function driftOf({ offsetMs, atMs, first }: Known): number | null {
  const spanMs = atMs - first.atMs;
  return spanMs < LEAST_DRIFT_SPAN_MS ? null : ((offsetMs - first.offsetMs) / spanMs) * DAY_MS;
}

function difference({ sentMs, receivedMs }: Sample): number {
  return receivedMs - sentMs;
}
