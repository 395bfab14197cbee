/** What screens are shown. Views carry what was observed and when; the reader works out what is still current. */
import { z } from 'zod';
import { ROLES } from '../access/access.ts';
import { alertPrioritySchema, alertRuleSchema, alertStateSchema, CLOSINGS } from '../alerting/alert.ts';
import {
  EXPLANATION_DEPTHS,
  explanationStatusSchema,
  factsSchema,
  rulesOnlyReasonSchema,
  sentenceSchema,
  TEXT_POLICIES,
} from '../explanation/explanation.ts';
import { SOURCE_KINDS } from '../observation/observation.ts';
import { scoreSchema } from '../scoring/score.ts';
import { SIGNAL_RULES } from '../scoring/signals.ts';
import { technicalAlertSchema } from '../technical/technical.ts';
import { storageConditionSchema } from './calls/storage.ts';
import { engineStatusSchema } from './engine.ts';
import { observedSchema, scoreHistorySchema } from './packed-bed.ts';
import { changeViewSchema, trendsSchema, vitalSchema } from './signal-views.ts';

export const languageSchema = z.enum(['en', 'hi']);
export type LanguageCode = z.infer<typeof languageSchema>;
export const themeSchema = z.enum(['ward-light', 'ward-dark']);

export const patientViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  identifier: z.string(),
  ageYears: z.number().nullable(),
  sex: z.enum(['F', 'M', 'X', 'unknown']),
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  pregnant: z.boolean(),
  /** After an injury of the spinal cord NEWS2 is unreliable: shown as a warning beside the score. */
  spinalInjury: z.boolean().exactOptional(),
  /** Who prescribed the SpO2 scale 2, why, and since when. */
  scale2: z.object({ prescriber: z.string(), reason: z.string(), since: z.string() }).exactOptional(),
  /** What is usual for this patient; it changes no score. */
  baseline: z.object({ total: z.number().int().nullable(), note: z.string() }).exactOptional(),
  treatmentLimits: z.string().exactOptional(),
  /** Played from the bundled sample: marked on every screen, never mixed with records. */
  demonstration: z.boolean(),
  admittedAt: z.string(),
});
export type PatientView = z.infer<typeof patientViewSchema>;

export const bedViewSchema = z.object({
  bed: z.string(),
  /** The other bed that the monitor names for this patient: one of the two is wrong. */
  toldBed: z.string().exactOptional(),
  patient: patientViewSchema,
  observed: observedSchema,
  score: scoreSchema,
  /** Milliseconds: age of the oldest value the score rests on, when this view was made. */
  scoreOldestAgeMs: z.number().nullable(),
  derived: z.object({
    map: z.number().nullable(),
    shockIndex: z.number().nullable(),
    qsofa: z.number().nullable(),
  }),
  /** Totals (or lower bounds) over the last 12 hours, oldest first, for the step line. */
  scoreHistory: scoreHistorySchema,
  openAlertIds: z.array(z.string()),
  nextObservationDueAt: z.string().nullable(),
  /**
   * Changes over a time before now, which only the core knows. Every other signal, and what each of them and the score
   * rest on, follows from the observed values: by the same code the terminal works them out for its own moment.
   */
  changes: z.array(changeViewSchema).exactOptional(),
  trends: trendsSchema.exactOptional(),
  /** Vitals that the monitor said last that it cannot measure. */
  unavailable: z.array(vitalSchema).readonly().exactOptional(),
  /** Of a patient under 16: the rules that apply, by the site's own limits too. */
  limitsUnder16: z.array(z.enum(SIGNAL_RULES)).readonly().exactOptional(),
});
export type BedView = z.output<typeof bedViewSchema>;
/** As it crosses. */
export type PackedBedView = z.input<typeof bedViewSchema>;

