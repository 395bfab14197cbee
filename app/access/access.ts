/**
 * Who may do what: one table. Looking at vitals needs no sign-in (locking hides actions, not vitals); every
 * action needs a person, and every person has one role.
 */
export const ROLES = ['student', 'nurse', 'doctor', 'attending', 'icu-admin', 'biomedical-it'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'enter-observations',
  'act-on-alerts',
  'ask-for-explanations',
  'rate-explanations',
  'admit-patients',
  'manage-people',
  'configure-intake',
  'run-demonstration',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CLINICAL: readonly Permission[] = [
  'enter-observations',
  'act-on-alerts',
  'ask-for-explanations',
  'rate-explanations',
  'admit-patients',
  'run-demonstration',
];

/** The permission table. Biomedical IT runs the machine and never acts on a patient's alert. */
export const PERMISSIONS_OF: { readonly [role in Role]: readonly Permission[] } = {
  student: ['ask-for-explanations', 'rate-explanations'],
  nurse: CLINICAL,
  doctor: CLINICAL,
  attending: CLINICAL,
  'icu-admin': PERMISSIONS,
  'biomedical-it': ['manage-people', 'configure-intake', 'run-demonstration', 'ask-for-explanations'],
};

export function mayDo(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}

/** PINs are 4 to 12 digits: quick with gloves on; guessing is stopped by the lock-out, not by length. */
export const PIN_PATTERN = /^[0-9]{4,12}$/;
