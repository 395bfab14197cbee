/**
 * A file to be replayed: a table, HL7 messages or FHIR Observations. It is played on the invented patient, so nothing of
 * whose it was is taken: of several patients the first one's readings, at the distances of time that they had.
 */
import { readFhirEntries, readFhirFile } from '../../../app/import/fhir.ts';
import { parseMessage } from '../../../app/observation/hl7/message.ts';
import { readOru } from '../../../app/observation/hl7/oru.ts';
import { VITALS, type VitalValues } from '../../../app/observation/vital.ts';
import { machineZone } from '../intake/machine-zone.ts';
import { messageSets } from '../intake/message-sets.ts';
import { type ReplayRow, type ReplayTable, readReplayTable } from './replay-table.ts';

/** One moment of somebody, by a mark that is not kept. */
interface Moment {
  readonly whose: string;
  readonly atMs: number;
  readonly values: VitalValues;
}

/** `receivedAt`: now, ISO 8601; stamps that lie after it are refused as they are of a monitor. */
export function readReplayFile(text: string, receivedAt: string): ReplayTable {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (/^\s*\{/.test(plain)) return ofFirst(momentsOfFhir(plain));
  if (/^\s*(?:FHS|BHS|MSH)\W/.test(plain)) return ofFirst(momentsOfHl7(plain, receivedAt));
  return readReplayTable(plain);
}

function momentsOfFhir(text: string): Moment[] {
  const file = readFhirFile(text);
  if (file === null) return [];
  return readFhirEntries(file.entries, file.patients).sets.map(({ identifier, observedAt, values }) => ({
    whose: identifier ?? '',
    atMs: Date.parse(observedAt),
    values,
  }));
}

/** Frames, a batch, or one message after the other: each begins with MSH at the beginning of a line. */
function momentsOfHl7(text: string, receivedAt: string): Moment[] {
  const lines = text.replaceAll('\v', '\r').replaceAll('\u001c', '\r').replaceAll(/\r?\n/g, '\r');
  return lines.split(/(?<=\r|^)(?=MSH\W)/).flatMap((message): Moment[] => {
    const parsed = parseMessage(message.replace(/\r(?:BTS|FTS)\W[\s\S]*$/, '\r'));
    if (!parsed.ok) return [];
    const reading = readOru(parsed.message, { receivedAt, siteZone: machineZone });
    if (reading.refusal !== null) return [];
    const timed = reading.taken.filter(({ observedAt }) => observedAt !== null);
    return messageSets(timed, 'replay', receivedAt).map(({ observedAt, values }) => ({
      whose: reading.patient.id ?? '',
      atMs: Date.parse(observedAt),
      values,
    }));
  });
}

function ofFirst(moments: readonly Moment[]): ReplayTable {
  const [first] = moments;
  if (first === undefined) return { ok: false, line: 1, problem: 'no rows' };
  const own = moments
    .filter(({ whose, atMs }) => whose === first.whose && !Number.isNaN(atMs))
    .sort((a, b) => a.atMs - b.atMs);
  const rows: ReplayRow[] = [];
  const beginsMs = own[0]?.atMs ?? 0;
  for (const { atMs, values } of own) {
    if (!VITALS.some((vital) => values[vital] !== undefined)) continue;
    const last = rows.at(-1);
    const since = atMs - beginsMs;
    // What stands in several messages of one moment is one set; the first that told a vital counts.
    if (last?.atMs === since) rows[rows.length - 1] = { atMs: since, values: { ...values, ...last.values } };
    else rows.push({ atMs: since, values });
  }
  return rows.length === 0 ? { ok: false, line: 1, problem: 'no rows' } : { ok: true, rows };
}
