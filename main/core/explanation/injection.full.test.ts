/** Texts from outside that would give orders: forty of them by each of six ways in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HARMLESS, INJECTION_ATTEMPTS } from '../testing/injection-attempts.ts';
import { INJECTION_WAYS, type InjectionTrials, injectionTrials } from '../testing/injection-trials.ts';

let trials: InjectionTrials;
beforeAll(async () => {
  trials = await injectionTrials();
});
afterAll(() => trials.close());

test.each(INJECTION_WAYS)(
  'what is written as %s changes no score, alert, sentence, prompt or file',
  async (way) => {
    const twin = await trials.seen(way, HARMLESS);
    expect(twin).toContain('"prompts":["');
    const files = trials.files();
    for (const { text } of INJECTION_ATTEMPTS) expect(await trials.seen(way, text), text).toBe(twin);
    expect(trials.files()).toEqual(files);
  },
  300_000,
);
