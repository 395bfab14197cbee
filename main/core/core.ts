/**
 * The core: one ward's record, monitors, scores, alerts and explanations, and the terminals that look at them.
 * It runs in its own process, so that nothing a model or a window does delays a vital sign.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../app/contract/channel.ts';
import type { ChosenEngine, EnginePort } from '../../app/contract/engine.ts';
import type { AlertView, SystemView } from '../../app/contract/views.ts';
import { createAdapters } from './adapters/adapters.ts';
import type { GateSizes } from './adapters/gates.ts';
import { createAlarm } from './alarm/alarm.ts';
import { readOutputLevel } from './alarm/output-level.ts';
import { appendAudit } from './audit/audit.ts';
import { type Clock, type Ids, isoTime } from './clock.ts';
import { startOnRecord } from './damage/start-on-record.ts';
import { createDemonstration } from './demonstration/demonstration.ts';
import { INVENTED } from './demonstration/invented-patient.ts';
import { chooseEngine, engineHandlers, engineQueries } from './engine/engine-handlers.ts';
import { createExchange } from './exchange/exchange.ts';
import { createPhrases } from './explanation/approved-phrases.ts';
import { createExplanations } from './explanation/explanations.ts';
import { explanationView } from './explanation/explanations-table.ts';
import { createPhraseOrder } from './explanation/phrase-order.ts';
import { createSpeculation } from './explanation/speculation.ts';
import { whyQueries } from './explanation/why-handlers.ts';
import type { StartFailure } from './failure.ts';
import { calibrationQueries } from './feedback/calibration-handlers.ts';
import { feedHandlers, feedQueries } from './feeds/feed-handlers.ts';
import { createFeeds } from './feeds/feeds.ts';
import { fhirHandlers, fhirQueries } from './fhir/fhir-handlers.ts';
import { createFhirServer } from './fhir/fhir-server.ts';
import { handoverQueries } from './handover/handover-handlers.ts';
import { importHandlers, importQueries } from './import/import-handlers.ts';
import { createImports } from './import/imports.ts';
import { createCommitQueue } from './intake/commit-queue.ts';
import { createIntake } from './intake/intake.ts';
import { createMessageBodies } from './intake/message-bodies.ts';
import { deviceOfSource } from './intake/message-sets.ts';
import { createSourceClocks } from './intake/source-clock.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { knowledgeHandlers, knowledgeQueries } from './knowledge/knowledge-handlers.ts';
import { openEmbedder } from './knowledge/open-embedder.ts';
import { createUploads } from './knowledge/uploads.ts';
import { MANIFEST_FILE } from './learning/data-set-job.ts';
import { createLearning } from './learning/learning-handlers.ts';
import { type Log, reasonOf } from './log.ts';
import { createMonitoring } from './monitoring/monitoring.ts';
import { monitoringHandlers, monitoringQueries } from './monitoring/monitoring-handlers.ts';
import type { WardRecord } from './open-record.ts';
import { createPeople } from './people/people.ts';
import { policyHandlers, policyQueries } from './policy/policy-handlers.ts';
import { createSimulations } from './policy/run-simulation.ts';
import { createSitePolicies } from './policy/site-policies.ts';
import { createRetention } from './retention/retention.ts';
import { reviewHandlers } from './review/review-handlers.ts';
import { reviewQueries } from './review/review-queries.ts';
import type { KeyWrapper } from './sealing/key-wrapper.ts';
import { createServingLane } from './serving/lane.ts';
import { servingHandlers, servingQueries } from './serving/serving-handlers.ts';
import { createServingServer } from './serving/serving-server.ts';
import { createRecordKeeper } from './storage/record-keeper.ts';
import { tellTechnical } from './storage/tell-technical.ts';
import { readSettings } from './store/settings.ts';
import { createSummariser } from './summaries/summariser.ts';
import { createTechnical } from './technical/technical.ts';
import { createTechnicalWatch } from './technical/watch.ts';
import { bindCalls } from './terminal/bound-calls.ts';
import { createEventHub } from './terminal/event-hub.ts';
import { messageHandlers, messageQueries } from './terminal/message-handlers.ts';
import { patientHandlers, patientQueries } from './terminal/patient-handlers.ts';
import { peopleHandlers } from './terminal/people-handlers.ts';
import { queryHandlers } from './terminal/query-handlers.ts';
import { storageHandlers, storageQueries } from './terminal/storage-handlers.ts';
import { systemHandlers, systemQueries } from './terminal/system-handlers.ts';
import { technicalHandlers, technicalQueries } from './terminal/technical-handlers.ts';
import { serveTerminal } from './terminal/terminal.ts';
import { wardHandlers } from './terminal/ward-handlers.ts';
import { createTraining } from './training/training.ts';
import { readBurden } from './ward/alert-burden.ts';
import { createAlertViews } from './ward/alert-views.ts';
import { createHistories } from './ward/histories.ts';
import { packedBed } from './ward/views.ts';
import { createWard } from './ward/ward.ts';

export interface CoreOptions {
  readonly userDataDir: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engine: EnginePort | ChosenEngine;
  /** Null: the data key is protected by file permissions alone, and the screen says so. */
  readonly keyWrapper: KeyWrapper | null;
  /** better-sqlite3's binary where the package's own does not serve this runtime. */
  readonly nativeBinding: string | null;
  /** Null: as the ward has set it, else loopback and `DEFAULT_MLLP_PORT`. */
  readonly mllp: { readonly host: string | null; readonly port: number | null };
  readonly resourcesDir: string;
  readonly modelsDir: string;
  /** `storage/record-worker` where it is bundled; absent: its source. */
  readonly recordWorker?: string;
  /** `knowledge/document-worker` likewise. */
  readonly documentWorker?: string;
  /** The record was found damaged while running and is noted as such: the next start salvages it. */
  readonly onDamage?: (detail: string) => void;
  /** A table of vitals to play as a demonstration from the start. */
  readonly replay: string | null;
  /** How much the gates of an adapter ask; only tests ask for less than all. */
  readonly gateSizes?: GateSizes;
  readonly program: { readonly version: string; readonly runtime: string };
  readonly log: Log;
}

