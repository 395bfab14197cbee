/** One alert: the live one, or, once it is closed and no longer live, as the core keeps it. */
import { useEffect, useState } from 'react';
import type { AlertView } from '../../app/contract/views.ts';
import { core, useWard } from '../shell/index.ts';

/** Null: the core knows no such alert. Undefined: it is being asked. */
export function useAlert(alertId: string): AlertView | null | undefined {
  const live = useWard((state) => state.alerts[alertId]);
  const [kept, setKept] = useState<AlertView | null | undefined>(undefined);
  const known = live !== undefined;
  useEffect(() => {
    if (known) return;
    let left = false;
    void core.query('alert.list', { patientId: null }).then((answer) => {
      if (left) return;
      // Where the core cannot answer, what was read before still stands.
      if (answer.ok) setKept(answer.value.alerts.find(({ id }) => id === alertId) ?? null);
      else setKept((before) => before ?? null);
    });
    return () => {
      left = true;
    };
  }, [alertId, known]);
  return live ?? kept;
}
