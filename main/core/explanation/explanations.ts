/**
 * Explanations of alerts. The rule text is durable together with its alert and is there at once; a model's
 * sentences follow if there is a model: emergencies in one lane, everything else in another, which the engine lets
 * stand still while an emergency is written. Nothing here can hold up a score or an alert.
 */
import { OPEN_ALERT_STATES } from '../../../app/alerting/alert.ts';
import type { EnginePort, EngineStatus, GenerationPriority } from '../../../app/contract/engine.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { LanguageCode } from '../../../app/contract/views.ts';
import type {
  ExplanationDepth,
  FactsInput,
  FactsPassage,
  RulesOnlyReason,
  TextPolicy,
} from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { ApprovedWords } from '../../../app/explanation/phrases.ts';
import { type ExplanationPlan, fixedPrefix } from '../../../app/explanation/plan.ts';
import { ruleText } from '../../../app/explanation/rule-text.ts';
import type { Clock, Ids } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { type KeptAlert, readAlert } from '../ward/alerts-table.ts';
import {
  type Explanation,
  type GenerationRecord,
  insertExplanation,
  readExplanationOfAlert,
  readUnfinished,
  updateExplanation,
} from './explanations-table.ts';
import { NO_PROGRESS_MS } from './watched-events.ts';
import type { writeApproved, writeExplanation } from './writing.ts';

export interface ExplanationPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engine: EnginePort;
  readonly log: Log;
  readonly language: () => LanguageCode;
  /** What the library has for these facts. Never throws. */
  readonly passages: (facts: FactsInput, language: LanguageCode) => readonly FactsPassage[];
  /** Ids of all open alerts, the worst first. */
  readonly openAlerts: () => readonly string[];
  readonly onChange: (explanation: Explanation) => void;
  /** What the site lets be read. */
  readonly textPolicy: () => TextPolicy;
  readonly approved: (explanation?: ExplanationPlan) => ApprovedWords;
  /** Writes one explanation; given from outside so that the core may load it with the first one. */
  readonly write: typeof writeExplanation;
  /** The same without a model. */
  readonly writeApproved: (...given: Parameters<typeof writeApproved>) => Promise<Explanation>;
  /** With which adapter an alert's explanation is written on trial; null: with the one in use. */
  readonly trialFor?: (alertId: string, bed: string) => TrialAdapter | null;
  /** Called with each explanation that a model wrote or failed to write. Never throws. */
  readonly onWritten?: (explanation: Explanation, trial: TrialAdapter | null) => void;
  /** Called with each explanation as it ended, also where nothing wrote it. Never throws. */
  readonly onEnded?: (explanation: Explanation) => void;
  readonly noProgressMs?: number;
  readonly stopwatch?: () => number;
}

export interface TrialAdapter {
  readonly sha256: string;
  /** As the explanation names it. */
  readonly version: string;
}

export interface Explanations {
  /** Inside the transaction in which an alert fires: its rule text. */
  record(write: Writer, kept: KeptAlert): void;
  /** After that transaction: tells the screens and lets the model write. */
  begin(alertId: string, depth?: ExplanationDepth): void;
  ofAlert(alertId: string, depth?: ExplanationDepth): Explanation | null;
  /** Tells the screens where an alert's explanation stands. */
  show(alertId: string, depth?: ExplanationDepth): void;
  /** A person asks for an explanation of an alert at a depth, or with `again` for another one. */
  request(
    write: Writer,
    alertId: string,
    wish?: { readonly depth?: ExplanationDepth | undefined; readonly again?: boolean | undefined },
  ): Outcome<Explanation>;
  /** A person stops the writing; what was verified stays. */
  stop(write: Writer, alertId: string, depth?: ExplanationDepth): Outcome<Explanation>;
  /** At the start: what a stop of the program cut off says so, and is written once more where it still matters. */
  resume(): void;
  /** Whether one is written or waits to be. */
  underWay(): boolean;
  /** How many are written or wait to be. */
  waiting(): number;
  close(): void;
}

