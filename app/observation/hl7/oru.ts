/** From a message to readings: which types are accepted, who they are about, and what their values are. */
import type { MessageReading, RejectedValue, TakenValue, WithdrawnValue } from '../observation.ts';
import type { Vital } from '../vital.ts';
import { adtKindOf } from './adt.ts';
import type { SiteCodes } from './codes.ts';
import { type HeldReason, type Identity, readIdentity } from './identity.ts';
import { type Message, type Segment, valueAt } from './message.ts';
import { type Finding, readObservation, type Surroundings } from './observation-segment.ts';
import { type SiteZone, zoneOf } from './time.ts';

/** Why a whole message is refused (AR: sending it again will not help). */
export type Refusal = 'type-not-accepted' | 'several-patients' | 'too-many-observations';

/** OBX of one message. Ours: the largest buffered reports seen have some hundreds, and each can be a row of the store. */
export const MOST_OBSERVATIONS = 4_000;

export interface OruReading extends MessageReading {
  /** Null where the message is accepted; then it is to be committed and acknowledged, held or not. */
  readonly refusal: Refusal | null;
  readonly controlId: string;
  /** MSH-9, say `ORU^R01`. */
  readonly messageType: string;
  /** MSH-11: P production, T training, D debugging; '' where the sender leaves it out. */
  readonly processingId: string;
  readonly patient: Identity;
  /** True where a person must say whose readings these are. */
  readonly held: boolean;
  readonly reason: HeldReason | null;
}

export interface ReadingOptions {
  /** When the message was received: ISO 8601 with an offset. Later stamps (by over 5 minutes) are refused. */
  readonly receivedAt: string;
  /** The site's zone for stamps that tell none; left out, such a stamp stays without an offset. */
  readonly siteZone?: SiteZone;
  /** What the site's own codes mean. */
  readonly siteCodes?: SiteCodes;
}

/**
 * ORU^R01 brings readings. ORU^R40 (IHE alarm) is accepted and brings none: it is understood, and a refusal
 * would make a gateway repeat it. ADT that is understood (`adt.ts`) tells of stays and brings no readings either.
 * Everything else (ORF, QRY, …) is refused, so that a feed that was
 * configured wrongly is seen by its sender. Versions before 2.3 may leave the event out.
 */
function kindOf(header: Segment): 'readings' | 'alarm' | 'stay' | 'refused' {
  const event = valueAt(header, 9, 2) ?? '';
  if (adtKindOf(header) !== null) return 'stay';
  if (valueAt(header, 9, 1) !== 'ORU') return 'refused';
  if (event === 'R40') return 'alarm';
  return event === 'R01' || event === '' ? 'readings' : 'refused';
}

/**
 * What stands at the end of the message: a correction takes the place of what its sensor gave for the same vital
 * and time, and a deletion leaves nothing there.
 */
function standing(findings: readonly Finding[]): readonly TakenValue[] {
  // Nearly every message only says new things; then all of them stand.
  if (!findings.some(takesBack)) {
    const taken: TakenValue[] = [];
    for (const finding of findings) if (finding.kind === 'taken') taken.push(finding.value);
    return taken;
  }
  const kept: (TakenValue | null)[] = [];
  const places = new Map<string, number[]>();
  for (const finding of findings) {
    const value = finding.kind === 'taken' ? finding.value : null;
    const measured = value ?? (finding.kind === 'unavailable' ? finding.withdrawn : null);
    if (measured === null) continue;
    const measurement = measurementOf(measured);
    const before = places.get(measurement) ?? [];
    if (value !== null && value.isCorrection !== true) {
      places.set(measurement, [...before, kept.length]);
      kept.push(value);
      continue;
    }
    for (const place of before) kept[place] = null;
    const [place = kept.length] = before;
    if (value !== null) kept[place] = value;
    places.set(measurement, value === null ? [] : [place]);
  }
  return kept.filter((value) => value !== null);
}

/** Whether a finding speaks of something that was said before. */
function takesBack(finding: Finding): boolean {
  if (finding.kind === 'taken') return finding.value.isCorrection === true;
  return finding.kind === 'unavailable' && finding.withdrawn !== null;
}

/** What is taken back at the end of the message; a value that is given again afterwards is not. */
function takenBack(findings: readonly Finding[]): readonly WithdrawnValue[] {
  if (!findings.some(takesBack)) return [];
  const withdrawn = new Map<string, WithdrawnValue>();
  for (const finding of findings) {
    if (finding.kind === 'taken') withdrawn.delete(measurementOf(finding.value));
    else if (finding.kind === 'unavailable' && finding.withdrawn !== null)
      withdrawn.set(measurementOf(finding.withdrawn), finding.withdrawn);
  }
  return [...withdrawn.values()];
}

