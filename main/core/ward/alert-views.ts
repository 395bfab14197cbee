/** Alerts as screens see them: the open ones from the ward, the closed ones from the record. */

import { comparePriority } from '../../../app/alerting/policy.ts';
import type { AlertView, PersonView } from '../../../app/contract/views.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import type { KeptAlert } from './alerts-table.ts';
import type { BedTransition } from './draft-alerts.ts';
import { readPatient } from './patients-table.ts';
import { alertView } from './views.ts';
import type { Ward } from './ward.ts';

export interface AlertViews {
  /** Null where the patient is not in the record. */
  of(kept: Omit<KeptAlert, 'facts'>): AlertView | null;
  ofMove(moved: BedTransition): AlertView;
  /** All open alerts, the worst first, of equal ones the newest. */
  open(): AlertView[];
  openIds(): string[];
}

export function createAlertViews(ports: {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly ward: Ward;
  readonly people: () => readonly PersonView[];
}): AlertViews {
  const open = (): AlertView[] =>
    ports.ward
      .beds()
      .flatMap((bed) =>
        bed.alerts.alerts.map((alert) =>
          alertView({ alert, patientId: bed.patient.id, bed: bed.bed }, bed.patient, ports.people()),
        ),
      )
      .sort(
        (a, b) => comparePriority(b.priority, a.priority) || Date.parse(b.firedAt) - Date.parse(a.firedAt),
      );
  return {
    of: (kept) => {
      const patient =
        ports.ward.bedOf(kept.patientId)?.patient ??
        readPatient(ports.store.read, ports.sealing, kept.patientId);
      return patient === null ? null : alertView(kept, patient, ports.people());
    },
    ofMove: ({ transition, bed }) =>
      alertView(
        { alert: transition.alert, patientId: bed.patient.id, bed: bed.bed },
        bed.patient,
        ports.people(),
      ),
    open,
    openIds: () => open().map((alert) => alert.id),
  };
}
