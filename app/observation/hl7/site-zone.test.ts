import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage } from './message.ts';
import { readOru } from './oru.ts';
import { isZoneName, siteZone } from './site-zone.ts';
import { withSiteZone } from './time.ts';

function rule(name: string) {
  const zone = siteZone(name);
  if (zone === null) throw new Error(name);
  return (local: string) => withSiteZone(local, zone);
}

describe('the zone of a site', () => {
  it.each([
    ['Asia/Kolkata', '2026-09-12T12:00:00', '+05:30'],
    ['Europe/Berlin', '2026-07-01T12:00:00', '+02:00'],
    ['Europe/Berlin', '2026-01-01T12:00:00', '+01:00'],
    ['America/New_York', '2026-07-01T00:00:00', '-04:00'],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00', '+11:00'],
    ['Australia/Lord_Howe', '2026-07-01T00:00:00', '+10:30'],
    ['Asia/Kathmandu', '2026-07-01T00:00:00.250', '+05:45'],
  ])('%s at %s is %s', (name, local, offset) => {
    expect(rule(name)(local)).toBe(`${local}${offset}`);
  });

  it('takes an hour that comes twice as the first, which is older', () => {
    expect(rule('Europe/Berlin')('2026-10-25T02:30:00')).toBe('2026-10-25T02:30:00+02:00');
    expect(rule('Europe/Berlin')('2026-10-25T03:00:00')).toBe('2026-10-25T03:00:00+01:00');
    expect(rule('America/New_York')('2026-11-01T01:59:59')).toBe('2026-11-01T01:59:59-04:00');
    expect(rule('Australia/Lord_Howe')('2026-04-05T01:45:00')).toBe('2026-04-05T01:45:00+11:00');
  });

  it('knows the hour that never was', () => {
    expect(rule('Europe/Berlin')('2026-03-29T02:30:00')).toBeNull();
    expect(rule('Europe/Berlin')('2026-03-29T01:59:59')).toBe('2026-03-29T01:59:59+01:00');
    expect(rule('Europe/Berlin')('2026-03-29T03:00:00')).toBe('2026-03-29T03:00:00+02:00');
    expect(rule('Australia/Lord_Howe')('2026-10-04T02:15:00')).toBeNull();
  });

  it('leaves a stamp that has an offset as it is', () => {
    expect(rule('Asia/Kolkata')('2026-03-29T02:30:00+01:00')).toBe('2026-03-29T02:30:00+01:00');
  });

  it.each(['', 'Mars/Olympus', 'Europe/Berlin; x', '../etc', 'x'.repeat(80)])('%j is no zone', (name) => {
    expect([isZoneName(name), siteZone(name)]).toEqual([false, null]);
  });

  it('gives back the moment of every local time, or the earlier of the two that have it', () => {
    const names = [
      'Asia/Kolkata',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ];
    const minute = fc.integer({
      min: Date.UTC(1995, 0, 1) / 60_000,
      max: Date.UTC(2035, 0, 1) / 60_000,
    });
    fc.assert(
      fc.property(fc.constantFrom(...names), minute, (name, minutes) => {
        const utcMs = minutes * 60_000;
        const local = new Intl.DateTimeFormat('sv-SE', {
          timeZone: name,
          dateStyle: 'short',
          timeStyle: 'medium',
        })
          .format(utcMs)
          .replace(' ', 'T');
        const told = Date.parse(rule(name)(local) ?? '');
        // The clock goes back by no more than an hour in these zones.
        expect(utcMs - told === 0 || (utcMs > told && utcMs - told <= 3_600_000)).toBe(true);
        expect(rule(name)(local)?.slice(0, 19)).toBe(local);
      }),
    );
  });
});

describe('a message without a zone', () => {
  const read = (stamp: string, zone: string) => {
    const parsed = parseMessage(
      [
        'MSH|^~\\&|GW|H|||20260329110000||ORU^R01|Z1|P|2.6',
        'PID|||P-1',
        `OBX|1|NM|8867-4^Heart rate^LN||80|/min|||||F|||${stamp}`,
      ].join('\r'),
    );
    const rule = siteZone(zone);
    if (!parsed.ok || rule === null) throw new Error(stamp);
    return readOru(parsed.message, { receivedAt: '2026-03-29T09:00:00Z', siteZone: rule });
  };

  it('is read by the site’s, and a stamp that never was is refused and not moved', () => {
    expect(read('20260329105900', 'Europe/Berlin').taken[0]?.observedAt).toBe('2026-03-29T10:59:00+02:00');
    expect(read('20260329023000', 'Europe/Berlin')).toMatchObject({
      taken: [],
      rejected: [{ code: '8867-4', value: '80', reason: 'time-invalid' }],
    });
    expect(read('20260329023000', 'Asia/Kolkata').taken).toHaveLength(1);
  });
});
