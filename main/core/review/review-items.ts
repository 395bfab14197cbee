/** Items of a queue as a terminal names them, and whether a person may still answer one. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import {
  mayChoose,
  mayRate,
  mayRepeat,
  maySettle,
  QUEUE_REASONS,
  type QueueInput,
  type QueueItem,
  type QueueReason,
  queueOf,
} from '../../../app/review/queue.ts';
import type { ReviewPair } from '../../../app/review/review.ts';
import type { ReviewAct } from './review-acts.ts';
import type { KnownText, ReviewRecord } from './review-texts.ts';

export type AskedItem =
  | { readonly kind: 'rate' | 'again' | 'settle'; readonly text: KnownText }
  | { readonly kind: 'pair'; readonly pair: ReviewPair };

export interface Reviewer {
  readonly id: string;
  readonly maySettle: boolean;
}

export function itemName(item: QueueItem): string {
  return item.kind === 'pair' ? `pair.${item.first}.${item.second}` : `${item.kind}.${item.text}`;
}

/** The item that an act answered. */
export function itemOfAct({ kind, explanationId, otherId }: ReviewAct): string {
  const names = { rating: 'rate', repeat: 'again', settlement: 'settle', correction: 'rate' } as const;
  return kind === 'choice' ? `pair.${explanationId}.${otherId ?? ''}` : `${names[kind]}.${explanationId}`;
}

/** What a name stands for, whoever may answer it; `not-found` where there is no such text, or it is too old. */
export function findItem(record: ReviewRecord, name: string): Outcome<AskedItem> {
  const [kind = '', first = '', second = ''] = name.split('.');
  const gone = refused('not-found', { what: 'review' });
  if (kind === 'pair') {
    const pair = record.pairs.find((one) => one.first === first && one.second === second);
    return pair === undefined ? gone : ok({ kind, pair });
  }
  const text = record.texts.find(({ id }) => id === first);
  if (text === undefined || (kind !== 'rate' && kind !== 'again' && kind !== 'settle')) return gone;
  return ok({ kind, text });
}

/** Refused where the person treated the patient, has answered, or may not settle it. */
export function mayAnswer(asked: AskedItem, person: Reviewer, nowMs: number): Outcome<AskedItem> {
  const treatedBy = asked.kind === 'pair' ? asked.pair.treatedBy : asked.text.treatedBy;
  if (treatedBy.has(person.id)) return refused('not-allowed-now', { reason: 'alert-treated' });
  const may =
    asked.kind === 'pair'
      ? mayChoose(asked.pair, person.id)
      : asked.kind === 'again'
        ? mayRepeat(asked.text, person.id, nowMs)
        : asked.kind === 'settle'
          ? person.maySettle && maySettle(asked.text, person.id)
          : mayRate(asked.text, person.id);
  return may ? ok(asked) : refused('not-allowed-now', { reason: 'already-reviewed' });
}

/** The queue of a person on the day that `nowMs` lies in, and what they have done of it. */
export function queueToday(
  record: ReviewRecord,
  person: Reviewer,
  nowMs: number,
): { readonly queue: readonly QueueItem[]; readonly today: readonly ReviewAct[] } {
  const day = new Date(nowMs);
  const seed = `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
  const begun = day.setHours(0, 0, 0, 0);
  const today = record.acts.filter(({ personId, atMs }) => personId === person.id && atMs >= begun);
  const input: QueueInput = { ...record, person, nowMs, seed, done: doneOf(today) };
  return { queue: queueOf(input), today };
}

function doneOf(acts: readonly ReviewAct[]): Partial<Record<QueueReason, number>> {
  const answers = acts.filter(({ kind }) => kind !== 'correction');
  return Object.fromEntries(
    QUEUE_REASONS.map((reason) => [reason, answers.filter((act) => act.reason === reason).length]),
  );
}

/** Why an item is put before somebody: kept with the answer, so that a draw can be told from a choice. */
export function reasonOfItem(
  record: ReviewRecord,
  person: Reviewer,
  name: string,
  nowMs: number,
): QueueReason {
  const { queue } = queueToday(record, person, nowMs);
  return queue.find((item) => itemName(item) === name)?.reason ?? 'random';
}
