import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurns, type Lane, type Turn } from './turns.ts';

const never = () => false;

async function settled<T>(promise: Promise<T>): Promise<boolean> {
  const pending = Symbol('pending');
  return (
    (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) !== pending
  );
}

describe('turns', () => {
  it('lets an emergency begin beside a background job, which then stands still until it is over', async () => {
    const turns = createTurns();
    const background = await turns.take('background', never);
    expect(background?.mustWait()).toBe(false);
    const emergency = await turns.take('emergency', never);
    expect(background?.mustWait()).toBe(true);
    const goesOn = background?.wait() ?? Promise.reject(new Error('no turn'));
    expect(await settled(goesOn)).toBe(false);
    emergency?.release();
    await goesOn;
    expect(background?.mustWait()).toBe(false);
  });

  it('does not interrupt an emergency', async () => {
    const turns = createTurns();
    const running = await turns.take('emergency', never);
    const second = turns.take('emergency', never);
    expect(running?.mustWait()).toBe(false);
    expect(await settled(second)).toBe(false);
    running?.release();
    expect(await second).not.toBeNull();
  });

  it('begins speculation only when nobody else wants the model, and tells it to give way', async () => {
    const turns = createTurns();
    const background = await turns.take('background', never);
    const speculation = turns.take('speculation', never);
    expect(await settled(speculation)).toBe(false);
    background?.release();
    const turn = await speculation;
    const emergency = turns.take('emergency', never);
    expect(turn?.mustWait()).toBe(true);
    // They share sequences: the emergency begins when speculation has let go of them.
    expect(await settled(emergency)).toBe(false);
    turn?.release();
    expect(await emergency).not.toBeNull();
  });

  it('forgets a job that is cancelled while it waits, and lets one go that is cancelled while it stands', async () => {
    const turns = createTurns();
    let cancelled = false;
    const background = await turns.take('background', () => cancelled);
    const running = await turns.take('emergency', never);
    const waiting = turns.take('emergency', () => cancelled);
    const standing = background?.wait() ?? Promise.reject(new Error('no turn'));
    cancelled = true;
    turns.wake();
    expect(await waiting).toBeNull();
    await standing;
    running?.release();
    running?.release();
    expect(await turns.take('emergency', never)).not.toBeNull();
  });

  it('runs every job once, one a lane, and never speculation beside another', async () => {
    const lane = fc.constantFrom<Lane>('emergency', 'background', 'speculation', 'idle');
    await fc.assert(
      fc.asyncProperty(fc.array(lane, { minLength: 1, maxLength: 12 }), async (lanes) => {
        const turns = createTurns();
        const running = new Set<Lane>();
        let done = 0;
        const work = async (mine: Lane): Promise<void> => {
          const turn: Turn | null = await turns.take(mine, never);
          if (turn === null || running.has(mine)) throw new Error('two jobs in one lane');
          running.add(mine);
          // Idle work stands still beside it, in sequences of its own.
          const beside = [...running].filter((one) => one !== 'idle' && one !== 'speculation');
          if (running.has('speculation') && beside.length > 0) throw new Error('speculation is not alone');
          for (let step = 0; step < 2; step++) {
            await new Promise((resolve) => setImmediate(resolve));
            if (mine === 'background' || mine === 'idle') await turn.wait();
          }
          running.delete(mine);
          turn.release();
          done++;
        };
        await Promise.all(lanes.map(work));
        expect(done).toBe(lanes.length);
      }),
      { numRuns: 50 },
    );
  });
});
