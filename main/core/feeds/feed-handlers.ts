/** What terminals may ask of the feeds, and what biomedical IT may change. */
import { ok, refused } from '../../../app/contract/outcome.ts';
import { readSiteMapping } from '../../../app/observation/hl7/site-codes.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { Feeds } from './feeds.ts';
import { deleteClock, saveFeed, saveMapping } from './feeds-table.ts';

export interface FeedHandlerPorts {
  readonly feeds: Feeds;
  readonly clock: Clock;
  readonly feedsChanged: () => void;
}

export function feedHandlers(
  ports: FeedHandlerPorts,
): Pick<CommandHandlers, 'feed.configure' | 'mapping.save'> {
  const { feeds, clock } = ports;
  return {
    'feed.configure': ({ device, settings, clockWasSet = false }, call) => {
      if (settings.mapping !== null && !feeds.hasMapping(settings.mapping))
        return refused('not-found', { what: 'mapping' });
      const saved = call.commit(null, { device, mode: settings.mode, clockWasSet }, (write) => {
        saveFeed(write, device, settings, clock.wall(), call.person.id);
        if (clockWasSet) deleteClock(write, device);
        return ok({});
      });
      if (!saved.ok) return saved;
      if (clockWasSet) feeds.forgetClock(device);
      feeds.reload();
      ports.feedsChanged();
      const feed = feeds.list().find((one) => one.device === device);
      return feed === undefined ? refused('internal') : ok(feed);
    },

    'mapping.save': ({ text }, call) => {
      const read = readSiteMapping(text);
      if (!read.ok) return ok({ saved: false, problems: read.problems.slice(0, 100) });
      const { mapping } = read;
      const savedMs = clock.wall();
      const done = call.commit(null, { codes: mapping.codes.length }, (write) => {
        saveMapping(write, mapping, savedMs, call.person.id);
        return ok({});
      });
      if (!done.ok) return done;
      feeds.reload();
      ports.feedsChanged();
      return ok({
        saved: true,
        mapping: { name: mapping.name, codes: mapping.codes.length, savedAt: isoTime(savedMs) },
      });
    },
  };
}

export function feedQueries({ feeds }: FeedHandlerPorts): Pick<QueryHandlers, 'feed.list' | 'mapping.list'> {
  return {
    'feed.list': () => ok(feeds.list()),
    'mapping.list': () => ok(feeds.mappings()),
  };
}
