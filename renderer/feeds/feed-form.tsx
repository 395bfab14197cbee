/** How a sender's messages are read: biomedical IT's choice, from the next message on. */
import { useState } from 'react';
import { FEED_CHARSETS, FEED_MODES, type FeedView } from '../../app/contract/feed-views.ts';
import { errorText } from '../../app/language/language.ts';
import { isZoneName } from '../../app/observation/hl7/site-zone.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { useQuery } from '../query/use-query.ts';
import { core, useRequireSignIn, useWords } from '../shell/index.ts';
import { Select } from './select.tsx';

export interface FeedFormProps {
  readonly feed: FeedView;
  readonly isDisabled: boolean;
}

export function FeedForm({ feed, isDisabled }: FeedFormProps) {
  const { words, language } = useWords();
  const requireSignIn = useRequireSignIn();
  const mappings = useQuery('mapping.list', {}).value ?? [];
  const [mode, setMode] = useState(feed.settings.mode);
  const [zone, setZone] = useState(feed.settings.zone ?? '');
  const [charset, setCharset] = useState(feed.settings.charset);
  const [mapping, setMapping] = useState(feed.settings.mapping);
  const [said, setSaid] = useState<string | null>(null);
  const isZone = zone.trim() === '' || isZoneName(zone.trim());

  const save = (clockWasSet: boolean) =>
    requireSignIn(() => {
      const settings = { mode, zone: zone.trim() === '' ? null : zone.trim(), charset, mapping };
      void core.command('feed.configure', { device: feed.device, settings, clockWasSet }).then((answer) => {
        setSaid(answer.ok ? words.feeds.saved : errorText(language, answer.error));
      });
    });
  return (
    <form
      className="feed-form"
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <Choice
        label={words.feeds.mode}
        value={mode}
        onChange={setMode}
        options={FEED_MODES.map((one) => ({
          value: one,
          label: words.feeds.modes[one],
          detail: words.feeds.modeDetail[one],
        }))}
      />
      <Field
        label={words.feeds.zone}
        value={zone}
        onChange={setZone}
        hint={words.feeds.zoneHint}
        error={isZone ? null : words.feeds.zoneWrong}
        maxLength={64}
      />
      <Select
        label={words.feeds.charset}
        value={charset}
        none={words.feeds.charsetAuto}
        options={FEED_CHARSETS}
        onChange={setCharset}
      />
      <Select
        label={words.feeds.mapping}
        value={mapping}
        none={words.feeds.noMapping}
        options={mappings.map(({ name }) => name)}
        onChange={setMapping}
      />
      <Button type="submit" isDisabled={isDisabled || !isZone}>
        {words.feeds.save}
      </Button>
      {feed.clock.offsetMs !== null && (
        <Button variant="secondary" isDisabled={isDisabled || !isZone} onPress={() => save(true)}>
          {words.feeds.clockWasSet}
        </Button>
      )}
      {said !== null && <output>{said}</output>}
    </form>
  );
}
