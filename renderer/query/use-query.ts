/** Asks the core something and keeps what came of it: the answer, or why there is none, and a way to try again. */
import { useEffect, useRef, useState } from 'react';
import type { QueryParams, QueryResult } from '../../app/contract/contract.ts';
import type { QueryName } from '../../app/contract/names.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { core, useWard } from '../shell/index.ts';
import { answered, asked, type ReadingState } from './reading-state.ts';

export interface Asked<T> {
  /** Null until the first answer. */
  readonly value: T | null;
  /** Why the last attempt brought nothing; `value` is then what was read before it. */
  readonly error: AppError | null;
  /** Neither an answer nor a refusal has come yet. */
  readonly loading: boolean;
  readonly retry: () => void;
}

export interface WhenToAsk {
  /** Whom or what else the answer is about: a change of it is another question. */
  readonly about?: string | null;
  /** Asked again whenever this changes, while the old answer stays. */
  readonly again?: string | number | null;
  /** Asked again after so many milliseconds, for as long as it is shown. */
  readonly everyMs?: number;
  /** False: there is nothing to ask. */
  readonly enabled?: boolean;
}

/** @param params plain JSON; a change of it is another question, whose answer replaces the one before. */
export function useQuery<N extends QueryName>(
  name: N,
  params: QueryParams<N>,
  { about = null, again = null, everyMs, enabled = true }: WhenToAsk = {},
): Asked<QueryResult<N>> {
  const of = JSON.stringify([params, about]);
  const [kept, setKept] = useState<ReadingState<QueryResult<N>>>({ of, value: null, error: null });
  const [tries, setTries] = useState(0);
  // A core that comes back is asked again; while it is gone there is nobody to ask, and the frame says so.
  const connected = useWard(({ connection }) => connection === 'connected');
  const wanted = useRef(params);
  wanted.current = params;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` and `tries` are what makes an answer old
  useEffect(() => {
    if (!enabled || !connected) return;
    let left = false;
    setKept((before) => asked(before, of));
    const read = () =>
      void core.query(name, wanted.current).then((answer) => {
        if (!left) setKept((before) => answered(before, of, answer));
      });
    read();
    const timer = everyMs === undefined ? undefined : setInterval(read, everyMs);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [name, of, again, everyMs, enabled, connected, tries]);

  const state = asked(kept, of);
  return {
    value: state.value,
    error: state.error,
    loading: enabled && state.value === null && state.error === null,
    retry: () => {
      setKept({ ...state, error: null });
      setTries((before) => before + 1);
    },
  };
}
