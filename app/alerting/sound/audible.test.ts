import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TECHNICAL_CODES } from '../../technical/technical.ts';
import { ALERT_PRIORITIES, ALERT_STATES } from '../alert.ts';
import { AUDIO_OFF_MOST_MINUTES, type Audible, audibleLevel, isAudioOff } from './audible.ts';
import { SOUND_LEVELS } from './pattern.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const momentMs = fc.integer({ min: NOW - 3_600_000, max: NOW + 3_600_000 });

const alert = fc.record({
  state: fc.constantFrom(...ALERT_STATES),
  priority: fc.constantFrom(...ALERT_PRIORITIES),
  firedAt: fc.integer({ min: NOW - 3_600_000, max: NOW }).map(iso),
  demonstration: fc.boolean(),
});
const technical = fc.record({
  code: fc.constantFrom(...TECHNICAL_CODES),
  acknowledgedBy: fc.option(fc.constant('Meera Nair')),
});
const audioOff = fc.option(
  fc.tuple(momentMs, fc.integer({ min: 0, max: 10_000_000 })).map(([since, forMs]) => ({
    since: iso(since),
    until: iso(since + forMs),
  })),
);
const audible: fc.Arbitrary<Audible> = fc.record({
  alerts: fc.array(alert, { maxLength: 8 }),
  technical: fc.array(technical, { maxLength: 4 }),
  hasPatients: fc.boolean(),
  isCut: fc.boolean(),
  audioOff,
  nowMs: fc.constant(NOW),
});

const QUIET: Audible = {
  alerts: [],
  technical: [],
  hasPatients: true,
  isCut: false,
  audioOff: null,
  nowMs: NOW,
};
const OFF = { since: iso(NOW - 60_000), until: iso(NOW + 60_000) };
const high = {
  state: 'active',
  priority: 'high',
  firedAt: iso(NOW - 120_000),
  demonstration: false,
} as const;

describe('what must sound', () => {
  it('is the gravest of what nobody has answered', () => {
    fc.assert(
      fc.property(audible, (given) => {
        const level = audibleLevel({ ...given, audioOff: null, technical: [], isCut: false });
        const asking = given.alerts.filter(
          ({ state, demonstration }) =>
            (state === 'active' || state === 'escalated') && !(demonstration && given.hasPatients),
        );
        const gravest = ALERT_PRIORITIES.find((one) => asking.some(({ priority }) => priority === one));
        expect(level).toBe(gravest ?? null);
      }),
    );
  });

  it('is nothing once every alert is acknowledged, snoozed, resolved or dismissed', () => {
    fc.assert(
      fc.property(
        audible,
        fc.constantFrom('acknowledged', 'snoozed', 'resolved', 'dismissed'),
        (given, state) => {
          const alerts = given.alerts.map((one) => ({ ...one, state }) as const);
          expect(audibleLevel({ ...given, alerts, technical: [], isCut: false })).toBeNull();
        },
      ),
    );
  });

  it('never becomes less grave by one alert more', () => {
    fc.assert(
      fc.property(audible, alert, (given, more) => {
        const rank = (of: Audible) => {
          const level = audibleLevel(of);
          return level === null ? SOUND_LEVELS.length : SOUND_LEVELS.indexOf(level);
        };
        expect(rank({ ...given, alerts: [...given.alerts, more] })).toBeLessThanOrEqual(rank(given));
      }),
    );
  });

  it('is the same without the audio-off that is over', () => {
    fc.assert(
      fc.property(audible, (given) => {
        if (isAudioOff(given.audioOff, given.nowMs)) return;
        expect(audibleLevel(given)).toBe(audibleLevel({ ...given, audioOff: null }));
      }),
    );
  });
});

describe('audio off', () => {
  it('silences everything but a high alert that fired since', () => {
    fc.assert(
      fc.property(audible, (given) => {
        if (given.audioOff === null || !isAudioOff(given.audioOff, NOW)) return;
        const sinceMs = Date.parse(given.audioOff.since);
        const level = audibleLevel(given);
        if (level === null) return;
        expect(level).toBe('high');
        expect(
          given.alerts.some(({ priority, firedAt }) => priority === 'high' && Date.parse(firedAt) > sinceMs),
        ).toBe(true);
      }),
    );
  });

  it('ends: whatever is stored, and wherever the time of day is set, no later than the most after its beginning', () => {
    fc.assert(
      fc.property(audioOff, momentMs, (off, nowMs) => {
        if (off === null || !isAudioOff(off, nowMs)) return;
        const forMs = nowMs - Date.parse(off.since);
        expect(forMs).toBeGreaterThanOrEqual(0);
        expect(forMs).toBeLessThan(AUDIO_OFF_MOST_MINUTES * 60_000);
        expect(nowMs).toBeLessThan(Date.parse(off.until));
      }),
    );
  });

  it('holds the known high alert back, and not the new one', () => {
    expect(audibleLevel({ ...QUIET, alerts: [high], audioOff: OFF })).toBeNull();
    const later = { ...high, firedAt: iso(NOW - 1_000) };
    expect(audibleLevel({ ...QUIET, alerts: [high, later], audioOff: OFF })).toBe('high');
    expect(audibleLevel({ ...QUIET, alerts: [{ ...later, priority: 'medium' }], audioOff: OFF })).toBeNull();
  });
});

describe('technical', () => {
  it('sounds where a bed is no longer watched, until somebody has seen it', () => {
    const silent = { code: 'feed-silent', acknowledgedBy: null } as const;
    expect(audibleLevel({ ...QUIET, technical: [silent] })).toBe('technical');
    expect(audibleLevel({ ...QUIET, technical: [{ ...silent, acknowledgedBy: 'Meera Nair' }] })).toBeNull();
    expect(audibleLevel({ ...QUIET, technical: [{ ...silent, code: 'backup-overdue' }] })).toBeNull();
    expect(audibleLevel({ ...QUIET, technical: [silent], alerts: [{ ...high, priority: 'low' }] })).toBe(
      'low',
    );
  });

  it('sounds where the terminal is cut from the core', () => {
    expect(audibleLevel({ ...QUIET, isCut: true })).toBe('technical');
    expect(audibleLevel({ ...QUIET, isCut: true, audioOff: OFF })).toBeNull();
  });
});

it('an invented patient is heard only in a ward without real ones', () => {
  const invented = { ...high, demonstration: true };
  expect(audibleLevel({ ...QUIET, alerts: [invented] })).toBeNull();
  expect(audibleLevel({ ...QUIET, alerts: [invented], hasPatients: false })).toBe('high');
});
