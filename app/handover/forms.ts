/** The two forms of a handover and the sections that they are made of. */
export const HANDOVER_FORMS = ['sbar', 'soap'] as const;
export type HandoverForm = (typeof HANDOVER_FORMS)[number];

export const HANDOVER_SECTIONS = [
  'situation',
  'background',
  'assessment',
  'recommendation',
  'subjective',
  'objective',
  'plan',
] as const;
export type HandoverSection = (typeof HANDOVER_SECTIONS)[number];
