/** The states of messages, and how many are in each: counting them one by one takes seconds after a month of streams. */
import { z } from 'zod';
import type { Reader, Writer } from '../store/database.ts';

/**
 * `held`: accepted, and a person must say whose it is. `quarantined`: refused, and a person should look into it.
 * `released` and `discarded`: what a person decided about one of these.
 */
export const MESSAGE_STATES = [
  'accepted',
  'held',
  'refused',
  'quarantined',
  'released',
  'discarded',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

const countRow = z.object({ state: z.enum(MESSAGE_STATES), n: z.number() });
export type MessageCounts = { readonly [state in MessageState]: number };

export const NO_MESSAGES: MessageCounts = {
  accepted: 0,
  held: 0,
  refused: 0,
  quarantined: 0,
  released: 0,
  discarded: 0,
};

export function countMessages(read: Reader): MessageCounts {
  const counts = { ...NO_MESSAGES };
  for (const row of read.all(countRow, 'SELECT state, n FROM message_counts')) counts[row.state] = row.n;
  return counts;
}

/** Adds to the number of messages in a state (less: where one has moved to another). Part of every commit of messages. */
export function addToCount(write: Writer, state: MessageState, more: number): void {
  write.run(
    'INSERT INTO message_counts (state, n) VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET n = n + excluded.n',
    state,
    more,
  );
}
