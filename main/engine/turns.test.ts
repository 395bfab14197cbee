import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const never = () => false;

describe('turns', () => {
  it('lets an emergency go first and asks a background job to give way', async () => {
    const turns = createTurns();
    const running = await turns.take('background', never);
    const order: string[] = [];
    const later = turns.take('background', never).then((turn) => {
      order.push('background');
      turn?.release();
    });
    expect(running?.givesWay()).toBe(false);
    const urgent = turns.take('emergency', never).then((turn) => {
      order.push('emergency');
      turn?.release();
    });
    expect(running?.givesWay()).toBe(true);
    running?.release();
    await Promise.all([later, urgent]);
    expect(order).toEqual(['emergency', 'background']);
  });

  it('does not interrupt an emergency', async () => {
    const turns = createTurns();
    const running = await turns.take('emergency', never);
    const second = turns.take('emergency', never);
    expect(running?.givesWay()).toBe(false);
    running?.release();
    expect(await second).not.toBeNull();
  });

  it('forgets a job that is cancelled while it waits', async () => {
    const turns = createTurns();
    const running = await turns.take('emergency', never);
    let cancelled = false;
    const waiting = turns.take('emergency', () => cancelled);
    cancelled = true;
    turns.wake();
    expect(await waiting).toBeNull();
    running?.release();
    running?.release();
    expect(await turns.take('background', never)).not.toBeNull();
  });
});
