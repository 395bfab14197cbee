/** The SQL of the feeds: settings, code mappings, usual sensors, clocks and hours. */
import { z } from 'zod';
import { type FeedSettings, feedSettingsSchema } from '../../../app/contract/feed-views.ts';
import { type SiteMapping, siteMappingSchema } from '../../../app/observation/hl7/site-codes.ts';
import { VITALS, type Vital } from '../../../app/observation/vital.ts';
import type { Reader, Writer } from '../store/database.ts';

const feedRow = z
  .object({
    device: z.string(),
    mode: z.string(),
    zone: z.string().nullable(),
    charset: z.string().nullable(),
    mapping: z.string().nullable(),
  })
  .transform(({ device, ...settings }) => ({ device, settings: feedSettingsSchema.safeParse(settings) }));

/** Settings by device. Those that do not hold any more (a zone this runtime does not know) are told by `null`. */
export function readFeeds(read: Reader): ReadonlyMap<string, FeedSettings | null> {
  const rows = read.all(feedRow, 'SELECT device, mode, zone, charset, mapping FROM feeds');
  return new Map(rows.map(({ device, settings }) => [device, settings.success ? settings.data : null]));
}

export function saveFeed(
  write: Writer,
  device: string,
  { mode, zone, charset, mapping }: FeedSettings,
  atMs: number,
  by: string,
): void {
  write.run(
    `INSERT INTO feeds (device, mode, zone, charset, mapping, saved_ms, saved_by) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET mode = excluded.mode, zone = excluded.zone, charset = excluded.charset,
       mapping = excluded.mapping, saved_ms = excluded.saved_ms, saved_by = excluded.saved_by`,
    device,
    mode,
    zone,
    charset,
    mapping,
    atMs,
    by,
  );
}

const mappingRow = z
  .object({ mapping: z.string(), saved_ms: z.number().int() })
  .transform((row) => ({ mapping: siteMappingSchema.parse(JSON.parse(row.mapping)), savedMs: row.saved_ms }));
export type KeptMapping = z.output<typeof mappingRow>;

/** The mappings in force, by name. */
export function readMappings(read: Reader): readonly KeptMapping[] {
  return read.all(
    mappingRow,
    'SELECT mapping, saved_ms FROM code_mappings WHERE id IN (SELECT max(id) FROM code_mappings GROUP BY name) ORDER BY name',
  );
}

export function saveMapping(write: Writer, mapping: SiteMapping, atMs: number, by: string): void {
  write.run(
    'INSERT INTO code_mappings (name, mapping, saved_ms, saved_by) VALUES (?, ?, ?, ?)',
    mapping.name,
    JSON.stringify(mapping),
    atMs,
    by,
  );
}

const sensorRow = z.object({ vital: z.enum(VITALS), sensor: z.string() });

export function readSensors(read: Reader, patientId: string, device: string): Map<Vital, string> {
  const rows = read.all(
    sensorRow,
    'SELECT vital, sensor FROM feed_sensors WHERE patient_id = ? AND device = ?',
    patientId,
    device,
  );
  return new Map(rows.map(({ vital, sensor }) => [vital, sensor]));
}

export function saveSensor(
  write: Writer,
  patientId: string,
  device: string,
  vital: Vital,
  sensor: string,
): void {
  write.run(
    'INSERT INTO feed_sensors (patient_id, device, vital, sensor) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    patientId,
    device,
    vital,
    sensor,
  );
}

const clockRow = z
  .object({
    device: z.string(),
    offset_ms: z.number(),
    at_ms: z.number(),
    boot_id: z.string(),
    wall_ahead_ms: z.number(),
  })
  .transform((row) => ({
    device: row.device,
    offsetMs: row.offset_ms,
    atMs: row.at_ms,
    bootId: row.boot_id,
    wallAheadMs: row.wall_ahead_ms,
  }));
export type KeptClock = z.output<typeof clockRow>;

export function readClocks(read: Reader): readonly KeptClock[] {
  return read.all(clockRow, 'SELECT device, offset_ms, at_ms, boot_id, wall_ahead_ms FROM feed_clocks');
}

export function saveClock(write: Writer, clock: KeptClock): void {
  write.run(
    `INSERT INTO feed_clocks (device, offset_ms, at_ms, boot_id, wall_ahead_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET offset_ms = excluded.offset_ms, at_ms = excluded.at_ms,
       boot_id = excluded.boot_id, wall_ahead_ms = excluded.wall_ahead_ms`,
    clock.device,
    clock.offsetMs,
    Math.round(clock.atMs),
    clock.bootId,
    clock.wallAheadMs,
  );
}

export function deleteClock(write: Writer, device: string): void {
  write.run('DELETE FROM feed_clocks WHERE device = ?', device);
}

const hourRow = z
  .object({
    device: z.string(),
    hour: z.number().int(),
    messages: z.number().int(),
    taken: z.number().int(),
    held: z.number().int(),
    refused: z.number().int(),
    gaps: z.number().int(),
    longest_gap_ms: z.number().int(),
    last_ms: z.number().int(),
    reasons: z.string(),
  })
  .transform(({ longest_gap_ms, last_ms, reasons, ...row }) => ({
    ...row,
    longestGapMs: longest_gap_ms,
    lastMs: last_ms,
    reasons: z.record(z.string(), z.number().int()).parse(JSON.parse(reasons)),
  }));
/** One hour of one sender. */
export type FeedHour = z.output<typeof hourRow>;

export function readHours(read: Reader, sinceHour: number): readonly FeedHour[] {
  return read.all(
    hourRow,
    `SELECT device, hour, messages, taken, held, refused, gaps, longest_gap_ms, last_ms, reasons
     FROM feed_hours WHERE hour >= ? ORDER BY hour`,
    sinceHour,
  );
}

export function saveHour(write: Writer, hour: FeedHour): void {
  write.run(
    `INSERT INTO feed_hours (device, hour, messages, taken, held, refused, gaps, longest_gap_ms, last_ms, reasons)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device, hour) DO UPDATE SET messages = excluded.messages, taken = excluded.taken,
       held = excluded.held, refused = excluded.refused, gaps = excluded.gaps,
       longest_gap_ms = excluded.longest_gap_ms, last_ms = excluded.last_ms, reasons = excluded.reasons`,
    hour.device,
    hour.hour,
    hour.messages,
    hour.taken,
    hour.held,
    hour.refused,
    hour.gaps,
    hour.longestGapMs,
    hour.lastMs,
    JSON.stringify(hour.reasons),
  );
}

export function dropHoursBefore(write: Writer, hour: number): void {
  write.run('DELETE FROM feed_hours WHERE hour < ?', hour);
}
