import { z } from 'zod';
import { factsSchema } from '../../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../../app/explanation/facts.ts';
import { guardText } from '../../../../app/explanation/verifier/verifier.ts';
import { answerLines, idOf } from '../json-lines.ts';
import type { Verb } from '../verb.ts';

/** Longest text that is checked at once: an explanation has a twentieth of it. */
const LONGEST_TEXT = 32_768;

const lineSchema = z.object({ facts: factsSchema, text: z.string().max(LONGEST_TEXT) });

export const guard: Verb = {
  summary: 'checks each text against its facts',
  help: 'In: {"facts":{"vitals":…},"text":"…"}.\nOut: {"verdict":"pass|block","findings":[…]}.',
  options: {},
  run: ({ files }) =>
    answerLines(files, (line) => {
      const read = lineSchema.safeParse(line);
      if (!read.success)
        return {
          ok: false,
          ...idOf(line),
          error: { code: 'invalid-request', message: z.prettifyError(read.error) },
        };
      return {
        ok: true,
        value: { ...idOf(line), ...guardText(completeFacts(read.data.facts), read.data.text) },
      };
    }),
};
