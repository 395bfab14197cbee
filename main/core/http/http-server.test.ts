/** What fails while a request is served ends that request alone. */
import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { FHIR_HTTP } from '../fhir/fhir-http.ts';
import { hashOfToken } from './access-token.ts';
import { listenHttp } from './http-server.ts';

test.each([{}, { expect: '100-continue' }])(
  'a failure costs one connection and is logged: %o',
  async (more) => {
    const logged: string[] = [];
    const listening = await listenHttp({
      ...FHIR_HTTP,
      port: 0,
      tokenHash: () => hashOfToken('token'),
      take: () => Promise.reject(new Error('broken')),
      onTurnedAway: () => undefined,
      log: (_level, event) => logged.push(event),
    });
    if (!listening.ok) throw new Error(listening.problem);
    const { listener } = listening;
    const headers = {
      authorization: 'Bearer token',
      'content-type': 'application/fhir+json',
      'content-length': 2,
    };
    const posting = request({
      port: listener.port,
      host: '127.0.0.1',
      path: '/fhir',
      method: 'POST',
      headers: { ...headers, ...more },
    });
    posting.on('continue', () => posting.end('{}'));
    if (more.expect === undefined) posting.end('{}');
    else posting.flushHeaders();
    const [error] = await once(posting, 'close').then(
      () => [null],
      (reason: unknown) => [reason],
    );
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(logged).toEqual(['fhir-request-failed']);
    await listener.close();
  },
);
