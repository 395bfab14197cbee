/** The window's only way out: what the preload lays into it. Everything that comes through is unknown until parsed. */
import type { CommandName, QueryName } from '../../app/contract/names.ts';

export type Connection = 'connected' | 'lost';

export interface Bridge {
  readonly commands: { readonly [name in CommandName]: (params: unknown) => Promise<unknown> };
  readonly queries: { readonly [name in QueryName]: (params: unknown) => Promise<unknown> };
  onEvent(listener: (message: { sequence: number; event: unknown }) => void): () => void;
  /** Calls back at once with the present state. */
  onConnection(listener: (state: Connection) => void): () => void;
}

declare global {
  interface Window {
    readonly medobs: Bridge;
  }
}
