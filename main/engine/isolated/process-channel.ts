/** A channel over the pipe between a process and the child that it forked. */
import type { Channel } from '../../../app/contract/channel.ts';

/** What both ends have: `ChildProcess` here, `process` in the child. */
export interface ProcessEnd {
  readonly connected?: boolean;
  send?(message: unknown, done: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

export function channelOverProcess(end: ProcessEnd): Channel {
  const waiting: unknown[] = [];
  let listener: ((message: unknown) => void) | null = null;
  end.on('message', (message) => {
    if (listener === null) waiting.push(message);
    else listener(message);
  });
  return {
    send(message) {
      // An end that is gone is told by `onClose`; what was meant for it is void.
      if (end.connected === true) end.send?.(message, () => undefined);
    },
    onMessage(next) {
      listener = next;
      for (const message of waiting.splice(0)) next(message);
    },
    onClose: (closed) => void end.on('disconnect', closed),
    close: () => {
      if (end.connected === true) end.disconnect?.();
    },
  };
}
