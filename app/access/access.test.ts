import { describe, expect, it } from 'vitest';
import { mayDo, PERMISSIONS, PERMISSIONS_OF, PIN_PATTERN, ROLES } from './access.ts';

describe('the permission table', () => {
  it('gives every permission to somebody, and the administrator all of them', () => {
    for (const permission of PERMISSIONS) {
      expect(
        ROLES.some((role) => mayDo(role, permission)),
        permission,
      ).toBe(true);
      expect(mayDo('icu-admin', permission)).toBe(true);
    }
  });

  it('keeps students and biomedical IT away from patients’ alerts and observations', () => {
    for (const role of ['student', 'biomedical-it'] as const) {
      expect(mayDo(role, 'act-on-alerts')).toBe(false);
      expect(mayDo(role, 'enter-observations')).toBe(false);
      expect(mayDo(role, 'admit-patients')).toBe(false);
    }
  });

  it('lets only administrators and IT manage people and the listener', () => {
    const allowed = (permission: 'manage-people' | 'configure-intake') =>
      ROLES.filter((role) => PERMISSIONS_OF[role].includes(permission));
    expect(allowed('manage-people')).toEqual(['icu-admin', 'biomedical-it']);
    expect(allowed('configure-intake')).toEqual(['icu-admin', 'biomedical-it']);
  });

  it('takes PINs of 4 to 12 digits and nothing else', () => {
    for (const pin of ['1234', '123456789012']) expect(PIN_PATTERN.test(pin)).toBe(true);
    for (const pin of ['123', '1234567890123', '12a4', '१२३४', ' 1234', '1234\n', ''])
      expect(PIN_PATTERN.test(pin), pin).toBe(false);
  });
});
