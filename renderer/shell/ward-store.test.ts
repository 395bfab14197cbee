import { afterEach, expect, test, vi } from 'vitest';
import type { WardSnapshot } from '../../app/contract/views.ts';
import {
  alertView,
  bedView,
  SYSTEM,
  sentBed,
  sentSnapshot,
  snapshot,
  streamed,
} from '../development/fixtures.ts';
import type { Bridge, Connection } from './bridge.ts';
import { createCore } from './core.ts';
import { EMPTY_WARD, type WardState } from './ward-state.ts';
import { followWard } from './ward-store.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A bridge whose core is driven by the test. */
function terminal(wards: (WardSnapshot | { refused: true })[]) {
  const asked: string[] = [];
  const answers = [...wards];
  let tell: (message: { sequence: number; event: unknown }) => void = () => undefined;
  let connect: (state: Connection) => void = () => undefined;
  const never = () => new Promise<unknown>(() => undefined);
  const bridge: Bridge = {
    commands: new Proxy({} as Bridge['commands'], { get: () => never }),
    queries: new Proxy({} as Bridge['queries'], {
      get: (_, name) => async () => {
        asked.push(String(name));
        const next = answers.shift();
        return next === undefined || 'refused' in next
          ? { ok: false, error: { code: 'storage-unavailable', parameters: {} } }
          : { ok: true, value: sentSnapshot(next) };
      },
    }),
    onEvent: (listener) => {
      tell = listener;
      return () => undefined;
    },
    onConnection: (listener) => {
      connect = listener;
      listener('lost');
      return () => undefined;
    },
  };
  let state: WardState = EMPTY_WARD;
  const store = {
    getState: () => state,
    setState: (next: WardState) => {
      state = next;
    },
  };
  const stop = followWard(
    bridge,
    createCore(() => bridge),
    store,
  );
  return {
    asked,
    stop,
    tell: (sequence: number, event: unknown) => tell({ sequence, event }),
    connect: (to: Connection) => connect(to),
    state: () => state,
    change: (part: Partial<WardState>) => {
      state = { ...state, ...part };
    },
    settle: () => vi.waitFor(() => expect(state.sequence).not.toBeNull()),
  };
}

const named = (wardName: string) => ({ type: 'system', system: { ...SYSTEM, wardName } });

test('the first connection takes a snapshot; events count on from it', async () => {
  const one = terminal([snapshot({ sequence: 4 })]);
  one.connect('connected');
  await one.settle();
  one.tell(5, named('ICU-5'));
  expect(one.state()).toMatchObject({ connection: 'connected', sequence: 5, system: { wardName: 'ICU-5' } });
  one.tell(5, named('again'));
  one.tell(3, named('old'));
  expect(one.state().system?.wardName).toBe('ICU-5');
  expect(one.asked).toEqual(['ward.snapshot']);
});

test('a gap asks for a new snapshot, and what came meanwhile is taken in after it', async () => {
  const one = terminal([snapshot({ sequence: 1 }), snapshot({ sequence: 8 })]);
  one.connect('connected');
  await one.settle();
  one.tell(3, named('after a gap'));
  one.tell(9, named('meanwhile'));
  expect(one.state().sequence).toBe(1);
  await vi.waitFor(() => expect(one.state().sequence).toBe(9));
  expect(one.state().system?.wardName).toBe('meanwhile');
  expect(one.asked).toEqual(['ward.snapshot', 'ward.snapshot']);
});

test('an event that does not fit the contract is a gap too', async () => {
  const one = terminal([snapshot({ sequence: 1 }), snapshot({ sequence: 2 })]);
  one.connect('connected');
  await one.settle();
  one.tell(2, { type: 'bed', bed: { bed: '07' } });
  await vi.waitFor(() => expect(one.state().sequence).toBe(2));
});

test('a new core counts from one again and its snapshot replaces what was known', async () => {
  const bed = bedView('07', { observed: { rr: streamed(18) } });
  const one = terminal([snapshot({ sequence: 50, beds: [bed] }), snapshot({ sequence: 1 })]);
  one.connect('connected');
  await one.settle();
  one.connect('lost');
  expect(one.state()).toMatchObject({ connection: 'lost', sequence: 50 });
  expect(Object.keys(one.state().beds)).toEqual(['patient-07']);
  one.connect('connected');
  await vi.waitFor(() => expect(one.state().sequence).toBe(1));
  expect(one.state().beds).toEqual({});
  one.tell(2, { type: 'bed', bed: sentBed(bed) });
  expect(Object.keys(one.state().beds)).toEqual(['patient-07']);
});

test('a refused snapshot is asked for again', async () => {
  vi.useFakeTimers();
  const one = terminal([{ refused: true }, snapshot({ sequence: 2 })]);
  one.connect('connected');
  await vi.advanceTimersByTimeAsync(0);
  expect(one.state().sequence).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(one.state().sequence).toBe(2);
  one.stop();
});

test('an alert never goes back to an older version', async () => {
  const alert = alertView(bedView('07'));
  const one = terminal([snapshot({ sequence: 0, alerts: [{ ...alert, version: 3, owner: 'Meera Nair' }] })]);
  one.connect('connected');
  await one.settle();
  one.tell(1, { type: 'alert', alert: { ...alert, version: 2 } });
  expect(one.state()).toMatchObject({
    sequence: 1,
    alerts: { 'alert-07': { version: 3, owner: 'Meera Nair' } },
  });
});

test('beds that change at nearly the same time are shown together, and with whatever is shown at once', async () => {
  const one = terminal([snapshot({ sequence: 0 })]);
  one.connect('connected');
  await one.settle();
  vi.useFakeTimers();
  const beds = ['01', '02', '03', '04'].map((name) => bedView(name));
  const shown = () => Object.keys(one.state().beds).length;
  beds.slice(0, 3).forEach((bed, index) => {
    one.tell(index + 1, { type: 'bed', bed: sentBed(bed) });
  });
  expect(shown()).toBe(1);
  // What somebody else sets meanwhile stays.
  one.change({ feeds: [] });
  await vi.advanceTimersByTimeAsync(100);
  expect(shown()).toBe(3);
  expect(one.state().feeds).toEqual([]);
  one.tell(4, { type: 'bed', bed: sentBed(bedView('04')) });
  one.tell(5, named('at once'));
  expect(one.state()).toMatchObject({ sequence: 5, system: { wardName: 'at once' } });
  expect(shown()).toBe(4);
});
