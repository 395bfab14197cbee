/** The alarm's sound: off for a while, on again, and whether it can be heard at the workstation. */
import { z } from 'zod';
import { SOUND_FAULTS } from '../../alerting/sound/fault.ts';
import { alarmViewSchema } from '../views.ts';
import { type Commands, nothing } from './shapes.ts';

export const alarmCommands = {
  /** Sound off for the site's minutes from now. Lights go on; a new high alert ends it. */
  'alarm.audio-off': { permission: 'act-on-alerts', params: nothing, result: alarmViewSchema },
  /** Sound on again at once. Anybody may: it is the safe way, and who stands there may not be signed in. */
  'alarm.audio-on': { permission: null, params: nothing, result: alarmViewSchema },
  /** What a person says of the test tone. */
  'alarm.answer-tone': {
    permission: 'acknowledge-technical',
    params: z.object({ heard: z.boolean() }),
    result: alarmViewSchema,
  },
  /** What the window found out about its sound output; null: nothing is wrong with it. */
  'alarm.report-output': {
    permission: null,
    params: z.object({ fault: z.enum(SOUND_FAULTS).nullable() }),
    result: nothing,
  },
} as const satisfies Commands;
