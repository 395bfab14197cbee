/** Texts from outside that would give orders: forty of them by each of six ways in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HARMLESS, INJECTION_ATTEMPTS } from '../testing/injection-attempts.ts';
import {
  INJECTION_WAYS,
  type InjectionTrials,
  type InjectionWay,
  injectionTrials,
} from '../testing/injection-trials.ts';

let trials: InjectionTrials;
beforeAll(async () => {
  trials = await injectionTrials();
});
afterAll(() => trials.close());

/**
 * What a ward sees of the harmless text once that no longer changes: the first explanation of a kind also asks the model
 * for the order of the approved phrases, and the next ones remember it.
 */
async function settledTwin(way: InjectionWay): Promise<string> {
  let before = await trials.seen(way, HARMLESS);
  for (let again = 0; again < 10; again++) {
    const twin = await trials.seen(way, HARMLESS);
    if (twin === before) return twin;
    before = twin;
  }
  throw new Error('the harmless text is not seen twice alike');
}

test.each(INJECTION_WAYS)(
  'what is written as %s changes no score, alert, sentence, prompt or file',
  async (way) => {
    const twin = await settledTwin(way);
    expect(twin).toContain('"prompts":["');
    const files = trials.files();
    for (const { text } of INJECTION_ATTEMPTS) expect(await trials.seen(way, text), text).toBe(twin);
    expect(trials.files()).toEqual(files);
  },
  300_000,
);
