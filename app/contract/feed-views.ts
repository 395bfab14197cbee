/** What a terminal sees of the feeds: who sends, how it is read, how well it goes. No identity is in it. */
import { z } from 'zod';
import { MAPPING_PROBLEMS } from '../observation/hl7/site-codes.ts';
import { isZoneName } from '../observation/hl7/site-zone.ts';

/** `auto`: told from how its messages come (three deliveries in a minute are a stream). */
export const FEED_MODES = ['auto', 'streamed', 'charted'] as const;

/** Character sets that a site may set for a sender whose MSH-18 is missing or wrong, as HL7 table 0211 writes them. */
export const FEED_CHARSETS = [
  'UNICODE UTF-8',
  '8859/1',
  '8859/2',
  '8859/5',
  '8859/7',
  '8859/15',
  'GB 18030-2000',
  'BIG-5',
  'KS X 1001',
] as const;

export const feedSettingsSchema = z.object({
  mode: z.enum(FEED_MODES),
  /** IANA zone of stamps without one; null: the machine's. */
  zone: z.string().max(64).refine(isZoneName).nullable(),
  /** Null: as the message says. */
  charset: z.enum(FEED_CHARSETS).nullable(),
  /** The mapping that its own codes are read by; null: none. */
  mapping: z.string().max(80).nullable(),
});
export type FeedSettings = z.output<typeof feedSettingsSchema>;

export const DEFAULT_FEED_SETTINGS: FeedSettings = { mode: 'auto', zone: null, charset: null, mapping: null };

const count = z.number().int().min(0);

export const feedViewSchema = z.object({
  /** MSH-3, or what stands in for it: the name that its readings are shown by. */
  device: z.string(),
  settings: feedSettingsSchema,
  /** False where a setting cannot be kept any more (a zone that this runtime does not know, a mapping that is gone). */
  settingsApply: z.boolean(),
  /** Receipt of its last message; null: none in the last 24 hours. */
  lastAt: z.string().nullable(),
  /** Its last 24 hours. */
  day: z.object({
    messages: count,
    values: count,
    held: count,
    refused: count,
    /** Pauses of over a minute between two messages, and the longest of them (ms). */
    gaps: count,
    longestGapMs: count,
    /** Why values or messages were not taken, the commonest first. */
    reasons: z.array(z.object({ reason: z.string(), count })).max(32),
  }),
  clock: z.object({
    /** Milliseconds by which its clock is behind ours (negative: ahead); null while that is not known. */
    offsetMs: z.number().nullable(),
    /** How much it falls behind in a day (ms); null before an hour of observation. */
    driftMsPerDay: z.number().nullable(),
  }),
});
export type FeedView = z.output<typeof feedViewSchema>;

export const mappingViewSchema = z.object({
  name: z.string(),
  codes: count,
  savedAt: z.string(),
});
export type MappingView = z.output<typeof mappingViewSchema>;

/** What became of a mapping file: kept, or all of its problems. */
export const mappingSavedSchema = z.discriminatedUnion('saved', [
  z.object({ saved: z.literal(true), mapping: mappingViewSchema }),
  z.object({
    saved: z.literal(false),
    problems: z.array(
      z.object({
        row: z.number().int(),
        problem: z.enum(MAPPING_PROBLEMS),
        detail: z.string(),
        line: z.number().int().nullable(),
      }),
    ),
  }),
]);

/** The FHIR server as it stands. */
export const fhirViewSchema = z.object({
  on: z.boolean(),
  /** The port it listens at, or is to. */
  port: z.number().int(),
  listening: z.boolean(),
  /** The system's code where it cannot listen: `EADDRINUSE` where another program has the port. */
  problem: z.string().nullable(),
  /** Null: it never had a token. */
  tokenMadeAt: z.string().nullable(),
  /** Since the program was started: resources by what became of them, and requests that came to none. */
  since: z.object({
    taken: count,
    known: count,
    held: count,
    refused: count,
    /** Requests that were turned away before anything of them was read: token, address, size, rate. */
    turnedAway: count,
    lastAt: z.string().nullable(),
  }),
});
export type FhirView = z.output<typeof fhirViewSchema>;
