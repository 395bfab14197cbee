/**
 * FHIR R4 Observations from a Bundle or one by one. LOINC codes and UCUM units; a blood pressure panel (85354-9) by its
 * components. What is not final yet is refused, and what was entered in error is taken back.
 */
import { z } from 'zod';
import { VITAL_OF_LOINC } from '../observation/hl7/code-tables.ts';
import { convertValue, readUnit } from '../observation/hl7/units.ts';
import { NUMERIC_VITALS, type NumericVital, type Vital, type VitalValues } from '../observation/vital.ts';
import { cleanMark, cleanName } from '../patient/text.ts';
import type { ImportProblem, ImportReading, ImportSet } from './row.ts';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

const coding = z.looseObject({ system: z.string().optional(), code: z.string().optional() });
const concept = z.looseObject({ coding: z.array(coding).optional() });
const measured = {
  code: concept,
  valueQuantity: z
    .looseObject({
      value: z.number().optional(),
      /** `<`, `>` and their like: the value is a bound and no reading. */
      comparator: z.string().optional(),
      unit: z.string().optional(),
      system: z.string().optional(),
      code: z.string().optional(),
    })
    .optional(),
  dataAbsentReason: concept.optional(),
};
const observationSchema = z.looseObject({
  ...measured,
  resourceType: z.literal('Observation'),
  status: z.string(),
  subject: z
    .looseObject({
      reference: z.string().optional(),
      identifier: z.looseObject({ value: z.string().optional() }).optional(),
    })
    .optional(),
  effectiveDateTime: z.string().optional(),
  effectiveInstant: z.string().optional(),
  effectivePeriod: z.looseObject({ start: z.string().optional(), end: z.string().optional() }).optional(),
  component: z.array(z.looseObject(measured)).optional(),
});
type Observation = z.infer<typeof observationSchema>;
type Measured = Pick<Observation, 'code' | 'valueQuantity' | 'dataAbsentReason'>;

const patientSchema = z.looseObject({
  resourceType: z.literal('Patient'),
  id: z.string().optional(),
  identifier: z
    .array(z.looseObject({ value: z.string().optional(), type: concept.optional().catch(undefined) }))
    .optional(),
  name: z
    .array(
      z.looseObject({
        text: z.string().optional(),
        family: z.string().optional(),
        given: z.array(z.string()).optional(),
      }),
    )
    .optional()
    .catch(undefined),
  birthDate: z.string().optional().catch(undefined),
});
const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.string().optional(),
  /** One by one, below: an entry that is none costs itself alone. */
  entry: z.array(z.unknown()).optional(),
});
const entrySchema = z.looseObject({
  fullUrl: z.string().optional(),
  resource: z.unknown().optional(),
  request: z.looseObject({ method: z.string().optional() }).optional(),
});

export interface FhirEntry {
  /** Its place in the bundle, from 1. */
  readonly row: number;
  readonly resource: unknown;
  /** What the bundle asks to be done with it (`POST`), where it asks. */
  readonly method?: string;
  /** It is no entry of a Bundle (null, a text): there is nothing in it that could be read. */
  readonly isUnreadable?: true;
}

/** A patient that a bundle holds beside its observations: it tells whose they are and is not itself taken. */
export interface FhirPatient {
  /** Hospital number. */
  readonly number: string;
  /** "Family, Given"; null where it has none. */
  readonly name: string | null;
  /** YYYY-MM-DD; null where the whole date is not told. */
  readonly birthDate: string | null;
}
/** By what an observation refers to them with. */
export type FhirPatients = ReadonlyMap<string, FhirPatient>;

export interface FhirFile {
  /** `Bundle.type`; null: a single resource. */
  readonly bundleType: string | null;
  readonly entries: readonly FhirEntry[];
  readonly patients: FhirPatients;
}

/** The entries of a Bundle, or a single Observation; null where the text is neither. */
export function readFhirFile(text: string): FhirFile | null {
  let given: unknown;
  try {
    given = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return null; // no JSON
  }
  if (isObservation(given))
    return { bundleType: null, entries: [{ row: 1, resource: given }], patients: new Map() };
  const bundle = bundleSchema.safeParse(given);
  if (!bundle.success) return null;
  const patients = new Map<string, FhirPatient>();
  const entries = (bundle.data.entry ?? []).map((given, index): FhirEntry => {
    const entry = entrySchema.safeParse(given);
    if (!entry.success) return { row: index + 1, resource: null, isUnreadable: true };
    const { fullUrl, resource, request } = entry.data;
    const patient = patientOf(resource);
    if (patient !== null) {
      if (fullUrl !== undefined) patients.set(fullUrl, patient);
      const { id } = z.looseObject({ id: z.string().optional() }).parse(resource);
      if (id !== undefined) patients.set(`Patient/${id}`, patient);
    }
    const method = request?.method;
    return { row: index + 1, resource, ...(method === undefined ? {} : { method }) };
  });
  return { bundleType: bundle.data.type ?? '', entries, patients };
}

