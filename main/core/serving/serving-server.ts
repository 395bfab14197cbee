/** The served interface as the ward has set it: on or off, where, and what was asked of it since the start. */
import { readFile } from 'node:fs/promises';
import type { Outcome } from '../../../app/contract/outcome.ts';
import type { ServingView } from '../../../app/contract/serving-views.ts';
import { isoTime } from '../clock.ts';
import { type HttpListenResult, type HttpServerOptions, listenHttp } from '../http/http-server.ts';
import { createSwitchedListener } from '../http/switched-listener.ts';
import type { Log } from '../log.ts';
import type { ServingSettings } from '../store/settings.ts';
import { problem, type ServeRequestPorts, serveRequest } from './serve-request.ts';

type Wanted = Pick<ServingSettings, 'on' | 'port' | 'network'>;
type Place = Pick<ServingSettings, 'port' | 'network'>;

export interface ServingServer {
  /** Listens, or ceases to, as is wanted. Where it cannot, what stood before stays. */
  apply(settings: Wanted): Promise<Outcome<void>>;
  view(): ServingView;
  close(): Promise<void>;
}

export interface ServingServerPorts extends Omit<ServeRequestPorts, 'completionsAllowed' | 'counted'> {
  readonly settings: () => ServingSettings;
  readonly log: Log;
}

/** Of a request, and requests a second: an explanation takes seconds, so more only wait. Ours; the guide has 45 a minute. */
const LARGEST_BODY = 64 * 1024;
const MOST_A_SECOND = 20;

const HTTP = {
  name: 'serving',
  paths: ['/explain', '/v1/completions'],
  mediaTypes: ['application/json'],
  contentType: 'application/json; charset=utf-8',
  largestBody: LARGEST_BODY,
  mostASecond: MOST_A_SECOND,
  refusal: (status, reason, headers) => problem(status, reason, `Not served: ${reason}.`, headers),
} as const satisfies Partial<HttpServerOptions>;

export function createServingServer(ports: ServingServerPorts): ServingServer {
  const since = { explained: 0, completed: 0, refused: 0, turnedAway: 0 };

  async function open({ port, network }: Place): Promise<HttpListenResult> {
    const common = {
      ...HTTP,
      port,
      tokenHash: () => ports.settings().token?.hash ?? null,
      take: (request: Parameters<typeof serveRequest>[1]) =>
        serveRequest(
          {
            ...ports,
            completionsAllowed: () => ports.settings().completions,
            counted: (what) => {
              since[what] += 1;
            },
          },
          request,
        ),
      onTurnedAway: () => {
        since.turnedAway += 1;
      },
      log: ports.log,
    };
    if (network === null) return listenHttp(common);
    try {
      const [cert, key] = await Promise.all([
        readFile(network.certificateFile, 'utf8'),
        readFile(network.keyFile, 'utf8'),
      ]);
      return await listenHttp({ ...common, host: network.host, tls: { cert, key } });
    } catch {
      return { ok: false, problem: 'tls' };
    }
  }

  const listener = createSwitchedListener({ name: 'serving', open, log: ports.log });

  return {
    apply: ({ on, port, network }) => listener.switchTo(on ? { port, network } : null),
    view: () => {
      const { on, port, network, completions, token } = ports.settings();
      return {
        on,
        port: listener.port() ?? port,
        network,
        completions,
        listening: listener.port() !== null,
        problem: on ? listener.problem() : null,
        tokenMadeAt: token === null ? null : isoTime(token.madeMs),
        since: { ...since },
      };
    },
    close: listener.close,
  };
}
