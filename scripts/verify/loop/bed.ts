/** A patient at a bed, readings that ring, and what was written about them. */
import type { ExplanationView } from '../../../app/contract/views.ts';
import { granted } from '../../../main/core/testing/running-core.ts';
import { type Course, waitFor } from './course.ts';

/** Readings that score high, another patient each time. */
function readings(index: number) {
  return {
    rr: 25 + (index % 6),
    spo2: 93 - (index % 5),
    on_oxygen: true,
    temp_c: 38.2 + (index % 8) / 10,
    sbp: 88 + (index % 9),
    hr: 112 + (index % 15),
    acvpu: 'A' as const,
  };
}

/**
 * The explanation of the first alert of whoever lies in a bed; somebody is admitted and measured where nobody was.
 * `consents`: their care may teach.
 */
export async function explainedAt(
  course: Course,
  bed: string,
  index: number,
  consents = false,
): Promise<ExplanationView> {
  const one = course.clinician();
  const inBed = async () =>
    granted(await one.query('ward.snapshot', {})).beds.find((shown) => shown.bed === bed);
  if ((await inBed()) === undefined)
    granted(
      await one.command('patient.admit', {
        bed,
        identifier: `LOOP-${bed}`,
        name: `Patient ${bed}`,
        birthDate: '1960-01-01',
        sex: 'F',
        pregnant: false,
      }),
    );
  const patientId = (await inBed())?.patient.id ?? '';
  if (consents) granted(await one.command('consent.record', { patientId, given: true }));
  const alertOf = async () =>
    granted(await one.query('ward.snapshot', {})).alerts.find((alert) => alert.patientId === patientId);
  if ((await alertOf()) === undefined) {
    const values = readings(index);
    granted(await one.command('observation.enter', { patientId, values, confirmed: Object.keys(values) }));
  }
  const alertId = (await waitFor('an alert rings', alertOf)).id;
  const done = await waitFor('an explanation is written', async () => {
    const { explanation } = granted(await one.query('alert.explanation', { alertId }));
    return explanation === null || explanation.status === 'queued' || explanation.status === 'writing'
      ? null
      : explanation;
  });
  if (done.status !== 'complete')
    throw new Error(`the explanation at bed ${bed} is ${done.status} (${done.reason ?? 'no reason'})`);
  return done;
}

/** Who wrote it: an adapter's version, or the model alone. */
export function writerOf({ model }: ExplanationView): string {
  if (model === null) return 'no model';
  return model.adapter ?? `${model.name} without an adapter`;
}

/** Its last sentence of the model's, to be read. */
export function specimenOf({ sentences }: ExplanationView): string {
  const written = sentences.findLast(({ source }) => source === 'guided') ?? sentences[0];
  return written === undefined ? '(no sentence)' : `“${written.text.trim()}”`;
}
