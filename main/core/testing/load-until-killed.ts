/** Load for a program that is about to be killed: several connections, each with messages that wait for their answers. */
import { connect } from 'node:net';

export interface KillLoad {
  readonly port: number;
  readonly connections: number;
  /** Messages of one connection that are sent and not answered yet. */
  readonly inFlight: number;
  /** A message that no other one of the load is like. */
  readonly message: (
    connection: number,
    index: number,
  ) => { readonly controlId: string; readonly text: string };
  /** Called with the first acknowledgement. */
  readonly onFirst: () => void;
}

/** Sends until every connection has broken; resolves with the control ids that were answered AA. */
export async function loadUntilKilled(load: KillLoad): Promise<string[]> {
  const acknowledged: string[] = [];
  let isFirst = true;
  const note = (answer: string): void => {
    const controlId = /MSA\|AA\|([^|\r]+)/.exec(answer)?.[1];
    if (controlId === undefined) return;
    acknowledged.push(controlId);
    if (isFirst) load.onFirst();
    isFirst = false;
  };
  await Promise.all(Array.from({ length: load.connections }, (_, index) => serve(load, index, note)));
  return acknowledged;
}

function serve(load: KillLoad, connection: number, note: (answer: string) => void): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: load.port, noDelay: true });
  let index = 0;
  let rest = '';
  const send = (): void => void socket.write(`\x0b${load.message(connection, index++).text}\x1c\r`);
  socket.on('connect', () => {
    for (let open = 0; open < load.inFlight; open++) send();
  });
  socket.on('data', (chunk) => {
    rest += chunk.toString('utf8');
    for (let end = rest.indexOf('\x1c'); end >= 0; end = rest.indexOf('\x1c')) {
      note(rest.slice(0, end));
      rest = rest.slice(end + 1);
      send();
    }
  });
  // The broken connection is what is waited for, however it breaks.
  socket.on('error', () => socket.destroy());
  return new Promise((resolve) => socket.on('close', () => resolve()));
}
