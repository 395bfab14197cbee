/** What the terminal knows of the ward, and how a snapshot and the numbered events change it. Pure. */
import { OPEN_ALERT_STATES } from '../../app/alerting/alert.ts';
import type { WardEvent } from '../../app/contract/contract.ts';
import type { FeedView } from '../../app/contract/feed-views.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type {
  AlertView,
  BedView,
  ExplanationView,
  PersonView,
  SessionView,
  SystemView,
  WardSnapshot,
} from '../../app/contract/views.ts';
import { EXPLANATION_DEPTHS, type ExplanationDepth } from '../../app/explanation/explanation.ts';
import type { TechnicalAlert } from '../../app/technical/technical.ts';
import type { Connection } from './bridge.ts';

export interface ShownBed {
  readonly view: BedView;
  /** The terminal's clock (`clock.ts`, ms) when the view came: ages grow from there, with or without a core. */
  readonly receivedAt: number;
}

export interface WardState {
  readonly connection: Connection;
  /** Null until the first snapshot. */
  readonly system: SystemView | null;
  /** Why the last snapshot was refused; null where it came. */
  readonly refusal: AppError | null;
  readonly session: SessionView;
  readonly people: readonly PersonView[];
  readonly beds: { readonly [patientId: string]: ShownBed };
  readonly alerts: { readonly [id: string]: AlertView };
  /** By `explanationKey`. */
  readonly explanations: { readonly [key: string]: ExplanationView };
  /** What is wrong beside the patients. */
  readonly technical: readonly TechnicalAlert[];
  /** The senders as they were told last; null since the last snapshot, which does not tell of them. */
  readonly feeds: readonly FeedView[] | null;
  /** Number of the last event that is in here; null before the first snapshot. */
  readonly sequence: number | null;
}

export const EMPTY_WARD: WardState = {
  connection: 'lost',
  system: null,
  refusal: null,
  session: { person: null },
  people: [],
  beds: {},
  alerts: {},
  explanations: {},
  technical: [],
  feeds: null,
  sequence: null,
};

/** Closed alerts stay readable for whoever has one open; more than this many are let go, oldest first. */
const CLOSED_ALERTS_KEPT = 100;

/** Replaces everything by a snapshot. Explanations are not part of one: those of known alerts stay. */
export function withSnapshot(state: WardState, snapshot: WardSnapshot, receivedAt: number): WardState {
  const alerts = Object.fromEntries(snapshot.alerts.map((alert) => [alert.id, alert]));
  return {
    connection: state.connection,
    system: snapshot.system,
    refusal: null,
    session: snapshot.session,
    people: snapshot.people,
    beds: Object.fromEntries(snapshot.beds.map((view) => [view.patient.id, { view, receivedAt }])),
    alerts,
    technical: snapshot.technical ?? [],
    feeds: null,
    explanations: Object.fromEntries(
      Object.entries(state.explanations).filter(([, { alertId }]) => alerts[alertId] !== undefined),
    ),
    sequence: snapshot.sequence,
  };
}

/**
 * Takes one numbered event in. `gap`: an event before it never came, so that only a new snapshot tells the truth.
 * One that the state already contains changes nothing.
 */
export function withEvent(
  state: WardState,
  sequence: number,
  event: WardEvent,
  receivedAt: number,
): { readonly state: WardState; readonly gap: boolean } {
  if (state.sequence === null) return { state, gap: true };
  if (sequence <= state.sequence) return { state, gap: false };
  if (sequence > state.sequence + 1) return { state, gap: true };
  return { state: { ...merged(state, event, receivedAt), sequence }, gap: false };
}

function merged(state: WardState, event: WardEvent, receivedAt: number): WardState {
  switch (event.type) {
    case 'bed':
      return {
        ...state,
        beds: { ...state.beds, [event.bed.patient.id]: { view: event.bed, receivedAt } },
      };
    case 'bed-gone':
      return { ...state, beds: without(state.beds, event.patientId) };
    case 'alert':
      return { ...state, ...withAlert(state, event.alert) };
    case 'technical':
      return { ...state, technical: event.alerts };
    case 'feeds':
      return { ...state, feeds: event.feeds };
    case 'explanation':
      return withExplanation(state, event.explanation);
    case 'system':
      return { ...state, system: event.system };
    case 'people':
      return { ...state, people: event.people };
    case 'session':
      return { ...state, session: event.session };
  }
}

/** Where an alert's explanation of a depth is kept: its own, at the bedside, under the alert's id. */
export function explanationKey(alertId: string, depth: ExplanationDepth): string {
  return depth === 'bedside' ? alertId : `${alertId} ${depth}`;
}

/** An explanation replaces what is known of the same alert and depth. */
export function withExplanation(state: WardState, explanation: ExplanationView): WardState {
  return {
    ...state,
    explanations: {
      ...state.explanations,
      [explanationKey(explanation.alertId, explanation.depth)]: explanation,
    },
  };
}

function withAlert(state: WardState, alert: AlertView): Pick<WardState, 'alerts' | 'explanations'> {
  const known = state.alerts[alert.id];
  if (known !== undefined && known.version > alert.version) return state;
  let { alerts, explanations } = { ...state, alerts: { ...state.alerts, [alert.id]: alert } };
  const closed = Object.values(alerts).filter((one) => !isOpen(one));
  closed.sort((a, b) => Date.parse(b.firedAt) - Date.parse(a.firedAt));
  for (const { id } of closed.slice(CLOSED_ALERTS_KEPT)) {
    alerts = without(alerts, id);
    for (const depth of EXPLANATION_DEPTHS) explanations = without(explanations, explanationKey(id, depth));
  }
  return { alerts, explanations };
}

/** Whether an alert still asks for something. */
export function isOpen(alert: AlertView): boolean {
  return OPEN_ALERT_STATES.includes(alert.state);
}

function without<T>(record: { readonly [key: string]: T }, key: string): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}
