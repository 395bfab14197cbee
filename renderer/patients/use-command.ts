/** Sends a command for the person who signs in for it, and keeps what came of it until the next one. */
import { useState } from 'react';
import type { CommandParams, CommandResult } from '../../app/contract/contract.ts';
import type { CommandName } from '../../app/contract/names.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { core, useRequireSignIn } from '../shell/index.ts';

export interface Sending {
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly done: boolean;
  send<N extends CommandName>(
    name: N,
    params: CommandParams<N>,
    onDone?: (result: CommandResult<N>) => void,
  ): void;
  forget(): void;
}

export function useCommand(): Sending {
  const requireSignIn = useRequireSignIn();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [done, setDone] = useState(false);
  return {
    busy,
    error,
    done,
    forget: () => {
      setError(null);
      setDone(false);
    },
    send: (name, params, onDone) =>
      requireSignIn(() => {
        setBusy(true);
        setDone(false);
        void core.command(name, params).then((answer) => {
          setBusy(false);
          setDone(answer.ok);
          setError(answer.ok ? null : answer.error);
          if (answer.ok) onDone?.(answer.value);
        });
      }),
  };
}
