/** What waits, how far the day has come, what one has done, and the keys. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { formatNumber, ruleName } from '../../app/language/language.ts';
import { Panel, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';

export type ReviewQueue = QueryResult<'review.queue'>;
type Waiting = ReviewQueue['items'][number];

const MINUTE_MS = 60_000;
/** More than these are only counted. */
const LISTED = 8;

export function QueuePanel({
  queue,
  waiting,
  current,
}: {
  readonly queue: ReviewQueue;
  readonly waiting: readonly Waiting[];
  readonly current: string | null;
}) {
  const { words, language } = useWords();
  const told = words.review;
  const listed = waiting.slice(0, LISTED);
  // A day with fewer texts than its measure ends with them.
  const all = Math.min(queue.target, queue.done + queue.items.length);
  return (
    <Panel
      title={told.queue}
      note={
        <span className="num" data-progress="">
          {told.progress(formatNumber(language, queue.done), formatNumber(language, all))},{' '}
          {told.minutes(Math.round(queue.spentMs / MINUTE_MS))}
        </span>
      }
      className="review-queue"
    >
      <ol>
        {listed.map(({ item, kind, rule, score }) => (
          <li key={item} aria-current={item === current ? 'true' : undefined}>
            <span>
              <WithSubscripts text={ruleName(language, rule)} />
              {score !== null && <b className="num"> {`${score.complete ? '' : '≥'}${score.total}`}</b>}
            </span>
            <small>{item === current ? told.now : told.kinds[kind]}</small>
          </li>
        ))}
      </ol>
      {waiting.length > listed.length && (
        <p className="review-quiet num">{told.later(waiting.length - listed.length)}</p>
      )}
      <p className="review-quiet">{told.neverTreated}</p>
    </Panel>
  );
}

export function OwnPanel({ own }: { readonly own: ReviewQueue['own'] }) {
  const { words, language } = useWords();
  const told = words.review;
  const number = (value: number): string => formatNumber(language, value);
  const rows: readonly (readonly [string, string])[] = [
    [told.rated, number(own.rated)],
    [told.chosen, number(own.choices)],
    [told.corrections, number(own.corrections)],
    [told.repeats, told.of(number(own.repeatsAlike), number(own.repeats))],
    [told.known, told.of(number(own.knownAlike), number(own.known))],
    [told.median, own.medianMs === null ? '—' : told.seconds(Math.round(own.medianMs / 1000))],
  ];
  return (
    <Panel title={told.you}>
      <dl className="review-figures">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function KeysPanel() {
  const { words } = useWords();
  return (
    <Panel title={words.review.keysTitle} className="review-keys">
      <dl>
        {words.review.keys.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd className="key-hint">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