export const alertViewSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  bed: z.string(),
  patientId: z.string(),
  patientName: z.string(),
  demonstration: z.boolean(),
  rule: alertRuleSchema,
  priority: alertPrioritySchema,
  state: alertStateSchema,
  firedAt: z.string(),
  /** The score it fired on. It never changes afterwards. */
  score: scoreSchema,
  escalationLevel: z.number().int(),
  nextEscalationAt: z.string().nullable(),
  /** Whose it is at this level and at the next one. Absent in records of an earlier version. */
  levelOwner: z.enum(ROLES).exactOptional(),
  nextOwner: z.enum(ROLES).exactOptional(),
  /** For a rule on a signal: its limit and the value that it fired on, in the unit of the signal. */
  signal: z.object({ threshold: z.number(), value: z.number() }).exactOptional(),
  policyVersion: z.number().int().exactOptional(),
  /** How often it has asked again after an answer. */
  reraised: z.number().int().exactOptional(),
  /** A value that it fired on was corrected or withdrawn afterwards. */
  correctedAt: z.string().exactOptional(),
  closedAs: z.enum(CLOSINGS).exactOptional(),
  snoozedUntil: z.string().nullable(),
  owner: z.string().nullable(),
  lastAction: z
    .object({ action: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() })
    .nullable(),
});
export type AlertView = z.infer<typeof alertViewSchema>;

/** What an alert fired on: the values that scored then, and which of them were no longer current. */
export const firedOnSchema = factsSchema.pick({ vitals: true, stale: true });
export type FiredOn = z.infer<typeof firedOnSchema>;

/** A sentence as a bedside screen may see it: what the model wrote before verification is not part of it. */
export const sentenceViewSchema = sentenceSchema.omit({ raw: true });
export type SentenceView = z.infer<typeof sentenceViewSchema>;

export const explanationViewSchema = z.object({
  id: z.string(),
  alertId: z.string(),
  language: languageSchema,
  depth: z.enum(EXPLANATION_DEPTHS),
  /** What the site let be read when it was asked for. */
  text: z.enum(TEXT_POLICIES),
  ruleText: z.string(),
  status: explanationStatusSchema,
  reason: rulesOnlyReasonSchema.nullable(),
  /** Sentences so far, in order; `planned` tells how many there will be, so that space can be kept. */
  sentences: z.array(sentenceViewSchema),
  planned: z.number().int(),
  /** Cards that it may draw on: where a citation leads. */
  passages: z.array(
    z.object({ id: z.string(), cardId: z.string(), version: z.number().int(), title: z.string() }),
  ),
  confidence: z.object({ value: z.number(), policy: z.enum(['shown', 'uncertain', 'withheld']) }).nullable(),
  model: z.object({ name: z.string(), sha256: z.string(), adapter: z.string().nullable() }).nullable(),
  startedAt: z.string(),
  timingMs: z.object({
    ruleText: z.number(),
    firstVerifiedSentence: z.number().nullable(),
    complete: z.number().nullable(),
  }),
});
export type ExplanationView = z.infer<typeof explanationViewSchema>;

export const ratingSchema = z.object({
  helpfulness: z.number().int().min(1).max(5),
  accuracy: z.enum(['accurate', 'inaccurate', 'unsure']),
  /** At most 8 KiB; sealed in the store. */
  comment: z.string().max(8192),
});
export type Rating = z.infer<typeof ratingSchema>;

/** What the signed-in person rated this explanation, so that it is seen again after a restart. */
export const ratingViewSchema = ratingSchema.extend({
  explanationId: z.string(),
  by: z.string(),
  at: z.string(),
});
export type RatingView = z.infer<typeof ratingViewSchema>;

export const personViewSchema = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) });
export type PersonView = z.infer<typeof personViewSchema>;

export const sessionViewSchema = z.object({ person: personViewSchema.nullable() });
export type SessionView = z.infer<typeof sessionViewSchema>;

/** Why a connection to the monitors' listener came to nothing. `certificate`: the handshake failed. */
const TURNED_AWAY_REASONS = ['address', 'certificate', 'certificate-name', 'no-place'] as const;
export type TurnedAwayReason = (typeof TURNED_AWAY_REASONS)[number];

