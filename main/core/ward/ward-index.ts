/**
 * Who is where, without a search: the patient of an identifier, of a bed, and the demonstration. It is only a hint,
 * whoever asks holds it against the bed itself; so it can never name a patient who has left or moved.
 */
import { bedKey, cleanMark } from '../../../app/patient/text.ts';
import type { Bed } from './bed.ts';

export interface WardIndex {
  /** `key`: `identifierKey` of the identifier. */
  ofIdentifier(key: string): string | undefined;
  /** `key`: `bedKey` of the bed's name. */
  inBed(key: string): string | undefined;
  demonstration(): string | undefined;
}

/** Identifiers are the same whatever their case and padding, as in the store's look-up. */
export function identifierKey(identifier: string): string {
  return cleanMark(identifier).toUpperCase();
}

export function createWardIndex(): WardIndex & { put(bed: Bed): void } {
  const identifiers = new Map<string, string>();
  const places = new Map<string, string>();
  let demonstration: string | undefined;
  return {
    ofIdentifier: (key) => identifiers.get(key),
    inBed: (key) => places.get(key),
    demonstration: () => demonstration,
    put: ({ patient, bed }) => {
      if (patient.demonstration) {
        demonstration = patient.id;
        return;
      }
      identifiers.set(identifierKey(patient.identifier), patient.id);
      places.set(bedKey(bed), patient.id);
    },
  };
}
