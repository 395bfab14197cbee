/** The ward's settings: one row a setting, each with its schema and its value on an empty store. */
import { z } from 'zod';
import { type BackupPlan, backupPlanSchema, RETENTION_DAYS } from '../../../app/contract/calls/storage.ts';
import { ENGINE_ADAPTERS, remoteServerSchema } from '../../../app/contract/engine-choice.ts';
import {
  type ListenerSafety,
  listenerSafetySchema,
  NO_SAFETY,
} from '../../../app/contract/listener-safety.ts';
import { servingNetworkSchema } from '../../../app/contract/serving-views.ts';
import { languageSchema, themeSchema } from '../../../app/contract/views.ts';
import {
  DEFAULT_EXPOSURE,
  type ExposurePolicy,
  exposurePolicySchema,
} from '../../../app/learning/adapters/life.ts';
import { exchangePlaceSchema } from '../../../app/learning/exchange/place.ts';
import type { Reader, Writer } from './database.ts';

const fhirSettingsSchema = z.object({
  on: z.boolean(),
  port: z.number().int().min(0).max(65_535),
  /** SHA-256 of the token in hex, and when it was made. The token itself is kept nowhere. */
  token: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), madeMs: z.number() }).nullable(),
});
export type FhirSettings = z.output<typeof fhirSettingsSchema>;

const engineSettingsSchema = z.object({
  adapter: z.enum(ENGINE_ADAPTERS),
  /** The server's key is sealed (`settings.engine_key`), in base64. */
  server: remoteServerSchema.extend({ sealedKey: z.string().nullable() }).nullable(),
});
export type EngineSettings = z.output<typeof engineSettingsSchema>;

const servingSettingsSchema = z.object({
  on: z.boolean(),
  port: z.number().int().min(0).max(65_535),
  network: servingNetworkSchema.nullable(),
  completions: z.boolean(),
  token: fhirSettingsSchema.shape.token,
});
export type ServingSettings = z.output<typeof servingSettingsSchema>;

const monitoringSettingsSchema = z.object({ on: z.boolean(), port: z.number().int().min(0).max(65_535) });
export type MonitoringSettings = z.output<typeof monitoringSettingsSchema>;

const confirmedBedsSchema = z.array(
  z.object({
    patientId: z.string(),
    /** Keys of the bed that the monitor names and of the one that the patient is in, and when it was confirmed. */
    told: z.string(),
    inBed: z.string(),
    atMs: z.number(),
  }),
);

const exchangeSettingsSchema = z.object({
  place: exchangePlaceSchema,
  /** Sealed (`settings.exchange_secrets`), in base64. */
  secrets: z.string(),
});
export type ExchangeSettings = z.output<typeof exchangeSettingsSchema>;

const audioOffSchema = z.object({
  sinceMs: z.number(),
  untilMs: z.number(),
  /** Id of the person who put it off. */
  by: z.string(),
});
export type AudioOffSetting = z.output<typeof audioOffSchema>;

/** What a person said of the test tone. */
const toneAnswerSchema = z.object({ heard: z.boolean(), atMs: z.number(), by: z.string() });

/** Unassigned at IANA, and away from what gateways and browsers' tools take. Ours. */
const DEFAULT_FHIR_PORT = 8675;
/** The training guide's port of an edge server. */
const DEFAULT_SERVING_PORT = 8001;

/** As exporters of OpenTelemetry have it, where Prometheus looks first. */
const DEFAULT_METRICS_PORT = 9464;

const SETTINGS = {
  wardName: z.string(),
  language: languageSchema,
  theme: themeSchema,
  mllpHost: z.string().nullable(),
  mllpPort: z.number().int().nullable(),
  mllpSafety: listenerSafetySchema,
  fhir: fhirSettingsSchema,
  engine: engineSettingsSchema,
  serving: servingSettingsSchema,
  monitoring: monitoringSettingsSchema,
  backupPlan: backupPlanSchema,
  auditFolder: z.string().nullable(),
  adapterExposure: exposurePolicySchema,
  confirmedBeds: confirmedBedsSchema,
  exchange: exchangeSettingsSchema.nullable(),
  audioOff: audioOffSchema.nullable(),
  toneAnswer: toneAnswerSchema.nullable(),
  retentionDays: z.number().int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most),
};

