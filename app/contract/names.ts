/**
 * The names of every call, alone, so that the preload's bridge can loop over them without carrying the schemas.
 * `contract.ts` must have an entry for each and no other: the compiler holds the two together.
 */
export const COMMAND_NAMES = [
  'ward.set-up',
  'session.sign-in',
  'session.lock',
  'terminal.prefer',
  'person.add',
  'patient.admit',
  'patient.transfer',
  'patient.discharge',
  'patient.merge',
  'patient.amend',
  'patient.set-policy',
  'message.release',
  'message.discard',
  'observation.enter',
  'alert.act',
  'technical.acknowledge',
  'explanation.request',
  'explanation.stop',
  'rating.save',
  'demonstration.start',
  'demonstration.stop',
  'intake.configure',
  'feed.configure',
  'mapping.save',
  'recovery-key.create',
  'recovery-key.confirm',
  'backup.now',
  'backup.configure',
  'audit.export',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export const QUERY_NAMES = [
  'ward.snapshot',
  'bed.history',
  'patients.find',
  'patient.detail',
  'messages.waiting',
  'message.show',
  'alert.explanation',
  'alert.list',
  'alert.burden',
  'technical.list',
  'storage.state',
  'audit.verify',
  'audit.list',
  'feed.list',
  'mapping.list',
] as const;
export type QueryName = (typeof QUERY_NAMES)[number];
