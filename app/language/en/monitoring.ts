/** English words of the program's own figures. */
import type { MeasureId, Verdict } from '../../monitoring/measures.ts';

interface MeasureWords {
  readonly name: string;
  /** How it is counted. */
  readonly how: string;
}

const measures: { readonly [id in MeasureId]: MeasureWords } = {
  'complete-p50': {
    name: 'Complete explanation, half of them within',
    how: 'From the asking to the last checked sentence, waiting included',
  },
  'complete-p95': { name: '95 of 100 within', how: 'The same explanations' },
  'complete-p99': { name: '99 of 100 within', how: 'The same explanations' },
  'requests-busiest': { name: 'Busiest minute', how: 'Explanations that were asked for in one minute' },
  'requests-possible': {
    name: 'Possible in a minute',
    how: 'At least so many, by the mean time of a complete one',
  },
  'error-rate': { name: 'Errors', how: 'The engine failed, was too slow or was cut off' },
  'hallucination-rate': {
    name: 'Hallucinations',
    how: 'Sentences of the model that were withheld because the readings do not bear them out. Nobody read them',
  },
  'safety-violations': {
    name: 'Safety violations',
    how: 'Sentences that were shown and to which a second, separate check objects',
  },
  helpfulness: { name: 'Helpfulness', how: 'Mean of the ratings from 1 to 5; each person’s last one counts' },
  confidence: { name: 'Confidence', how: 'Mean over explanations of their least sentence’s probability' },
  agreement: { name: 'Rated accurate', how: 'Of the ratings that say accurate or inaccurate' },
  'readings-rate': { name: 'Readings', how: 'Values taken from monitors, mean since the start' },
  'acknowledgement-p50': {
    name: 'Acknowledgement, half within',
    how: 'From a whole message to its answer, which waits for the disk',
  },
  'acknowledgement-p99': { name: 'Acknowledgement, 99 of 100 within', how: 'The same messages' },
  'queue-depth': { name: 'Waiting for the disk', how: 'Messages that are not kept yet, now' },
  'alerts-fired': { name: 'Clinical alerts that fired', how: 'Since the start' },
  'alerts-open': { name: 'Clinical alerts that are open', how: 'Now' },
  'alerts-per-bed-day': { name: 'Alerts a bed and day', how: 'Of the last 7 days' },
  'alerts-acted-on': { name: 'Alerts acted on', how: 'Answered by anything but a dismissal, last 7 days' },
  'feeds-silent': { name: 'Monitors that fell silent', how: 'Now' },
  'turned-away': { name: 'Connections turned away', how: 'Since the start' },
  'record-size': { name: 'Size of the record', how: 'With its write-ahead log' },
  'disk-free': { name: 'Free on its disk', how: 'Now' },
  'backup-age': { name: 'Since the last good backup', how: 'Made, and opened again' },
  'loop-delay-p99': {
    name: 'Lateness of the core, 99 of 100 within',
    how: 'Of its event loop, ten times a second',
  },
  memory: { name: 'Memory of the core', how: 'Now' },
};

const verdicts: { readonly [verdict in Verdict]: string } = {
  met: 'Met',
  missed: 'Missed',
  'too-few': 'Too few to say',
  unknown: 'Nothing measured',
  'no-target': 'No target',
};

export const monitoring = {
  title: 'Monitoring',
  what: 'The figures of the program',
  signIn: 'Sign in as ICU administrator, biomedical IT or attending to see the program’s own figures.',
  notAllowed: 'ICU administrators, biomedical IT and attendings see the program’s own figures.',
  guideTitle: 'Explanations against their targets',
  guideNote: 'From the record, over every restart',
  wardTitle: 'Ward and workstation',
  wardNote: (since: string) => `Counted since the start of the program, ${since}`,
  window: 'Look back on',
  windows: { '24': '24 h', '168': '7 days', '720': '30 days' },
  asOf: (time: string) => `As of ${time}`,
  stale: (time: string) => `These figures are of ${time} and not of now.`,
  noRecord: 'The record could not be read, so the figures of explanations are missing. Storage says why.',
  noExplanations: 'No explanation was asked for in this time.',
  measure: 'Measure',
  value: 'Measured',
  target: 'Target',
  verdict: 'Verdict',
  count: 'Counted from',
  atMost: (value: string) => `at most ${value}`,
  atLeast: (value: string) => `at least ${value}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  over: (low: string) => `over ${low}`,
  none: '—',
  units: {
    seconds: (value: string) => `${value} s`,
    milliseconds: (value: string) => `${value} ms`,
    minutes: (value: string) => `${value} min`,
    hours: (value: string) => `${value} h`,
    days: (value: string) => `${value} days`,
    'per-second': (value: string) => `${value} a second`,
    'per-minute': (value: string) => `${value} a minute`,
    points: (value: string) => `${value} of 5`,
  },
  measures,
  verdicts,
  summary: (missed: number, met: number, open: number) =>
    `Targets missed: ${missed}. Met: ${met}. Not to be said yet: ${open}.`,
  technicalNow: 'Technical alerts that are open',
  technicalNone: 'No technical alert is open.',
  plots: {
    title: 'The last hours by the minute',
    explanations: 'Time of a complete explanation',
    counts: 'Explanations',
    complete: 'complete',
    failed: 'failed',
    readings: 'Readings a second',
    acknowledgement: 'Acknowledgement, 99 of 100 within',
    loopDelay: 'Lateness of the core, 99 of 100 within',
    half: 'half',
    most: '95 of 100',
    targetLine: 'target',
    summary: (label: string, points: number) => `${label}: ${points} points. The table has the figures.`,
    noMinutes: 'The first minute is not over yet.',
    bucketNote: 'By the minute, as the upper bound of its bucket',
  },
  prometheus: 'Prometheus',
  prometheusNote: 'This machine alone',
  prometheusLead:
    'Serves these figures as OpenMetrics to a Prometheus on this workstation. There is no name, number or bed in them. Alert rules and a Grafana dashboard come with the program.',
  off: 'Off. Nothing listens.',
  listening: (address: string) => `Read it at ${address}`,
  otherPort: (wanted: number) => `Port ${wanted} is taken by another program, so a free one was taken.`,
  notListening: 'It cannot listen. Set another port.',
  port: 'Port',
  portHint: '0 takes any that is free.',
  portWrong: 'A number from 0 to 65535',
  switchOn: 'Switch on',
  change: 'Save the change',
  switchOff: 'Switch off',
  configureRole: 'Biomedical IT and ICU administrators switch it on.',
  done: 'Done.',
};
