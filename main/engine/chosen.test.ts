/** What is chosen runs, what is chosen away is closed, and nothing is opened twice. */
import { expect, test } from 'vitest';
import type { AdaptableEngine } from '../../app/contract/engine.ts';
import type { EngineChoice } from '../../app/contract/engine-choice.ts';
import { createChosenEngine } from './chosen.ts';

function opening(name: string, told: string[]) {
  return (): AdaptableEngine & { close(): Promise<void> } => {
    told.push(`open ${name}`);
    return {
      status: () => ({ state: 'ready', detail: name, model: null }),
      onStatus: () => () => undefined,
      prepare: () => Promise.resolve(),
      speculate: () => undefined,
      adapt: ({ inUse }) => void told.push(`adapt ${name} ${inUse}`),
      async *generate() {
        yield { kind: 'failed', reason: 'failed', detail: name };
      },
      close: async () => void told.push(`close ${name}`),
    };
  };
}
const HERE: EngineChoice = { adapter: 'in-process', server: null };
const REMOTE: EngineChoice = {
  adapter: 'remote',
  server: {
    url: 'http://127.0.0.1:9',
    model: 'm',
    promptFormat: 'alpaca',
    languages: ['en'],
    authority: null,
    key: null,
  },
};

test('follows the choice', async () => {
  const told: string[] = [];
  const engine = createChosenEngine({
    openInProcess: opening('here', told),
    openIsolated: opening('child', told),
  });
  expect(engine.status().state).toBe('starting');
  expect(told).toEqual([]);
  engine.choose(HERE);
  engine.choose({ ...HERE });
  expect(told).toEqual(['open here']);
  engine.choose(REMOTE);
  expect(told).toEqual(['open here']);
  expect(engine.status()).toMatchObject({
    model: { name: 'm' },
    chosen: { adapter: 'remote', problem: null },
  });
  engine.adapt({ inUse: null, known: [] });
  engine.choose({ adapter: 'isolated', server: null });
  // Whoever is opened is told what is in use before anything is asked of it.
  expect(told).toEqual(['open here', 'adapt here null', 'close here', 'open child', 'adapt child null']);
  expect(engine.status()).toMatchObject({ detail: 'child', chosen: { adapter: 'isolated' } });
  await engine.close();
  engine.choose(HERE);
  expect(told.at(-1)).toBe('close child');
});
