/** From a message to readings: which types are accepted, who they are about, and what their values are. */
import type { MessageReading, RejectedValue } from '../observation.ts';
import type { Vital } from '../vital.ts';
import { type HeldReason, type Identity, readIdentity } from './identity.ts';
import { type Message, type Segment, valueAt } from './message.ts';
import { type Finding, readObservation } from './observation-segment.ts';
import { type SiteZone, zoneOf } from './time.ts';

/** Why a whole message is refused (AR: sending it again will not help). */
export type Refusal = 'type-not-accepted' | 'several-patients';

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
}

/**
 * ORU^R01 brings readings. ORU^R40 (IHE alarm) is accepted and brings none: it is understood, and a refusal
 * would make a gateway repeat it. Everything else (ADT, ORF, QRY, …) is refused, so that a feed that was
 * configured wrongly is seen by its sender. Versions before 2.3 may leave the event out.
 */
function kindOf(header: Segment): 'readings' | 'alarm' | 'refused' {
  const event = valueAt(header, 9, 2) ?? '';
  if (valueAt(header, 9, 1) !== 'ORU') return 'refused';
  if (event === 'R40') return 'alarm';
  return event === 'R01' || event === '' ? 'readings' : 'refused';
}

type Taken = Extract<Finding, { kind: 'taken' }>;

/** A correction takes the place of what its source gave for the same vital and time. */
function corrected(taken: readonly Taken[]): readonly Taken[] {
  const kept: Taken[] = [];
  const places = new Map<string, number>();
  for (const one of taken) {
    const measurement = measurementOf(one);
    const place = one.isCorrection ? places.get(measurement) : undefined;
    places.set(measurement, place ?? kept.length);
    kept[place ?? kept.length] = one;
  }
  return kept;
}

/** One vital from one source at one time. */
function measurementOf({ value, sourceKey }: Taken): string {
  return [value.vital, value.observedAt ?? '', sourceKey].join('\u0000');
}

/**
 * The vitals whose values contradict each other: different values from different sources, or from one source
 * for one time. Different values of one source that follow each other in time do not.
 * A message may hold tens of thousands of values, so this counts and never compares pairs: with two sources
 * and two values of a vital there is always a pair in which both differ.
 */
function contradictedVitals(taken: readonly Taken[]): ReadonlySet<Vital> {
  const seen = new Map<string, Set<unknown>>();
  const differ = (key: string, member: unknown): boolean => {
    const members = seen.get(key) ?? new Set();
    seen.set(key, members.add(member));
    return members.size > 1;
  };
  const ambiguous = new Set<Vital>();
  for (const one of taken) {
    const { vital, value } = one.value;
    const values = differ(`value\u0000${vital}`, value);
    const sources = differ(`source\u0000${vital}`, one.sourceKey);
    const sameMoment = differ(`measurement\u0000${measurementOf(one)}`, value);
    if ((values && sources) || sameMoment) ambiguous.add(vital);
  }
  return ambiguous;
}

function findingsOf(message: Message, options: ReadingOptions): readonly Finding[] {
  const { header } = message;
  const defaultZone = zoneOf(valueAt(header, 7) ?? '');
  let obr: Segment | null = null;
  const findings: Finding[] = [];
  for (const segment of message.segments) {
    if (segment.name === 'PID') obr = null;
    else if (segment.name === 'OBR') obr = segment;
    else if (segment.name === 'OBX')
      findings.push(
        readObservation(segment, {
          obr,
          header,
          defaultZone,
          siteZone: options.siteZone ?? null,
          receivedAt: options.receivedAt,
        }),
      );
  }
  return findings;
}

function summarise(findings: readonly Finding[]): MessageReading {
  const taken = corrected(findings.filter((finding) => finding.kind === 'taken'));
  const unavailable = new Set<Vital>();
  const rejected: RejectedValue[] = [];
  for (const finding of findings) {
    if (finding.kind === 'unavailable') unavailable.add(finding.vital);
    if (finding.kind === 'rejected')
      rejected.push({ code: finding.code, value: finding.value, reason: finding.reason });
  }
  // A source without a value says nothing against another source that has one.
  for (const { value } of taken) unavailable.delete(value.vital);
  return {
    taken: taken.map(({ value }) => value),
    unavailable: [...unavailable],
    ambiguous: [...contradictedVitals(taken)],
    rejected,
  };
}

const NO_READINGS: MessageReading = { taken: [], unavailable: [], ambiguous: [], rejected: [] };

/**
 * What a message says. It never throws; what was not understood stands in `rejected` with its reason, and a
 * value that was taken lies within `VITAL_RANGES`, in the unit given there.
 */
export function readOru(message: Message, options: ReadingOptions): OruReading {
  const { header } = message;
  const { identity, heldReason } = readIdentity(message);
  const kind = kindOf(header);
  const refusal =
    kind === 'refused' ? 'type-not-accepted' : heldReason === 'several-patients' ? 'several-patients' : null;
  const readings =
    kind === 'readings' && refusal === null ? summarise(findingsOf(message, options)) : NO_READINGS;
  return {
    ...readings,
    refusal,
    controlId: valueAt(header, 10) ?? '',
    messageType: [valueAt(header, 9, 1) ?? '', valueAt(header, 9, 2) ?? '']
      .filter((part) => part !== '')
      .join('^'),
    processingId: valueAt(header, 11) ?? '',
    patient: identity,
    held: heldReason !== null,
    reason: heldReason,
  };
}
