/** Where vitals come from. */
import { z } from 'zod';
import {
  feedSettingsSchema,
  feedViewSchema,
  fhirViewSchema,
  mappingSavedSchema,
  mappingViewSchema,
} from '../feed-views.ts';
import { listenerSafetySchema } from '../listener-safety.ts';
import { systemViewSchema } from '../views.ts';
import { LARGEST_IMPORT } from './imports.ts';
import { type Commands, nothing, type Queries } from './shapes.ts';

export const feedsCommands = {
  /**
   * Plays the bundled sample or a file (CSV, HL7, FHIR) on an invented patient. Speed 1 is life; 60 plays a minute a
   * second. `file-unreadable` where the file holds nothing to play.
   */
  'demonstration.start': {
    permission: 'run-demonstration',
    params: z.object({
      speed: z.number().min(1).max(3600),
      /** Text of a file that a person has chosen; left out: the sample. */
      text: z.string().max(LARGEST_IMPORT).optional(),
    }),
    result: nothing,
  },
  'demonstration.stop': { permission: 'run-demonstration', params: nothing, result: nothing },
  /** Where the monitors' listener stands. Loopback unless the administrator says otherwise. */
  'intake.configure': {
    permission: 'configure-intake',
    params: z.object({
      host: z.string().trim().min(1).max(255),
      port: z.number().int().min(0).max(65535),
      /** Left out: as it is. */
      safety: listenerSafetySchema.optional(),
    }),
    result: systemViewSchema,
  },
  /** How a sender's messages are read from now on. `not-found` where the mapping is not kept. */
  'feed.configure': {
    permission: 'configure-intake',
    params: z.object({
      device: z.string().trim().min(1).max(64),
      settings: feedSettingsSchema,
      /** The device's clock has been set: what was known of it is learnt anew. */
      clockWasSet: z.boolean().optional(),
    }),
    result: feedViewSchema,
  },
  /**
   * Switches the FHIR server on or off, at a port of this machine's own address. Where it has no token yet, or a new one
   * is asked for, the answer holds it, this once. `port-in-use` where the port is taken; what stood before then stays.
   */
  'fhir.configure': {
    permission: 'configure-intake',
    params: z.object({
      on: z.boolean(),
      port: z.number().int().min(0).max(65535),
      newToken: z.boolean(),
    }),
    result: z.object({ token: z.string().nullable(), fhir: fhirViewSchema }),
  },
  /** Keeps a mapping file (JSON) of a site's own codes, or tells all of its problems. */
  'mapping.save': {
    permission: 'configure-intake',
    params: z.object({ text: z.string().max(1_000_000) }),
    result: mappingSavedSchema,
  },
} as const satisfies Commands;

export const feedsQueries = {
  /** Who may speak to the monitors' listener, as it is set. */
  'intake.safety': { permission: 'configure-intake', params: nothing, result: listenerSafetySchema },
  'feed.list': { params: nothing, result: z.array(feedViewSchema) },
  'fhir.state': { params: nothing, result: fhirViewSchema },
  'mapping.list': { params: nothing, result: z.array(mappingViewSchema) },
} as const satisfies Queries;
