/** A bridge without a core: answers what the screens ask, and keeps streamed values young. */
import type { WardEvent } from '../../app/contract/contract.ts';
import { COMMAND_NAMES, QUERY_NAMES, type QueryName } from '../../app/contract/names.ts';
import { packHistory } from '../../app/contract/packed-history.ts';
import type {
  AlertView,
  BedView,
  ExplanationView,
  PersonView,
  SessionView,
  SystemView,
} from '../../app/contract/views.ts';
import { languageSchema, themeSchema } from '../../app/contract/views.ts';
import { DEFAULT_SITE_POLICY } from '../../app/policy/site-policy.ts';
import type { Bridge } from '../shell/bridge.ts';
import { BURDEN, TECHNICAL } from './alert-figures.ts';
import { acted, firedOnOf, historyOf, write } from './bedside-answers.ts';
import { CALIBRATION } from './calibration-answer.ts';
import { FEEDS } from './feeds-of-fourteen.ts';
import { AUDIT_ENTRIES, STORAGE, SYSTEM, sentBed, sentSnapshot, snapshot } from './fixtures.ts';
import { handoverOf } from './handover-answer.ts';
import { monitoringAnswer } from './monitoring-answer.ts';
import { detailOf, foundOf, shownOf, WAITING } from './patient-answers.ts';
import { fourteenBeds, openAlerts, ruleTextOf } from './ward-of-fourteen.ts';

const FIRST_POLICY = {
  version: 1,
  activatedAt: null,
  activatedBy: null,
  reason: null,
  policy: DEFAULT_SITE_POLICY,
};
const PEOPLE: readonly PersonView[] = [
  { id: 'nurse', name: 'Meera Nair', role: 'nurse' },
  { id: 'nurse-2', name: 'Joseph Mathew', role: 'nurse' },
  { id: 'doctor', name: 'Dr Vikram Iyer', role: 'doctor' },
  { id: 'admin', name: 'Rohan Kulkarni', role: 'icu-admin' },
];
const RESEND_MS = 2_000;
/** What the scene `refusing` refuses to read, to look at what a person is told then. */
const REFUSED_READS: ReadonlySet<string> = new Set<QueryName>([
  'bed.history',
  'alert.list',
  'alert.explanation',
]);

