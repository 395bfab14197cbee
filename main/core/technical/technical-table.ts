/** The SQL of `technical_alerts`. */
import { z } from 'zod';
import { TECHNICAL_CODES, type TechnicalAlert } from '../../../app/technical/technical.ts';
import { isoTime } from '../clock.ts';
import type { Reader, Writer } from '../store/database.ts';

const row = z.object({
  id: z.string(),
  code: z.enum(TECHNICAL_CODES),
  subject: z.string().nullable(),
  parameters: z.string(),
  raised_ms: z.number(),
  acknowledged_ms: z.number().nullable(),
  acknowledged_by: z.string().nullable(),
});
const parametersSchema = z.record(z.string(), z.union([z.string(), z.number()]));

export function writeTechnical(write: Writer, alert: TechnicalAlert, clearedMs: number | null): void {
  write.run(
    `INSERT INTO technical_alerts
       (id, code, subject, parameters, raised_ms, cleared_ms, acknowledged_ms, acknowledged_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET parameters = excluded.parameters, cleared_ms = excluded.cleared_ms,
       acknowledged_ms = excluded.acknowledged_ms, acknowledged_by = excluded.acknowledged_by`,
    alert.id,
    alert.code,
    alert.subject,
    JSON.stringify(alert.parameters),
    Date.parse(alert.raisedAt),
    clearedMs,
    alert.acknowledgedAt === null ? null : Date.parse(alert.acknowledgedAt),
    alert.acknowledgedBy,
  );
}

/** Those that were not over when the program ended, oldest first. */
export function readOpenTechnical(read: Reader): TechnicalAlert[] {
  return read
    .all(
      row,
      `SELECT id, code, subject, parameters, raised_ms, acknowledged_ms, acknowledged_by
       FROM technical_alerts WHERE cleared_ms IS NULL ORDER BY raised_ms, rowid`,
    )
    .map((one) => ({
      id: one.id,
      code: one.code,
      subject: one.subject,
      parameters: parametersSchema.parse(JSON.parse(one.parameters)),
      raisedAt: isoTime(one.raised_ms),
      acknowledgedAt: one.acknowledged_ms === null ? null : isoTime(one.acknowledged_ms),
      acknowledgedBy: one.acknowledged_by,
    }));
}
