/** How each model's probabilities stand against what people rated: read from the record, offline too. */
import { z } from 'zod';
import { ok } from '../../../app/contract/outcome.ts';
import { CALIBRATION_LEAST_RATINGS, calibrationOf } from '../../../app/feedback/calibration.ts';
import type { Reader, Store } from '../store/database.ts';
import type { QueryHandlers } from '../terminal/calls.ts';

const ratedRow = z.object({
  name: z.string(),
  sha256: z.string(),
  adapter: z.string().nullable(),
  probability: z.number(),
  accurate: z.number(),
});
type RatedRow = z.output<typeof ratedRow>;

/** Each person's last rating of each explanation that a model wrote; who is unsure says neither. Newest first. */
function readRated(read: Reader): readonly RatedRow[] {
  return read.all(
    ratedRow,
    `SELECT explanations.model ->> '$.name' AS name, explanations.model ->> '$.sha256' AS sha256,
       explanations.model ->> '$.adapter' AS adapter, explanations.confidence ->> '$.value' AS probability,
       ratings.accuracy = 'accurate' AS accurate
     FROM ratings JOIN explanations ON explanations.id = ratings.explanation_id
     WHERE ratings.id IN (SELECT max(id) FROM ratings GROUP BY explanation_id, person_id)
       AND ratings.accuracy <> 'unsure' AND explanations.model IS NOT NULL AND explanations.confidence IS NOT NULL
     ORDER BY ratings.id DESC`,
  );
}

export function calibrationQueries({ read }: Store): Pick<QueryHandlers, 'explanation.calibration'> {
  return {
    'explanation.calibration': () => {
      // A version of a model is its bytes and its adapter; a server's model has its name alone.
      const versions = Map.groupBy(readRated(read), ({ name, sha256, adapter }) =>
        JSON.stringify([sha256 === '' ? name : sha256, adapter]),
      );
      const models = [...versions.values()].flatMap((rated) => {
        const [newest] = rated;
        if (newest === undefined) return [];
        const { name, sha256, adapter } = newest;
        const pairs = rated.map(({ probability, accurate }) => ({ probability, accurate: accurate === 1 }));
        const found = calibrationOf(pairs);
        const calibration = found === null ? null : { ...found, bins: [...found.bins] };
        return [{ model: { name, sha256, adapter }, ratings: rated.length, calibration }];
      });
      return ok({ least: CALIBRATION_LEAST_RATINGS, models });
    },
  };
}
