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
  'review-explanations',
  'settle-reviews',
  'admit-patients',
  'manage-people',
  'configure-intake',
  'run-demonstration',
  'transfer-patients',
  'set-patient-policy',
  'resolve-messages',
  'import-observations',
  'configure-policy',
  'configure-engine',
  'manage-storage',
  'read-audit',
  'acknowledge-technical',
  'manage-knowledge',
  'manage-learning',
  'manage-adapters',
  'sign-clinically',
  'sign-technically',
  'read-monitoring',
  'configure-monitoring',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CLINICAL: readonly Permission[] = [
  'enter-observations',
  'act-on-alerts',
  'ask-for-explanations',
  'rate-explanations',
  'admit-patients',
  'transfer-patients',
  'resolve-messages',
  'run-demonstration',
  'acknowledge-technical',
];

/** Doctors decide what a patient's score is read by: the SpO2 scale, a baseline, limits of treatment. */
const MEDICAL: readonly Permission[] = [
  ...CLINICAL,
  'set-patient-policy',
  'import-observations',
  'review-explanations',
];

/** The permission table. Biomedical IT runs the machine and never acts on a patient's alert. */
export const PERMISSIONS_OF: { readonly [role in Role]: readonly Permission[] } = {
  student: ['ask-for-explanations', 'rate-explanations'],
  nurse: CLINICAL,
  doctor: MEDICAL,
  attending: [
    ...MEDICAL,
    'settle-reviews',
    'configure-policy',
    'manage-knowledge',
    'manage-learning',
    'manage-adapters',
    'sign-clinically',
    'read-audit',
    'read-monitoring',
  ],
  'icu-admin': PERMISSIONS,
  'biomedical-it': [
    'manage-people',
    'configure-intake',
    'configure-engine',
    'run-demonstration',
    'ask-for-explanations',
    'import-observations',
    'manage-storage',
    'read-audit',
    'acknowledge-technical',
    'manage-adapters',
    'sign-technically',
    'read-monitoring',
    'configure-monitoring',
  ],
};

export function mayDo(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}

/**
 * Whether somebody of one role may give another person a role: only one that may do nothing which the giver may not,
 * so that nobody makes an account for what is denied to themselves. The administrator may give every role.
 */
export function mayGive(giver: Role, role: Role): boolean {
  return PERMISSIONS_OF[role].every((permission) => mayDo(giver, permission));
}

/** PINs are 4 to 12 digits: quick with gloves on; guessing is stopped by the lock-out, not by length. */
export const PIN_PATTERN = /^[0-9]{4,12}$/;
