import { expect, test } from 'vitest';
import { createInTurn } from './in-turn.ts';

test('changes run one after the other, also after one that failed', async () => {
  const inTurn = createInTurn();
  const seen: string[] = [];
  const slow = inTurn(async () => {
    seen.push('slow begins');
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push('slow ends');
    throw new Error('lost');
  });
  const quick = inTurn(() => {
    seen.push('quick');
    return Promise.resolve('done');
  });
  await expect(slow).rejects.toThrow('lost');
  await expect(quick).resolves.toBe('done');
  expect(seen).toEqual(['slow begins', 'slow ends', 'quick']);
});
