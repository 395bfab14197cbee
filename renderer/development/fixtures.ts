/** Made-up views for looking at screens and for tests: no patient's values. */

import { textOf } from '../../app/contract/as-text.ts';
import type { AuditEntryView, StorageState } from '../../app/contract/calls/storage.ts';
import { packSteps, packValues } from '../../app/contract/packed-bed.ts';
import type {
  AlertView,
  BedView,
  PackedBedView,
  SentSnapshot,
  SystemView,
  WardSnapshot,
} from '../../app/contract/views.ts';
import type { ObservedValue } from '../../app/observation/reading.ts';
import { vitalsForScoring } from '../../app/observation/scoring-vitals.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';

const MOMENT = '2026-03-01T14:32:00.000+05:30';

export function streamed(value: number, ageMs = 2_000): ObservedValue {
  return {
    value,
    observedAt: MOMENT,
    ageMs,
    staleAfterMs: 15_000,
    missingAfterMs: 60_000,
    source: { kind: 'monitor', mode: 'streamed', name: 'ICU2-M07' },
    ambiguous: false,
  };
}

export function charted(
  value: number | string | boolean,
  ageMs = 720_000,
  observedAt = MOMENT,
): ObservedValue {
  return {
    value,
    observedAt,
    ageMs,
    staleAfterMs: 3_000_000,
    missingAfterMs: 3_600_000,
    source: { kind: 'hand', mode: 'charted', name: 'Meera Nair' },
    ambiguous: false,
  };
}

/** A bed whose score is computed from its values, as the core would. */
export function bedView(bed: string, values: Partial<BedView> & { name?: string } = {}): BedView {
  const { name, ...over } = values;
  const patient = over.patient ?? {
    id: `patient-${bed}`,
    name: name ?? `Patient ${bed}`,
    identifier: `40 27${bed}`,
    ageYears: 60,
    sex: 'F',
    spo2Scale: 1,
    pregnant: false,
    demonstration: false,
    admittedAt: MOMENT,
  };
  const observed = over.observed ?? {};
  const scoring = vitalsForScoring(plain(observed), 0, { spo2Scale: patient.spo2Scale });
  return {
    bed,
    patient,
    observed,
    score: scoreNews2(scoring.vitals, { age_years: patient.ageYears, pregnant: patient.pregnant }),
    scoreOldestAgeMs: scoring.oldestAgeMs,
    derived: { map: null, shockIndex: null, qsofa: null },
    scoreHistory: [],
    openAlertIds: [],
    nextObservationDueAt: null,
    ...over,
  };
}

function plain(observed: BedView['observed']): { [vital: string]: ObservedValue } {
  return Object.fromEntries(
    Object.entries(observed).flatMap(([vital, value]) => {
      if (value === undefined) return [];
      const { scoring, ...rest } = value;
      return [[vital, scoring === undefined ? rest : { ...rest, scoring }]];
    }),
  );
}

export function alertView(of: BedView, over: Partial<AlertView> = {}): AlertView {
  return {
    id: `alert-${of.bed}`,
    version: 1,
    bed: of.bed,
    patientId: of.patient.id,
    patientName: of.patient.name,
    demonstration: of.patient.demonstration,
    rule: 'news2-high',
    priority: 'high',
    state: 'active',
    firedAt: MOMENT,
    score: of.score,
    escalationLevel: 0,
    nextEscalationAt: null,
    snoozedUntil: null,
    owner: null,
    lastAction: null,
    ...over,
  };
}

export const STORAGE: StorageState = {
  record: {
    bytes: 48_300_000,
    walBytes: 1_200_000,
    freeBytes: 91_000_000_000,
    schema: 7,
    checkedAt: '2026-09-12T06:00:20.000Z',
  },
  protection: 'permissions-only',
  recoveryKeyMadeAt: null,
  conditions: [
    { code: 'key-weak', since: '2026-09-12T06:00:00.000Z', detail: null },
    { code: 'no-recovery-key', since: '2026-09-12T06:00:00.000Z', detail: null },
  ],
  backup: {
    plan: { folder: '/media/backup', everyHours: 24, keep: 14 },
    running: false,
    last: [
      {
        at: '2026-09-11T22:00:00.000Z',
        file: '/media/backup/ward-20260911T220000Z.medobsmind-backup',
        bytes: 47_900_000,
        sha256: 'ab'.repeat(32),
        problem: null,
      },
    ],
  },
  retentionDays: 30,
  dataKey: { version: 1, madeAt: '2026-09-01T06:00:00.000Z' },
  chain: {
    rows: 412,
    head: 'ab'.repeat(32),
    lastSigned: { sequence: 400, at: '2026-09-12T05:30:00.000Z' },
    exportFolder: null,
  },
};

export const SYSTEM: SystemView = {
  wardName: 'ICU-2',
  setUp: true,
  language: 'en',
  theme: 'ward-light',
  alarm: { audioOff: null, audioOffMinutes: 2, level: null, tone: null },
  engine: { state: 'ready', detail: null, model: null },
  intake: {
    listening: true,
    host: '127.0.0.1',
    port: 2575,
    problem: null,
    connections: 1,
    accepted: 0,
    held: 0,
    refused: 0,
    lastMessage: null,
  },
  demonstration: null,
  sealing: 'os-keystore',
  storageConditions: [],
  program: { version: '0.1.0', runtime: 'development' },
};

/** A bed as the core sends it. */
export function sentBed(view: BedView): PackedBedView {
  const { observed, scoreHistory, trends, ...rest } = view;
  return {
    ...rest,
    observed: packValues(observed),
    scoreHistory: packSteps(scoreHistory),
    ...(trends === undefined ? {} : { trends: textOf(trends) }),
  };
}

/** A ward as the core sends it. */
export function sentSnapshot(ward: WardSnapshot): SentSnapshot {
  return { ...ward, beds: ward.beds.map(sentBed) };
}

export function snapshot(over: Partial<WardSnapshot> = {}): WardSnapshot {
  return {
    sequence: 0,
    at: MOMENT,
    system: SYSTEM,
    session: { person: null },
    people: [],
    beds: [],
    alerts: [],
    ...over,
  };
}

/** Newest first. */
export const AUDIT_ENTRIES: readonly AuditEntryView[] = [
  {
    sequence: 412,
    at: '2026-09-12T05:58:12.000Z',
    actor: 'system',
    action: 'alert.fired',
    subject: 'alert-1',
    detail: '{"rule":"news2-high"}',
  },
  {
    sequence: 411,
    at: '2026-09-12T05:40:00.000Z',
    actor: 'nobody',
    action: 'session.sign-in-refused',
    subject: null,
    detail: '{}',
  },
];