export interface Core {
  /** Serves a terminal until its channel closes. */
  terminal(channel: Channel): void;
  /** Where the monitors' listener stands; null while it does not. */
  address(): { readonly host: string; readonly port: number } | null;
  close(): Promise<void>;
}

export type CoreResult =
  | { readonly ok: true; readonly core: Core }
  | { readonly ok: false; readonly failure: StartFailure };

/** IANA's port of HL7 over MLLP. */
export const DEFAULT_MLLP_PORT = 2575;
const LOOPBACK = '127.0.0.1';
const LISTEN_AGAIN_MS = 10_000;
const RECORD_WORKER = new URL('./storage/record-worker.ts', import.meta.url);
const DOCUMENT_WORKER = new URL('./knowledge/document-worker.ts', import.meta.url);
/** After the start, when the first ward is painted: then the first trend that is looked at finds its thread. Ours. */
const HISTORIES_BEGIN_MS = 3_000;
/** Each lets time pass in its share of the beds, so that none of them keeps the event loop for long. */
const TICKS_A_SECOND = 8;
/** What the burden of alerts is told of. */
const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Starts the core. A record that cannot be opened is a failure, one that is damaged is salvaged first; a port that is
 * taken is only shown.
 */
export function createCore(options: CoreOptions): Promise<CoreResult> {
  return startOnRecord(options, (record) => startCore(options, record));
}

