import { scoreNews2 } from '../../../../app/scoring/news2.ts';
import { readNews2Input } from '../../../../app/scoring/news2-input.ts';
import { answerLines, idOf } from '../json-lines.ts';
import { errorLine } from '../refusal.ts';
import type { Verb } from '../verb.ts';

export const news2: Verb = {
  summary: 'NEWS2 of each line of vitals',
  help: 'In: {"rr":26,"spo2":92,"spo2_scale":1,"on_oxygen":true,"temp_c":38.4,"sbp":95,"hr":118,"acvpu":"A","age_years":63,"pregnant":false}; anything may be null or absent.\nOut: the score: complete, incomplete with its lower bound, or not applicable.',
  options: {},
  run: ({ files }) =>
    answerLines(files, (line) => {
      const input = readNews2Input(line);
      if (!input.ok) return { ok: false, ...idOf(line), error: errorLine(input.error) };
      const { age_years, pregnant, ...vitals } = input.value;
      return { ok: true, value: { ...idOf(line), ...scoreNews2(vitals, { age_years, pregnant }) } };
    }),
};
