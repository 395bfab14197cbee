/** Messages about a patient's stay: what they say of whom. Observations inside them are never taken. */
import { type Identity, readIdentity } from './identity.ts';
import { type Message, type Segment, valueAt } from './message.ts';

export const ADT_KINDS = ['admit', 'transfer', 'discharge', 'update', 'merge'] as const;
export type AdtKind = (typeof ADT_KINDS)[number];

const KIND_OF: { readonly [event: string]: AdtKind | undefined } = {
  A01: 'admit',
  A02: 'transfer',
  A03: 'discharge',
  A08: 'update',
  A40: 'merge',
};

export interface AdtEvent {
  readonly kind: AdtKind;
  readonly patient: Identity;
  /** MRG-1: the number that is no longer used, for a merge. */
  readonly absorbed: string | null;
}

/** The kind of an ADT message that is understood; null for every other message. */
export function adtKindOf(header: Segment): AdtKind | null {
  if (valueAt(header, 9, 1) !== 'ADT') return null;
  return KIND_OF[valueAt(header, 9, 2) ?? ''] ?? null;
}

/** What an ADT message says; null where it is none that is understood here. */
export function readAdt(message: Message): AdtEvent | null {
  const kind = adtKindOf(message.header);
  if (kind === null) return null;
  const { identity } = readIdentity(message);
  const merge = message.segments.filter(({ name }) => name === 'MRG');
  const [only] = merge;
  // Several merges in one message would need several answers: a person looks at it.
  const absorbed = kind === 'merge' && only !== undefined && merge.length === 1 ? valueAt(only, 1) : null;
  return { kind, patient: identity, absorbed: absorbed === '' ? null : absorbed };
}
