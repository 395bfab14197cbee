/** Kinds of audit entries: the part of an action's name before its first dot. */
export const AUDIT_KINDS = [
  'adapter',
  'alarm',
  'alert',
  'audit',
  'backup',
  'consent',
  'data-key',
  'data-set',
  'demonstration',
  'explanation',
  'feed',
  'import',
  'intake',
  'knowledge',
  'mapping',
  'message',
  'observation',
  'patient',
  'person',
  'policy',
  'program',
  'rating',
  'record',
  'recovery-key',
  'retention',
  'review',
  'session',
  'signing-key',
  'technical',
  'terminal',
  'ward',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** The kind of an action; null for one that this list does not know. */
export function auditKindOf(action: string): AuditKind | null {
  const [front = ''] = action.split('.');
  return AUDIT_KINDS.find((kind) => kind === front) ?? null;
}
