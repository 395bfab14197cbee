/** Which opinions teach: a dispute teaches nothing until somebody has settled it, and then what was settled. */
import { disagree, type Opinion } from './review.ts';

export interface GivenOpinion extends Opinion {
  /** Null: given at the bed, and no act of the review desk. */
  readonly act: string | null;
  readonly explanationId: string;
  readonly personId: string;
  readonly atMs: number;
  /** An attending's last word. */
  readonly settles: boolean;
}

/** The opinions to teach from: each person's last of each text, the settled one alone where there is one. */
export function teachingOpinions(given: readonly GivenOpinion[]): readonly GivenOpinion[] {
  const ofText = Map.groupBy(given, ({ explanationId }) => explanationId);
  return [...ofText.values()].flatMap((opinions) => {
    const settled = newest(opinions.filter(({ settles }) => settles));
    if (settled !== null) return [settled];
    const ofPeople = [...Map.groupBy(opinions, ({ personId }) => personId).values()];
    const last = ofPeople.flatMap((own) => newest(own) ?? []);
    return last.some((one, index) => last.slice(index + 1).some((other) => disagree(one, other))) ? [] : last;
  });
}

function newest(opinions: readonly GivenOpinion[]): GivenOpinion | null {
  return opinions.reduce<GivenOpinion | null>(
    (last, one) => (last === null || one.atMs >= last.atMs ? one : last),
    null,
  );
}
