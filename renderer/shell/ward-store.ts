/** The ward as this terminal sees it now, kept true by the event stream. */
import { create } from 'zustand';
import { wardEventSchema } from '../../app/contract/contract.ts';
import type { Bridge } from './bridge.ts';
import { clockNow } from './clock.ts';
import type { Core } from './core.ts';
import { EMPTY_WARD, type WardState, withEvent, withExplanation, withSnapshot } from './ward-state.ts';

/** The live ward; components take from it what they show. */
export const useWard = create<WardState>(() => EMPTY_WARD);

export interface WardStore {
  getState(): WardState;
  setState(state: WardState, replace: true): void;
}

/** How long to wait before a refused snapshot is asked for again. */
const RETRY_MS = 1_000;

/**
 * Beds are painted together, at most so often: in a full ward each of them changes four times a second, and a paint
 * for each would leave a terminal no time for its people. Whatever else happens is shown at once. Ours.
 */
const BEDS_EVERY_MS = 100;

/**
 * Follows the stream: a snapshot at each connection and after each gap, events in between. Events that come while
 * a snapshot is under way wait for it. Returns the way to stop.
 */
export function followWard(bridge: Bridge, core: Core, store: WardStore = useWard): () => void {
  let asked = 0;
  let waiting: { sequence: number; event: unknown }[] | null = [];
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** Beds that are painted with the next ones, and the event they are of. The rest of the state is others' to set too. */
  let unshown: Pick<WardState, 'beds' | 'sequence'> | null = null;
  let paint: ReturnType<typeof setTimeout> | undefined;
  let paintedAt = Number.NEGATIVE_INFINITY;
  const current = (): WardState => ({ ...store.getState(), ...unshown });
  const set = (state: WardState): void => {
    unshown = null;
    clearTimeout(paint);
    paint = undefined;
    store.setState(state, true);
  };
  const paintBeds = (): void => {
    paintedAt = clockNow();
    set(current());
  };
  const setBeds = ({ beds, sequence }: WardState): void => {
    unshown = { beds, sequence };
    const wait = paintedAt + BEDS_EVERY_MS - clockNow();
    if (wait <= 0) paintBeds();
    else paint ??= setTimeout(paintBeds, wait);
  };

  async function resynchronise(): Promise<void> {
    asked += 1;
    const mine = asked;
    waiting ??= [];
    clearTimeout(retry);
    const answer = await core.query('ward.snapshot', {});
    if (mine !== asked) return;
    if (!answer.ok) {
      set({ ...current(), refusal: answer.error });
      retry = setTimeout(() => void resynchronise(), RETRY_MS);
      return;
    }
    set(withSnapshot(current(), answer.value, clockNow()));
    const missed = waiting ?? [];
    waiting = null;
    for (const message of missed) take(message);
    await readExplanations(mine);
  }

  function take(message: { sequence: number; event: unknown }): void {
    if (waiting !== null) {
      waiting.push(message);
      return;
    }
    const parsed = wardEventSchema.safeParse(message.event);
    const next = parsed.success
      ? withEvent(current(), message.sequence, parsed.data, clockNow())
      : { state: current(), gap: true };
    if (!next.gap) {
      if (parsed.success && parsed.data.type === 'bed') setBeds(next.state);
      else set(next.state);
    } else {
      waiting = [message];
      void resynchronise();
    }
  }

  /** Explanations are not in a snapshot: those of the alerts that it names are read beside it, and shown at once. */
  async function readExplanations(mine: number): Promise<void> {
    const alertIds = Object.keys(current().alerts);
    const answers = await Promise.all(
      alertIds.map((alertId) => core.query('alert.explanation', { alertId })),
    );
    if (mine !== asked) return;
    let next = current();
    for (const answer of answers) {
      const explanation = answer.ok ? answer.value.explanation : null;
      if (explanation !== null) next = withExplanation(next, explanation);
    }
    set(next);
  }

  const stops = [
    bridge.onEvent(take),
    bridge.onConnection((connection) => {
      set({ ...current(), connection });
      // A new core counts from one again: what came on the old line must not be taken for it.
      waiting = [];
      if (connection === 'connected') void resynchronise();
    }),
  ];
  return () => {
    asked += 1;
    clearTimeout(retry);
    clearTimeout(paint);
    for (const stop of stops) stop();
  };
}
