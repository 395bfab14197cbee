import { z } from 'zod';
import type { Reader } from '../../../core/store/database.ts';
import { eachCommitted, newestId } from '../../../core/ward/observations-table.ts';
import { writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';
import { withRecord } from '../ward-record.ts';

export const observations: Verb = {
  summary: 'what is committed in a ward’s record, one line a set',
  help: '--user-data-dir DIR  [--since ISO-TIME]\nOut: patient (the record’s own id), bed (the patient’s when the set was committed), times observed, received and committed, source, control_id, values. No names.',
  options: { 'user-data-dir': { type: 'string' }, since: { type: 'string' } },
  async run(context) {
    const since = Date.parse(textOption(context, 'since') ?? '1970-01-01T00:00:00Z');
    if (Number.isNaN(since)) throw new UsageError('--since needs a time, say 2026-03-01T08:00:00Z.');
    return withRecord(context, async ({ read }) => {
      const newest = newestId(read);
      // After the newest set that is printed: a ward that is running may have admitted somebody meanwhile.
      const bedAt = readBeds(read);
      for (const { set, committedMs, controlId, superseded } of eachCommitted(read, since, newest))
        await writeLine({
          patient: set.patientId,
          bed: bedAt(set.patientId, committedMs),
          observed_at: set.observedAt,
          received_at: set.receivedAt,
          committed_at: new Date(committedMs).toISOString(),
          source: set.source,
          control_id: controlId,
          superseded,
          values: set.values,
        });
      return 0;
    });
  },
};

const stayRow = z.object({ patient_id: z.string(), bed: z.string(), admitted_ms: z.number() });

/** Tells the bed that a patient was in, or had last been in, at a moment (wall ms); null before the first stay. */
function readBeds(read: Reader): (patientId: string, atMs: number) => string | null {
  const stays = Map.groupBy(
    read.all(stayRow, 'SELECT patient_id, bed, admitted_ms FROM stays ORDER BY admitted_ms, id'),
    (stay) => stay.patient_id,
  );
  return (patientId, atMs) =>
    stays.get(patientId)?.findLast(({ admitted_ms }) => admitted_ms <= atMs)?.bed ?? null;
}
