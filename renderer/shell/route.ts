/** Which view stands in the frame, and what is typed nowhere: no addresses, because there is no network. */
import { create } from 'zustand';

export type Route =
  | { readonly view: 'ward' }
  | { readonly view: 'alerts' }
  | { readonly view: 'alert'; readonly alertId: string }
  | { readonly view: 'bed'; readonly patientId: string }
  /** Null: the whole ward. */
  | { readonly view: 'handover'; readonly patientId: string | null }
  | { readonly view: 'entry'; readonly patientId: string | null }
  /** Null: nobody is chosen yet. */
  | { readonly view: 'patients'; readonly patientId: string | null }
  /** Messages that wait for a person. */
  | { readonly view: 'messages' }
  | { readonly view: 'policy' }
  /** Files of vitals. */
  | { readonly view: 'import' }
  /** The knowledge library; null: no card of it is opened. */
  | { readonly view: 'knowledge'; readonly card: { readonly id: string; readonly version: number } | null }
  /** Explanations rated away from the bed. */
  | { readonly view: 'review' }
  | { readonly view: 'trainer' }
  /** Data sets for training. */
  | { readonly view: 'learning' }
  | { readonly view: 'models' }
  /** The program's own figures. */
  | { readonly view: 'monitoring' }
  | { readonly view: 'system' }
  /** Entries of the audit chain. */
  | { readonly view: 'audit' }
  | { readonly view: 'gallery' };

interface RouteState {
  readonly route: Route;
  /** Where "back" leads, newest last. */
  readonly past: readonly Route[];
}

const PAST_KEPT = 20;
const routes = create<RouteState>(() => ({ route: { view: 'ward' }, past: [] }));

export function useRoute(): Route {
  return routes((state) => state.route);
}

/** Opens a view. Going where one is already does nothing. */
export function go(to: Route): void {
  routes.setState((state) =>
    JSON.stringify(state.route) === JSON.stringify(to)
      ? state
      : { route: to, past: [...state.past, state.route].slice(-PAST_KEPT) },
  );
}

/** Goes back to where one came from; the ward where there is nothing to go back to. */
export function goBack(): void {
  routes.setState(({ past }) => ({ route: past.at(-1) ?? { view: 'ward' }, past: past.slice(0, -1) }));
}
