/** The FHIR server as the ward has set it: on or off, at which port, and what it took since the program was started. */
import type { FhirView } from '../../../app/contract/feed-views.ts';
import type { Outcome } from '../../../app/contract/outcome.ts';
import { isoTime } from '../clock.ts';
import { listenHttp } from '../http/http-server.ts';
import { createSwitchedListener } from '../http/switched-listener.ts';
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

  const counted = ({ kind }: EntryOutcome): void => {
    lastMs = ports.clock.wall();
    if (kind === 'taken' || kind === 'withdrawn') since.taken += 1;
    else if (kind === 'held' || kind === 'known') since[kind] += 1;
    else if (kind !== 'informed') since.refused += 1;
  };
  const listener = createSwitchedListener<{ readonly port: number }>({
    name: 'fhir',
    open: ({ port }) =>
      listenHttp({
        ...FHIR_HTTP,
        port,
        tokenHash: () => ports.settings().token?.hash ?? null,
        take: ({ body }) => takeBody({ ...ports, counted }, body),
        onTurnedAway: () => {
          since.turnedAway += 1;
        },
        log: ports.log,
      }),
    log: ports.log,
  });

  return {
    apply: ({ on, port }) => listener.switchTo(on ? { port } : null),
    view: () => {
      const { on, port, token } = ports.settings();
      return {
        on,
        port: listener.port() ?? port,
        listening: listener.port() !== null,
        problem: on ? listener.problem() : null,
        tokenMadeAt: token === null ? null : isoTime(token.madeMs),
        since: { ...since, lastAt: lastMs === null ? null : isoTime(lastMs) },
      };
    },
    close: listener.close,
  };
}
