/**
 * The events in a job's log as it is told. Each connection tells the log from its beginning, so events are counted, and
 * those that are known already are passed over.
 */
import {
  TRAINING_EVENT_PREFIX,
  type TrainingEvent,
  trainingEventOf,
} from '../../../app/learning/training/event.ts';

/** An event of the trainer is far shorter; what is longer is no line of ours and is not kept while it grows. Ours. */
const LINE_MOST = 64 * 1024;
/** A training of a million examples tells fewer. Ours. */
const EVENTS_MOST = 200_000;

/**
 * Takes the log's text piece by piece, hands on the events behind the first `known`. A line that begins like an event
 * and cannot be read is passed over each time alike, so that the count stays the same.
 */
export function createLogLines(
  known: number,
  onEvents: (from: number, events: readonly TrainingEvent[]) => void,
): { take(text: string): void; end(): void } {
  let rest = '';
  let tooLong = false;
  let count = 0;
  const takeLines = (lines: readonly string[]): void => {
    const fresh: TrainingEvent[] = [];
    for (const line of lines) {
      if (!line.includes(TRAINING_EVENT_PREFIX) || line.length > LINE_MOST) continue;
      const event = trainingEventOf(line);
      if (event === null || count >= EVENTS_MOST) continue;
      count += 1;
      if (count > known) fresh.push(event);
    }
    if (fresh.length > 0) onEvents(count - fresh.length, fresh);
  };
  return {
    take: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (tooLong && lines.length > 0) {
        lines.shift();
        tooLong = false;
      }
      if (rest.length > LINE_MOST) {
        rest = '';
        tooLong = true;
      }
      takeLines(lines);
    },
    end: () => {
      if (!tooLong && rest !== '') takeLines([rest]);
      rest = '';
    },
  };
}
