/**
 * From what a message says to rows of the store: one set for each observed time. Where the message gives one
 * vital twice for the same time (two sensors), the second value becomes a set of its own source, so that neither
 * replaces the other and the readings settle which counts.
 */
import type { TakenValue } from '../../../app/observation/observation.ts';
import { ACVPU, NUMERIC_VITALS, type VitalValues } from '../../../app/observation/vital.ts';

export interface MessageSet {
  readonly observedAt: string;
  readonly sourceName: string;
  readonly values: VitalValues;
}

/** Sets of a message received at `receivedAt` (ISO) from a device; a value without a time was observed then. */
export function messageSets(taken: readonly TakenValue[], device: string, receivedAt: string): MessageSet[] {
  const sets = new Map<string, { observedAt: string; sourceName: string; values: VitalValues }>();
  for (const one of taken) {
    const observedAt = one.observedAt ?? receivedAt;
    const own = `${device} ${one.source ?? 'second source'}`;
    for (const sourceName of [device, own]) {
      const key = JSON.stringify([observedAt, sourceName]);
      const set = sets.get(key) ?? { observedAt, sourceName, values: {} };
      if (!put(set.values, one)) continue;
      sets.set(key, set);
      break;
    }
  }
  return [...sets.values()];
}

/** Puts a value into a set; false where another value of the vital is there already. */
function put(values: VitalValues, { vital, value }: TakenValue): boolean {
  const present = values[vital];
  if (present !== undefined) return present === value;
  if (vital === 'on_oxygen') {
    if (typeof value === 'boolean') values.on_oxygen = value;
  } else if (vital === 'acvpu') {
    const level = ACVPU.find((known) => known === value);
    if (level !== undefined) values.acvpu = level;
  } else if (NUMERIC_VITALS.includes(vital) && typeof value === 'number') values[vital] = value;
  return true;
}
