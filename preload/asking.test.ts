import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsking } from './asking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('asking for a line', () => {
  it('asks once where the answer comes', () => {
    const send = vi.fn();
    const asking = createAsking(send, 1000);
    asking.ask();
    asking.answered();
    vi.advanceTimersByTime(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('asks again until it is answered', () => {
    const send = vi.fn();
    const asking = createAsking(send, 1000);
    asking.ask();
    vi.advanceTimersByTime(2500);
    expect(send).toHaveBeenCalledTimes(3);
    asking.answered();
    vi.advanceTimersByTime(60_000);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('never asks twice at a time, however often the line is lost', () => {
    const send = vi.fn();
    const asking = createAsking(send, 1000);
    for (let lost = 0; lost < 5; lost++) asking.ask();
    vi.advanceTimersByTime(1000);
    expect(send).toHaveBeenCalledTimes(6);
  });
});
