/** The alerts of the last days with what was first done about each, and how long beds were occupied. */
import { z } from 'zod';
import { alertRuleSchema } from '../../../app/alerting/alert.ts';
import { type Burden, burdenOf, type CountedAlert } from '../../../app/alerting/burden.ts';
import type { Reader } from '../store/database.ts';

const alertRow = z.object({
  rule: alertRuleSchema,
  fired_ms: z.number(),
  at_ms: z.number().nullable(),
  action: z.string().nullable(),
});
const occupiedRow = z.object({ occupied_ms: z.number().nullable() });

/**
 * The burden between two moments (wall ms). Demonstrations do not count: they are nobody's work.
 * An answer counts also where it came after the end of the time.
 */
export function readBurden(read: Reader, fromMs: number, toMs: number): Burden {
  const alerts = read
    .all(
      alertRow,
      `SELECT a.rule, a.fired_ms, t.at_ms, t.action
       FROM alerts a
       LEFT JOIN alert_transitions t ON t.id =
         (SELECT min(id) FROM alert_transitions WHERE alert_id = a.id AND cause = 'person')
       WHERE a.fired_ms >= ? AND a.fired_ms < ?
         AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.patient_id = a.patient_id AND s.demonstration = 1)`,
      fromMs,
      toMs,
    )
    .map(
      ({ rule, fired_ms, at_ms, action }): CountedAlert => ({
        rule,
        firedMs: fired_ms,
        answer: at_ms === null ? null : { atMs: at_ms, action: action ?? 'reviewed' },
      }),
    );
  const occupied = read.one(
    occupiedRow,
    `SELECT sum(min(ifnull(left_ms, ?), ?) - max(admitted_ms, ?)) AS occupied_ms
     FROM stays
     WHERE demonstration = 0 AND admitted_ms < ? AND ifnull(left_ms, ?) > ?`,
    toMs,
    toMs,
    fromMs,
    toMs,
    toMs,
    fromMs,
  );
  return burdenOf(alerts, occupied?.occupied_ms ?? 0);
}