export interface Settings {
  /** Empty until the ward is set up. */
  readonly wardName: string;
  readonly language: z.infer<typeof languageSchema>;
  readonly theme: z.infer<typeof themeSchema>;
  /** Null: as the program was started. */
  readonly mllpHost: string | null;
  readonly mllpPort: number | null;
  /** Who may speak to the monitors' listener. */
  readonly mllpSafety: ListenerSafety;
  /** The FHIR server: whether it is on, its port, and its token's hash. */
  readonly fhir: FhirSettings;
  /** Where explanations are written. */
  readonly engine: EngineSettings;
  /** Whether explanations are served to other programs. */
  readonly serving: ServingSettings;
  /** Whether Prometheus may read the metrics on this machine. */
  readonly monitoring: MonitoringSettings;
  /** Where backups go, how often, and how many are kept. */
  readonly backupPlan: BackupPlan;
  /** The folder off this machine that signed audit heads go to; null: none. */
  readonly auditFolder: string | null;
  /** How much an adapter must have written at a stage before the next. */
  readonly adapterExposure: ExposurePolicy;
  /** Other beds from which a patient's readings are taken, because a person has confirmed it. */
  readonly confirmedBeds: z.output<typeof confirmedBedsSchema>;
  /** Where adapters come from and data sets go to; null: nowhere. */
  readonly exchange: ExchangeSettings | null;
  /** The alarm's sound is off, since when, until when and by whom; null: it is on. */
  readonly audioOff: AudioOffSetting | null;
  /** What a person last said of the test tone; null: nobody has. */
  readonly toneAnswer: z.output<typeof toneAnswerSchema> | null;
  /** Days that raw messages and the rows of streams are kept; the minutes' summaries stay. */
  readonly retentionDays: number;
}

const DEFAULTS: Settings = {
  wardName: '',
  language: 'en',
  theme: 'ward-light',
  mllpHost: null,
  mllpPort: null,
  mllpSafety: NO_SAFETY,
  fhir: { on: false, port: DEFAULT_FHIR_PORT, token: null },
  engine: { adapter: 'in-process', server: null },
  serving: { on: false, port: DEFAULT_SERVING_PORT, network: null, completions: false, token: null },
  monitoring: { on: false, port: DEFAULT_METRICS_PORT },
  backupPlan: { folder: null, everyHours: null, keep: 14 },
  auditFolder: null,
  adapterExposure: DEFAULT_EXPOSURE,
  confirmedBeds: [],
  exchange: null,
  audioOff: null,
  toneAnswer: null,
  retentionDays: 30,
};

const rowSchema = z.object({ key: z.string(), value: z.string() });

export function readSettings(read: Reader): Settings {
  const stored: Record<string, unknown> = {};
  for (const row of read.all(rowSchema, 'SELECT key, value FROM settings')) {
    stored[row.key] = JSON.parse(row.value);
  }
  return z.object(SETTINGS).parse({ ...DEFAULTS, ...stored });
}

/** One setting alone, for whoever asks often. */
export function readSetting<Key extends keyof Settings>(read: Reader, key: Key): Settings[Key] {
  const row = read.one(rowSchema, 'SELECT key, value FROM settings WHERE key = ?', key);
  const stored = row === null ? {} : { [key]: JSON.parse(row.value) };
  return z.object(SETTINGS).parse({ ...DEFAULTS, ...stored })[key];
}

export function writeSettings(write: Writer, changed: Partial<Settings>): void {
  for (const [key, value] of Object.entries(changed)) {
    write.run(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    );
  }
}

/** True where a row of `settings`, read from a damaged file, is one that the program can use. */
export function readableSetting(row: { readonly [column: string]: unknown }): boolean {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return false;
  const schema = z.object(SETTINGS).partial();
  try {
    return schema.safeParse({ [parsed.data.key]: JSON.parse(parsed.data.value) }).success;
  } catch {
    return false; // no JSON
  }
}
