/** A bed's history as the core has it, read again every half minute and whenever the score changes. */
import { useMemo } from 'react';
import type { HistoryRow } from '../../app/contract/views.ts';
import { type Asked, useQuery } from '../query/use-query.ts';
import { useWard } from '../shell/index.ts';

const REFRESH_MS = 30_000;

/** Rows of the last `hours`, oldest first; null until the first answer. A refused answer keeps what is shown. */
export function useHistory(patientId: string, hours: number): Asked<readonly HistoryRow[]> {
  const scoredAt = useWard((state) => state.beds[patientId]?.view.scoreHistory.at(-1)?.at ?? '');
  const asked = useQuery('bed.history', { patientId, hours }, { again: scoredAt, everyMs: REFRESH_MS });
  const rows = asked.value?.rows;
  const value = useMemo(() => (rows === undefined ? null : inOrder(rows)), [rows]);
  return { ...asked, value };
}

function inOrder(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return rows.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
