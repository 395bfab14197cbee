/** What a workstation signs when an approved data set leaves it: whoever receives it knows whose it is, and that it is whole. */
import { z } from 'zod';
import { canonicalJson } from '../adapters/release.ts';

export const FEEDBACK_FORMAT = 'medobsmind-feedback-1';
/** The file beside a data set that was sent: written last, so that without it nothing of the bundle is used. */
export const FEEDBACK_FILE = 'sent.json';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const feedbackStatementSchema = z.object({
  format: z.literal(FEEDBACK_FORMAT),
  dataSet: z.string().min(1).max(64),
  /** Of the data set's manifest, which holds the hash of each file. */
  manifest: sha256,
  at: z.iso.datetime(),
});
export type FeedbackStatement = z.infer<typeof feedbackStatementSchema>;

export const feedbackBundleSchema = z.object({
  statement: feedbackStatementSchema,
  /** Ed25519, SPKI in DER, base64: the workstation's, as its audit heads name it. */
  publicKey: z.base64().max(200),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/u),
});

/** What is signed: the format's name in front, so that a signature for one purpose is none for another. */
export function feedbackText(statement: FeedbackStatement): string {
  return `${FEEDBACK_FORMAT}\n${canonicalJson(statement)}`;
}
