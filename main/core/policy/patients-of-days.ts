/** Who was in the ward in the days that are simulated: what decides how they score, and nothing that names them. */
import { z } from 'zod';
import { SIMULATED_DAYS } from '../../../app/policy/simulation.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader } from '../store/database.ts';
import { ageOf } from '../ward/bed.ts';
import { readPatient } from '../ward/patients-table.ts';
import type { SimulatedPatient } from './simulate.ts';

const DAY_MS = 86_400_000;
const stayRow = z.object({
  patient_id: z.string(),
  admitted_ms: z.number(),
  left_ms: z.number().nullable(),
});

/** Demonstrations are left out: nobody was ill. */
export function simulatedPatients(read: Reader, sealing: Sealing, nowMs: number): SimulatedPatient[] {
  const stays = read.all(
    stayRow,
    `SELECT patient_id, admitted_ms, left_ms FROM stays
     WHERE demonstration = 0 AND admitted_ms < ? AND ifnull(left_ms, ?) > ? ORDER BY id`,
    nowMs,
    nowMs,
    nowMs - SIMULATED_DAYS * DAY_MS,
  );
  return [...Map.groupBy(stays, (stay) => stay.patient_id)].flatMap(([id, own]) => {
    const patient = readPatient(read, sealing, id);
    if (patient === null) return [];
    return [
      {
        id,
        ageYears: ageOf(patient, nowMs),
        pregnant: patient.pregnant,
        spo2Scale: patient.spo2Scale,
        stays: own.map(({ admitted_ms, left_ms }) => ({ fromMs: admitted_ms, toMs: left_ms ?? nowMs })),
      },
    ];
  });
}
