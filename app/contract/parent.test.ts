import { describe, expect, it } from 'vitest';
import { PARENT_VARIABLE, type ProcessOfParent, watchedParent } from './parent.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

function started(by: string | undefined): ProcessOfParent & { ppid: number; problem: Error | null } {
  return {
    ppid: 40,
    problem: null,
    env: { [PARENT_VARIABLE]: by },
    kill() {
      if (this.problem !== null) throw this.problem;
    },
  };
}

describe('the parent of a process', () => {
  it('is watched where it said so, and by nobody else', () => {
    expect(watchedParent(started('40'))).not.toBeNull();
    expect(watchedParent(started(undefined))).toBeNull();
    expect(watchedParent(started('39'))).toBeNull();
  });

  it('has gone when another process has taken this one in', () => {
    const self = started('40');
    const isGone = watchedParent(self);
    expect(isGone?.()).toBe(false);
    self.ppid = 1;
    expect(isGone?.()).toBe(true);
  });

  it('has gone when there is no such process any more, and not when it may only not be signalled', () => {
    const self = started('40');
    const isGone = watchedParent(self);
    self.problem = coded('EPERM');
    expect(isGone?.()).toBe(false);
    self.problem = coded('ESRCH');
    expect(isGone?.()).toBe(true);
  });
});
