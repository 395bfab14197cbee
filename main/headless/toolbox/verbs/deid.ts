import { z } from 'zod';
import { identifiers } from '../../../../app/learning/deidentification/identify.ts';
import { answerLines, idOf } from '../json-lines.ts';
import type { Verb } from '../verb.ts';

/** Longest text that is looked at at once: a note has an eighth of it. */
const LONGEST_TEXT = 32_768;

const lineSchema = z.object({ text: z.string().max(LONGEST_TEXT) });

export const deid: Verb = {
  summary: 'finds what identifies a person in each text',
  help: 'In: {"text":"…"}.\nOut: {"spans":[{"start":…,"end":…,"kind":"name|mrn|…"}]}, offsets in UTF-16 units.',
  options: {},
  run: ({ files }) =>
    answerLines(files, (line) => {
      const read = lineSchema.safeParse(line);
      return read.success
        ? { ok: true, value: { ...idOf(line), spans: identifiers(read.data.text) } }
        : {
            ok: false,
            ...idOf(line),
            error: { code: 'invalid-request', message: z.prettifyError(read.error) },
          };
    }),
};
