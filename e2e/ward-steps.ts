/** Steps that many journeys begin with, through the program's own bridge: the journeys themselves click. */
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { type WardSnapshot, wardSnapshotSchema } from '../app/contract/views.ts';

const outcomeSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
]);

export const ADMINISTRATOR = { name: 'Asha Rao', pin: '2468' } as const;

/** One call of the contract from the page, as the screens make it. Throws with the code of a refusal. */
export async function call(
  page: Page,
  kind: 'commands' | 'queries',
  name: string,
  params: unknown,
): Promise<unknown> {
  const raw: unknown = await page.evaluate(
    ([group, key, value]) => {
      const bridge: unknown = Reflect.get(globalThis, 'medobs');
      const calls: unknown =
        typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, group) : undefined;
      const made: unknown = typeof calls === 'object' && calls !== null ? Reflect.get(calls, key) : undefined;
      if (typeof made !== 'function') throw new Error(`the bridge has no ${key}`);
      return made(value);
    },
    [kind, name, params] as const,
  );
  const outcome = outcomeSchema.parse(raw);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.code}`);
  return outcome.value;
}

export async function snapshot(page: Page): Promise<WardSnapshot> {
  return wardSnapshotSchema.parse(await call(page, 'queries', 'ward.snapshot', {}));
}

/** Sets the ward up with its first administrator, who is then signed in. Returns the port monitors send to. */
export async function setUpWard(page: Page, wardName = 'ICU-2'): Promise<number> {
  await call(page, 'commands', 'ward.set-up', { wardName, language: 'en', administrator: ADMINISTRATOR });
  return mllpPort(page);
}

export async function mllpPort(page: Page): Promise<number> {
  const { intake } = (await snapshot(page)).system;
  if (!intake.listening) throw new Error(`the listener is closed: ${intake.problem ?? 'no reason given'}`);
  return intake.port;
}