/** True of an Observation, well-formed or not. */
export function isObservation(resource: unknown): boolean {
  return z.looseObject({ resourceType: z.literal('Observation') }).safeParse(resource).success;
}

/** Null where the resource is no patient, or does not say which of its numbers is the hospital's. */
function patientOf(resource: unknown): FhirPatient | null {
  const parsed = patientSchema.safeParse(resource);
  if (!parsed.success) return null;
  const { identifier = [], name = [], birthDate = '' } = parsed.data;
  const told = identifier.filter(({ value }) => cleanMark(value ?? '') !== '');
  const hospital = told.filter(({ type }) => type?.coding?.some(({ code }) => code === RECORD_NUMBER));
  // Of several numbers only the one that says that it is the record number is it: nothing is guessed.
  const [only] = hospital.length > 0 ? hospital : told;
  if (only?.value === undefined || (hospital.length > 0 ? hospital : told).length !== 1) return null;
  const [first] = name;
  const parts = [first?.family ?? '', (first?.given ?? []).join(' ')].filter((part) => part !== '');
  const cleaned = cleanName(parts.length > 0 ? parts.join(', ') : (first?.text ?? ''));
  return {
    number: cleanMark(only.value),
    name: cleaned === '' ? null : cleaned,
    birthDate: isDay(birthDate) ? birthDate : null,
  };
}

/** Medical record number: HL7 table 0203, which R4 uses for `Identifier.type`. */
const RECORD_NUMBER = 'MR';

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** What a run of entries says. Entries that are no Observation hold nothing and are counted as empty. */
export function readFhirEntries(entries: readonly FhirEntry[], patients: FhirPatients): ImportReading {
  const sets: ImportSet[] = [];
  const problems: ImportProblem[] = [];
  for (const { row, resource, isUnreadable = false } of entries) {
    const refuse = (reason: string, column = ''): void => void problems.push({ row, column, reason });
    if (isUnreadable) refuse('entry-not-understood');
    if (!isObservation(resource)) continue;
    const parsed = observationSchema.safeParse(resource);
    if (!parsed.success) refuse('not-understood');
    else {
      const set = setOf(row, parsed.data, patients, refuse);
      if (set !== null) sets.push(set);
    }
  }
  return { rows: entries.map(({ row }) => row), sets, problems };
}

const TAKEN = ['final', 'amended', 'corrected'];
const WITHDRAWN = 'entered-in-error';

type Refuse = (reason: string, column?: string) => void;

function setOf(
  row: number,
  observation: Observation,
  patients: FhirPatients,
  refuse: Refuse,
): ImportSet | null {
  const { status, subject } = observation;
  const isWithdrawn = status === WITHDRAWN;
  if (!isWithdrawn && !TAKEN.includes(status)) {
    refuse('status-not-final');
    return null;
  }
  const observedAt = timeOf(observation);
  if (typeof observedAt === 'object') {
    refuse(observedAt.refused);
    return null;
  }
  const values: VitalValues = {};
  const withdraws: Vital[] = [];
  const withdrawn: VitalValues = {};
  for (const part of [observation, ...(observation.component ?? [])]) {
    const isPanel =
      part === observation && part.valueQuantity === undefined && observation.component !== undefined;
    if (isPanel) continue;
    const code = loincOf(part);
    const vital = code === null ? undefined : VITAL_OF_LOINC.get(code);
    if (vital === null) continue;
    if (vital === undefined || !isNumeric(vital)) refuse('code-unknown', code ?? '');
    else if (isWithdrawn) {
      withdraws.push(vital);
      const value = measuredValue(vital, part);
      if (typeof value === 'number') withdrawn[vital] = value;
    } else {
      const value = measuredValue(vital, part);
      if (typeof value !== 'number') refuse(value.refused, code ?? '');
      else if (values[vital] === undefined || values[vital] === value) values[vital] = value;
      else refuse('told-twice', code ?? '');
    }
  }
  if (Object.keys(values).length + withdraws.length === 0) return null;
  const identifier = subjectOf(subject, patients)?.number ?? '';
  const corrects = status === 'amended' || status === 'corrected';
  return { rows: [row], identifier, observedAt, values, corrects, withdraws, withdrawn };
}

