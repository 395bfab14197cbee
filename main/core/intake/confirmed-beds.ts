/**
 * Beds that monitors name for patients who are in another bed here, where a person has said that the readings are this
 * patient's all the same. It holds for as long as the patient stays where they were when it was said.
 */
import { bedKey } from '../../../app/patient/text.ts';
import type { Reader, Writer } from '../store/database.ts';
import { readSetting, writeSettings } from '../store/settings.ts';
import type { Bed } from '../ward/bed.ts';
import type { WardDraft } from '../ward/draft.ts';

/** More than a full ward's; those that were confirmed longest ago are asked again. Ours. */
const MOST_KEPT = 128;

type Stay = Pick<Bed, 'bed' | 'admittedMs'>;

/** Whether a person has confirmed that what a monitor sends for a patient from another bed is theirs. */
export function isBedConfirmed(read: Reader, patientId: string, stay: Stay, toldBed: string): boolean {
  return readSetting(read, 'confirmedBeds').some(
    (one) =>
      one.patientId === patientId &&
      one.told === bedKey(toldBed) &&
      one.inBed === bedKey(stay.bed) &&
      one.atMs >= stay.admittedMs,
  );
}

/** Keeps that a person has confirmed it; what was confirmed of patients who have left or moved since is forgotten. */
export function confirmBed(
  write: Writer,
  draft: Pick<WardDraft, 'bedOf'>,
  patientId: string,
  toldBed: string,
  atMs: number,
): void {
  const stay = draft.bedOf(patientId);
  if (stay === null) return;
  const [told, inBed] = [bedKey(toldBed), bedKey(stay.bed)];
  const others = readSetting(write, 'confirmedBeds').filter((one) => {
    const there = draft.bedOf(one.patientId);
    const isStill = there !== null && bedKey(there.bed) === one.inBed;
    return isStill && !(one.patientId === patientId && one.told === told);
  });
  const confirmedBeds = [...others, { patientId, told, inBed, atMs }].slice(-MOST_KEPT);
  writeSettings(write, { confirmedBeds });
}
