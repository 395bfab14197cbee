/** What people do at the review desk: rate, put right, choose, settle, take back. */
import { mayDo } from '../../../app/access/access.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { cleanComment } from '../../../app/feedback/comment.ts';
import { preferred, sidesOf } from '../../../app/review/pairs.ts';
import type { Opinion } from '../../../app/review/review.ts';
import type { Clock, Ids } from '../clock.ts';
import { readExplanation } from '../explanation/explanations-table.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store } from '../store/database.ts';
import type { CommandHandlers, PermittedCall } from '../terminal/calls.ts';
import { checkedCorrection } from './correction.ts';
import { hasLeft, insertAct, insertWithdrawal, type ReviewAct, readAct } from './review-acts.ts';
import { type AskedItem, findItem, mayAnswer, type Reviewer, reasonOfItem } from './review-items.ts';
import { type ReviewRecord, readReviewRecord } from './review-texts.ts';

export interface ReviewPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
}

type ReviewCommands =
  | 'review.rate'
  | 'review.correct'
  | 'review.choose'
  | 'review.settle'
  | 'review.withdraw';

interface RatingParams extends Opinion {
  readonly item: string;
  readonly comment: string;
  readonly spentMs: number;
}

export function reviewerOf(person: PersonView): Reviewer {
  return { id: person.id, maySettle: mayDo(person.role, 'settle-reviews') };
}

export function reviewHandlers(ports: ReviewPorts): Pick<CommandHandlers, ReviewCommands> {
  const { clock, ids, sealing } = ports;

  /** Asked inside the transaction, so that two terminals cannot answer one item for one person. */
  function allowed(
    read: Reader,
    call: PermittedCall,
    name: string,
  ): Outcome<{ readonly asked: AskedItem; readonly record: ReviewRecord }> {
    const record = readReviewRecord(read, clock.wall());
    const found = findItem(record, name);
    if (!found.ok) return found;
    const may = mayAnswer(found.value, reviewerOf(call.person), clock.wall());
    return may.ok ? ok({ asked: found.value, record }) : may;
  }

  function actBy(
    call: PermittedCall,
    record: ReviewRecord,
    given: Pick<ReviewAct, 'kind' | 'explanationId' | 'spentMs'> & {
      readonly item: string;
    } & Partial<ReviewAct>,
  ): ReviewAct {
    const { item, ...act } = given;
    return {
      otherId: null,
      helpfulness: null,
      accuracy: null,
      choice: null,
      preferredId: null,
      hole: null,
      ...act,
      id: ids.next(),
      reason: reasonOfItem(record, reviewerOf(call.person), item, clock.wall()),
      personId: call.person.id,
      role: call.person.role,
      atMs: clock.wall(),
    };
  }

  function rate(
    { item, helpfulness, accuracy, comment, spentMs }: RatingParams,
    call: PermittedCall,
    settles: boolean,
  ): Outcome<{ actId: string }> {
    const clean = cleanComment(comment);
    if (!clean.ok) return clean;
    return call.commit(item, { helpfulness, accuracy, spentMs }, (write) => {
      const found = allowed(write, call, item);
      if (!found.ok) return found;
      const { asked, record } = found.value;
      if (asked.kind === 'pair' || (asked.kind === 'settle') !== settles)
        return refused('invalid-request', { field: 'item' });
      const kind = { rate: 'rating', again: 'repeat', settle: 'settlement' } as const;
      const act = actBy(call, record, {
        item,
        kind: kind[asked.kind],
        explanationId: asked.text.id,
        helpfulness,
        accuracy,
        spentMs,
      });
      insertAct(write, sealing, act, clean.value === '' ? null : clean.value);
      return ok({ actId: act.id });
    });
  }

  return {
    'review.rate': (params, call) => rate(params, call, false),
    'review.settle': (params, call) => rate(params, call, true),
    'review.correct': ({ item, side, sentence, text, spentMs }, call) =>
      call.commit(item, { sentence, spentMs }, (write) => {
        const found = allowed(write, call, item);
        if (!found.ok) return found;
        const { asked, record } = found.value;
        if ((asked.kind === 'pair') !== (side !== null)) return refused('invalid-request', { field: 'side' });
        const id =
          asked.kind === 'pair' ? sidesOf(asked.pair, call.person.id)[side ?? 'left'] : asked.text.id;
        const explanation = readExplanation(write, sealing, id);
        if (explanation === null) return refused('not-found', { what: 'review' });
        const checked = checkedCorrection(explanation, sentence, text);
        if (!checked.ok) return checked;
        const act = actBy(call, record, {
          item,
          kind: 'correction',
          explanationId: id,
          hole: checked.value.hole,
          spentMs,
        });
        insertAct(write, sealing, act, checked.value.text);
        return ok({ actId: act.id, text: checked.value.text.trim(), pair: checked.value.pair });
      }),
    'review.choose': ({ item, choice, spentMs }, call) =>
      call.commit(item, { choice, spentMs }, (write) => {
        const found = allowed(write, call, item);
        if (!found.ok) return found;
        const { asked, record } = found.value;
        if (asked.kind !== 'pair') return refused('invalid-request', { field: 'item' });
        const sides = sidesOf(asked.pair, call.person.id);
        const act = actBy(call, record, {
          item,
          kind: 'choice',
          explanationId: asked.pair.first,
          otherId: asked.pair.second,
          choice,
          preferredId: preferred(sides, choice),
          spentMs,
        });
        insertAct(write, sealing, act, null);
        const modelOf = (id: string) => record.texts.find((text) => text.id === id)?.model ?? null;
        return ok({ actId: act.id, left: modelOf(sides.left), right: modelOf(sides.right) });
      }),
    'review.withdraw': ({ actId }, call) =>
      call.commit(actId, {}, (write) => {
        const act = readAct(write, actId);
        if (act === null || act.personId !== call.person.id) return refused('not-found', { what: 'review' });
        if (hasLeft(write, actId)) return refused('not-allowed-now', { reason: 'review-has-left' });
        insertWithdrawal(write, actId, clock.wall(), call.person.id);
        return ok({});
      }),
  };
}
