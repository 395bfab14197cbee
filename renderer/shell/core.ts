/** Calls to the core, typed by the contract: what is sent is checked by the core, what comes back is checked here. */
import type { z } from 'zod';
import {
  type CommandParams,
  type CommandResult,
  commands,
  type QueryParams,
  type QueryResult,
  queries,
} from '../../app/contract/contract.ts';
import type { CommandName, QueryName } from '../../app/contract/names.ts';
import { appErrorSchema, type Outcome, ok, refused } from '../../app/contract/outcome.ts';
import type { Bridge } from './bridge.ts';

export interface Core {
  /** Asks the core to change something. Refusals are values; it never throws. */
  command<N extends CommandName>(name: N, params: CommandParams<N>): Promise<Outcome<CommandResult<N>>>;
  query<N extends QueryName>(name: N, params: QueryParams<N>): Promise<Outcome<QueryResult<N>>>;
}

/** @param bridge gives the bridge when a call is made, so that importing this needs no window. */
export function createCore(bridge: () => Bridge): Core {
  return {
    command: async (name, params) => {
      const schema: z.ZodType<CommandResult<typeof name>> = resultOf(commands[name]);
      return answer(schema, () => bridge().commands[name](params));
    },
    query: async (name, params) => {
      const schema: z.ZodType<QueryResult<typeof name>> = resultOf(queries[name]);
      return answer(schema, () => bridge().queries[name](params));
    },
  };
}

export const core: Core = createCore(() => window.medobs);

/** The schema of a call's result, as the type that TypeScript cannot see through the union of all calls. */
function resultOf<R>(call: { readonly result: z.ZodType }): z.ZodType<R> {
  return call.result as z.ZodType<R>;
}

async function answer<R>(schema: z.ZodType<R>, call: () => Promise<unknown>): Promise<Outcome<R>> {
  let raw: unknown;
  try {
    raw = await call();
  } catch (cause) {
    return refused('internal', { detail: String(cause) });
  }
  if (typeof raw !== 'object' || raw === null || !('ok' in raw))
    return refused('internal', { detail: 'answer' });
  if (raw.ok === true && 'value' in raw) {
    const parsed = schema.safeParse(raw.value);
    return parsed.success
      ? ok(parsed.data)
      : refused('internal', { detail: parsed.error.issues[0]?.path.join('.') ?? 'answer' });
  }
  const error = appErrorSchema.safeParse('error' in raw ? raw.error : undefined);
  return error.success ? { ok: false, error: error.data } : refused('internal', { detail: 'error' });
}
