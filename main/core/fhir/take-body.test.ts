/** A store that fails in the middle: the answer says what it left behind. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import { createMessageBodies } from '../intake/message-bodies.ts';
import type { Store } from '../store/database.ts';
import {
  countingIds,
  NOON,
  openTestStore,
  silentLog,
  testClock,
  testFolder,
  testSealing,
} from '../testing/ports.ts';
import { createWard } from '../ward/ward.ts';
import { type TakePorts, takeBody } from './take-body.ts';

let folder: ReturnType<typeof testFolder>;
let store: Store;
beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
});
afterEach(() => {
  store.close();
  folder.remove();
});

/** Ports whose store takes the first `most` entries only. */
function ports(most: number): TakePorts {
  const [sealing, clock, ids] = [testSealing(), testClock(), countingIds()];
  const nobody = () => undefined;
  const ward = createWard({
    store,
    sealing,
    clock,
    log: silentLog,
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: () => 0,
    newId: ids.next,
    onFired: nobody,
    listener: { bedChanged: nobody, bedGone: nobody, alertMoved: nobody, alertsRetold: nobody },
  });
  let asked = 0;
  return {
    sealing,
    clock,
    ids,
    log: silentLog,
    queue: {
      depth: () => 0,
      submit: async (job) => {
        asked += 1;
        if (asked > most) throw new Error('disk full');
        return ward.commit((write, draft) => {
          const bodies = createMessageBodies(sealing, NOON);
          const value = job(write, draft, bodies);
          bodies.write(write);
          return value;
        });
      },
    },
    noteFeed: nobody,
    messageMoved: nobody,
    counted: nobody,
  };
}

const observation = (id: string): object => ({
  resource: {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: { value: 'M1' } },
    effectiveDateTime: '2026-09-12T11:59:00Z',
    valueQuantity: { value: 80, code: '/min', system: 'http://unitsofmeasure.org' },
  },
});
const batch = Buffer.from(
  JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: ['a', 'b', 'c'].map(observation) }),
);

test.each([
  [0, 'storage-unavailable'],
  [2, 'partly-stored'],
])('a batch of which the store took %i of 3 is answered as %s, to be sent again', async (most, reason) => {
  const { status, body, headers } = await takeBody(ports(most), batch);
  expect(status).toBe(503);
  expect(JSON.stringify(body)).toContain(reason);
  expect(headers).toEqual({ 'retry-after': '10' });
});

test('an entry that is null is answered in its place, and those beside it are stored', async () => {
  const entry = [observation('a'), null, observation('c')];
  const bytes = Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }));
  const { status, body } = await takeBody(ports(2), bytes);
  expect(status).toBe(200);
  const answers = z
    .object({
      entry: z.array(z.object({ response: z.object({ status: z.string(), outcome: z.unknown() }) })),
    })
    .parse(body);
  const [first, second, third] = answers.entry.map(({ response }) => response);
  expect(second?.status).toMatch(/^4/);
  expect(JSON.stringify(second?.outcome)).toContain('This entry is no Bundle.entry');
  for (const one of [first, third]) expect(one?.status).toMatch(/^2/);
});
