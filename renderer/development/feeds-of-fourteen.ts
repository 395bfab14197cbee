/** Senders of the invented ward: one that is well, one with a slow clock and refused values, one that has fallen silent. */
import { DEFAULT_FEED_SETTINGS, type FeedView } from '../../app/contract/feed-views.ts';

const now = Date.now();
const ago = (ms: number): string => new Date(now - ms).toISOString();

export const FEEDS: readonly FeedView[] = [
  {
    device: 'CENTRAL-ICU',
    settings: { ...DEFAULT_FEED_SETTINGS, mode: 'streamed', zone: 'Asia/Kolkata' },
    settingsApply: true,
    lastAt: ago(900),
    day: { messages: 84_120, values: 588_840, held: 0, refused: 0, gaps: 0, longestGapMs: 0, reasons: [] },
    clock: { offsetMs: 340, driftMsPerDay: 120 },
  },
  {
    device: 'NC5-GATEWAY',
    settings: { ...DEFAULT_FEED_SETTINGS, mapping: 'old monitors' },
    settingsApply: true,
    lastAt: ago(21_000),
    day: {
      messages: 1_410,
      values: 9_022,
      held: 2,
      refused: 1,
      gaps: 3,
      longestGapMs: 240_000,
      reasons: [
        { reason: 'implausible', count: 44 },
        { reason: 'code-unknown', count: 12 },
        { reason: 'no-patient-id', count: 2 },
        { reason: 'type-not-accepted', count: 1 },
      ],
    },
    clock: { offsetMs: 118_000, driftMsPerDay: -2_400 },
  },
  {
    device: 'SPOTCHECK-2',
    settings: { ...DEFAULT_FEED_SETTINGS, mode: 'charted' },
    settingsApply: false,
    lastAt: null,
    day: { messages: 0, values: 0, held: 0, refused: 0, gaps: 0, longestGapMs: 0, reasons: [] },
    clock: { offsetMs: null, driftMsPerDay: null },
  },
];
