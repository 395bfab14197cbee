/** Handover drafts: what the record holds of a patient's shift, in sentences by code. */
import { z } from 'zod';
import { HANDOVER_FORMS, HANDOVER_SECTIONS } from '../../handover/forms.ts';
import { languageSchema } from '../views.ts';
import { id, type Queries } from './shapes.ts';

export const handoverQueries = {
  /** In the ward's language. `not-found` {what: patient} where nobody is in a bed by that id. */
  'patient.handover': {
    params: z.object({
      patientId: id,
      /** At most a day: the times in it carry no date. */
      hours: z.number().int().min(1).max(24),
      form: z.enum(HANDOVER_FORMS),
    }),
    result: z.object({
      at: z.string(),
      language: languageSchema,
      sections: z.array(
        z.object({
          section: z.enum(HANDOVER_SECTIONS),
          sentences: z.array(z.object({ text: z.string(), quote: z.string().nullable() })),
        }),
      ),
      withheld: z.number().int(),
    }),
  },
} as const satisfies Queries;
