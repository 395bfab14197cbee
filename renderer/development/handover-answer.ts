/** A handover draft as the core makes it: a fact, a remark in quotes, an empty section, a sentence withheld. */
import type { QueryResult } from '../../app/contract/contract.ts';
import type { HandoverForm, HandoverSection } from '../../app/handover/forms.ts';

const SECTIONS = {
  sbar: ['situation', 'background', 'assessment', 'recommendation'],
  soap: ['subjective', 'objective', 'assessment', 'plan'],
} as const satisfies { readonly [form in HandoverForm]: readonly HandoverSection[] };

export function handoverOf(form: HandoverForm): QueryResult<'patient.handover'> {
  const [first, second, third, last] = SECTIONS[form];
  return {
    at: new Date().toISOString(),
    language: 'en',
    sections: [
      { section: first, sentences: [{ text: 'NEWS2 is 12, high.', quote: null }] },
      { section: second, sentences: [] },
      {
        section: third,
        sentences: [
          { text: 'The respiratory rate rose from 18/min to 26/min.', quote: null },
          { text: 'Meera Nair wrote at 14:20:', quote: 'Drowsy since lunch, family at the bed.' },
        ],
      },
      { section: last, sentences: [{ text: '1 open alert has no answer yet.', quote: null }] },
    ],
    withheld: 1,
  };
}