function subjectOf(subject: Observation['subject'], patients: FhirPatients): FhirPatient | null {
  const number = cleanMark(subject?.identifier?.value ?? '');
  const held = subject?.reference === undefined ? undefined : patients.get(subject.reference);
  if (number === '') return held ?? null;
  // Two who are named for one observation: a person says whose it is.
  if (held !== undefined && held.number !== number) return null;
  return held ?? { number, name: null, birthDate: null };
}

function isNumeric(vital: string): vital is NumericVital {
  return NUMERIC_VITALS.some((known) => known === vital);
}

function loincOf({ code }: Measured): string | null {
  const codes = (code.coding ?? []).flatMap((one) =>
    one.system === LOINC && one.code !== undefined ? [one.code] : [],
  );
  return codes.find((one) => VITAL_OF_LOINC.has(one)) ?? codes[0] ?? null;
}

function measuredValue(
  vital: NumericVital,
  { valueQuantity, dataAbsentReason }: Measured,
): number | { refused: string } {
  if (valueQuantity?.value === undefined)
    return { refused: dataAbsentReason === undefined ? 'value-missing' : 'value-absent' };
  const { value, comparator, system, unit = '', code = '' } = valueQuantity;
  if (comparator !== undefined) return { refused: 'value-is-a-bound' };
  // The code in UCUM counts; without one, the unit as it is written for people.
  const reading = system === UCUM && code !== '' ? readUnit(code, '') : readUnit(code, unit);
  const converted = convertValue(vital, String(value), reading, false);
  return converted.ok ? converted.value : { refused: converted.reason };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** The time of the measurement; of a period its end. R4 requires a zone wherever there is a time of the day. */
function timeOf(observation: Observation): string | { readonly refused: string } {
  const { effectiveDateTime, effectiveInstant, effectivePeriod } = observation;
  const text = effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.end ?? effectivePeriod?.start;
  if (text === undefined) return { refused: 'time-missing' };
  if (/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(text)) return { refused: 'time-imprecise' };
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text))) return { refused: 'time-invalid' };
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return day.toISOString().slice(0, 10) === text.slice(0, 10) ? text : { refused: 'time-invalid' };
}

/** What is told of an observation beside its values. */
export interface ObservationHead {
  /**
   * What it is known again by: its identifiers, else its id, else null. A resource with other content and the same key is
   * another version of the same observation.
   */
  readonly key: string | null;
  /** `Observation.id`; '' where it has none. */
  readonly id: string;
  /** `meta.versionId`. */
  readonly version: string | null;
  readonly status: string;
  /** What measured it, as it is written for people; '' where that is not told. */
  readonly device: string;
  /** Whom it is of; null where it does not say so, or the bundle does not hold whom it refers to. */
  readonly patient: FhirPatient | null;
}

const headSchema = z.looseObject({
  id: z.string().optional(),
  identifier: z
    .array(z.looseObject({ system: z.string().optional(), value: z.string().optional() }))
    .optional(),
  meta: z.looseObject({ versionId: z.string().optional() }).optional(),
  device: z
    .looseObject({
      display: z.string().optional(),
      identifier: z.looseObject({ value: z.string().optional() }).optional(),
    })
    .optional(),
});

/** Null where the resource is no observation that is understood at all. */
export function readHead(resource: unknown, patients: FhirPatients): ObservationHead | null {
  const parsed = observationSchema.safeParse(resource);
  const head = headSchema.safeParse(resource);
  if (!parsed.success || !head.success) return null;
  const { id, identifier = [], meta, device } = head.data;
  const marks = identifier.flatMap(({ system = '', value = '' }) =>
    value === '' ? [] : [JSON.stringify([system, value])],
  );
  return {
    key: marks.length > 0 ? marks.sort().join(' ') : id === undefined ? null : `Observation/${id}`,
    id: id ?? '',
    version: meta?.versionId ?? null,
    status: parsed.data.status,
    device: cleanName(device?.display ?? device?.identifier?.value ?? ''),
    patient: subjectOf(parsed.data.subject, patients),
  };
}
