/**
 * From what a message says to rows of the store: one set for each observed time. Where the message gives one
 * vital twice for the same time (two sensors), each further value becomes a set of a source of its own, so that none
 * replaces another and the readings settle which counts.
 */
import type { TakenValue } from '../../../app/observation/observation.ts';
import { ACVPU, NUMERIC_VITALS, type VitalValues } from '../../../app/observation/vital.ts';

export interface MessageSet {
  readonly observedAt: string;
  readonly sourceName: string;
  readonly values: VitalValues;
}

/** Stands between a device's name and what tells its further sources apart. */
const OF_DEVICE = ' · ';

/** The device that a source belongs to: its clock is the clock of all its sources. */
export function deviceOfSource(sourceName: string): string {
  return sourceName.split(OF_DEVICE, 1)[0] ?? sourceName;
}

/** Sets of a message received at `receivedAt` (ISO) from a device; a value without a time was observed then. */
export function messageSets(taken: readonly TakenValue[], device: string, receivedAt: string): MessageSet[] {
  const sets = new Map<string, { observedAt: string; sourceName: string; values: VitalValues }>();
  for (const one of taken) {
    const observedAt = one.observedAt ?? receivedAt;
    for (const sourceName of sourceNames(device.replaceAll(OF_DEVICE, ' '), one.source)) {
      const key = JSON.stringify([observedAt, sourceName]);
      const set = sets.get(key) ?? { observedAt, sourceName, values: {} };
      if (!put(set.values, one)) continue;
      sets.set(key, set);
      break;
    }
  }
  return [...sets.values()];
}

/** The device itself, then the sensor, then the sensor's next values by number, without an end. */
function* sourceNames(device: string, sensor: string | null): Generator<string, never> {
  yield device;
  const own = `${device}${OF_DEVICE}${sensor ?? 'second source'}`;
  yield own;
  for (let number = 2; ; number++) yield `${own} (${number})`;
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
