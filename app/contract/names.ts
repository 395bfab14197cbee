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
  'observation.enter',
  'alert.act',
  'explanation.request',
  'explanation.stop',
  'rating.save',
  'demonstration.start',
  'demonstration.stop',
  'intake.configure',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export const QUERY_NAMES = ['ward.snapshot', 'bed.history', 'alert.explanation', 'alert.list'] as const;
export type QueryName = (typeof QUERY_NAMES)[number];
