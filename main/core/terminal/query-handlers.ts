/** What terminals may ask. Looking needs no sign-in: locking hides actions, not vitals. */
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { AlertView, PersonView, SystemView } from '../../../app/contract/views.ts';
import type { TechnicalAlert } from '../../../app/technical/technical.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { Explanations } from '../explanation/explanations.ts';
import { explanationView } from '../explanation/explanations-table.ts';
import { readRating } from '../feedback/ratings-table.ts';
import { allRecordsOf } from '../patients/merges-table.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { type KeptAlert, readAlerts } from '../ward/alerts-table.ts';
import type { Histories } from '../ward/histories.ts';
import { packedBed } from '../ward/views.ts';
import type { Ward } from '../ward/ward.ts';
import type { QueryHandlers } from './calls.ts';

export interface QueryHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ward: Ward;
  readonly histories: Histories;
  readonly explanations: Explanations;
  readonly people: () => readonly PersonView[];
  readonly systemView: () => SystemView;
  readonly openAlertViews: () => AlertView[];
  readonly technicalAlerts: () => TechnicalAlert[];
  readonly alertView: (kept: KeptAlert) => AlertView | null;
}

const HOUR_MS = 3_600_000;
const MOST_ALERTS = 200;

export function queryHandlers(
  ports: QueryHandlerPorts,
): Pick<QueryHandlers, 'ward.snapshot' | 'bed.history' | 'alert.explanation' | 'alert.list'> {
  const { store, sealing, clock, ward, histories } = ports;
  return {
    'ward.snapshot': (_, { session, sequence }) =>
      ok({
        sequence,
        at: isoTime(clock.wall()),
        system: ports.systemView(),
        session: { person: session.person() },
        people: [...ports.people()],
        beds: ward.beds().map((bed) => packedBed(ward.shown(bed))),
        alerts: ports.openAlertViews(),
        technical: ports.technicalAlerts(),
      }),

    'bed.history': async ({ patientId, hours }) => {
      if (ward.bedOf(patientId) === null) return refused('not-found', { what: 'patient' });
      const toMs = clock.wall();
      const patientIds = [...allRecordsOf(store.read, patientId)];
      return ok({ rows: await histories.of({ patientIds, fromMs: toMs - hours * HOUR_MS, toMs }) });
    },

    'alert.explanation': ({ alertId, depth }, { session }) => {
      const explanation = ports.explanations.ofAlert(alertId, depth);
      const person = session.person();
      const rating =
        explanation === null || person === null
          ? null
          : readRating(store.read, sealing, explanation.id, person.id);
      return ok({
        explanation: explanation === null ? null : explanationView(explanation, ports.systemView().language),
        firedOn:
          explanation === null ? null : { vitals: explanation.facts.vitals, stale: explanation.facts.stale },
        rating:
          rating === null || person === null
            ? null
            : {
                explanationId: rating.explanationId,
                helpfulness: rating.helpfulness,
                accuracy: rating.accuracy,
                comment: rating.comment,
                by: person.name,
                at: isoTime(rating.atMs),
              },
      });
    },

    'alert.list': ({ patientId }) =>
      ok({
        alerts: readAlerts(store.read, sealing, patientId, MOST_ALERTS).flatMap(
          (kept) => ports.alertView(kept) ?? [],
        ),
      }),
  };
}
