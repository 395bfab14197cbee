/** Reads a patient's shift from the record and has it worded as a handover draft. */

import { OPEN_ALERT_STATES } from '../../../app/alerting/alert.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import { packedHistorySchema } from '../../../app/contract/packed-history.ts';
import type { HistoryRow, LanguageCode } from '../../../app/contract/views.ts';
import { completeFacts, NUMERIC_PARAMETERS } from '../../../app/explanation/facts.ts';
import type { HandoverRecord } from '../../../app/handover/handover.ts';
import { type Clock, isoTime } from '../clock.ts';
import { allRecordsOf } from '../patients/merges-table.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import type { QueryHandlers } from '../terminal/calls.ts';
import { bedFacts } from '../ward/alert-facts.ts';
import { readAlerts } from '../ward/alerts-table.ts';
import { type Bed, news2Patient } from '../ward/bed.ts';
import type { Histories } from '../ward/histories.ts';
import { readScoresThinned } from '../ward/scores-table.ts';
import type { Ward } from '../ward/ward.ts';

export interface HandoverPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ward: Ward;
  readonly histories: Histories;
  readonly language: () => LanguageCode;
}

const HOUR_MS = 3_600_000;
/** Of each quarter of an hour the worst score: the highest of the shift is among them. */
const STRETCH_MS = 900_000;
/** As many as the list of a patient's alerts. */
const MOST_ALERTS = 200;

export function handoverQueries(ports: HandoverPorts): Pick<QueryHandlers, 'patient.handover'> {
  const { store, sealing, clock, ward, histories } = ports;
  return {
    'patient.handover': async ({ patientId, hours, form }) => {
      const known = ward.bedOf(patientId);
      if (known === null) return refused('not-found', { what: 'patient' });
      const toMs = clock.wall();
      const fromMs = toMs - hours * HOUR_MS;
      const bed = ward.shown(known);
      const patientIds = [...allRecordsOf(store.read, patientId)];
      const alerts = patientIds
        .flatMap((id) => readAlerts(store.read, sealing, id, MOST_ALERTS))
        .map(({ alert }) => alert)
        .filter(({ firedAt, state }) => Date.parse(firedAt) >= fromMs || OPEN_ALERT_STATES.includes(state));
      const scores = readScoresThinned(store.read, patientId, fromMs, STRETCH_MS, 'worst');
      const { patient } = bed;
      const language = ports.language();
      const rows = packedHistorySchema.parse(await histories.of({ patientIds, fromMs, toMs }));
      // Loaded with the first handover: the verifier's vocabulary would delay the first painted ward.
      const { handoverDraft } = await import('../../../app/handover/handover.ts');
      const draft = handoverDraft(
        {
          at: isoTime(toMs),
          hours,
          facts: completeFacts(bedFacts(bed), news2Patient(patient, toMs)),
          ranges: rangesOf(bed, rows),
          scores: scores.map(({ atMs, score }) => ({ at: isoTime(Math.max(atMs, fromMs)), score })),
          alerts,
          scale2: patient.spo2Scale === 2,
          spinalInjury: patient.policies?.spinalInjury === true,
          baseline: patient.policies?.baseline ?? null,
          treatmentLimits: patient.policies?.treatmentLimits ?? null,
        },
        form,
        language,
      );
      return ok({
        at: isoTime(toMs),
        language,
        sections: draft.sections.map(({ section, sentences }) => ({ section, sentences: [...sentences] })),
        withheld: draft.withheld,
      });
    },
  };
}

/** Of each parameter the vital that scores for it now: a cuff and an arterial line are never mixed in one range. */
function rangesOf(bed: Bed, rows: readonly HistoryRow[]): HandoverRecord['ranges'] {
  return NUMERIC_PARAMETERS.flatMap((parameter) => {
    const vital = bed.scoring.inputs[parameter]?.vital;
    if (vital === undefined) return [];
    const values = rows.flatMap(({ values, together }) => {
      const value = values[vital];
      return together?.range[vital] ?? (typeof value === 'number' ? [value] : []);
    });
    if (values.length === 0) return [];
    return [{ parameter, low: Math.min(...values), high: Math.max(...values) }];
  });
}
