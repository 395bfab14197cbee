/**
 * What the log says of messages: one line for each that a person may have to look into, up to a limit, and at most
 * every ten seconds one line with the numbers of all. A line a message would be the listener's largest cost.
 */
import type { Log } from '../log.ts';
import type { MessageOutcome } from './message-outcome.ts';

const EVERY_MS = 10_000;
/** Single lines in one such stretch. */
const MOST_LINES = 20;

export interface MessageSummary {
  add(outcome: MessageOutcome): void;
  close(): void;
}

export function createSummary(log: Log): MessageSummary {
  let messages = 0;
  let values = 0;
  let rejected = 0;
  let remarkable = 0;
  let timer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    timer = null;
    log('info', 'messages', { messages, values, rejected, remarkable });
    messages = 0;
    values = 0;
    rejected = 0;
    remarkable = 0;
  };
  return {
    add: (outcome) => {
      messages += 1;
      values += outcome.taken;
      rejected += outcome.rejected;
      if (outcome.state !== 'accepted' || outcome.reason !== null) {
        remarkable += 1;
        if (remarkable <= MOST_LINES) log('info', 'message', lineOf(outcome));
      }
      timer ??= setTimeout(tell, EVERY_MS).unref();
    },
    close: () => {
      if (timer === null) return;
      clearTimeout(timer);
      tell();
    },
  };
}

function lineOf({ ackCode, state, reason, taken, rejected }: MessageOutcome) {
  return { ack: ackCode, state, reason, taken, rejected };
}
