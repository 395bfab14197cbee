/** What people do with patients, observations, alerts, explanations and ratings. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { AlertView, Rating, RatingView, SystemView } from '../../../app/contract/views.ts';
import { cleanComment } from '../../../app/feedback/comment.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import type { Explanations } from '../explanation/explanations.ts';
import { explanationView, readExplanation } from '../explanation/explanations-table.ts';
import { insertRating } from '../feedback/ratings-table.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { type KeptAlert, readAlert } from '../ward/alerts-table.ts';
import { checkEntry } from '../ward/hand-entry.ts';
import type { Ward } from '../ward/ward.ts';
import type { CommandHandlers } from './calls.ts';

export interface WardHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ward: Ward;
  readonly explanations: Explanations;
  /** The terminal's settings: rule texts are told in its language. */
  readonly systemView: () => SystemView;
  /** Null where the patient is not known (never for an alert of the store). */
  readonly alertView: (kept: KeptAlert) => AlertView | null;
  /** A rating was saved. */
  readonly rated: (rating: Pick<Rating, 'helpfulness' | 'accuracy'>) => void;
}

/** A hand entry may be from a little later than this clock, and from so far back. Ours. */
const ENTRY_AHEAD_MS = 60_000;
const ENTRY_BACK_MS = 72 * 3_600_000;

export function wardHandlers(
  ports: WardHandlerPorts,
): Pick<
  CommandHandlers,
  'observation.enter' | 'alert.act' | 'explanation.request' | 'explanation.stop' | 'rating.save'
> {
  const { clock, sealing, explanations } = ports;
  return {
    'observation.enter': ({ patientId, observedAt, values, confirmed }, call) => {
      const now = clock.wall();
      const observedMs = observedAt === undefined ? now : Date.parse(observedAt);
      if (observedMs > now + ENTRY_AHEAD_MS || observedMs < now - ENTRY_BACK_MS)
        return refused('invalid-request', { field: 'observedAt' });
      const bed = ports.ward.bedOf(patientId);
      if (bed === null) return refused('not-found', { what: 'patient' });
      const checked = checkEntry(values, confirmed, bed.observed);
      if (!checked.ok) return checked;
      const asked = confirmed.length;
      return call.commit(patientId, { values: Object.keys(checked.value).length, asked }, (write, draft) => {
        if (draft.bedOf(patientId) === null) return refused('not-found', { what: 'patient' });
        const after = draft.observe(write, patientId, [
          {
            patientId,
            observedAt: observedAt ?? isoTime(observedMs),
            observedMs,
            receivedAt: isoTime(now),
            receivedMs: now,
            receivedBootMs: clock.boot(),
            bootId: clock.bootId(),
            source: { kind: 'hand', name: 'hand' },
            values: checked.value,
            messageId: null,
            enteredBy: call.person.id,
          },
        ]);
        return ok({ score: after.score });
      });
    },

    'alert.act': ({ alertId, expectedVersion, action, reason, minutes }, call) =>
      call.commit(alertId, { action, minutes }, (write, draft): Outcome<AlertView> => {
        const kept = readAlert(write, sealing, alertId);
        if (kept === null) return refused('not-found', { what: 'alert' });
        if (kept.alert.version !== expectedVersion)
          return refused('changed-meanwhile', { version: kept.alert.version, state: kept.alert.state });
        if (draft.bedOf(kept.patientId) === null)
          return refused('not-allowed-now', { reason: 'patient-left' });
        const request = { action, reason, minutes };
        const acted = draft.act(write, kept.patientId, alertId, request, call.person.id);
        if (!acted.ok)
          return acted.error.code === 'not-found'
            ? refused('not-allowed-now', { reason: 'alert-closed', state: kept.alert.state })
            : acted;
        const view = ports.alertView({ ...kept, alert: acted.value.alert });
        return view === null ? refused('internal') : ok(view);
      }),

    'explanation.request': ({ alertId, depth, again }, call) => {
      const asked = call.commit(alertId, {}, (write) => {
        const explanation = explanations.request(write, alertId, { depth, again });
        return explanation.ok
          ? ok(explanationView(explanation.value, ports.systemView().language))
          : explanation;
      });
      if (asked.ok && asked.value.status === 'queued') explanations.begin(alertId, depth);
      return asked;
    },

    'explanation.stop': ({ alertId, depth }, call) => {
      const stopped = call.commit(alertId, {}, (write) => {
        const explanation = explanations.stop(write, alertId, depth);
        return explanation.ok
          ? ok(explanationView(explanation.value, ports.systemView().language))
          : explanation;
      });
      if (stopped.ok) explanations.show(alertId, depth);
      return stopped;
    },

    'rating.save': ({ explanationId, helpfulness, accuracy, comment }, call) => {
      const clean = cleanComment(comment);
      if (!clean.ok) return clean;
      const done = call.commit(explanationId, { helpfulness, accuracy }, (write): Outcome<RatingView> => {
        if (readExplanation(write, sealing, explanationId) === null)
          return refused('not-found', { what: 'explanation' });
        const atMs = clock.wall();
        const rating = { explanationId, helpfulness, accuracy, comment: clean.value };
        insertRating(write, sealing, { ...rating, personId: call.person.id, atMs });
        return ok({ ...rating, by: call.person.name, at: isoTime(atMs) });
      });
      if (done.ok) ports.rated({ helpfulness, accuracy });
      return done;
    },
  };
}
