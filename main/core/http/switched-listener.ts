/** A server that is switched on, off and over while the ward works: at most one listener stands, and none is lost. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { createInTurn } from '../in-turn.ts';
import type { Log } from '../log.ts';
import type { HttpListener, HttpListenResult } from './http-server.ts';

export interface SwitchedListener<Place extends { readonly port: number }> {
  /**
   * Listens at this place, or nowhere (null). `port-in-use` {port} or `invalid-request` {field, problem} where it
   * cannot be had; what stood before then stays.
   */
  switchTo(place: Place | null): Promise<Outcome<void>>;
  /** Null where nothing listens. */
  port(): number | null;
  /** Why the place that was asked for last is not listened at; null where it is, or none is asked for. */
  problem(): string | null;
  close(): Promise<void>;
}

export function createSwitchedListener<Place extends { readonly port: number }>(options: {
  /** In front of what is logged. */
  readonly name: string;
  readonly open: (place: Place) => Promise<HttpListenResult>;
  readonly log: Log;
}): SwitchedListener<Place> {
  let standing: { readonly listener: HttpListener; readonly place: Place } | null = null;
  let problem: string | null = null;
  const inTurn = createInTurn();

  async function leave(): Promise<void> {
    await standing?.listener.close();
    standing = null;
  }

  async function stand(place: Place): Promise<string | null> {
    const opened = await options.open(place);
    if (!opened.ok) return opened.problem;
    await leave();
    standing = { listener: opened.listener, place: { ...place, port: opened.listener.port } };
    return null;
  }

  /** At the port where it stands already, under another name or certificate: it has to go before it can come. */
  async function standAnew(before: Place, place: Place): Promise<string | null> {
    await leave();
    const found = await stand(place);
    if (found === null) return null;
    const back = await stand(before);
    if (back !== null) options.log('error', `${options.name}-not-opened-again`, { problem: back });
    return found;
  }

  async function switchTo(place: Place | null): Promise<Outcome<void>> {
    if (place === null) {
      await leave();
      problem = null;
      return ok(undefined);
    }
    const before = standing?.place ?? null;
    if (before !== null && JSON.stringify(before) === JSON.stringify(place)) return ok(undefined);
    const found = before?.port === place.port ? await standAnew(before, place) : await stand(place);
    problem = standing === null ? found : null;
    if (found === null) return ok(undefined);
    options.log('error', `${options.name}-not-opened`, { problem: found, port: place.port });
    if (found === 'EADDRINUSE') return refused('port-in-use', { port: place.port });
    return refused('invalid-request', { field: found === 'tls' ? 'network' : 'port', problem: found });
  }

  return {
    switchTo: (place) => inTurn(() => switchTo(place)),
    port: () => standing?.place.port ?? null,
    problem: () => problem,
    close: () =>
      inTurn(async () => {
        await leave();
      }),
  };
}
