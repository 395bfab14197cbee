/** A bed's history as the core has it, read again every half minute and whenever the score changes. */
import { useEffect, useState } from 'react';
import type { HistoryRow } from '../../app/contract/views.ts';
import { core, useWard } from '../shell/index.ts';

const REFRESH_MS = 30_000;

/** Rows of the last `hours`, oldest first; null until the first answer. A refused answer keeps what is shown. */
export function useHistory(patientId: string, hours: number): readonly HistoryRow[] | null {
  const [known, setKnown] = useState<{ readonly of: string; readonly rows: readonly HistoryRow[] } | null>(
    null,
  );
  const scoredTimes = useWard((state) => state.beds[patientId]?.view.scoreHistory.at(-1)?.at ?? '');
  const of = `${patientId} ${hours}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new score means new rows
  useEffect(() => {
    let left = false;
    const read = () =>
      void core.query('bed.history', { patientId, hours }).then((answer) => {
        if (!left && answer.ok) setKnown({ of, rows: inOrder(answer.value.rows) });
      });
    read();
    const timer = setInterval(read, REFRESH_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [patientId, hours, of, scoredTimes]);
  return known !== null && known.of === of ? known.rows : null;
}

function inOrder(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return rows.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