/** The sensor: two values of one sensor differ by time, of two sensors by measurement. */
function sensorOf({ code, source }: WithdrawnValue): string {
  return `${code ?? ''}\u0000${source ?? ''}`;
}

/** One vital from one sensor at one time. */
function measurementOf(value: WithdrawnValue): string {
  return [value.vital, value.observedAt ?? '', sensorOf(value)].join('\u0000');
}

const NOTHING_CONTRADICTED: ReadonlySet<Vital> = new Set();

/**
 * The vitals whose values contradict each other: different values from different sources, or from one source
 * for one time. Different values of one source that follow each other in time do not.
 * A message may hold tens of thousands of values, so this counts and never compares pairs: with two sources
 * and two values of a vital there is always a pair in which both differ.
 */
function contradictedVitals(taken: readonly TakenValue[]): ReadonlySet<Vital> {
  // A vital that is given once contradicts nothing.
  const vitals = new Set<Vital>();
  for (const { vital } of taken) vitals.add(vital);
  if (vitals.size === taken.length) return NOTHING_CONTRADICTED;
  const seen = new Map<string, Set<unknown>>();
  const differ = (key: string, member: unknown): boolean => {
    const members = seen.get(key) ?? new Set();
    seen.set(key, members.add(member));
    return members.size > 1;
  };
  const ambiguous = new Set<Vital>();
  for (const one of taken) {
    const { vital, value } = one;
    const values = differ(`value\u0000${vital}`, value);
    const sensors = differ(`sensor\u0000${vital}`, sensorOf(one));
    const sameMoment = differ(`measurement\u0000${measurementOf(one)}`, value);
    if ((values && sensors) || sameMoment) ambiguous.add(vital);
  }
  return ambiguous;
}

function findingsOf(message: Message, options: ReadingOptions): readonly Finding[] {
  const { header } = message;
  const around: Surroundings & { obr: Segment | null } = {
    obr: null,
    header,
    defaultZone: zoneOf(valueAt(header, 7) ?? ''),
    siteZone: options.siteZone ?? null,
    siteCodes: options.siteCodes ?? null,
    receivedAt: options.receivedAt,
    times: new Map(),
    places: new Map(),
    last: null,
  };
  const findings: Finding[] = [];
  for (const segment of message.segments) {
    if (segment.name === 'OBX') findings.push(readObservation(segment, around));
    else if (segment.name === 'PID') around.obr = null;
    else if (segment.name === 'OBR') around.obr = segment;
  }
  return findings;
}

function summarise(findings: readonly Finding[]): MessageReading {
  const taken = standing(findings);
  const unavailable = new Set<Vital>();
  const rejected: RejectedValue[] = [];
  for (const finding of findings) {
    if (finding.kind === 'unavailable') unavailable.add(finding.vital);
    if (finding.kind === 'rejected') {
      rejected.push({ code: finding.code, value: finding.value, reason: finding.reason });
      if (finding.blind !== undefined) unavailable.add(finding.blind);
    }
  }
  // A sensor without a value says nothing against another that has one.
  for (const { vital } of taken) unavailable.delete(vital);
  return {
    taken,
    unavailable: [...unavailable],
    withdrawn: takenBack(findings),
    ambiguous: [...contradictedVitals(taken)],
    rejected,
  };
}

function typeOf(header: Segment): string {
  const [type, event] = [valueAt(header, 9, 1) ?? '', valueAt(header, 9, 2) ?? ''];
  return type === '' || event === '' ? `${type}${event}` : `${type}^${event}`;
}

const NO_READINGS: MessageReading = {
  taken: [],
  unavailable: [],
  withdrawn: [],
  ambiguous: [],
  rejected: [],
};

/**
 * What a message says. It never throws; what was not understood stands in `rejected` with its reason, and a
 * value that was taken lies within `VITAL_RANGES`, in the unit given there.
 */
export function readOru(message: Message, options: ReadingOptions): OruReading {
  const { header } = message;
  const { identity, heldReason } = readIdentity(message);
  const kind = kindOf(header);
  const refusal =
    kind === 'refused'
      ? 'type-not-accepted'
      : heldReason === 'several-patients'
        ? 'several-patients'
        : message.segments.length > MOST_OBSERVATIONS &&
            message.segments.filter(({ name }) => name === 'OBX').length > MOST_OBSERVATIONS
          ? 'too-many-observations'
          : null;
  const readings =
    kind === 'readings' && refusal === null ? summarise(findingsOf(message, options)) : NO_READINGS;
  return {
    ...readings,
    refusal,
    controlId: valueAt(header, 10) ?? '',
    messageType: typeOf(header),
    processingId: valueAt(header, 11) ?? '',
    patient: identity,
    held: heldReason !== null,
    reason: heldReason,
  };
}
