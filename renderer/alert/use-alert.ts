/** One alert: the live one, or, once it is closed and no longer live, as the core keeps it. */
import type { AlertView } from '../../app/contract/views.ts';
import { type Asked, useQuery } from '../query/use-query.ts';
import { useWard } from '../shell/index.ts';

export interface KnownAlert {
  /** Null: it is not known, because the core knows none, is still being asked or has refused. */
  readonly alert: AlertView | null;
  readonly asked: Asked<unknown>;
}

export function useAlert(alertId: string): KnownAlert {
  const live = useWard((state) => state.alerts[alertId]);
  const asked = useQuery('alert.list', { patientId: null }, { enabled: live === undefined });
  const kept = asked.value?.alerts.find(({ id }) => id === alertId);
  return { alert: live ?? kept ?? null, asked };
}
