/**
 * Every metric that the program counts, defined once: exposition, alert rules and dashboard are held to this list.
 * A label has a closed set of values that stands here, so that no name, bed, number or text of a person can become one.
 * Names and units as OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/) wants them.
 */
import { ALERT_RULES, OPEN_ALERT_STATES } from '../alerting/alert.ts';
import { FINDING_RULES } from '../explanation/explanation.ts';
import { TECHNICAL_CODES } from '../technical/technical.ts';

export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** The end of the name; none where a thing is counted. */
  readonly unit?: 'seconds' | 'bytes' | 'ratio';
  /** What it tells and how it is counted, for whoever reads the text. */
  readonly help: string;
  readonly labels: { readonly [label: string]: readonly string[] };
  /** Of a histogram, ascending. */
  readonly bounds?: readonly number[];
}

/** Before each name. */
export const PREFIX = 'medobsmind_';

/** How a written explanation ended. `failed`: the engine failed, was too slow or was cut off; `unwritten`: nothing could or should write. */
export const EXPLANATION_OUTCOMES = ['complete', 'failed', 'stopped', 'unwritten'] as const;
export type ExplanationOutcome = (typeof EXPLANATION_OUTCOMES)[number];

/** What became of a sentence that a model wrote; `other`: withheld for its form, its probability or its tone. */
export const SENTENCE_RESULTS = ['shown', 'hallucination', 'safety', 'other'] as const;
export type SentenceResult = (typeof SENTENCE_RESULTS)[number];

/** Seconds. 2.5, 4.8 and 6.2 are the guide's targets: whether one is met is told exactly, without a bucket's error. */
export const EXPLANATION_BOUNDS = [
  0.25, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.8, 5.5, 6.2, 8, 10, 15, 20, 30, 60, 120,
] as const;
/** Seconds. 0.05 is the product's own limit of a p99. */
export const ACKNOWLEDGEMENT_BOUNDS = [
  0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 10,
] as const;
/** Seconds. */
export const LOOP_DELAY_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3] as const;
const SHARE_BOUNDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1] as const;

