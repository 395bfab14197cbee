/** The explanation of an alert as this terminal knows it; read from the core where no event has brought it yet. */
import { useEffect, useState } from 'react';
import type { ExplanationView, RatingView } from '../../app/contract/views.ts';
import { core, useWard } from '../shell/index.ts';

export interface KnownExplanation {
  /** Null: nobody has asked for one, or it is still being read. */
  readonly explanation: ExplanationView | null;
  /** What the signed-in person rated it. */
  readonly rating: RatingView | null;
  readonly setRating: (rating: RatingView) => void;
}

export function useExplanation(alertId: string): KnownExplanation {
  const explanation = useWard((state) => state.explanations[alertId] ?? null);
  const personId = useWard((state) => state.session.person?.id ?? null);
  const [rated, setRated] = useState<{ readonly personId: string; readonly rating: RatingView } | null>(null);

  useEffect(() => {
    let left = false;
    void core.query('alert.explanation', { alertId }).then((answer) => {
      if (left || !answer.ok) return;
      const { explanation: read, rating } = answer.value;
      setRated(rating === null || personId === null ? null : { personId, rating });
      if (read !== null) keepIfNewer(alertId, read);
    });
    return () => {
      left = true;
    };
  }, [alertId, personId]);

  const rating = rated !== null && rated.personId === personId ? rated.rating : null;
  return {
    explanation,
    rating: rating !== null && rating.explanationId === explanation?.id ? rating : null,
    setRating: (next) => {
      // Whoever is signed in now: a rating may have waited for its person to sign in.
      const rater = useWard.getState().session.person;
      if (rater !== null) setRated({ personId: rater.id, rating: next });
    },
  };
}

/** An event that came while the answer was under way is newer than the answer. */
function keepIfNewer(alertId: string, read: ExplanationView): void {
  useWard.setState((state) =>
    state.explanations[alertId] === undefined
      ? { explanations: { ...state.explanations, [alertId]: read } }
      : state,
  );
}
