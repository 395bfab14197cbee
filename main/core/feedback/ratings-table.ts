/** The SQL of `ratings`: offline, append-only, the comment sealed. A changed rating is a new row; the last counts. */
import { z } from 'zod';
import type { Rating } from '../../../app/contract/views.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

export interface KeptRating extends Rating {
  readonly explanationId: string;
  readonly personId: string;
  readonly atMs: number;
}

export function insertRating(write: Writer, sealing: Sealing, rating: KeptRating): void {
  write.run(
    `INSERT INTO ratings (explanation_id, person_id, at_ms, helpfulness, accuracy, comment_sealed)
     VALUES (?, ?, ?, ?, ?, ?)`,
    rating.explanationId,
    rating.personId,
    rating.atMs,
    rating.helpfulness,
    rating.accuracy,
    sealing.seal('ratings.comment', rating.comment),
  );
}

const ratingRow = z.object({
  at_ms: z.number(),
  helpfulness: z.number(),
  accuracy: z.enum(['accurate', 'inaccurate', 'unsure']),
  comment_sealed: z.instanceof(Uint8Array),
});

/** What a person last rated an explanation; null where they have not. */
export function readRating(
  read: Reader,
  sealing: Sealing,
  explanationId: string,
  personId: string,
): KeptRating | null {
  const row = read.one(
    ratingRow,
    `SELECT at_ms, helpfulness, accuracy, comment_sealed FROM ratings
     WHERE explanation_id = ? AND person_id = ? ORDER BY id DESC LIMIT 1`,
    explanationId,
    personId,
  );
  if (row === null) return null;
  return {
    explanationId,
    personId,
    atMs: row.at_ms,
    helpfulness: row.helpfulness,
    accuracy: row.accuracy,
    comment: sealing.openText('ratings.comment', row.comment_sealed),
  };
}