async function startCore(options: CoreOptions, record: WardRecord): Promise<CoreResult> {
  const { clock, ids, engine, log } = options;

  // The record.
  const keeper = createRecordKeeper({
    record,
    userDataDir: options.userDataDir,
    nativeBinding: options.nativeBinding,
    recordWorker: options.recordWorker ?? RECORD_WORKER,
    program: options.program.version,
    clock,
    log,
    onChange: () => {
      systemChanged();
      tellTechnical(technical, keeper.conditions());
    },
    onDamage: (detail) => options.onDamage?.(detail),
  });
  const { store } = keeper;
  const { sealing } = record;
  let settings = readSettings(store.read);
  const people = createPeople(store, sealing, ids);

  // What terminals are told.
  const hub = createEventHub(() => performance.now());
  const systemChanged = (): void =>
    hub.sendMerged('system', () => ({ type: 'system', system: systemView() }));
  const settingsChanged = (): void => {
    const { language } = settings;
    settings = readSettings(store.read);
    systemChanged();
    // Rule texts of open alerts are told again in the new language.
    if (settings.language !== language)
      for (const { id } of alertViews.open()) {
        const explanation = explanations.ofAlert(id);
        if (explanation !== null)
          hub.sendNow({ type: 'explanation', explanation: explanationView(explanation, settings.language) });
      }
  };

  // What is wrong beside the patients.
  const technical = createTechnical({
    store,
    clock,
    ids,
    log,
    onChange: (alerts) => hub.sendNow({ type: 'technical', alerts }),
  });

  // The ward: readings, scores, alerts.
  const sourceClocks = createSourceClocks();
  const feedsChanged = (): void => hub.sendMerged('feeds', () => ({ type: 'feeds', feeds: feeds.list() }));
  const feeds = createFeeds({ store, clock, sourceClocks, log, onChange: feedsChanged });
  const policies = createSitePolicies(store, sealing);
  const tellPolicy = (): void => {
    const [newest] = policies.unreadable();
    if (newest === undefined) technical.clear('policy-unreadable', null);
    else
      technical.raise('policy-unreadable', null, {
        version: newest.version,
        inForce: policies.inForce().version,
      });
  };
  tellPolicy();
  const recordWorker = options.recordWorker ?? RECORD_WORKER;
  const simulations = createSimulations(recordWorker, clock, log);
  const { userDataDir, nativeBinding } = options;
  const histories = createHistories({
    script: recordWorker,
    userDataDir,
    nativeBinding,
    read: store.read,
    log,
  });
  const ward = createWard({
    store,
    sealing,
    clock,
    log,
    get policy() {
      return policies.active();
    },
    clockOffset: (source) => sourceClocks.offset(deviceOfSource(source)),
    feedModeOf: feeds.modeOf,
    newId: ids.next,
    onFired: (write, kept) => explanations.record(write, kept),
    listener: {
      bedChanged: ({ patient: { id } }) =>
        hub.sendMerged(`bed ${id}`, () => {
          const bed = ward.bedOf(id);
          try {
            return bed === null ? null : { type: 'bed', bed: packedBed(ward.shown(bed)) };
          } catch (error) {
            // A bed that cannot be worked out costs its own update, never the ward.
            log('error', 'bed-not-shown', { reason: reasonOf(error) });
            return null;
          }
        }),
      bedGone: (patientId) => hub.sendNow({ type: 'bed-gone', patientId }),
      alertsRetold: ({ patient, bed, alerts }) => {
        for (const alert of alerts.alerts) {
          const view = alertViews.of({ alert, patientId: patient.id, bed });
          if (view !== null) hub.sendNow({ type: 'alert', alert: view });
        }
      },
      alertMoved: (moved) => {
        const alert = alertViews.ofMove(moved);
        hub.sendNow({ type: 'alert', alert });
        alarm.moved(moved);
        if (moved.transition.cause !== 'fired') return;
        if (!moved.bed.patient.demonstration) monitoring.alertFired(alert.rule);
        explanations.begin(alert.id);
      },
    },
  });
  const alertViews = createAlertViews({ store, sealing, ward, people: people.list });
  const alarm = createAlarm({
    store,
    clock,
    log,
    technical,
    people: people.list,
    beds: ward.beds,
    minutes: () => policies.active().alarm.audioOffMinutes,
    level: readOutputLevel,
    onChange: systemChanged,
  });

  // The library that explanations draw on.
  const knowledge = createKnowledge({
    store,
    sealing,
    clock,
    log,
    resourcesDir: options.resourcesDir,
    nativeBinding: options.nativeBinding,
    embedder: () => openEmbedder(options.modelsDir, log),
  });

  // Explanations.
  const phraseOrder = createPhraseOrder(engine, log);
  const phrases = createPhrases(join(options.resourcesDir, 'phrases', 'bank.json'), phraseOrder, log);
  const explanations = createExplanations({
    store,
    sealing,
    clock,
    ids,
    engine,
    log,
    language: () => settings.language,
    passages: knowledge.passages,
    textPolicy: () => policies.active().explanation.text,
    approved: phrases.words,
    openAlerts: alertViews.openIds,
    trialFor: (...given) => adapters.trialFor(...given),
    onWritten: (...given) => adapters.written(...given),
    onEnded: (explanation) => monitoring.explanationEnded(explanation),
    // Loaded with the first explanation: verifier and vocabulary would delay the first painted ward.
    write: async (...given) => (await import('./explanation/writing.ts')).writeExplanation(...given),
    writeApproved: async (...given) => (await import('./explanation/writing.ts')).writeApproved(...given),
    onChange: (explanation) => {
      if (explanation.status === 'queued') servingLane.giveWay();
      hub.sendNow({ type: 'explanation', explanation: explanationView(explanation, settings.language) });
    },
  });
  const speculation = createSpeculation({
    engine,
    log,
    language: () => settings.language,
    beds: ward.beds,
    passages: knowledge.passages,
  });
  const servingLane = createServingLane(() => explanations.underWay());
  const serving = createServingServer({
    engine,
    language: () => settings.language,
    passages: knowledge.passages,
    textPolicy: () => policies.active().explanation.text,
    approved: phrases.words,
    lane: servingLane,
    clock,
    ids,
    settings: () => settings.serving,
    log,
  });
  const leaveEngine = engine.onStatus(systemChanged);

  // Where vitals come from.
  const queue = createCommitQueue({
    commit: ward.commitAhead,
    durable: store.durable,
    newBodies: () => createMessageBodies(sealing, clock.wall()),
  });
  const imports = createImports({ store, sealing, clock, ids, queue, log });
  const intake = createIntake({
    store,
    sealing,
    clock,
    ids,
    sourceClocks,
    feeds,
    log,
    queue,
    onChange: systemChanged,
    onAnswered: (...given) => monitoring.acknowledged(...given),
  });
  const fhir = createFhirServer({
    sealing,
    clock,
    ids,
    feeds,
    log,
    queue,
    settings: () => settings.fhir,
    noteFeed: feeds.note,
    messageMoved: intake.messageMoved,
  });
  const demonstration = createDemonstration(
    {
      clock,
      ids,
      log,
      commit: ward.commit,
      names: () => INVENTED[settings.language],
      onChange: systemChanged,
    },
    ward.beds().some((bed) => bed.patient.demonstration),
  );

  // What may be taught, and what leaves for it.
  const learning = createLearning({
    ...options,
    store,
    sealing,
    clock,
    ids,
    log,
    run: keeper.jobs.run,
    people: people.list,
  });

  const training = createTraining({ ...options, store, sealing, clock, ids, log, people: people.list });
  // Trained adapters: to the bed and back.
  const adapters = createAdapters({
    ...options,
    store,
    sealing,
    people: people.list,
    policy: () => settings.adapterExposure,
    settingsChanged,
    steppedBack: (version, reason) => technical.raise('adapter-stepped-back', null, { version, reason }),
  });

  // The program's own figures.
  const monitoring = createMonitoring({
    clock,
    log,
    version: options.program.version,
    userDataDir,
    nativeBinding,
    settings: () => settings.monitoring,
    run: keeper.jobs.run,
    system: systemView,
    serving: () => serving.view().since,
    queueDepth: queue.depth,
    explanationsWaiting: explanations.waiting,
    bedsOccupied: () => ward.beds().filter(({ patient }) => !patient.demonstration).length,
    openAlerts: () =>
      ward.beds().flatMap(({ patient, alerts }) => (patient.demonstration ? [] : alerts.alerts)),
    technical: technical.open,
    burden: () => readBurden(store.read, clock.wall() - WEEK_MS, clock.wall()),
    storage: keeper.size,
  });

  // Other workstations: adapters from them, data sets and adapters for them.
  const exchange = createExchange({
    store,
    sealing,
    clock,
    log,
    userDataDir,
    settings: () => settings.exchange,
    settingsChanged,
    fetched: adapters.fetched,
    adapterOut: adapters.writeOut,
    dataSetOut: learning.writeOut,
    noteSent: learning.noteSent,
    manifestOfDataSet: MANIFEST_FILE,
  });

  // What terminals may call.
  const openAlertViews = (): AlertView[] => alertViews.open();
  const shared = { store, sealing, clock, ids, ward, explanations, systemView, settingsChanged, log };
  const uploads = createUploads({ script: options.documentWorker ?? DOCUMENT_WORKER, clock, ids, log });
  const knowledgePorts = { ...shared, knowledge, uploads, people: people.list };
  const policyPorts = {
    ...shared,
    policies,
    simulations,
    people: people.list,
    userDataDir: options.userDataDir,
    nativeBinding: options.nativeBinding,
    policyChanged: () => {
      tellPolicy();
      systemChanged();
      ward.tick();
    },
  };
  const messagePorts = {
    ...shared,
    feeds,
    messageMoved: intake.messageMoved,
    keptDays: () => settings.retentionDays,
  };
  const calls = bindCalls(
    {
      ...peopleHandlers({
        ...shared,
        people,
        peopleChanged: () => hub.sendNow({ type: 'people', people: [...people.list()] }),
      }),
      ...patientHandlers({ ...shared, people: people.list }),
      ...messageHandlers(messagePorts),
      ...wardHandlers({ ...shared, alertView: alertViews.of, rated: monitoring.rated }),
      ...reviewHandlers(shared),
      ...alarm.commands,
      ...technicalHandlers({ ...shared, technical }),
      ...systemHandlers({
        ...shared,
        demonstration,
        intake,
        settings: () => settings,
        replayFile: join(options.resourcesDir, 'replays', 'deterioration.csv'),
      }),
      ...policyHandlers(policyPorts),
      ...storageHandlers({ ...shared, keeper, retentionChanged: () => retention.changed(), ...options }),
      ...importHandlers({ ...shared, imports, people: people.list }),
      ...feedHandlers({ feeds, clock, feedsChanged }),
      ...fhirHandlers({ ...shared, fhir, settings: () => settings }),
      ...learning.commands,
      ...training.commands,
      ...adapters.commands,
      ...exchange.commands,
      ...knowledgeHandlers(knowledgePorts),
      ...engineHandlers({ ...shared, engine, settings: () => settings }),
      ...servingHandlers({ ...shared, serving, settings: () => settings }),
      ...monitoringHandlers({ ...shared, monitoring, settings: () => settings }),
    },
    {
      ...patientQueries({ ...shared, people: people.list }),
      ...messageQueries(messagePorts),
      ...queryHandlers({
        ...shared,
        histories,
        people: people.list,
        openAlertViews,
        technicalAlerts: technical.open,
        alertView: alertViews.of,
      }),
      ...handoverQueries({ ...shared, histories, language: () => settings.language }),
      ...technicalQueries({ ...shared, technical }),
      ...whyQueries({ ...shared, engine }),
      ...calibrationQueries(store),
      ...reviewQueries({ ...shared, people: people.list }),
      ...policyQueries(policyPorts),
      ...storageQueries({ ...shared, keeper, ...options }),
      ...importQueries({ ...shared, imports, people: people.list }),
      ...feedQueries({ feeds, clock, feedsChanged }),
      ...systemQueries({ settings: () => settings }),
      ...fhirQueries({ ...shared, fhir, settings: () => settings }),
      ...learning.queries,
      ...training.queries,
      ...adapters.queries,
      ...exchange.queries,
      ...knowledgeQueries(knowledgePorts),
      ...engineQueries({ ...shared, engine, settings: () => settings }),
      ...servingQueries({ ...shared, serving, settings: () => settings }),
      ...monitoringQueries({ ...shared, monitoring, settings: () => settings }),
    },
  );

  // Time, and the start of everything.
  const summariser = createSummariser({ store, wall: clock.wall, steady: () => performance.now() });
  const retention = createRetention({
    store,
    sealing,
    wall: clock.wall,
    days: () => settings.retentionDays,
    messageMoved: intake.messageMoved,
  });
  const ticker = setInterval(() => {
    try {
      ward.tick(TICKS_A_SECOND);
      speculation.look();
      // Not both in one turn: each holds the core for a slice.
      if (!summariser.step()) retention.step();
    } catch (error) {
      log('error', 'tick-failed', { reason: reasonOf(error) });
    }
  }, 1000 / TICKS_A_SECOND);
  const watch = createTechnicalWatch({
    technical,
    clock,
    beds: ward.beds,
    isListening: () => intake.view().listening,
    isListenerFull: intake.isFull,
    isFhirDown: () => settings.fhir.on && !fhir.view().listening,
    isBackupOverdue: keeper.backups.overdue,
    engineProblem: () => engine.status().chosen?.problem ?? null,
    notServedAt: () => (settings.serving.on && !serving.view().listening ? settings.serving.port : null),
    deviceClocks: () => [...sourceClocks.known(), ...sourceClocks.tooFar()],
  });
  const watcher = setInterval(() => {
    try {
      watch();
      technical.keep();
      monitoring.tick();
    } catch (error) {
      log('error', 'watch-failed', { reason: reasonOf(error) });
    }
  }, 1000);
  // A port that another program held may be free by now: a ward without its monitors does not wait for a person.
  const listenAgain = setInterval(() => {
    if (!intake.view().listening) void listen();
    if (settings.fhir.on && !fhir.view().listening) void fhir.apply(settings.fhir);
    if (settings.serving.on && !serving.view().listening) void serving.apply(settings.serving);
    if (settings.monitoring.on && monitoring.exposition().port === null)
      void monitoring.apply(settings.monitoring);
  }, LISTEN_AGAIN_MS);
  // Before the engine is opened: the first explanation is written with what is in use.
  adapters.begin();
  chooseEngine({ engine, sealing }, settings.engine);
  explanations.resume();
  await listen();
  await fhir.apply(settings.fhir);
  await serving.apply(settings.serving);
  await monitoring.apply(settings.monitoring);
  if (options.replay !== null) playReplay(options.replay);
  keeper.begin();
  training.begin();
  exchange.begin();
  // After everything that the ward waits for.
  setImmediate(knowledge.begin);
  const historiesBegin = setTimeout(histories.begin, HISTORIES_BEGIN_MS);

  return {
    ok: true,
    core: {
      terminal: (channel) =>
        serveTerminal(
          {
            calls,
            hub,
            store,
            sealing,
            clock,
            log,
            commit: ward.commit,
            audit: (write, entry) => appendAudit(write, isoTime(clock.wall()), entry),
          },
          channel,
        ),
      address: intake.address,
      close: async () => {
        clearInterval(ticker);
        clearInterval(listenAgain);
        clearInterval(watcher);
        clearTimeout(historiesBegin);
        simulations.stop();
        await histories.close();
        await training.close();
        ward.close();
        alarm.close();
        demonstration.close();
        phraseOrder.close();
        explanations.close();
        knowledge.close();
        adapters.close();
        exchange.close();
        leaveEngine();
        imports.closeAll();
        await fhir.close();
        await serving.close();
        await monitoring.close();
        await intake.close();
        feeds.close();
        hub.close();
        await keeper.close();
        store.close();
      },
    },
  };

  async function listen(): Promise<void> {
    await intake.listen(
      options.mllp.host ?? settings.mllpHost ?? LOOPBACK,
      options.mllp.port ?? settings.mllpPort ?? DEFAULT_MLLP_PORT,
      settings.mllpSafety,
    );
  }

  function systemView(): SystemView {
    return {
      wardName: settings.wardName,
      setUp: people.list().length > 0,
      language: settings.language,
      theme: settings.theme,
      alarm: alarm.view(),
      engine: engine.status(),
      intake: intake.view(),
      demonstration: demonstration.state(),
      sealing: sealing.kind,
      storageConditions: [...keeper.conditions()],
      program: options.program,
    };
  }

  /** A table named at the start of the program is played at the speed of life. */
  function playReplay(file: string): void {
    try {
      const table = readFileSync(file, 'utf8');
      const ready = ward.commit((write, draft) => {
        const started = demonstration.start(write, draft, table, 1);
        if (started.ok)
          appendAudit(write, isoTime(clock.wall()), {
            actor: 'system',
            action: 'demonstration.start',
            subject: null,
            detail: { speed: 1 },
          });
        return started;
      });
      if (ready.ok) ready.value.play();
      else log('error', 'replay-refused', { reason: ready.error.code, ...ready.error.parameters });
    } catch (error) {
      log('error', 'replay-unreadable', { reason: reasonOf(error) });
    }
  }
}
