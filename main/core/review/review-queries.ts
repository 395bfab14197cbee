/** What the review desk shows: the queue, one item without who wrote it, and how far people agree. */
import { z } from 'zod';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { factsSchema } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { ALPHA_WANTED } from '../../../app/review/agreement.ts';
import { sidesOf } from '../../../app/review/pairs.ts';
import { QUEUE_TARGET } from '../../../app/review/queue.ts';
import { firstOpinions } from '../../../app/review/review.ts';
import { agreementSummary, medianMs, raterSummaries } from '../../../app/review/summary.ts';
import { isApplicable, leastTotal } from '../../../app/scoring/score.ts';
import { readExplanation } from '../explanation/explanations-table.ts';
import type { Reader } from '../store/database.ts';
import type { QueryHandlers } from '../terminal/calls.ts';
import { openHoles } from './correction.ts';
import { type ReviewPorts, reviewerOf } from './review-handlers.ts';
import { findItem, itemName, itemOfAct, mayAnswer, queueToday } from './review-items.ts';
import { type KnownText, type ReviewRecord, readReviewRecord } from './review-texts.ts';

type ReviewQueries = 'review.queue' | 'review.item' | 'review.agreement';

export function reviewQueries(
  ports: ReviewPorts & { readonly people: () => readonly PersonView[] },
): Pick<QueryHandlers, ReviewQueries> {
  const { store, sealing, clock } = ports;
  const recordNow = (): ReviewRecord => readReviewRecord(store.read, clock.wall());
  return {
    'review.queue': (_, { session }) => {
      const person = session.person();
      if (person === null) return refused('not-signed-in');
      const record = recordNow();
      const { queue, today } = queueToday(record, reviewerOf(person), clock.wall());
      const texts = new Map(record.texts.map((text) => [text.id, text]));
      const last = today.at(-1);
      return ok({
        items: queue.flatMap((item) => {
          const text = texts.get(item.kind === 'pair' ? item.second : item.text);
          if (text === undefined) return [];
          const kind = item.kind === 'again' ? ('rate' as const) : item.kind;
          return [{ item: itemName(item), kind, rule: text.rule, score: scoreOf(store.read, text) }];
        }),
        target: QUEUE_TARGET,
        done: today.filter(({ kind }) => kind !== 'correction').length,
        spentMs: today.reduce((sum, { spentMs }) => sum + spentMs, 0),
        own: raterOf(record, person.id),
        last: last === undefined ? null : { actId: last.id, item: itemOfAct(last) },
      });
    },
    'review.item': ({ item }, { session }) => {
      const person = session.person();
      if (person === null) return refused('not-signed-in');
      const record = recordNow();
      const found = findItem(record, item);
      if (!found.ok) return found;
      const may = mayAnswer(found.value, reviewerOf(person), clock.wall());
      if (!may.ok) return may;
      const asked = found.value;
      const sides = asked.kind === 'pair' ? sidesOf(asked.pair, person.id) : null;
      const shown = asked.kind === 'pair' ? null : asked.text;
      const ids = sides === null ? [shown?.id ?? ''] : [sides.left, sides.right];
      const explanations = ids.flatMap((id) => readExplanation(store.read, sealing, id) ?? []);
      const [first] = explanations;
      const rule = record.texts.find(({ id }) => id === first?.id)?.rule;
      if (first === undefined || rule === undefined || explanations.length !== ids.length)
        return refused('not-found', { what: 'review' });
      const { vitals, previous, stale } = first.facts;
      return ok({
        kind: asked.kind === 'again' ? 'rate' : asked.kind,
        language: first.language,
        rule,
        ruleText: first.ruleText,
        facts: {
          vitals,
          news2: completeFacts(first.facts).news2,
          ...(previous === undefined ? {} : { previous }),
          ...(stale === undefined ? {} : { stale }),
        },
        sides: explanations.map((explanation) => ({
          sentences: explanation.sentences.map(({ raw: _, ...sentence }) => sentence),
          open: openHoles(explanation).map((open) =>
            open === null ? null : { literal: open.planned.literal, words: open.words?.trim() ?? '' },
          ),
        })),
        opinions:
          asked.kind === 'settle'
            ? firstOpinions(asked.text).map(({ helpfulness, accuracy }) => ({ helpfulness, accuracy }))
            : [],
      });
    },
    'review.agreement': (): Outcome<ReturnType<typeof agreementNow>> => ok(agreementNow()),
  };

  function agreementNow() {
    const record = recordNow();
    const people = new Map(ports.people().map((person) => [person.id, person]));
    const raters = [...new Set(record.acts.map(({ personId }) => personId))];
    return {
      wanted: ALPHA_WANTED,
      ...agreementSummary(record.texts),
      raters: raters.map((personId) => ({
        personId,
        name: people.get(personId)?.name ?? personId,
        role: people.get(personId)?.role ?? '',
        ...raterOf(record, personId),
      })),
      models: modelsOf(record),
    };
  }
}

function raterOf({ texts, acts }: ReviewRecord, personId: string) {
  const own = acts.filter((act) => act.personId === personId);
  const summary = raterSummaries(texts).find((one) => one.personId === personId);
  const { rated = 0, repeats = 0, repeatsAlike = 0, known = 0, knownAlike = 0 } = summary ?? {};
  return {
    rated,
    repeats,
    repeatsAlike,
    known,
    knownAlike,
    corrections: own.filter(({ kind }) => kind === 'correction').length,
    choices: own.filter(({ kind }) => kind === 'choice').length,
    medianMs: medianMs(own.filter(({ kind }) => kind !== 'correction').map(({ spentMs }) => spentMs)),
  };
}

/** Of each version of a model: how its texts were rated, and how often they were preferred to another's. */
function modelsOf({ texts, acts }: ReviewRecord) {
  const versions = Map.groupBy(
    texts.filter(({ model }) => model !== null),
    ({ model }) => `${model?.sha256} ${model?.adapter ?? ''}`,
  );
  const choices = acts.filter(({ kind, preferredId }) => kind === 'choice' && preferredId !== null);
  return [...versions.values()].flatMap((own) => {
    const model = own[0]?.model ?? null;
    const opinions = own.flatMap(firstOpinions);
    const ids = new Set(own.map(({ id }) => id));
    const compared = choices.filter(
      // Two texts of one model say nothing of it.
      ({ explanationId, otherId }) => ids.has(explanationId) !== (otherId !== null && ids.has(otherId)),
    );
    const chosen = compared.filter(({ preferredId }) => preferredId !== null && ids.has(preferredId)).length;
    if (model === null || (opinions.length === 0 && compared.length === 0)) return [];
    const count = Math.max(1, opinions.length);
    return [
      {
        model,
        ratings: opinions.length,
        helpfulness: opinions.reduce((sum, { helpfulness }) => sum + helpfulness, 0) / count,
        accurate: opinions.filter(({ accuracy }) => accuracy === 'accurate').length / count,
        chosen,
        against: compared.length - chosen,
      },
    ];
  });
}

function scoreOf(read: Reader, text: KnownText): { total: number; complete: boolean } | null {
  const row = read.one(
    z.object({ facts: z.string() }),
    'SELECT facts FROM explanations WHERE id = ?',
    text.id,
  );
  if (row === null) return null;
  const { news2 } = completeFacts(factsSchema.parse(JSON.parse(row.facts)));
  const total = leastTotal(news2);
  return total === null ? null : { total, complete: isApplicable(news2) && news2.complete };
}
