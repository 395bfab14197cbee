/** From an adapter on this workstation to the bed, and one click back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIGNER_ROLES } from '../../../app/learning/adapters/life.ts';
import { granted } from '../../../main/core/testing/running-core.ts';
import { REPORTS_DIR } from '../../setup/paths.ts';
import { say } from '../../setup/report.ts';
import { explainedAt, specimenOf, writerOf } from './bed.ts';
import { type Course, figure, PIN_OF, theAdapter, waitFor } from './course.ts';

export const GATES_PAGE = join(REPORTS_DIR, 'verify-loop-gates.html');
const SAY_EVERY_MS = 30_000;

export async function runGates(course: Course): Promise<string[]> {
  const { id, gates } = await theAdapter(course);
  const before = (await theAdapter(course)).report;
  // One that was running when the program was killed goes on by itself.
  if (gates === null || gates.state !== 'running')
    if (before === null || !before.passed)
      granted(await course.technician().command('adapter.run-gates', { id }));
  let saidAt = Date.now();
  const ended = await waitFor('the gates end', async () => {
    const now = await theAdapter(course);
    if (now.gates?.state === 'failed') throw new Error(`the gates were cut off: ${now.gates.detail ?? ''}`);
    if (now.gates !== null && Date.now() - saidAt > SAY_EVERY_MS) {
      saidAt = Date.now();
      say(`    ${now.gates.done} of ${now.gates.of} answers`);
    }
    return now.gates === null ? now.report : null;
  });
  const { report, html } = granted(await course.clinician().query('adapter.report', { id }));
  mkdirSync(REPORTS_DIR, { recursive: true });
  writeFileSync(GATES_PAGE, html);
  const asked = report.prompts.reduce((sum, { asked }) => sum + asked, 0);
  const alerts = report.scenarios.reduce((sum, { alerts }) => sum + alerts, 0);
  const policy =
    course.size.gates === 'tiny'
      ? 'TINY GATES WITH LIMITS THAT NOTHING MISSES: they show the way and prove no quality'
      : 'the gates as the program has them';
  const lines = report.verdicts.map(
    ({ gate, passed, value, bound, limit, of }) =>
      `  ${gate}: ${passed ? 'passed' : 'FAILED'}, ${figure(value, 3)} (bound ${figure(bound, 3)}, limit ${figure(limit, 3)}, n ${of})`,
  );
  if (!ended.passed)
    throw new Error(
      [
        'its gates were not passed; nothing goes further',
        ...lines.filter((line) => line.includes('FAILED')),
      ].join('\n'),
    );
  return [
    `${policy}; ${asked} prompts, ${alerts} alerts, beside ${report.inUse ?? 'what came with the program'}`,
    ...lines,
  ];
}

export async function signByTwo(course: Course): Promise<string[]> {
  for (const role of SIGNER_ROLES) {
    const { id, report, signatures } = await theAdapter(course);
    if (report === null) throw new Error('there is no report to sign');
    if (signatures.some((signature) => signature.role === role)) continue;
    const terminal = role === 'clinical' ? course.clinician() : course.technician();
    granted(await terminal.command('adapter.sign', { id, role, report: report.sha256, pin: PIN_OF[role] }));
  }
  const { signatures, state } = await theAdapter(course);
  if (state !== 'candidate' && state !== 'canary' && state !== 'production')
    throw new Error(`signed by two and still ${state}`);
  return [`${signatures.map(({ role, name }) => `${role}: ${name}`).join(', ')} (Ed25519); ${state}`];
}

const CANARY_BED = 'C1';

export async function canary(course: Course): Promise<string[]> {
  const { id, version, state } = await theAdapter(course);
  if (state === 'candidate') {
    // Read in an hour, not in a day: how long a trial lasts is a site's own setting.
    const policy = { shadowLeast: 0, canaryLeast: 1, canaryHours: 0 };
    granted(await course.clinician().command('adapter.exposure', policy));
    granted(
      await course.clinician().command('adapter.canary', { id, canary: { by: 'beds', beds: [CANARY_BED] } }),
    );
  }
  const chosen = await explainedAt(course, CANARY_BED, 1);
  const other = await explainedAt(course, 'C2', 2);
  if (writerOf(chosen) !== version) throw new Error(`bed ${CANARY_BED} was explained by ${writerOf(chosen)}`);
  if (writerOf(other) === version) throw new Error('a bed beside the canary was explained by it');
  return [
    `bed ${CANARY_BED} by “${version}”: ${specimenOf(chosen)}`,
    `bed C2 by “${writerOf(other)}”: ${specimenOf(other)}`,
  ];
}

/** Waits until the engine writes with it, and tells how long that took. */
async function engineWrites(course: Course, id: string, wanted: boolean): Promise<string> {
  const began = Date.now();
  await waitFor('the engine changes over', async () => {
    const { engine } = granted(await course.clinician().query('ward.snapshot', {})).system;
    const refused = engine.refusedAdapters?.find(({ sha256 }) => sha256 === id);
    if (wanted && refused !== undefined) throw new Error(`the engine refuses it: ${refused.detail}`);
    return (engine.model?.adapterSha256 === id) === wanted ? true : null;
  });
  return `the engine had changed over ${figure((Date.now() - began) / 1000, 1)} s after the click`;
}

/** The explanation of a patient who comes now: a bed that was explained before tells of its own time. */
function explainedNow(course: Course, letter: string) {
  const { counts } = course.progress;
  counts.beds = (counts.beds ?? 0) + 1;
  course.save();
  return explainedAt(course, `${letter}${counts.beds}`, counts.beds);
}

export async function production(course: Course): Promise<string[]> {
  const { id, version, state } = await theAdapter(course);
  if (state === 'canary') granted(await course.clinician().command('adapter.promote', { id }));
  const changed = await engineWrites(course, id, true);
  const written = await explainedNow(course, 'P');
  if (writerOf(written) !== version) throw new Error(`the bed was explained by ${writerOf(written)}`);
  return [changed, `the bed by “${version}”: ${specimenOf(written)}`];
}

export async function oneClickBack(course: Course): Promise<string[]> {
  const { id, version, state } = await theAdapter(course);
  if (state === 'production') granted(await course.clinician().command('adapter.step-back', {}));
  const changed = await engineWrites(course, id, false);
  const written = await explainedNow(course, 'B');
  if (writerOf(written) === version) throw new Error('the bed was explained by the one that was taken away');
  return [changed, `the bed by “${writerOf(written)}”: ${specimenOf(written)}`];
}
