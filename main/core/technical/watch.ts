/** Looks once a second at what can go wrong beside the patients: feeds, single vitals, the clock and the listener. */
import { readingAt } from '../../../app/observation/reading.ts';
import { VITALS, type Vital } from '../../../app/observation/vital.ts';
import type { TechnicalCode, TechnicalParameters } from '../../../app/technical/technical.ts';
import { type Clock, type Moment, momentOf } from '../clock.ts';
import type { Bed } from '../ward/bed.ts';
import type { Technical } from './technical.ts';

/** A streamed value is missing after this time (clinical reference: missing with a technical alert after 60 s). */
const SILENT_MS = 60_000;
/** A time service slews by less; a person or a first synchronisation sets by more. Ours. */
const JUMP_MS = 5_000;
/** A device's clock that is so far from ours is for biomedical IT to set; its values are aged rightly all the same. Ours. */
const CLOCK_OFF_MS = 60_000;
/** It is told so until the clock is this near again, so that it does not come and go. Ours. */
const CLOCK_RIGHT_MS = 30_000;
/** What is told moves in these steps: a clock that drifts is no news each second. */
const TOLD_STEP_S = 10;

/** What is wrong with the feed of a bed, told by its values and not by open connections. */
export type FeedFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'silent'; readonly sinceMs: number }
  | { readonly kind: 'missing'; readonly vitals: readonly Vital[] };

/** @param elapsedMs milliseconds since the bed was last evaluated. */
export function feedFault(bed: Pick<Bed, 'observed'>, elapsedMs: number): FeedFault {
  const missing: Vital[] = [];
  let newestMs = Number.POSITIVE_INFINITY;
  for (const vital of VITALS) {
    const value = bed.observed[vital];
    if (value === undefined || value.source.mode !== 'streamed') continue;
    newestMs = Math.min(newestMs, value.ageMs + elapsedMs);
    if (readingAt(value, elapsedMs).state === 'missing') missing.push(vital);
  }
  if (missing.length === 0) return { kind: 'none' };
  return newestMs >= SILENT_MS ? { kind: 'silent', sinceMs: newestMs } : { kind: 'missing', vitals: missing };
}

export interface TechnicalWatchPorts {
  readonly technical: Technical;
  readonly clock: Clock;
  readonly beds: () => readonly Bed[];
  readonly isListening: () => boolean;
  readonly isListenerFull: () => boolean;
  /** Switched on and not reachable. */
  readonly isFhirDown: () => boolean;
  readonly isBackupOverdue: () => boolean;
  /** How the chosen explanation server fails; null: it does not, or none is chosen. */
  readonly engineProblem: () => string | null;
  /** The port that explanations are to be served at and are not; null: all is well. */
  readonly notServedAt: () => number | null;
  /** What is known of the devices' clocks: milliseconds by which each is behind ours (negative: ahead). */
  readonly deviceClocks: () => readonly { readonly source: string; readonly offsetMs: number }[];
}

/** Returns the look, to be called once a second. */
export function createTechnicalWatch({
  technical,
  clock,
  beds,
  isListening,
  isListenerFull,
  isFhirDown,
  isBackupOverdue,
  engineProblem,
  notServedAt,
  deviceClocks,
}: TechnicalWatchPorts): () => void {
  let before: Moment = momentOf(clock);
  let watched = new Set<string>();

  function lookAtClock(now: Moment): void {
    const jumpMs = now.wallMs - before.wallMs - (now.bootMs - before.bootMs);
    if (Math.abs(jumpMs) >= JUMP_MS)
      technical.raise('clock-jumped', null, { seconds: Math.round(jumpMs / 1_000) });
  }

  function lookAtBed(bed: Bed, now: Moment): void {
    const { id } = bed.patient;
    const fault = feedFault(bed, Math.max(0, now.bootMs - bed.evaluated.bootMs));
    if (fault.kind === 'silent') technical.raise('feed-silent', id, { bed: bed.bed });
    else technical.clear('feed-silent', id);
    if (fault.kind === 'missing')
      technical.raise('vital-missing', id, { bed: bed.bed, vitals: fault.vitals.join(' ') });
    else technical.clear('vital-missing', id);
  }

  const off = new Set<string>();

  function lookAtDevices(): void {
    const known = new Map(deviceClocks().map(({ source, offsetMs }) => [source, Math.abs(offsetMs)]));
    for (const [device, awayMs] of known) {
      if (awayMs < (off.has(device) ? CLOCK_RIGHT_MS : CLOCK_OFF_MS)) continue;
      off.add(device);
      const seconds = Math.round(awayMs / 1_000 / TOLD_STEP_S) * TOLD_STEP_S;
      technical.raise('clock-off', device, { device, seconds });
    }
    for (const device of [...off].filter((one) => (known.get(one) ?? 0) < CLOCK_RIGHT_MS)) {
      off.delete(device);
      technical.clear('clock-off', device);
    }
  }

  function tell(code: TechnicalCode, isSo: boolean, parameters: TechnicalParameters = {}): void {
    if (isSo) technical.raise(code, null, parameters);
    else technical.clear(code, null);
  }

  return () => {
    const now = momentOf(clock);
    lookAtClock(now);
    lookAtDevices();
    before = now;
    const there = beds().filter(({ patient }) => !patient.demonstration);
    for (const bed of there) lookAtBed(bed, now);
    const ids = new Set(there.map(({ patient }) => patient.id));
    for (const gone of [...watched].filter((id) => !ids.has(id))) {
      technical.clear('feed-silent', gone);
      technical.clear('vital-missing', gone);
    }
    watched = ids;
    tell('listener-down', !isListening());
    tell('listener-full', isListenerFull());
    tell('fhir-down', isFhirDown());
    tell('backup-overdue', isBackupOverdue());
    tell('engine-server-down', engineProblem() !== null);
    const port = notServedAt();
    tell('serving-down', port !== null, port === null ? {} : { port });
  };
}
