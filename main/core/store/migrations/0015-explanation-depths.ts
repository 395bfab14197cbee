/** An explanation is of a depth and under a text policy; an alert may have one of each depth. */
export const EXPLANATION_DEPTHS_AND_POLICY = `
ALTER TABLE explanations ADD COLUMN depth TEXT NOT NULL DEFAULT 'bedside';
ALTER TABLE explanations ADD COLUMN text_policy TEXT NOT NULL DEFAULT 'guided';
`;
