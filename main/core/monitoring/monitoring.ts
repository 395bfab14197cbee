/**
 * The program's own figures: counted where things happen, told to the monitoring screen and to Prometheus. The guide's
 * figures of days come from the record, which has them over every restart; the ward's own count from the start.
 */
import { ALERT_RULES, OPEN_ALERT_STATES } from '../../../app/alerting/alert.ts';
import type { Burden } from '../../../app/alerting/burden.ts';
import type { MonitoringView } from '../../../app/contract/monitoring-views.ts';
import type { Outcome } from '../../../app/contract/outcome.ts';
import type { ServingView } from '../../../app/contract/serving-views.ts';
import type { Rating, SystemView } from '../../../app/contract/views.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { secondLook } from '../../../app/learning/gates/second-look.ts';
import {
  ACKNOWLEDGEMENT_BOUNDS,
  LOOP_DELAY_BOUNDS,
  type MetricName,
} from '../../../app/monitoring/catalogue.ts';
import { expositionText, type TextFormat } from '../../../app/monitoring/exposition.ts';
import {
  guideFigures,
  guideParts,
  outcomeOf,
  sentenceResult,
} from '../../../app/monitoring/guide-figures.ts';
import { bucketQuantile } from '../../../app/monitoring/histogram.ts';
import { MEASURE_IDS, type Measured, type MeasureId, verdictOf } from '../../../app/monitoring/measures.ts';
import { createRegistry, type Series } from '../../../app/monitoring/registry.ts';
import { TECHNICAL_CODES, type TechnicalAlert } from '../../../app/technical/technical.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { Explanation } from '../explanation/explanations-table.ts';
import { createSwitchedListener } from '../http/switched-listener.ts';
import type { MessageOutcome } from '../intake/message-outcome.ts';
import { type Log, reasonOf } from '../log.ts';
import type { RunRecordJob } from '../storage/run-record-job.ts';
import type { MonitoringSettings } from '../store/settings.ts';
import type { CountedGuide } from './guide-counts.ts';
import { watchLoopDelay } from './loop-delay.ts';
import { listenMetrics } from './metrics-server.ts';
import { createMinutes } from './minutes.ts';

/** What is looked at when somebody asks. */
export interface MonitoringPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly settings: () => MonitoringSettings;
  readonly run: RunRecordJob;
  readonly system: () => Pick<SystemView, 'engine' | 'intake'>;
  readonly serving: () => ServingView['since'];
  readonly queueDepth: () => number;
  readonly explanationsWaiting: () => number;
  readonly bedsOccupied: () => number;
  readonly openAlerts: () => readonly { readonly rule: string; readonly state: string }[];
  readonly technical: () => readonly TechnicalAlert[];
  /** Over the last seven days. */
  readonly burden: () => Burden;
  readonly storage: () => {
    readonly recordBytes: number;
    readonly freeBytes: number | null;
    readonly lastBackupMs: number | null;
  };
}