export const METRICS = {
  build_info: {
    kind: 'gauge',
    help: 'Always 1. The label names the version of the program.',
    // Filled by the program's own version alone.
    labels: { version: [] },
  },
  start_time_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'When the core was started, seconds since 1970. Counters begin there.',
    labels: {},
  },

  // Explanations: the guide's figures.
  explanation_complete_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'From the asking for an explanation to its last verified sentence, waiting included, of complete ones.',
    labels: {},
    bounds: EXPLANATION_BOUNDS,
  },
  explanation_first_sentence_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'From the asking for an explanation to its first verified sentence.',
    labels: {},
    bounds: EXPLANATION_BOUNDS,
  },
  explanations: {
    kind: 'counter',
    help: 'Explanations that ended, by how. The error rate is failed in failed and complete.',
    labels: { outcome: EXPLANATION_OUTCOMES },
  },
  explanations_waiting: {
    kind: 'gauge',
    help: 'Explanations that are being written or wait to be.',
    labels: {},
  },
  sentences: {
    kind: 'counter',
    help: 'Sentences that a model wrote, by what became of them. Only shown ones were read.',
    labels: { result: SENTENCE_RESULTS },
  },
  sentence_findings: {
    kind: 'counter',
    help: 'Sentences that the verifier withheld, by its rule. One sentence may break several.',
    labels: { rule: FINDING_RULES },
  },
  safety_violations: {
    kind: 'counter',
    help: 'Sentences that were shown and to which a second, separate check objects. The target is none.',
    labels: {},
  },
  explanation_confidence_ratio: {
    kind: 'histogram',
    unit: 'ratio',
    help: 'Least token probability of the shown sentences of an explanation. Not clinical certainty.',
    labels: {},
    bounds: SHARE_BOUNDS,
  },
  ratings: {
    kind: 'counter',
    help: 'Ratings of explanations that were saved, by accuracy. A changed rating counts again.',
    labels: { accuracy: ['accurate', 'inaccurate', 'unsure'] },
  },
  helpfulness_points: {
    kind: 'counter',
    help: 'Sum of the helpfulness (1 to 5) of saved ratings. Over ratings it is the mean.',
    labels: {},
  },
  served_requests: {
    kind: 'counter',
    help: 'Requests of other programs for explanations, by what became of them.',
    labels: { result: ['explained', 'completed', 'refused', 'turned-away'] },
  },
  engine_ready: { kind: 'gauge', help: '1 while a model can write explanations, else 0.', labels: {} },

  // From the monitors.
  readings: { kind: 'counter', help: 'Values taken from messages of monitors.', labels: {} },
  messages: {
    kind: 'counter',
    help: 'Messages of monitors that were answered, by what became of them. Repeated ones count once.',
    labels: { state: ['accepted', 'held', 'refused', 'quarantined'] },
  },
  acknowledgement_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'From a message that has come whole to its answer, which waits for the disk.',
    labels: {},
    bounds: ACKNOWLEDGEMENT_BOUNDS,
  },
  commit_queue_depth: {
    kind: 'gauge',
    help: 'Messages and imported rows that wait for their commit.',
    labels: {},
  },
  monitor_connections: { kind: 'gauge', help: 'Open connections of monitors.', labels: {} },
  connections_turned_away: {
    kind: 'counter',
    help: 'Connections of monitors that were turned away: no place, not allowed, or no certificate.',
    labels: {},
  },
  listener_up: { kind: 'gauge', help: '1 while monitors can connect, else 0.', labels: {} },

  // The ward.
  beds_occupied: { kind: 'gauge', help: 'Beds with a patient. Demonstrations do not count.', labels: {} },
  alerts_fired: {
    kind: 'counter',
    help: 'Clinical alerts that fired, by rule.',
    labels: { rule: ALERT_RULES },
  },
  alerts_open: {
    kind: 'gauge',
    help: 'Clinical alerts that are open, by rule and state.',
    labels: { rule: ALERT_RULES, state: OPEN_ALERT_STATES },
  },
  alerts_per_bed_day: {
    kind: 'gauge',
    help: 'Clinical alerts a bed and day over the last 7 days. Absent while beds were watched too short a time.',
    labels: {},
  },
  alerts_acted_on_ratio: {
    kind: 'gauge',
    unit: 'ratio',
    help: 'Share of the clinical alerts of the last 7 days that were answered by anything but a dismissal.',
    labels: {},
  },
  technical_alerts_open: {
    kind: 'gauge',
    help: 'Technical alerts that are open, by code. A monitor that fell silent is feed-silent.',
    labels: { code: TECHNICAL_CODES },
  },

  // This machine.
  record_bytes: {
    kind: 'gauge',
    unit: 'bytes',
    help: 'Size of the record with its write-ahead log.',
    labels: {},
  },
  disk_free_bytes: {
    kind: 'gauge',
    unit: 'bytes',
    help: 'Free on the disk of the record. Absent where the system does not tell.',
    labels: {},
  },
  backup_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'Since the last backup that was made and opened again. Absent while there is none.',
    labels: {},
  },
  loop_delay_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'By how much the event loop of the core was late, ten times a second.',
    labels: {},
    bounds: LOOP_DELAY_BOUNDS,
  },
  resident_memory_bytes: {
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory of the core process.',
    labels: {},
  },
} as const satisfies { readonly [name: string]: MetricDefinition };

export type MetricName = keyof typeof METRICS;
export type NameOf<K extends MetricDefinition['kind']> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never;
}[MetricName];
/** The labels that a metric asks for, each of its closed set. */
export type LabelsOf<N extends MetricName> = {
  readonly [L in keyof (typeof METRICS)[N]['labels']]: (typeof METRICS)[N]['labels'][L] extends readonly (infer V extends
    string)[]
    ? V
    : never;
};

export const METRIC_NAMES = Object.keys(METRICS).filter((name): name is MetricName => name in METRICS);

/** The names under which samples of a metric stand in the text: alert rules and dashboards may ask for these. */
export function sampleNames(name: MetricName): readonly string[] {
  const full = `${PREFIX}${name}`;
  switch (METRICS[name].kind) {
    case 'counter':
      return [`${full}_total`];
    case 'gauge':
      return [full];
    case 'histogram':
      return [`${full}_bucket`, `${full}_sum`, `${full}_count`];
  }
}
