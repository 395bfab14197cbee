/**
 * From what a message says to rows of the store: one set for each observed time of a device. A device may measure
 * one vital with two sensors (respiration in the airway and by impedance). The sensor that gave the vital first is
 * its usual one and writes into the device's own set; every other is a source of its own, by its own name, in
 * whatever order and whichever message it comes. So none takes the place of another, and the readings settle which
 * counts.
 */
import type { TakenValue, WithdrawnValue } from '../../../app/observation/observation.ts';
import { ACVPU, type Vital, type VitalValues } from '../../../app/observation/vital.ts';

export interface MessageSet {
  readonly observedAt: string;
  readonly sourceName: string;
  readonly values: VitalValues;
  /** True where a value stands in the place of one that was sent before. */
  readonly corrects: boolean;
  /** Vitals whose value of this moment the sender takes back. */
  readonly withdraws: readonly Vital[];
  /** Vitals that the message contradicts itself about. */
  readonly ambiguous: readonly Vital[];
}

/** The usual sensor of each vital of one device at one patient, by code and path. */
export interface UsualSensors {
  get(vital: Vital): string | undefined;
  set(vital: Vital, sensor: string): void;
}

export interface MoreOfMessage {
  readonly withdrawn?: readonly WithdrawnValue[];
  readonly ambiguous?: readonly Vital[];
  /** Left out, the first sensor of each vital in this message is its usual one. */
  readonly sensors?: UsualSensors;
}

/** Stands between a device's name and what tells its further sources apart. */
const OF_DEVICE = ' · ';

/** The device that a source belongs to: its clock is the clock of all its sources. */
export function deviceOfSource(sourceName: string): string {
  return sourceName.split(OF_DEVICE, 1)[0] ?? sourceName;
}

interface Growing {
  readonly observedAt: string;
  readonly sourceName: string;
  readonly values: VitalValues;
  corrects: boolean;
  readonly withdraws: Set<Vital>;
}

/** Sets of a message received at `receivedAt` (ISO) from a device; a value without a time was observed then. */
export function messageSets(
  taken: readonly TakenValue[],
  device: string,
  receivedAt: string,
  more: MoreOfMessage = {},
): MessageSet[] {
  const name = device.replaceAll(OF_DEVICE, ' ');
  const sensors = more.sensors ?? new Map<Vital, string>();
  const sets = new Map<string, Growing>();
  const setOf = (observedAt: string, sourceName: string): Growing => {
    const key = `${observedAt}\u0000${sourceName}`;
    const set = sets.get(key) ?? {
      observedAt,
      sourceName,
      values: {},
      corrects: false,
      withdraws: new Set(),
    };
    sets.set(key, set);
    return set;
  };
  const plain = plainSet(taken, name, receivedAt, sensors, more);
  if (plain !== null) return [plain];
  // What is taken back comes first: a sensor that says it anew in the same message gives what stands.
  for (const one of more.withdrawn ?? []) {
    const usual = sensors.get(one.vital) ?? sensorOf(one);
    setOf(one.observedAt ?? receivedAt, sourceOf(name, one, usual)).withdraws.add(one.vital);
  }
  const values = new Map<string, Map<TakenValue['value'], string>>();
  for (const one of taken) {
    const usual = sensors.get(one.vital);
    if (usual === undefined) sensors.set(one.vital, sensorOf(one));
    const source = sourceOf(name, one, usual ?? sensorOf(one));
    const key = JSON.stringify([one.vital, one.observedAt, source]);
    const said = values.get(key) ?? new Map<TakenValue['value'], string>();
    values.set(key, said);
    // Said before, it stands there; else it comes after all that were said, without trying each.
    const known = said.get(one.value);
    const candidates = known === undefined ? numbered(source, said.size) : [known];
    for (const sourceName of candidates) {
      const set = setOf(one.observedAt ?? receivedAt, sourceName);
      if (!put(set.values, one)) continue;
      said.set(one.value, sourceName);
      set.withdraws.delete(one.vital);
      set.corrects ||= one.isCorrection === true;
      break;
    }
  }
  return [...sets.values()].map((set) => ({
    observedAt: set.observedAt,
    sourceName: set.sourceName,
    values: set.values,
    corrects: set.corrects,
    withdraws: [...set.withdraws],
    ambiguous: (more.ambiguous ?? []).filter((vital) => set.values[vital] !== undefined),
  }));
}

/**
 * What nearly every message brings: each vital once, from its usual sensor, all of one moment. Null where a message
 * brings anything else; nothing is noted of a sensor then.
 */
function plainSet(
  taken: readonly TakenValue[],
  name: string,
  receivedAt: string,
  sensors: UsualSensors,
  { withdrawn = [], ambiguous = [] }: MoreOfMessage,
): MessageSet | null {
  const first = taken[0];
  if (first === undefined || withdrawn.length > 0) return null;
  const values: VitalValues = {};
  for (const one of taken) {
    if (one.observedAt !== first.observedAt || one.isCorrection === true) return null;
    if (values[one.vital] !== undefined || sensors.get(one.vital) !== sensorOf(one)) return null;
    put(values, one);
  }
  return {
    observedAt: first.observedAt ?? receivedAt,
    sourceName: name,
    values,
    corrects: false,
    withdraws: [],
    ambiguous: ambiguous.filter((vital) => values[vital] !== undefined),
  };
}

/** Sensors whose words are remembered: each value of each message asks for some of the same dozen. Ours. */
const MOST_SENSORS = 4096;
const LONGEST_REMEMBERED = 64;
const words = { byCode: new Map<string, Map<string, string>>(), size: 0 };

/** What tells two sensors of a device apart: the code they report under, and their path where they tell one. */
function sensorOf(value: WithdrawnValue): string {
  const code = value.code ?? '';
  const path = value.source ?? '';
  const ofCode = words.byCode.get(code);
  const known = ofCode?.get(path);
  if (known !== undefined) return known;
  const sensor = JSON.stringify([code, path]);
  if (code.length > LONGEST_REMEMBERED || path.length > LONGEST_REMEMBERED) return sensor;
  if (words.size >= MOST_SENSORS) {
    words.byCode.clear();
    words.size = 0;
  }
  words.size += 1;
  const remembered = ofCode ?? new Map<string, string>();
  words.byCode.set(owned(code), remembered.set(owned(path), sensor));
  return sensor;
}

/** A copy: a piece of a message's text would keep all of the message in memory. */
function owned(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** The name of a value's source: the device for the usual sensor, else the device with what differs from it. */
function sourceOf(device: string, value: WithdrawnValue, usual: string): string {
  if (sensorOf(value) === usual) return device;
  const path = value.source ?? '';
  const code = value.code ?? '';
  const differsByPath = path !== '' && !usual.endsWith(`,${JSON.stringify(path)}]`);
  return `${device}${OF_DEVICE}${differsByPath ? path : [path, code].filter((part) => part !== '').join(' ')}`;
}

/** A sensor that contradicts itself about one moment: its further values by number, from one on, without an end. */
function* numbered(source: string, from: number): Generator<string, never> {
  const own = source.includes(OF_DEVICE) ? source : `${source}${OF_DEVICE}second source`;
  const names = own === source ? [source] : [source, own];
  yield* names.slice(from);
  for (let number = Math.max(2, from - names.length + 2); ; number++) yield `${own} (${number})`;
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
  } else if (typeof value === 'number') values[vital] = value;
  return true;
}
