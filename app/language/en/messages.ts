/** English words of the screen for messages that wait for a person. */
export const messages = {
  title: 'Waiting messages',
  waiting: (count: number) =>
    count === 1 ? '1 message waits for a person' : `${count} messages wait for a person`,
  none: 'No message waits for a person.',
  list: 'The list of waiting messages',
  one: 'The message',
  choose: 'Choose a message to see what it says.',
  signIn: 'Sign in to see what it says',
  held: 'held',
  quarantined: 'quarantined',
  received: 'Received',
  from: 'Sender',
  why: 'Why',
  says: 'What the message itself says',
  absorbed: 'The record that would be joined to it',
  absorbedNote: 'Compare both. Once they are joined, the two records cannot be taken apart again.',
  earlier: 'The message that came first under this number',
  earlierNote:
    'Both carry the same message number and differ. What came first was taken as it says; this one changed nothing.',
  earlierValues: 'Values of the first message',
  name: 'Name',
  number: 'Hospital number',
  born: 'Born',
  bed: 'Bed',
  type: 'Type',
  notTold: 'not told',
  values: 'Values that it would give',
  vital: 'Measurement',
  value: 'Value',
  measured: 'Measured at',
  noValues: 'It brings no values.',
  whose: 'Whose values are these?',
  whoseNote: 'Go to the bed and look at the monitor. Nobody is chosen for you.',
  likely: 'may be',
  noBeds: 'Nobody is in a bed. Admit the patient first.',
  admit: 'Admit a patient',
  release: (name: string, bed: string) => `These are ${name}’s values, bed ${bed}`,
  releaseDetail: 'They count with the time at which they were measured',
  releaseAll: (sender: string, bed: string | null) =>
    bed === null
      ? `All held messages of ${sender} without a bed are this patient’s`
      : `All held messages of ${sender}, bed ${bed}, are this patient’s`,
  releaseAllDetail:
    'Only those that name the same hospital number, or none. Be sure that nobody else was on this monitor.',
  releasedAll: (count: number) => `Taken over: ${count} messages.`,
  doIt: 'Do what it says',
  doItDetail: 'If that is not possible yet, you are told why',
  discard: 'Discard',
  discardAll: (sender: string, bed: string | null) =>
    bed === null
      ? `Discard all held of ${sender} without a bed`
      : `Discard all held of ${sender}, bed ${bed}`,
  discardedAll: (count: number) => `Discarded: ${count} messages.`,
  keptDays: (days: number) =>
    `What nobody decides about within ${days} days is discarded, and its values do not count.`,
  discardReason: 'Why it is discarded',
  onlyDiscard: (reason: string) => `It can only be discarded: ${reason}.`,
  notKept: 'its content is no longer kept',
  released: (count: number) => `Taken over: ${count} values.`,
  doneEvent: 'Done.',
  discarded: 'Discarded.',
  gone: 'Somebody else has decided about this message.',
};