export function fakeBridge(wanted: URLSearchParams): Bridge {
  const scene = wanted.get('scene') ?? 'ward';
  const listeners = new Set<(message: { sequence: number; event: unknown }) => void>();
  let sequence = 0;
  let system: SystemView = {
    ...SYSTEM,
    setUp: scene !== 'set-up',
    wardName: scene === 'set-up' ? '' : 'ICU-2',
    language: languageSchema.catch('en').parse(wanted.get('language')),
    theme: themeSchema.catch('ward-light').parse(wanted.get('theme')),
    sealing: 'permissions-only',
    storageConditions: [...STORAGE.conditions],
    engine: {
      state: 'ready',
      detail: null,
      model: {
        name: 'Llama 3 dsquaremedicalmodel 8B, Q4_K_M',
        file: 'model.gguf',
        sha256: 'c41f08ae5d21b0977be2'.repeat(3).slice(0, 64),
        adapter: null,
        promptFormat: 'chatml',
        languages: ['en', 'hi'],
        tokensPerSecond: 9.2,
        layout: null,
      },
      chosen: { adapter: 'in-process', problem: null },
    },
    intake: {
      ...SYSTEM.intake,
      accepted: 8_410,
      held: 2,
      waiting: 2,
      lastMessage: {
        at: new Date().toISOString(),
        sender: 'GATEWAY-A',
        controlId: '100234',
        ack: 'AA',
        taken: 7,
        held: false,
        reason: null,
      },
    },
    demonstration: null,
  };
  let session: SessionView = { person: PEOPLE.find(({ id }) => id === wanted.get('person')) ?? null };
  const beds: BedView[] = ['ward', 'lost', 'refusing'].includes(scene) ? fourteenBeds() : [];
  if (wanted.get('demonstration') !== null)
    for (const bed of beds) bed.patient.demonstration = Number(bed.bed) > 10;
  const alerts: AlertView[] = openAlerts(beds);

  const tell = (event: WardEvent) => {
    sequence += 1;
    const sent = event.type === 'bed' ? { ...event, bed: sentBed(event.bed) } : event;
    for (const listener of listeners) listener({ sequence, event: sent });
  };
  const explain = (alert: AlertView): ExplanationView => ({
    id: `explanation-${alert.id}`,
    alertId: alert.id,
    language: 'en',
    depth: 'bedside',
    text: 'guided',
    ruleText: ruleTextOf(alert),
    status: 'rules-only',
    reason: 'model-loading',
    sentences: [],
    planned: 0,
    passages: [],
    confidence: null,
    model: null,
    startedAt: alert.firedAt,
    timingMs: { ruleText: 18, firstVerifiedSentence: null, complete: null },
  });

  if (scene === 'ward')
    setInterval(() => {
      for (const bed of beds) if (bed.bed !== '16' && bed.bed !== '12') tell({ type: 'bed', bed });
    }, RESEND_MS);

  async function answer(name: string, params: unknown): Promise<unknown> {
    const given = typeof params === 'object' && params !== null ? new Map(Object.entries(params)) : new Map();
    const done = (value: unknown) => ({ ok: true, value });
    const refuse = (code: string, parameters = {}) => ({ ok: false, error: { code, parameters } });
    if (scene === 'refusing' && REFUSED_READS.has(name)) return refuse('storage-unavailable');
    switch (name) {
      case 'ward.snapshot':
        return done(
          sentSnapshot(
            snapshot({ sequence, system, session, people: [...PEOPLE], beds, alerts, technical: TECHNICAL }),
          ),
        );
      case 'alert.explanation': {
        const alert = alerts.find(({ id }) => id === given.get('alertId'));
        return done({
          explanation: alert === undefined ? null : explain(alert),
          rating: null,
          firedOn: firedOnOf(beds.find(({ patient }) => patient.id === alert?.patientId)),
        });
      }
      case 'alert.list':
        return done({ alerts });
      case 'alert.burden':
        return done(BURDEN);
      case 'policy.current':
        return done({ current: FIRST_POLICY, draft: null });
      case 'policy.versions':
        return done([FIRST_POLICY]);
      case 'policy.simulation':
        return done({ state: 'none' });
      case 'consent.of':
        return done(null);
      case 'data-set.state':
        return done({ building: false, problem: null, dataSets: [] });
      case 'training.state':
        return done({ hosts: [], runs: [], modelsFolder: '/models' });
      case 'training.preview':
        return done({ files: [], bytes: 0, examples: 0, forecast: null });
      case 'training-host.key':
        return done({ hostKey: null, trouble: { code: 'unreachable', found: '' } });
      case 'training-host.check':
        return done({ version: null, report: null, trouble: { code: 'unreachable', found: '' } });
      case 'adapter.state':
        return done({
          adapters: [],
          production: null,
          previous: null,
          canStepBack: false,
          policy: { shadowLeast: 20, canaryLeast: 30, canaryHours: 24 },
          keys: [],
          refused: [],
        });
      case 'exchange.state':
        return done({ place: null, hasToken: false, hasKey: false, looking: false, last: null });
      case 'adapter.report':
        return { ok: false, error: { code: 'not-found', parameters: { what: 'report' } } };
      case 'adapter.history':
        return done({ acts: [] });
      case 'data-set.preview':
        return done({ rows: [], more: false });
      case 'review.queue':
        return done({
          items: [],
          target: 30,
          done: 0,
          spentMs: 0,
          own: {
            rated: 0,
            repeats: 0,
            repeatsAlike: 0,
            known: 0,
            knownAlike: 0,
            corrections: 0,
            choices: 0,
            medianMs: null,
          },
          last: null,
        });
      case 'technical.list':
        return done({ alerts: TECHNICAL });
      case 'feed.list':
        return done(FEEDS);
      case 'intake.safety':
        return done({ allow: ['10.20.0.0/16'], senders: ['MON1'], perSecond: 200, tls: null });
      case 'fhir.state':
        return done({
          on: true,
          port: 8675,
          listening: true,
          problem: null,
          tokenMadeAt: FEEDS[0]?.lastAt ?? null,
          since: {
            taken: 214,
            known: 3,
            held: 2,
            refused: 5,
            turnedAway: 1,
            lastAt: FEEDS[0]?.lastAt ?? null,
          },
        });
      case 'patient.handover':
        return done(handoverOf(given.get('form') === 'soap' ? 'soap' : 'sbar'));
      case 'explanation.calibration':
        return done(CALIBRATION);
      case 'engine.settings':
        return done({ adapter: 'in-process', server: null });
      case 'serving.state':
        return done({
          on: true,
          port: 8676,
          network: null,
          completions: false,
          listening: true,
          problem: null,
          tokenMadeAt: FEEDS[0]?.lastAt ?? null,
          since: { explained: 31, completed: 0, refused: 2, turnedAway: 0 },
        });
      case 'import.list':
        return done([]);
      case 'knowledge.search':
        return done({ cards: [], searched: 0, embedder: null });
      case 'knowledge.guidelines':
        return done([]);
      case 'mapping.list':
        return done([{ name: 'old monitors', codes: 12, savedAt: FEEDS[0]?.lastAt ?? '' }]);
      case 'bed.history': {
        const bed = beds.find(({ patient }) => patient.id === given.get('patientId'));
        return done({ rows: packHistory(bed === undefined ? [] : historyOf(bed)) });
      }
      case 'monitoring.state':
        return done(monitoringAnswer(Number(given.get('hours'))));
      case 'storage.state':
        return done(STORAGE);
      case 'audit.verify':
        return done({ ok: true, rows: 412, head: 'ab'.repeat(32), heads: 3, leftBehind: 0, restoredAt: [] });
      case 'audit.list':
        return done({ entries: AUDIT_ENTRIES, more: false });
      case 'retention.preview':
        return done({ before: '2026-08-13T06:00:00.000Z', rows: 1_105_920, blocks: 17_280 });
      case 'recovery-key.create':
        return done({ key: Array.from({ length: 14 }, () => '7K2M').join('-'), group: 5 });
      case 'messages.waiting':
        return done({ messages: WAITING, keptDays: 30 });
      case 'message.show':
        return done(shownOf(given.get('messageId')));
      case 'patients.find':
        return done({ patients: foundOf(beds, String(given.get('text') ?? '')) });
      case 'patient.detail': {
        const bed = beds.find(({ patient }) => patient.id === given.get('patientId'));
        return bed === undefined ? refuse('not-found', { what: 'patient' }) : done(detailOf(bed));
      }
      case 'patient.admit':
        return refuse('patient-known', {
          patientId: beds[0]?.patient.id ?? '',
          name: beds[0]?.patient.name ?? '',
          birthDate: '1958-03-02',
          bed: beds[0]?.bed ?? '',
        });
      case 'session.sign-in':
        session = { person: PEOPLE.find(({ id }) => id === given.get('personId')) ?? null };
        tell({ type: 'session', session });
        return done(session);
      case 'session.lock':
        session = { person: null };
        tell({ type: 'session', session });
        return done(session);
      case 'alarm.audio-off':
      case 'alarm.audio-on': {
        const now = Date.now();
        const off = { since: new Date(now).toISOString(), until: new Date(now + 120_000).toISOString() };
        const audioOff = name === 'alarm.audio-off' ? { ...off, by: session.person?.name ?? '' } : null;
        system = { ...system, alarm: { ...system.alarm, audioOff } };
        tell({ type: 'system', system });
        return done(system.alarm);
      }
      case 'alarm.answer-tone': {
        const tone = { heard: given.get('heard') === true, at: new Date().toISOString() };
        const by = session.person?.name ?? '';
        system = { ...system, alarm: { ...system.alarm, tone: { ...tone, by } } };
        tell({ type: 'system', system });
        return done(system.alarm);
      }
      case 'alarm.report-output':
        return done({});
      case 'terminal.prefer':
        system = { ...system, ...(typeof params === 'object' ? params : {}) };
        tell({ type: 'system', system });
        return done({});
      case 'alert.act': {
        const index = alerts.findIndex(({ id }) => id === given.get('alertId'));
        const alert = alerts[index];
        if (alert === undefined || session.person === null) return refuse('not-found');
        alerts[index] = acted(alert, given, session.person.name);
        tell({ type: 'alert', alert: alerts[index] });
        return done(alerts[index]);
      }
      case 'explanation.request': {
        const alert = alerts.find(({ id }) => id === given.get('alertId'));
        if (alert === undefined) return refuse('not-found');
        const explanation = write(explain(alert), tell);
        tell({ type: 'explanation', explanation });
        return done(explanation);
      }
      case 'rating.save':
        return done({
          ...Object.fromEntries(given),
          by: session.person?.name ?? '',
          at: new Date().toISOString(),
        });
      case 'observation.enter': {
        const values: unknown = given.get('values');
        const confirmed: unknown = given.get('confirmed');
        const temperature =
          typeof values === 'object' && values !== null ? Reflect.get(values, 'temp_c') : undefined;
        const asks = typeof temperature === 'number' && temperature < 34;
        if (asks && !(Array.isArray(confirmed) && confirmed.includes('temp_c')))
          return refuse('needs-confirmation', { vital: 'temp_c', value: temperature, previous: 37.2 });
        return done({ score: beds[0]?.score });
      }
      default:
        return { ok: false, error: { code: 'not-allowed-now', parameters: {} } };
    }
  }

  const calls = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, (params: unknown) => answer(name, params)]));
  return {
    commands: calls(COMMAND_NAMES) as Bridge['commands'],
    queries: calls(QUERY_NAMES) as Bridge['queries'],
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection: (listener) => {
      listener('connected');
      if (scene === 'lost') setTimeout(() => listener('lost'), 1_000);
      return () => undefined;
    },
  };
}
