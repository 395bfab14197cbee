/** People and their sessions. */
import { z } from 'zod';
import { ROLES } from '../../access/access.ts';
import { languageSchema, personViewSchema, sessionViewSchema } from '../views.ts';
import { type Commands, id, name, nothing, pin } from './shapes.ts';

export const peopleCommands = {
  /** The first administrator, once, on an empty store. Signs them in. */
  'ward.set-up': {
    permission: null,
    params: z.object({ wardName: name, language: languageSchema, administrator: z.object({ name, pin }) }),
    result: sessionViewSchema,
  },
  'session.sign-in': {
    permission: null,
    params: z.object({ personId: id, pin: z.string().max(64) }),
    result: sessionViewSchema,
  },
  'session.lock': { permission: null, params: nothing, result: sessionViewSchema },
  'person.add': {
    permission: 'manage-people',
    params: z.object({ name, role: z.enum(ROLES), pin }),
    result: personViewSchema,
  },
} as const satisfies Commands;
