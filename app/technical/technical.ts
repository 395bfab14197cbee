/**
 * Technical alerts: what is wrong with the monitors, the clock, the store or this machine, and not with a patient.
 * They are a list of their own, shown apart, and neither cover a clinical alert nor are covered by one.
 */
import { z } from 'zod';

export const TECHNICAL_CODES = [
  /** A monitor that streamed sends nothing any more. Subject: the patient. */
  'feed-silent',
  /** A monitor sends, but a vital that it streamed is not among it. Subject: the patient. */
  'vital-missing',
  /** The time of day of this machine was corrected. */
  'clock-jumped',
  /** The clock of a device is far from ours. Subject: the device. */
  'clock-off',
  'storage-full',
  /** The disk has room and takes nothing: read-only, taken away, or failing. */
  'storage-unwritable',
  'storage-damaged',
  'backup-overdue',
  'listener-down',
  /** A monitor was turned away: there are as many connections as may be. */
  'listener-full',
  /** The FHIR server is switched on and cannot be reached. */
  'fhir-down',
  /** The data key is protected by file permissions alone. */
  'key-weak',
  /** The newest policy of the site cannot be read by this program: an older one is in force. */
  'policy-unreadable',
  /** The server that writes explanations fails: the local engine writes. */
  'engine-server-down',
  /** Explanations are to be served, and the port cannot be had. */
  'serving-down',
  /** Alarms cannot be heard at the workstation. */
  'alarm-unheard',
  /** A trained adapter left the bed by itself. */
  'adapter-stepped-back',
] as const;
export type TechnicalCode = (typeof TECHNICAL_CODES)[number];

/** What happened once and is over: it stays until somebody has seen it. Everything else ends with its cause. */
export const TECHNICAL_EVENTS: readonly TechnicalCode[] = [
  'clock-jumped',
  'storage-damaged',
  'adapter-stepped-back',
];

export type TechnicalParameters = Readonly<Record<string, string | number>>;

export const technicalAlertSchema = z.object({
  id: z.string().min(1),
  code: z.enum(TECHNICAL_CODES),
  /** What it is about: a patient, a device; null: this machine. */
  subject: z.string().nullable(),
  /** For its words: a bed, names of vitals, seconds. No identity. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  raisedAt: z.iso.datetime({ offset: true }),
  /** Who has seen it, by name, and when. */
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type TechnicalAlert = z.infer<typeof technicalAlertSchema>;
