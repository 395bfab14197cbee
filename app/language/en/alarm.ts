/** English words of the alarm's sound. */

import type { UnheardReason } from '../../alerting/sound/fault.ts';

export const alarm = {
  title: 'Alarm sound',
  note: 'whether this workstation can be heard',
  putOff: 'Audio off',
  putOffFor: (minutes: number) => `Audio off for ${minutes}\u00a0min`,
  offUntil: (time: string) => `Audio off until ${time}`,
  soundOn: 'Turn the alarm sound on',
  turnOn: 'Turn on',
  monitorsSound: 'Bedside monitors stay primary',
  unheard: 'No alarm sound',
  unheardMore: 'Watch the screen; see System',
  canSound: 'Can sound',
  looking: 'Being looked at',
  fault: {
    'no-output':
      'This workstation cannot sound alarms: it has no sound output. Connect and switch on a loudspeaker; until then watch the screen and the bedside monitors. Tell biomedical IT.',
    'not-running':
      'This workstation cannot sound alarms: its sound output takes no sound. Check the loudspeaker and the system’s sound settings; until then watch the screen and the bedside monitors. Tell biomedical IT.',
    muted:
      'This workstation’s sound is muted: no alarm is heard. Turn it on in the system’s sound settings and play the test tone; until then watch the screen and the bedside monitors.',
    'too-quiet':
      'This workstation’s sound is turned down: alarms may not be heard. Turn it up in the system’s sound settings and play the test tone.',
  } satisfies Record<Exclude<UnheardReason, 'not-heard'>, string>,
  level: (percent: number) => `The system’s volume: ${percent}\u00a0%`,
  toneNever: 'Nobody has heard the test tone at this workstation yet.',
  toneHeard: (name: string, when: string) => `${name} heard the test tone: ${when}`,
  toneUnheard: (name: string, when: string) =>
    `${name} did not hear the test tone: ${when}. Switch the loudspeaker on, turn it up, check its cable, and play the tone again.`,
  toneLead:
    'The program finds the output and cannot know how loud it is. Play the tone at the beginning of a shift, and hear it from where people stand.',
  playTone: 'Play the test tone',
  soundsNow: 'An alarm sounds: answer by it.',
  heard: 'I heard it',
  notHeard: 'I did not hear it',
  limits: (minutes: number, most: number) =>
    `Audio off lasts ${minutes} min (Policy: ${most} at most) and ends with a new high alert.`,
  secondary: 'This program is a secondary notifier: the bedside monitor’s own alarm stays primary.',
};
