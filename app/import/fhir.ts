/**
 * FHIR R4 Observations from a Bundle or one by one. LOINC codes and UCUM units; a blood pressure panel (85354-9) by its
 * components. What is not final yet is refused, and what was entered in error is taken back.
 */
import { z } from 'zod';
import { VITAL_OF_LOINC } from '../observation/hl7/code-tables.ts';
import { convertValue, readUnit } from '../observation/hl7/units.ts';
import { NUMERIC_VITALS, type NumericVital, type Vital, type VitalValues } from '../observation/vital.ts';
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
  identifier: z.array(z.looseObject({ value: z.string().optional() })).optional(),
});
const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.looseObject({ fullUrl: z.string().optional(), resource: z.unknown().optional() }))
    .optional(),
});

/** One entry of a bundle with the hospital numbers of the patients that the bundle itself holds, by reference. */
export interface FhirEntry {
  readonly row: number;
  readonly resource: unknown;
}

export interface FhirFile {
  readonly entries: readonly FhirEntry[];
  readonly patients: ReadonlyMap<string, string>;
}

/** The entries of a Bundle, or a single Observation; null where the text is neither. */
export function readFhirFile(text: string): FhirFile | null {
  let given: unknown;
  try {
    given = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return null; // no JSON
  }
  if (observationSchema.safeParse(given).success)
    return { entries: [{ row: 1, resource: given }], patients: new Map() };
  const bundle = bundleSchema.safeParse(given);
  if (!bundle.success) return null;
  const patients = new Map<string, string>();
  const entries = (bundle.data.entry ?? []).map(({ fullUrl, resource }, index) => {
    const patient = patientSchema.safeParse(resource);
    const numbers = (patient.data?.identifier ?? []).flatMap(({ value }) => value ?? []);
    const [number] = numbers;
    // A patient with several numbers says which is meant nowhere: their observations name nobody.
    if (patient.success && number !== undefined && numbers.length === 1) {
      if (fullUrl !== undefined) patients.set(fullUrl, number);
      if (patient.data.id !== undefined) patients.set(`Patient/${patient.data.id}`, number);
    }
    return { row: index + 1, resource };
  });
  return { entries, patients };
}

/** What a run of entries says. Entries that are no Observation hold nothing and are counted as empty. */
export function readFhirEntries(
  entries: readonly FhirEntry[],
  patients: ReadonlyMap<string, string>,
): ImportReading {
  const sets: ImportSet[] = [];
  const problems: ImportProblem[] = [];
  for (const { row, resource } of entries) {
    const isObservation = z.looseObject({ resourceType: z.literal('Observation') }).safeParse(resource);
    if (!isObservation.success) continue;
    const parsed = observationSchema.safeParse(resource);
    const refuse = (reason: string, column = ''): void => void problems.push({ row, column, reason });
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
  patients: ReadonlyMap<string, string>,
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
  for (const part of [observation, ...(observation.component ?? [])]) {
    const isPanel =
      part === observation && part.valueQuantity === undefined && observation.component !== undefined;
    if (isPanel) continue;
    const code = loincOf(part);
    const vital = code === null ? undefined : VITAL_OF_LOINC.get(code);
    if (vital === null) continue;
    if (vital === undefined || !isNumeric(vital)) refuse('code-unknown', code ?? '');
    else if (isWithdrawn) withdraws.push(vital);
    else {
      const value = measuredValue(vital, part);
      if (typeof value !== 'number') refuse(value.refused, code ?? '');
      else if (values[vital] === undefined || values[vital] === value) values[vital] = value;
      else refuse('told-twice', code ?? '');
    }
  }
  if (Object.keys(values).length + withdraws.length === 0) return null;
  const reference = subject?.reference;
  const identifier =
    subject?.identifier?.value ?? (reference === undefined ? undefined : patients.get(reference)) ?? '';
  const corrects = status === 'amended' || status === 'corrected';
  return { rows: [row], identifier, observedAt, values, corrects, withdraws };
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
