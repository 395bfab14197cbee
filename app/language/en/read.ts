/** English words of what is read from the core: that it could not be, and what was to be read. */

export const read = {
  refused: (what: string) => `${what} could not be read.`,
  older: 'What stands here was read before and may be out of date.',
  /** The core's word for a disk that fails speaks of saving; here nothing was to be saved. */
  disk: 'The disk does not give it. Try again; tell biomedical IT if it stays so.',
  history: 'The history of this bed',
  alerts: 'The list of alerts',
  alert: 'This alert',
  explanation: 'The explanation',
  valuesAtFiring: 'The record of when the alert fired',
};
