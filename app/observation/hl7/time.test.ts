import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFarFuture, readTime, withSiteZone, zoneOf } from './time.ts';

describe('an HL7 time stamp', () => {
  it.each([
    ['20250611120000+0530', '2025-06-11T12:00:00+05:30', true],
    ['20250611120000.0000+0530', '2025-06-11T12:00:00+05:30', true],
    ['20250611120000.1000-0800', '2025-06-11T12:00:00.100-08:00', true],
    ['20250611131540250+0800', '2025-06-11T13:15:40.250+08:00', true],
    ['202506111200', '2025-06-11T12:00:00', false],
    ['20240229235959', '2024-02-29T23:59:59', false],
  ])('%s is %s', (text, iso, zoned) => {
    expect(readTime(text)).toEqual({ kind: 'time', iso, zoned });
  });

  it('takes the zone of the message where it has none of its own', () => {
    expect(readTime('20250611120000', '+0530')).toMatchObject({ iso: '2025-06-11T12:00:00+05:30' });
    expect(readTime('20250611120000+0000', '+0530')).toMatchObject({ iso: '2025-06-11T12:00:00+00:00' });
  });

  it.each([
    ['', 'absent'],
    ['00000000000000', 'zero'],
    ['0', 'zero'],
    ['00000000000000+0000', 'zero'],
    ['20250611', 'imprecise'],
    ['2025061112', 'imprecise'],
    ['20251311120000', 'invalid'],
    ['20250230120000', 'invalid'],
    ['20250611240000', 'invalid'],
    ['20250611126000', 'invalid'],
    ['20250611120000+1630', 'invalid'],
    ['2025-06-11T12:00:00', 'invalid'],
    ['yesterday', 'invalid'],
    ['00010101000000', 'invalid'],
  ])('%j is %s', (text, kind) => {
    expect(readTime(text)).toEqual({ kind });
  });

  it('takes the zone off the end of MSH-7', () => {
    expect([
      zoneOf('20250611120000.0+0530'),
      zoneOf('20250611120000'),
      zoneOf('20250611120000+9900'),
    ]).toEqual(['+0530', '', '']);
  });

  it('gets the site’s offset, fixed or by a rule, only where it has none', () => {
    expect(withSiteZone('2025-06-11T12:00:00', 330)).toBe('2025-06-11T12:00:00+05:30');
    expect(withSiteZone('2025-06-11T12:00:00', -210)).toBe('2025-06-11T12:00:00-03:30');
    const summer = (local: string) => (local.slice(5, 7) === '06' ? 120 : 60);
    expect(withSiteZone('2025-06-11T12:00:00.250', summer)).toBe('2025-06-11T12:00:00.250+02:00');
    expect(withSiteZone('2025-01-11T12:00:00', summer)).toBe('2025-01-11T12:00:00+01:00');
    expect(withSiteZone('2025-06-11T12:00:00+05:30', 0)).toBe('2025-06-11T12:00:00+05:30');
  });

  it('is far in the future beyond five minutes, without a zone only where it is so everywhere', () => {
    const received = '2025-06-11T12:00:00Z';
    expect(isFarFuture('2025-06-11T12:05:00+00:00', received)).toBe(false);
    expect(isFarFuture('2025-06-11T12:05:01+00:00', received)).toBe(true);
    expect(isFarFuture('2025-06-11T17:30:00+05:30', received)).toBe(false);
    expect(isFarFuture('2025-06-12T02:05:00', received)).toBe(false);
    expect(isFarFuture('2025-06-12T02:05:01', received)).toBe(true);
  });

  it('means the same moment as the platform’s own reading of it', () => {
    const moment = fc.date({
      min: new Date(Date.UTC(1970, 0, 1)),
      max: new Date(Date.UTC(2099, 11, 31)),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: -12 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000);
        fc.pre(local.getUTCFullYear() >= 1970);
        const digits = local.toISOString().replaceAll(/[-:TZ]/g, '');
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
        const time = readTime(`${digits}${zone}`);
        expect(time.kind === 'time' ? Date.parse(time.iso) : Number.NaN).toBe(date.getTime());
      }),
    );
  });
});
