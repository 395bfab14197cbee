/** Who sends to this ward, how well each sender does, and how its messages are read. Nobody's identity is here. */
import { useState } from 'react';
import type { FeedView } from '../../app/contract/feed-views.ts';
import {
  formatAge,
  formatTime,
  holdReasonText,
  type LanguageCode,
  rejectReasonText,
  type ScreenWords,
} from '../../app/language/language.ts';
import { HELD_REASONS } from '../../app/observation/hl7/identity.ts';
import { Button, Panel, Table, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { go, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { FeedForm } from './feed-form.tsx';
import { FhirPanel } from './fhir-panel.tsx';
import { Mappings } from './mappings.tsx';
import './feeds.css';

/** Asked again as often: a sender that falls silent sends no event that would say so. */
const ASK_EVERY_MS = 15_000;
/** A clock that is off by less agrees: a message takes its time, too. */
const CLOCK_AGREES_MS = 2_000;

export function Feeds() {
  const { words, language } = useWords();
  const told = useWard((state) => state.feeds);
  const asked = useQuery('feed.list', {}, { everyMs: ASK_EVERY_MS });
  const feeds = told ?? asked.value;
  const [chosen, setChosen] = useState<string | null>(null);
  const feed = feeds?.find(({ device }) => device === chosen) ?? null;
  return (
    <Panel
      title={words.feeds.title}
      note={words.feeds.note}
      className="system-wide feeds"
      actions={<Button onPress={() => go({ view: 'import' })}>{words.imports.open}</Button>}
    >
      {feeds === null || feeds.length === 0 ? (
        <ReadNotice asked={asked} what={words.feeds.what} empty={words.feeds.empty} />
      ) : (
        <>
          {asked.error !== null && <ReadNotice asked={asked} what={words.feeds.what} brief />}
          <Table
            caption={words.feeds.title}
            columns={[
              { key: 'sender', title: words.feeds.sender },
              { key: 'last', title: words.feeds.last },
              { key: 'messages', title: words.feeds.messages, align: 'end' },
              { key: 'values', title: words.feeds.values, align: 'end' },
              { key: 'held', title: words.feeds.held, align: 'end' },
              { key: 'refused', title: words.feeds.refused, align: 'end' },
              { key: 'clock', title: words.feeds.clock, align: 'end' },
            ]}
            rows={feeds.map((one) => ({
              key: one.device,
              onPress: () => setChosen(one.device === chosen ? null : one.device),
              cells: cellsOf(words, language, one),
            }))}
          />
        </>
      )}
      {feed !== null && <FeedDetail key={feed.device} feed={feed} />}
      <FhirPanel />
      <Mappings />
    </Panel>
  );
}

function cellsOf(
  words: ScreenWords,
  language: LanguageCode,
  { device, lastAt, day, clock, settings }: FeedView,
) {
  return {
    sender: (
      <span className="feed-name">
        <b>{device}</b>
        {settings.mode !== 'auto' && <Tag>{words.feeds.modes[settings.mode]}</Tag>}
      </span>
    ),
    last:
      lastAt === null ? (
        <Tag tone="tech">{words.feeds.never}</Tag>
      ) : (
        <span className="num">{formatTime(language, lastAt, { seconds: true })}</span>
      ),
    messages: <span className="num">{day.messages}</span>,
    values: <span className="num">{day.values}</span>,
    held: <span className="num">{day.held}</span>,
    refused: <span className="num">{day.refused}</span>,
    clock: <span className="num">{clockText(words, language, clock)}</span>,
  };
}

function clockText(
  words: ScreenWords,
  language: LanguageCode,
  { offsetMs, driftMsPerDay }: FeedView['clock'],
): string {
  if (offsetMs === null) return words.feeds.clockUnknown;
  const size = Math.abs(offsetMs);
  const age = formatAge(language, size);
  const off = offsetMs > 0 ? words.feeds.clockBehind(age) : words.feeds.clockAhead(age);
  const now = size < CLOCK_AGREES_MS ? words.feeds.clockRight : off;
  if (driftMsPerDay === null || Math.abs(driftMsPerDay) < 1_000) return now;
  return `${now}, ${words.feeds.drift((driftMsPerDay / 1_000).toFixed(0))}`;
}

function reasonText(language: LanguageCode, reason: string): string {
  const isHeld = HELD_REASONS.some((held) => held === reason) || reason === 'no-bed';
  const waits =
    isHeld ||
    reason === 'bed-occupied' ||
    reason === 'bed-differs' ||
    reason === 'has-left' ||
    reason === 'identity-differs' ||
    reason === 'not-production';
  return waits ? holdReasonText(language, reason) : rejectReasonText(language, reason);
}

function FeedDetail({ feed }: { readonly feed: FeedView }) {
  const { words, language } = useWords();
  const may = useMay('configure-intake');
  const { day } = feed;
  return (
    <section className="feed-detail" aria-label={feed.device}>
      <div>
        <h3>{words.feeds.reasons}</h3>
        {day.reasons.length === 0 ? (
          <p className="system-note">{words.feeds.nothingRefused}</p>
        ) : (
          <ul>
            {day.reasons.map(({ reason, count }) => (
              <li key={reason}>
                <b className="num">{words.feeds.times(count)}</b> {reasonText(language, reason)}
              </li>
            ))}
          </ul>
        )}
        <p className="system-note num">
          {words.feeds.gaps}: {day.gaps}
          {day.gaps > 0 && ` (${words.feeds.longest(formatAge(language, day.longestGapMs))})`}
        </p>
      </div>
      <div>
        <h3>{words.feeds.settings}</h3>
        {!feed.settingsApply && (
          <p className="system-warned" role="alert">
            {words.feeds.settingsLost}
          </p>
        )}
        <FeedForm feed={feed} isDisabled={may === false} />
      </div>
    </section>
  );
}
