/** The ward: its beds and vitals entered by hand. */
import { z } from 'zod';
import { ACVPU } from '../../observation/vital.ts';
import { scoreSchema } from '../../scoring/score.ts';
import { packedHistorySchema } from '../packed-history.ts';
import { languageSchema, themeSchema, wardSnapshotSchema } from '../views.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

export const wardCommands = {
  /** Language and theme of the ward's terminal; anybody may switch them. */
  'terminal.prefer': {
    permission: null,
    params: z.object({ language: languageSchema.optional(), theme: themeSchema.optional() }),
    result: nothing,
  },
  /** Vitals entered by hand. `confirmed` names unusual values that the person measured twice. */
  'observation.enter': {
    permission: 'enter-observations',
    params: z.object({
      patientId: id,
      /** ISO 8601 with offset; absent means now. */
      observedAt: z.iso.datetime({ offset: true }).optional(),
      values: z.object({
        rr: z.number().optional(),
        spo2: z.number().optional(),
        on_oxygen: z.boolean().optional(),
        o2_flow: z.number().optional(),
        sbp: z.number().optional(),
        dbp: z.number().optional(),
        hr: z.number().optional(),
        acvpu: z.enum(ACVPU).optional(),
        temp_c: z.number().optional(),
      }),
      confirmed: z.array(z.string()),
    }),
    result: z.object({ score: scoreSchema }),
  },
} as const satisfies Commands;

export const wardQueries = {
  'ward.snapshot': { params: nothing, result: wardSnapshotSchema },
  'bed.history': {
    params: z.object({ patientId: id, hours: z.number().min(1).max(72) }),
    result: z.object({ rows: packedHistorySchema }),
  },
} as const satisfies Queries;
