/**
 * The senders of the ward: how the messages of each are to be read (its zone, character set and own codes), which
 * sensor is the usual one, how well it does, and what its clock is worth.
 */
import {
  DEFAULT_FEED_SETTINGS,
  type FeedSettings,
  type FeedView,
  type MappingView,
} from '../../../app/contract/feed-views.ts';
import type { SiteCodes } from '../../../app/observation/hl7/codes.ts';
import { siteCodes } from '../../../app/observation/hl7/site-codes.ts';
import { siteZone } from '../../../app/observation/hl7/site-zone.ts';
import type { SiteZone } from '../../../app/observation/hl7/time.ts';
import type { FeedMode } from '../../../app/observation/readings.ts';
import type { Vital } from '../../../app/observation/vital.ts';
import { type Clock, isoTime } from '../clock.ts';
import { machineZone } from '../intake/machine-zone.ts';
import { deviceOfSource, type UsualSensors } from '../intake/message-sets.ts';
import type { SourceClocks } from '../intake/source-clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store, Writer } from '../store/database.ts';
import { createFeedHours, type FeedNote, HOUR_MS } from './feed-hours.ts';
import {
  dropHoursBefore,
  type KeptMapping,
  readClocks,
  readFeeds,
  readHours,
  readMappings,
  readSensors,
  saveClock,
  saveHour,
  saveSensor,
} from './feeds-table.ts';

/** How the messages of one sender are read. */
export interface FeedReading {
  readonly siteZone: SiteZone;
  /** As HL7 table 0211 writes it; null: as the message says. */
  readonly charset: string | null;
  readonly siteCodes: SiteCodes | null;
}

export interface Feeds {
  readingOf(device: string): FeedReading;
  /** The usual sensors of a device at a patient; a new one is written with the transaction. */
  sensorsOf(write: Writer, patientId: string, device: string): UsualSensors;
  /** How a source delivers, where the site has said so. */
  modeOf(sourceName: string): FeedMode | null;
  /** A message was committed, or refused for good. */
  note(note: FeedNote): void;
  /** By name. */
  list(): FeedView[];
  mappings(): MappingView[];
  hasMapping(name: string): boolean;
  /** The device's clock has been set by somebody: what was known of it is learnt anew. */
  forgetClock(device: string): void;
  /** Reads settings and mappings again, after a command changed them. */
  reload(): void;
  close(): void;
}

export interface FeedsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sourceClocks: SourceClocks;
  readonly log: Log;
  readonly onChange: () => void;
}

const WRITE_EVERY_MS = 60_000;
/** Terminals are told of new counts as often; a flood must not fill their channels with figures. Ours. */
const TELL_EVERY_MS = 5_000;
const HOURS_KEPT = 31 * 24;
/** Pairs of patient and device whose sensors are remembered. Ours: a full ward with two devices a bed, twice over. */
const MOST_REMEMBERED = 256;
/** A clock's offset from before a restart holds where our own two clocks have stayed together since. */
const OWN_CLOCKS_AGREE_MS = 2_000;