export const intakeViewSchema = z.object({
  listening: z.boolean(),
  host: z.string(),
  port: z.number().int(),
  /** Why it is not listening, as an error code's parameter; null when it is. */
  problem: z.string().nullable(),
  connections: z.number().int(),
  accepted: z.number().int(),
  held: z.number().int(),
  refused: z.number().int(),
  /** Connections that were turned away since the start of the program, and the last of them. Absent: none. */
  turnedAway: z
    .object({
      count: z.number().int(),
      lastAt: z.string(),
      address: z.string(),
      reason: z.enum(TURNED_AWAY_REASONS),
    })
    .exactOptional(),
  /** Messages that wait for a person: held ones and quarantined ones. */
  waiting: z.number().int().exactOptional(),
  /** No identity in it: sender, control id, answer and what became of it. */
  lastMessage: z
    .object({
      at: z.string(),
      sender: z.string(),
      controlId: z.string(),
      ack: z.string(),
      taken: z.number().int(),
      /** Values that were not understood or not possible. */
      rejected: z.number().int().optional(),
      held: z.boolean(),
      /** Why it is held, refused, or brought nothing: then of the first value that was not taken. */
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type IntakeView = z.infer<typeof intakeViewSchema>;

/** The alarm's sound at the ward's workstation. */
export const alarmViewSchema = z.object({
  /** Off between two moments, and by whom; null: it is on. One that is over may still be told. */
  audioOff: z.object({ since: z.string(), until: z.string(), by: z.string() }).nullable(),
  /** For how long the site lets it be put off. */
  audioOffMinutes: z.number(),
  /** How loud the system's output is set; null where no system tells it. */
  level: z.object({ isMuted: z.boolean(), percent: z.number() }).nullable(),
  /** What a person last said of the test tone. */
  tone: z.object({ heard: z.boolean(), at: z.string(), by: z.string() }).nullable(),
});
export type AlarmView = z.infer<typeof alarmViewSchema>;

export const systemViewSchema = z.object({
  wardName: z.string(),
  setUp: z.boolean(),
  language: languageSchema,
  theme: themeSchema,
  alarm: alarmViewSchema,
  engine: engineStatusSchema,
  intake: intakeViewSchema,
  demonstration: z
    .object({
      running: z.boolean(),
      speed: z.number(),
      /** True where a file of the site's own is played, and not the sample. */
      isFile: z.boolean(),
      /** Moments that were played, of so many. */
      through: z.number().int(),
      rows: z.number().int(),
    })
    .nullable(),
  /** How the data key is protected here; `permissions-only` is said on the screen. */
  sealing: z.enum(['os-keystore', 'passphrase', 'permissions-only']),
  /** What is wrong with the record's storage now; empty where nothing is. */
  storageConditions: z.array(storageConditionSchema),
  program: z.object({ version: z.string(), runtime: z.string() }),
});
export type SystemView = z.infer<typeof systemViewSchema>;

export const wardSnapshotSchema = z.object({
  /** Number of the last event that this snapshot contains. */
  sequence: z.number().int(),
  at: z.string(),
  system: systemViewSchema,
  session: sessionViewSchema,
  people: z.array(personViewSchema),
  beds: z.array(bedViewSchema),
  alerts: z.array(alertViewSchema),
  technical: z.array(technicalAlertSchema).exactOptional(),
});
export type WardSnapshot = z.output<typeof wardSnapshotSchema>;
/** As it crosses. */
export type SentSnapshot = z.input<typeof wardSnapshotSchema>;

/** One row of a bed's history: what was charted or sent, and the score at that moment. */
export const historyRowSchema = z.object({
  at: z.string(),
  values: z.partialRecord(vitalSchema, z.union([z.number(), z.boolean(), z.string()])),
  source: z.enum(SOURCE_KINDS),
  score: scoreSchema.nullable(),
  /**
   * Where a long stretch is told by the minute: the sets that this row stands for, and the least and the greatest
   * value of each vital that moved; `values` are then the medians. Absent: one set as it came.
   */
  together: z
    .object({
      sets: z.number().int().min(2),
      range: z.partialRecord(vitalSchema, z.tuple([z.number(), z.number()])),
    })
    .exactOptional(),
});
export type HistoryRow = z.infer<typeof historyRowSchema>;