export interface Monitoring {
  /** A message was answered, so long after it had come. */
  acknowledged(outcome: Pick<MessageOutcome, 'state' | 'taken' | 'repeated'>, ms: number): void;
  explanationEnded(explanation: Explanation): void;
  alertFired(rule: (typeof ALERT_RULES)[number]): void;
  rated(rating: Pick<Rating, 'helpfulness' | 'accuracy'>): void;
  view(hours: number): Promise<MonitoringView>;
  exposition(): MonitoringView['exposition'];
  /** Listens, or ceases to, as is wanted. */
  apply(wanted: MonitoringSettings): Promise<Outcome<void>>;
  /** The metrics as text. */
  text(format: TextFormat): string;
  /** To be called once a second. */
  tick(): void;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** The burden of a week and the size of files are looked at no oftener. Ours. */
const LOOK_AGAIN_MS = 30_000;
/** A day by the hour, a week by six, a month by the day. */
const PARTS_HOURS: Readonly<Record<number, number>> = { 24: 1, 168: 6, 720: 24 };

export function createMonitoring(ports: MonitoringPorts): Monitoring {
  const { clock, log } = ports;
  const registry = createRegistry();
  const startedMs = clock.wall();
  const startedBootMs = clock.boot();
  const minutes = createMinutes(registry, clock);
  const endLoopWatch = watchLoopDelay((seconds) => registry.observe('loop_delay_seconds', seconds));
  const burden = atMost(LOOK_AGAIN_MS, clock.boot, ports.burden);
  const storage = atMost(LOOK_AGAIN_MS, clock.boot, ports.storage);
  const listener = createSwitchedListener<{ readonly port: number }>({
    name: 'metrics',
    open: ({ port }) => listenMetrics({ port, text, log }),
    log,
  });
  /** The port that was asked for; another may have been taken for it. */
  let wantedPort: number | null = null;

  function gauges(): Map<MetricName, Series[]> {
    const { intake, engine } = ports.system();
    const { recordBytes, freeBytes, lastBackupMs } = storage();
    const { all } = burden();
    const openAlerts = ports.openAlerts();
    const technical = ports.technical();
    const one = (value: number | null): Series[] => (value === null ? [] : [{ labels: {}, value }]);
    return new Map<MetricName, Series[]>([
      ['build_info', [{ labels: { version: ports.version.replaceAll(/[^\w.+-]/g, '') }, value: 1 }]],
      ['start_time_seconds', one(startedMs / 1000)],
      ['explanations_waiting', one(ports.explanationsWaiting())],
      ['engine_ready', one(engine.state === 'ready' ? 1 : 0)],
      ['commit_queue_depth', one(ports.queueDepth())],
      ['monitor_connections', one(intake.connections)],
      ['listener_up', one(intake.listening ? 1 : 0)],
      ['beds_occupied', one(ports.bedsOccupied())],
      [
        'alerts_open',
        ALERT_RULES.flatMap((rule) =>
          OPEN_ALERT_STATES.map((state) => ({
            labels: { rule, state },
            value: openAlerts.filter((alert) => alert.rule === rule && alert.state === state).length,
          })),
        ),
      ],
      [
        'technical_alerts_open',
        TECHNICAL_CODES.map((code) => ({
          labels: { code },
          value: technical.filter((alert) => alert.code === code).length,
        })),
      ],
      ['alerts_per_bed_day', one(all.perBedDay?.value ?? null)],
      ['alerts_acted_on_ratio', one(all.shareActedOn?.value ?? null)],
      ['record_bytes', one(recordBytes)],
      ['disk_free_bytes', one(freeBytes)],
      [
        'backup_age_seconds',
        one(lastBackupMs === null ? null : Math.max(0, clock.wall() - lastBackupMs) / 1000),
      ],
      ['resident_memory_bytes', one(process.memoryUsage.rss())],
    ]);
  }

  /** Counts that others keep since the start of the program. */
  function countedElsewhere(): Map<MetricName, Series[]> {
    const { explained, completed, refused, turnedAway } = ports.serving();
    const served = { explained, completed, refused, 'turned-away': turnedAway };
    return new Map<MetricName, Series[]>([
      ['connections_turned_away', [{ labels: {}, value: ports.system().intake.turnedAway?.count ?? 0 }]],
      ['served_requests', Object.entries(served).map(([result, value]) => ({ labels: { result }, value }))],
    ]);
  }

  function text(format: TextFormat): string {
    return expositionText(new Map([...registry.collect(), ...countedElsewhere(), ...gauges()]), format);
  }

  /** What the ward's own measures stand at. */
  function wardFigures(): {
    readonly [id in Exclude<MeasureId, keyof ReturnType<typeof guideFigures>>]: Measured;
  } {
    const { intake } = ports.system();
    const { recordBytes, freeBytes, lastBackupMs } = storage();
    const { all } = burden();
    const seconds = (clock.boot() - startedBootMs) / 1000;
    const readings = registry.counted('readings');
    const fired = ALERT_RULES.reduce((sum, rule) => sum + registry.counted('alerts_fired', { rule }), 0);
    const now = (value: number | null): Measured => ({ value, of: value === null ? 0 : 1 });
    const acknowledgement = (share: number) =>
      measured(ACKNOWLEDGEMENT_BOUNDS, registry.histogram('acknowledgement_seconds'), share);
    return {
      'readings-rate': { value: seconds > 0 ? readings / seconds : null, of: readings },
      'acknowledgement-p50': acknowledgement(0.5),
      'acknowledgement-p99': acknowledgement(0.99),
      'queue-depth': now(ports.queueDepth()),
      'alerts-fired': { value: fired, of: fired },
      'alerts-open': now(ports.openAlerts().length),
      'alerts-per-bed-day': { value: all.perBedDay?.value ?? null, of: all.fired },
      'alerts-acted-on': { value: all.shareActedOn?.value ?? null, of: all.fired },
      'feeds-silent': now(ports.technical().filter(({ code }) => code === 'feed-silent').length),
      'turned-away': now(intake.turnedAway?.count ?? 0),
      'record-size': now(recordBytes),
      'disk-free': now(freeBytes),
      'backup-age': now(lastBackupMs === null ? null : Math.max(0, clock.wall() - lastBackupMs) / 1000),
      'loop-delay-p99': measured(LOOP_DELAY_BOUNDS, registry.histogram('loop_delay_seconds'), 0.99),
      memory: now(process.memoryUsage.rss()),
    };
  }

  async function readGuide(fromMs: number): Promise<CountedGuide | null> {
    const { userDataDir, nativeBinding } = ports;
    const answer = await ports.run({ kind: 'guide', userDataDir, nativeBinding, fromMs });
    if (answer.kind === 'guide') return answer.counted;
    log('warn', 'guide-figures-not-read', { detail: answer.kind === 'failed' ? answer.detail : answer.kind });
    return null;
  }

  function exposition(): MonitoringView['exposition'] {
    const { on, port } = ports.settings();
    return {
      on,
      wanted: wantedPort ?? port,
      port: listener.port(),
      problem: on ? listener.problem() : null,
    };
  }

  /** What is counted goes on whatever becomes of the counting. */
  function quietly<A extends readonly unknown[]>(count: (...given: A) => void): (...given: A) => void {
    return (...given) => {
      try {
        count(...given);
      } catch (error) {
        log('error', 'not-counted', { reason: reasonOf(error) });
      }
    };
  }

  return {
    acknowledged: quietly(({ state, taken, repeated }, ms) => {
      registry.observe('acknowledgement_seconds', ms / 1000);
      if (repeated || state === 'released' || state === 'discarded') return;
      registry.add('messages', { state });
      registry.add('readings', {}, taken);
    }),
    explanationEnded: quietly(
      ({ status, reason, completeMs, firstSentenceMs, confidence, sentences, facts }) => {
        const outcome = outcomeOf(status, reason);
        if (outcome === null) return;
        registry.add('explanations', { outcome });
        if (outcome === 'complete' && completeMs !== null)
          registry.observe('explanation_complete_seconds', completeMs / 1000);
        if (firstSentenceMs !== null)
          registry.observe('explanation_first_sentence_seconds', firstSentenceMs / 1000);
        if (confidence !== null) registry.observe('explanation_confidence_ratio', confidence.value);
        const written = sentences.filter(({ raw }) => raw !== null);
        for (const sentence of written) {
          registry.add('sentences', { result: sentenceResult(sentence) });
          for (const rule of new Set(sentence.findings.map((finding) => finding.rule)))
            registry.add('sentence_findings', { rule });
        }
        const completed = completeFacts(facts);
        // A check that shares no rule with the verifier.
        for (const { verdict, raw } of written)
          if (verdict === 'shown' && raw !== null && secondLook(raw, completed, null) !== null) {
            registry.add('safety_violations', {});
            log('error', 'safety-violation-shown');
          }
      },
    ),
    alertFired: quietly((rule) => registry.add('alerts_fired', { rule })),
    rated: quietly(({ helpfulness, accuracy }) => {
      registry.add('ratings', { accuracy });
      registry.add('helpfulness_points', {}, helpfulness);
    }),
    view: async (hours) => {
      const now = clock.wall();
      const fromMs = now - hours * HOUR_MS;
      const counted = await readGuide(fromMs);
      const figures = {
        ...guideFigures(counted?.explanations ?? [], counted?.ratings ?? []),
        ...wardFigures(),
      };
      const technical = ports.technical();
      return {
        at: isoTime(now),
        hours,
        since: isoTime(startedMs),
        measures: MEASURE_IDS.map((id) => {
          const figure: Measured = figures[id];
          const { low, high = null } = figure;
          const between = low === undefined ? null : { low, high };
          return { id, value: figure.value, between, of: figure.of, verdict: verdictOf(id, figure) };
        }),
        recordRead: counted !== null,
        explanations: guideParts(
          counted?.explanations ?? [],
          fromMs,
          now,
          (PARTS_HOURS[hours] ?? 1) * HOUR_MS,
        ).map(({ fromMs: partMs, ...part }) => ({ at: isoTime(partMs), ...part })),
        minutes: minutes.list().map(({ atMs, ...minute }) => ({ at: isoTime(atMs), ...minute })),
        technical: TECHNICAL_CODES.flatMap((code) => {
          const count = technical.filter((alert) => alert.code === code).length;
          return count === 0 ? [] : [{ code, count }];
        }),
        exposition: exposition(),
      };
    },
    exposition,
    apply: async ({ on, port }) => {
      const done = await listener.switchTo(on ? { port } : null);
      if (done.ok) wantedPort = on ? port : null;
      return done;
    },
    text,
    tick: minutes.tick,
    close: async () => {
      endLoopWatch();
      await listener.close();
    },
  };
}

function measured(
  bounds: readonly number[],
  histogram: Parameters<typeof bucketQuantile>[1],
  share: number,
): Measured {
  const found = bucketQuantile(bounds, histogram, share);
  return found === null ? { value: null, of: 0 } : { ...found, of: histogram.count };
}

/** Asks again only after a time; between it answers as before. */
function atMost<T>(everyMs: number, now: () => number, ask: () => T): () => T {
  let last: { readonly atMs: number; readonly value: T } | null = null;
  return () => {
    if (last === null || now() - last.atMs >= everyMs) last = { atMs: now(), value: ask() };
    return last.value;
  };
}