export function createFeeds(ports: FeedsPorts): Feeds {
  const { store, clock, sourceClocks } = ports;
  const hours = createFeedHours(readHours(store.read, hourOf(clock.wall()) - 24));
  const sensors = new Map<string, Map<Vital, string>>();
  let settings = new Map<string, FeedSettings | null>();
  let mappings = new Map<string, KeptMapping>();
  let readings = new Map<string, FeedReading>();
  let toldMs = 0;

  const reload = (): void => {
    settings = new Map(readFeeds(store.read));
    mappings = new Map(readMappings(store.read).map((kept) => [kept.mapping.name, kept]));
    readings = new Map();
    for (const [device, one] of settings) if (one !== null) readings.set(device, readingBy(one));
  };
  const readingBy = ({ zone, charset, mapping }: FeedSettings): FeedReading => {
    const kept = mapping === null ? undefined : mappings.get(mapping);
    return {
      siteZone: (zone === null ? null : siteZone(zone)) ?? machineZone,
      charset,
      siteCodes: kept === undefined ? null : siteCodes(kept.mapping),
    };
  };
  const plain = readingBy(DEFAULT_FEED_SETTINGS);
  const unsettled = new Set<string>();
  const wallAhead = (): number => clock.wall() - clock.boot();

  const writeDown = (): void => {
    const changed = hours.changed();
    const clocks = sourceClocks.known();
    if (changed.length === 0 && clocks.length === 0) return;
    try {
      store.transaction((write) => {
        for (const hour of changed) saveHour(write, hour);
        for (const { source, offsetMs, atMs } of clocks)
          saveClock(write, {
            device: source,
            offsetMs,
            atMs,
            bootId: clock.bootId() ?? '',
            wallAheadMs: wallAhead(),
          });
        dropHoursBefore(write, hourOf(clock.wall()) - HOURS_KEPT);
      });
      hours.written(changed);
    } catch (error) {
      // The counts stay in memory and are written with the next minute's.
      ports.log('error', 'feeds-not-kept', { reason: reasonOf(error) });
    }
  };

  reload();
  const bootId = clock.bootId();
  for (const known of readClocks(store.read))
    if (known.bootId === bootId && Math.abs(known.wallAheadMs - wallAhead()) < OWN_CLOCKS_AGREE_MS)
      sourceClocks.restore(known.device, known.offsetMs, known.atMs);
  const timer = setInterval(writeDown, WRITE_EVERY_MS);
  // A start that fails further on, and is done again on a salvaged record, leaves nothing that keeps a process alive.
  timer.unref();

  return {
    readingOf: (device) => readings.get(device) ?? plain,
    sensorsOf: (write, patientId, device) => {
      const key = JSON.stringify([patientId, device]);
      const known = sensors.get(key) ?? readSensors(write, patientId, device);
      if (sensors.size >= MOST_REMEMBERED) sensors.clear();
      if (!unsettled.has(key)) sensors.set(key, known);
      return {
        get: (vital) => known.get(vital),
        set: (vital, sensor) => {
          known.set(vital, sensor);
          saveSensor(write, patientId, device, vital, sensor);
          // What is written may be undone with its transaction, which is over when this turn is: until then the next
          // message reads what stands, and nothing of it is remembered.
          sensors.delete(key);
          unsettled.add(key);
          queueMicrotask(() => unsettled.delete(key));
        },
      };
    },
    forgetClock: (device) => sourceClocks.forget(device),
    modeOf: (sourceName) => {
      const mode = settings.get(deviceOfSource(sourceName))?.mode ?? 'auto';
      return mode === 'auto' ? null : mode;
    },
    note: (note) => {
      hours.note(note);
      if (Math.abs(note.receivedMs - toldMs) < TELL_EVERY_MS) return;
      toldMs = note.receivedMs;
      ports.onChange();
    },
    list: () => {
      const devices = [...new Set([...settings.keys(), ...hours.devices()])].sort((a, b) =>
        a.localeCompare(b),
      );
      const nowMs = clock.wall();
      return devices.map((device) => {
        const own = settings.get(device);
        const current = own ?? DEFAULT_FEED_SETTINGS;
        const known = sourceClocks.known().find(({ source }) => source === device);
        return {
          device,
          settings: current,
          settingsApply: own !== null && (current.mapping === null || mappings.has(current.mapping)),
          ...hours.day(device, nowMs),
          clock: { offsetMs: known?.offsetMs ?? null, driftMsPerDay: known?.driftMsPerDay ?? null },
        };
      });
    },
    mappings: () =>
      [...mappings.values()].map(({ mapping, savedMs }) => ({
        name: mapping.name,
        codes: mapping.codes.length,
        savedAt: isoTime(savedMs),
      })),
    hasMapping: (name) => mappings.has(name),
    reload,
    close: () => {
      clearInterval(timer);
      writeDown();
    },
  };
}

function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS);
}
