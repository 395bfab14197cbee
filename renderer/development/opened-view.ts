/** Which view the development page opens with, read from its address: the program itself has no addresses. Pure. */
import type { Route } from '../shell/route.ts';

/**
 * @param wanted `view=ward|alerts|system|monitoring|gallery`, or `view=bed|entry|alert` with `bed=07`, a bed of the made-up
 * ward. The ward where the address names no view, or one that does not exist.
 */
export function openedView(wanted: URLSearchParams): Route {
  const view = wanted.get('view');
  const bed = wanted.get('bed');
  switch (view) {
    case 'alerts':
    case 'system':
    case 'monitoring':
    case 'gallery':
      return { view };
    case 'entry':
      return { view, patientId: bed === null ? null : `patient-${bed}` };
    case 'bed':
      return bed === null ? { view: 'ward' } : { view, patientId: `patient-${bed}` };
    case 'alert':
      return bed === null ? { view: 'ward' } : { view, alertId: `alert-${bed}` };
    default:
      return { view: 'ward' };
  }
}
