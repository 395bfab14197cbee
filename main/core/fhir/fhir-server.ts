/** The FHIR server as the ward has set it: on or off, at which port, and what it took since the program was started. */
import type { FhirView } from '../../../app/contract/feed-views.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { isoTime } from '../clock.ts';
import { type HttpListener, listenHttp } from '../http/http-server.ts';
import type { FhirSettings } from '../store/settings.ts';
import type { EntryOutcome } from './commit-entry.ts';
import { FHIR_HTTP } from './fhir-http.ts';
import { type TakePorts, takeBody } from './take-body.ts';

export interface FhirServer {
  /**
   * Listens, or ceases to, as is wanted. `port-in-use` {port} or `invalid-request` where that port cannot be had; what
   * stood before then stays.
   */
  apply(settings: Pick<FhirSettings, 'on' | 'port'>): Promise<Outcome<void>>;
  view(): FhirView;
  close(): Promise<void>;
}

export interface FhirServerPorts extends Omit<TakePorts, 'counted'> {
  readonly settings: () => FhirSettings;
}

export function createFhirServer(ports: FhirServerPorts): FhirServer {
  const since = { taken: 0, known: 0, held: 0, refused: 0, turnedAway: 0 };
  let lastMs: number | null = null;
  let listener: HttpListener | null = null;
  let problem: string | null = null;
  /** Changes come one after the other: two at once could each leave a listener behind. */
  let underWay: Promise<unknown> = Promise.resolve();

  const counted = ({ kind }: EntryOutcome): void => {
    lastMs = ports.clock.wall();
    if (kind === 'taken' || kind === 'withdrawn') since.taken += 1;
    else if (kind === 'held' || kind === 'known') since[kind] += 1;
    else if (kind !== 'informed') since.refused += 1;
  };
  const apply = async ({ on, port }: Pick<FhirSettings, 'on' | 'port'>): Promise<Outcome<void>> => {
    if (!on) {
      await listener?.close();
      listener = null;
      problem = null;
      return ok(undefined);
    }
    if (listener !== null && listener.port === port) return ok(undefined);
    const opened = await listenHttp({
      ...FHIR_HTTP,
      port,
      tokenHash: () => ports.settings().token?.hash ?? null,
      take: ({ body }) => takeBody({ ...ports, counted }, body),
      onTurnedAway: () => {
        since.turnedAway += 1;
      },
      log: ports.log,
    });
    if (!opened.ok) {
      ports.log('error', 'fhir-not-opened', { problem: opened.problem, port });
      if (listener === null) problem = opened.problem;
      return opened.problem === 'EADDRINUSE'
        ? refused('port-in-use', { port })
        : refused('invalid-request', { field: 'port', problem: opened.problem });
    }
    await listener?.close();
    listener = opened.listener;
    problem = null;
    return ok(undefined);
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = underWay.then(work);
    underWay = next.catch(() => undefined);
    return next;
  };

  return {
    apply: (settings) => inTurn(() => apply(settings)),
    view: () => {
      const { on, port, token } = ports.settings();
      return {
        on,
        port: listener?.port ?? port,
        listening: listener !== null,
        problem: on ? problem : null,
        tokenMadeAt: token === null ? null : isoTime(token.madeMs),
        since: { ...since, lastAt: lastMs === null ? null : isoTime(lastMs) },
      };
    },
    close: () =>
      inTurn(async () => {
        await listener?.close();
        listener = null;
      }),
  };
}
