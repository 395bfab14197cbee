/** The explanation of an alert as this terminal knows it; read from the core where no event has brought it yet. */
import { useEffect, useState } from 'react';
import type { ExplanationView, FiredOn, RatingView } from '../../app/contract/views.ts';
import type { ExplanationDepth } from '../../app/explanation/explanation.ts';
import { type Asked, useQuery } from '../query/use-query.ts';
import { explanationKey, useWard } from '../shell/index.ts';

export interface KnownExplanation {
  /** Null: nobody has asked for one, or it could not be read (yet): `asked` tells which. */
  readonly explanation: ExplanationView | null;
  /** What the signed-in person rated it. */
  readonly rating: RatingView | null;
  readonly setRating: (rating: RatingView) => void;
  /** What the alert fired on; null until it is read. */
  readonly firedOn: FiredOn | null;
  readonly asked: Asked<unknown>;
}

export function useExplanation(alertId: string, depth: ExplanationDepth): KnownExplanation {
  const key = explanationKey(alertId, depth);
  const live = useWard((state) => state.explanations[key] ?? null);
  const personId = useWard((state) => state.session.person?.id ?? null);
  const [rated, setRated] = useState<{ readonly personId: string; readonly rating: RatingView } | null>(null);
  // Somebody's rating is theirs alone: the next person's answer is another one.
  const asked = useQuery('alert.explanation', { alertId, depth }, { about: personId });

  const read = asked.value?.explanation ?? null;
  const explanation = live ?? read;
  useEffect(() => {
    if (read !== null) keepIfNewer(key, read);
  }, [key, read]);

  const saved = rated !== null && rated.personId === personId ? rated.rating : null;
  const rating = [saved, asked.value?.rating ?? null].find(
    (one) => one !== null && one.explanationId === explanation?.id,
  );
  return {
    explanation,
    rating: rating ?? null,
    setRating: (next) => {
      // Whoever is signed in now: a rating may have waited for its person to sign in.
      const rater = useWard.getState().session.person;
      if (rater !== null) setRated({ personId: rater.id, rating: next });
    },
    firedOn: asked.value?.firedOn ?? null,
    asked,
  };
}

/** An event that came while the answer was under way is newer than the answer. */
function keepIfNewer(key: string, read: ExplanationView): void {
  useWard.setState((state) =>
    state.explanations[key] === undefined ? { explanations: { ...state.explanations, [key]: read } } : state,
  );
}