/** An explanation is begun once, and once more after an interruption or when a missing model arrives. */
const MOST_ATTEMPTS = 2;
/** Reasons that may have gone when the engine becomes ready. */
const MAY_HAVE_GONE: readonly RulesOnlyReason[] = [
  'model-missing',
  'model-language',
  'model-refused',
  'model-loading',
  'engine-failed',
  'safe-mode',
  'interrupted',
];

/** Reasons that last: approved phrases are worth their place meanwhile. */
const LASTING: readonly RulesOnlyReason[] = [
  'model-missing',
  'model-language',
  'model-refused',
  'engine-failed',
  'safe-mode',
];

interface Waiting {
  readonly explanation: Explanation;
  /** Stopwatch when it was asked for. */
  readonly askedAt: number;
}

interface Writing {
  explanation: Explanation;
  abort: AbortController;
  stoppedByPerson: boolean;
}

/** Explanations of one urgency: one is written, the others wait in the order in which they were asked for. */
interface Lane {
  readonly priority: GenerationPriority;
  queue: Waiting[];
  writing: Writing | null;
}

export function createExplanations(ports: ExplanationPorts): Explanations {
  const stopwatch = ports.stopwatch ?? (() => performance.now());
  const emergencies: Lane = { priority: 'emergency', queue: [], writing: null };
  const others: Lane = { priority: 'background', queue: [], writing: null };
  const lanes = [emergencies, others];
  let closed = false;
  /** Explanations that a person asked for though there was one. */
  const askedAgain = new Set<string>();

  /**
   * Writes where an explanation stands and tells the screens. A store that fails costs the record of it and
   * nothing else: the log says so, and the rule text is durable with its alert.
   */
  const keep = (explanation: Explanation, record: GenerationRecord | null = null): void => {
    try {
      ports.store.transaction((write) => updateExplanation(write, explanation, record));
    } catch (error) {
      ports.log('error', 'explanation-not-kept', { reason: reasonOf(error) });
    }
    ports.onChange(explanation);
    if (explanation.status !== 'queued') ports.onEnded?.(explanation);
  };
  const isOpen = (alertId: string): boolean => {
    const kept = readAlert(ports.store.read, ports.sealing, alertId);
    return kept !== null && OPEN_ALERT_STATES.includes(kept.alert.state);
  };
  const isHigh = (alertId: string): boolean =>
    readAlert(ports.store.read, ports.sealing, alertId)?.alert.priority === 'high';

  const isKnown = (id: string): boolean =>
    lanes.some(
      ({ queue, writing }) =>
        writing?.explanation.id === id || queue.some(({ explanation }) => explanation.id === id),
    );

  function enqueue(explanation: Explanation): void {
    if (isKnown(explanation.id)) return;
    // Only the alert's own first explanation is urgent: what a person asks for beside it waits.
    const isFirst = explanation.depth === 'bedside' && !askedAgain.delete(explanation.id);
    const lane = isFirst && isHigh(explanation.alertId) ? emergencies : others;
    lane.queue = [...lane.queue, { explanation, askedAt: stopwatch() }];
    void writeNext(lane);
  }

  async function writeNext(lane: Lane): Promise<void> {
    if (lane.writing !== null || closed) return;
    const [next, ...rest] = lane.queue;
    if (next === undefined) return;
    lane.queue = rest;
    const current: Writing = {
      explanation: next.explanation,
      abort: new AbortController(),
      stoppedByPerson: false,
    };
    lane.writing = current;
    try {
      await writeOrSayWhyNot(lane, current, next);
    } catch (error) {
      ports.log('error', 'explanation-failed', { reason: reasonOf(error) });
      if (!closed) keep(rulesOnly(current.explanation, 'engine-failed'));
    } finally {
      lane.writing = null;
    }
    void writeNext(lane);
  }

  async function writeOrSayWhyNot(lane: Lane, current: Writing, next: Waiting): Promise<void> {
    const { explanation } = current;
    const { model } = ports.engine.status();
    const missing = whyNot(ports.engine.status(), explanation.language);
    if (!isOpen(explanation.alertId)) return keep(rulesOnly(explanation, 'superseded'));
    if (explanation.text === 'approved') {
      ports.onChange(await ports.writeApproved(ports, explanation));
      return;
    }
    if (missing !== null || model === null) return keep(rulesOnly(explanation, missing ?? 'model-missing'));
    const writingPorts = {
      ...ports,
      onChange: (now: Explanation): void => {
        current.explanation = now;
        ports.onChange(now);
      },
      stopwatch,
      noProgressMs: ports.noProgressMs ?? NO_PROGRESS_MS,
    };
    const trial = trialOf(explanation);
    let written = await ports.write(
      { ...writingPorts, adapter: trial },
      explanation,
      model,
      lane.priority,
      current.abort,
      next.askedAt,
    );
    // A closing program leaves it as it is: the next start finds it cut off and says so.
    if (closed) return;
    if (trial !== null && hasFailed(written.explanation) && !current.stoppedByPerson) {
      ports.onWritten?.(written.explanation, trial);
      // What is on trial costs the ward no explanation: the one in use writes it.
      current.abort = new AbortController();
      const again: Explanation = { ...written.explanation, status: 'queued', reason: null };
      const { priority } = lane;
      written = await ports.write(writingPorts, again, model, priority, current.abort, next.askedAt);
      if (closed) return;
      ports.onWritten?.(written.explanation, null);
    } else ports.onWritten?.(written.explanation, trial);
    const end: Explanation = current.stoppedByPerson
      ? { ...written.explanation, status: 'stopped', reason: 'stopped-by-person' }
      : written.explanation;
    keep(end, written.record);
    ports.log('info', 'explanation-ended', { status: end.status, reason: end.reason, ms: end.completeMs });
  }

  function trialOf({ alertId, depth }: Explanation): TrialAdapter | null {
    if (ports.trialFor === undefined || depth !== 'bedside') return null;
    const kept = readAlert(ports.store.read, ports.sealing, alertId);
    return kept === null ? null : ports.trialFor(alertId, kept.bed);
  }

  function fresh(alertId: string, given: Explanation['facts'], depth: ExplanationDepth): Explanation {
    const begun = stopwatch();
    const language = ports.language();
    const text = ruleText(completeFacts(given), language);
    const passages = ports.passages(given, language);
    const facts = passages.length === 0 ? given : { ...given, passages: [...passages] };
    const policy = ports.textPolicy();
    const missing = policy === 'approved' ? null : whyNot(ports.engine.status(), language);
    return {
      id: ports.ids.next(),
      alertId,
      language,
      depth,
      text: policy,
      facts,
      ruleText: text,
      status: missing === null ? 'queued' : 'rules-only',
      reason: missing,
      planned: 0,
      sentences: [],
      confidence: null,
      model: null,
      attempt: 0,
      startedMs: ports.clock.wall(),
      ruleTextMs: Math.round((stopwatch() - begun) * 10) / 10,
      firstSentenceMs: null,
      completeMs: null,
    };
  }

  const ofAlert = (alertId: string, depth: ExplanationDepth = 'bedside'): Explanation | null => {
    for (const { writing } of lanes)
      if (writing?.explanation.alertId === alertId && writing.explanation.depth === depth)
        return writing.explanation;
    return readExplanationOfAlert(ports.store.read, ports.sealing, alertId, depth);
  };

  /** Where no model can write, approved phrases stand beside the rule text; the reason stays said. */
  async function addApproved(explanation: Explanation): Promise<void> {
    try {
      const after = await ports.writeApproved(ports, explanation);
      if (!closed) ports.onChange(after);
    } catch (error) {
      ports.log('error', 'explanation-failed', { reason: reasonOf(error) });
    }
  }

  function retryWhatWaitedForAModel(): void {
    for (const alertId of ports.openAlerts()) {
      const explanation = ofAlert(alertId);
      if (explanation === null || explanation.status !== 'rules-only' || explanation.reason === null)
        continue;
      if (!MAY_HAVE_GONE.includes(explanation.reason) || explanation.attempt >= MOST_ATTEMPTS) continue;
      const queued: Explanation = { ...explanation, status: 'queued', reason: null };
      keep(queued);
      enqueue(queued);
    }
  }

  function onEngine(status: EngineStatus): void {
    if (status.state !== 'ready' || status.model === null || closed) return;
    const prefix = fixedPrefix(
      ports.language(),
      status.model.promptFormat,
      ports.textPolicy() === 'free' ? 'free' : 'guided',
      status.model.adapter !== null,
    );
    ports.engine.prepare(prefix).catch((error: unknown) => {
      ports.log('warn', 'prefix-not-prepared', { reason: reasonOf(error) });
    });
    retryWhatWaitedForAModel();
  }
  const leaveEngine = ports.engine.onStatus(onEngine);

  return {
    record: (write, kept) => insertExplanation(write, fresh(kept.alert.id, kept.facts, 'bedside')),
    begin: (alertId, depth) => {
      const explanation = ofAlert(alertId, depth);
      if (explanation === null) return;
      ports.onChange(explanation);
      if (explanation.status === 'queued') enqueue(explanation);
      else if (explanation.status === 'rules-only') ports.onEnded?.(explanation);
      if (explanation.reason !== null && LASTING.includes(explanation.reason) && explanation.planned === 0)
        void addApproved(explanation);
    },
    ofAlert,
    show: (alertId, depth = 'bedside') => {
      const explanation = readExplanationOfAlert(ports.store.read, ports.sealing, alertId, depth);
      if (explanation !== null) ports.onChange(explanation);
    },
    request: (write, alertId, { depth = 'bedside', again = false } = {}) => {
      const kept = readAlert(write, ports.sealing, alertId);
      if (kept === null) return refused('not-found', { what: 'alert' });
      const before = ofAlert(alertId, depth);
      const underWay = before?.status === 'queued' || before?.status === 'writing';
      if (
        before !== null &&
        (underWay || (!again && before.status === 'complete' && before.language === ports.language()))
      )
        return ok(before);
      const explanation = fresh(alertId, kept.facts, depth);
      if (explanation.reason !== null) return refused('engine-unavailable', { reason: explanation.reason });
      if (before?.status === 'complete') askedAgain.add(explanation.id);
      insertExplanation(write, explanation);
      return ok(explanation);
    },
    stop: (write, alertId, depth) => {
      const before = ofAlert(alertId, depth);
      if (before === null) return refused('not-found', { what: 'explanation' });
      if (before.status !== 'queued' && before.status !== 'writing')
        return refused('not-allowed-now', { reason: before.status });
      const after: Explanation = { ...before, status: 'stopped', reason: 'stopped-by-person' };
      updateExplanation(write, after, null);
      for (const lane of lanes) {
        lane.queue = lane.queue.filter(({ explanation }) => explanation.id !== before.id);
        if (lane.writing?.explanation.id !== before.id) continue;
        lane.writing.stoppedByPerson = true;
        lane.writing.abort.abort();
      }
      return ok(after);
    },
    resume: () => {
      for (const explanation of readUnfinished(ports.store.read, ports.sealing))
        keep(rulesOnly(explanation, 'interrupted'));
      onEngine(ports.engine.status());
    },
    waiting: () =>
      lanes.reduce((sum, { queue, writing }) => sum + queue.length + (writing === null ? 0 : 1), 0),
    underWay: () => lanes.some(({ queue, writing }) => writing !== null || queue.length > 0),
    close: () => {
      closed = true;
      leaveEngine();
      for (const { writing } of lanes) writing?.abort.abort();
    },
  };
}

function hasFailed({ status, reason }: Explanation): boolean {
  return status === 'rules-only' && reason !== 'interrupted';
}

function rulesOnly(explanation: Explanation, reason: RulesOnlyReason): Explanation {
  return { ...explanation, status: 'rules-only', reason };
}

/** Why no model can write now in a language, or null where one can. */
function whyNot(status: EngineStatus, language: LanguageCode): RulesOnlyReason | null {
  switch (status.state) {
    case 'ready':
      return status.model?.languages.includes(language) === true ? null : 'model-language';
    case 'starting':
      return 'model-loading';
    case 'refused':
      return 'model-refused';
    case 'failed':
      return 'engine-failed';
    case 'safe-mode':
      return 'safe-mode';
    case 'missing':
    case 'off':
      return 'model-missing';
  }
}
